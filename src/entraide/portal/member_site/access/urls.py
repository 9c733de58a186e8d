"""Coming in and going out."""

from django.urls import path

from entraide.portal.member_site.access import activation, entering, terms

urlpatterns = [
    path("connexion/", entering.sign_in, name="sign-in"),
    path("connexion/verification/", entering.human_check, name="human-check"),
    path("connexion/verification/image/<int:position>/", entering.picture, name="human-picture"),
    path("connexion/mobile/", entering.mobile, name="sign-in-mobile"),
    path("connexion/code/", entering.code, name="sign-in-code"),
    path("deconnexion/", entering.sign_out, name="sign-out"),
    path("conditions/", terms.accept, name="terms"),
    path("premiere-connexion/", activation.activate, name="activate"),
    path("mot-de-passe-oublie/", activation.forgotten, name="forgotten"),
    path("mot-de-passe/enregistre/", activation.stored, name="password-stored"),
    path("mot-de-passe/<str:token>/", activation.set_password, name="set-password"),
]
