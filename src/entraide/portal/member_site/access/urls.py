"""Coming in and going out."""

from django.urls import path

from entraide.portal.member_site.access import activation, code, human, leaving, mobile, sign_in, terms

urlpatterns = [
    path("connexion/", sign_in.sign_in, name="sign-in"),
    path("connexion/verification/", human.human_check, name="human-check"),
    path("connexion/verification/image/<int:position>/", human.picture, name="human-picture"),
    path("connexion/mobile/", mobile.mobile, name="sign-in-mobile"),
    path("connexion/code/", code.code, name="sign-in-code"),
    path("deconnexion/", leaving.sign_out, name="sign-out"),
    path("conditions/", terms.accept, name="terms"),
    path("premiere-connexion/", activation.activate, name="activate"),
    path("mot-de-passe-oublie/", activation.forgotten, name="forgotten"),
    path("mot-de-passe/enregistre/", activation.stored, name="password-stored"),
    path("mot-de-passe/<str:token>/", activation.set_password, name="set-password"),
]
