"""Password and security of the access."""

from django.urls import path

from entraide.portal.member_site.security import enrolment, factors, sessions, views

urlpatterns = [
    path("securite/", views.security, name="security"),
    path("securite/appareils/fermer/", sessions.close_others, name="sessions-close-others"),
    path("securite/appareils/<uuid:session_id>/fermer/", sessions.close, name="session-close"),
    path("securite/proposer/", factors.offer, name="factor-offer"),
    path("securite/application/", enrolment.app, name="factor-app"),
    path("securite/application/code.svg", enrolment.app_picture, name="factor-app-picture"),
    path("securite/cle/", enrolment.key, name="factor-key"),
    path("securite/cle/options/", enrolment.key_options, name="factor-key-options"),
    path("securite/codes-de-secours/", factors.recovery_codes, name="recovery-codes"),
    path("securite/facteurs/<uuid:factor_id>/retirer/", factors.remove, name="factor-remove"),
]
