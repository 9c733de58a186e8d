"""Coming in and going out."""

from django.urls import path

from entraide.portal.member_site.access import (
    activation,
    code,
    confirming,
    factor,
    human,
    leaving,
    mobile,
    passkey,
    safety,
    sign_in,
    terms,
)

urlpatterns = [
    path("connexion/", sign_in.sign_in, name="sign-in"),
    path("connexion/verification/", human.human_check, name="human-check"),
    path("connexion/verification/image/<int:position>/", human.picture, name="human-picture"),
    path("connexion/mobile/", mobile.mobile, name="sign-in-mobile"),
    path("connexion/code/", code.code, name="sign-in-code"),
    path("connexion/secours/", factor.recover, name="recovery"),
    path("connexion/cle/", passkey.sign_in, name="passkey-sign-in"),
    path("connexion/cle/options/", passkey.options, name="passkey-options"),
    path("securite/confirmer/", confirming.confirm, name="step-up"),
    path("securite/confirmer/cle/", confirming.passkey, name="step-up-passkey"),
    path("securite/confirmer/cle/options/", confirming.options, name="step-up-options"),
    path("ce-n-est-pas-moi/<str:token>/", safety.not_me, name="not-me"),
    path("deconnexion/", leaving.sign_out, name="sign-out"),
    path("session/prolonger/", leaving.stay, name="stay"),
    path("session/fin/", leaving.end_quiet, name="end-quiet"),
    path("conditions/", terms.accept, name="terms"),
    path("premiere-connexion/", activation.activate, name="activate"),
    path("mot-de-passe-oublie/", activation.forgotten, name="forgotten"),
    path("mot-de-passe-oublie/image/<int:position>/", human.reset_picture, name="reset-picture"),
    path("mot-de-passe/enregistre/", activation.stored, name="password-stored"),
    path("mot-de-passe/<str:token>/", activation.set_password, name="set-password"),
]
