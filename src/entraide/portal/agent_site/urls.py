"""The pages of the people of the mutual, all below /gestion/."""

from django.urls import path

from entraide.portal.agent_site.access import enrolment, invitation, leaving, passkey, proof, renewal, sign_in
from entraide.portal.agent_site.desk import views as desk
from entraide.portal.agent_site.security import views as security

app_name = "agents"
urlpatterns = [
    path("", desk.home, name="home"),
    path("connexion/", sign_in.sign_in, name="sign-in"),
    path("connexion/code/", proof.code, name="code"),
    path("connexion/secours/", proof.recovery, name="recovery"),
    path("connexion/cle/options/", passkey.use_options, name="passkey-options"),
    path("connexion/cle/", passkey.use, name="passkey"),
    path("mot-de-passe/", renewal.renew, name="renew"),
    path("facteur/", enrolment.factor, name="factor"),
    path("facteur/application/", enrolment.app, name="app"),
    path("facteur/application/image.svg", enrolment.app_picture, name="app-picture"),
    path("facteur/cle/options/", passkey.add_options, name="passkey-add-options"),
    path("facteur/cle/", passkey.add, name="passkey-add"),
    path("facteur/secours/", enrolment.recovery_codes, name="recovery-codes"),
    path("invitation/<str:token>/", invitation.accept, name="invitation"),
    path("securite/", security.security, name="security"),
    path("securite/confirmer/", security.confirm, name="confirm"),
    path("securite/facteurs/<uuid:factor_id>/retirer/", security.remove, name="remove-factor"),
    path("deconnexion/", leaving.sign_out, name="sign-out"),
    path("session/prolonger/", leaving.stay, name="stay"),
    path("session/fin/", leaving.end_quiet, name="end-quiet"),
]
