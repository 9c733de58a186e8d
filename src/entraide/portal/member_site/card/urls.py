"""The card: shown, kept, printed, sent, replaced, by post again; checked by anybody. And the certificate."""

from django.urls import path

from entraide.portal.member_site.card import (
    again,
    certificate,
    checking,
    kept,
    linked,
    replacing,
    sending,
    showing,
)

urlpatterns = [
    path("carte/", showing.card, name="card"),
    path("carte/hors-ligne/", kept.kept, name="card-kept"),
    path("carte.pdf", showing.card_pdf, name="card-pdf"),
    path("carte/renvoi/", again.again, name="card-again"),
    path("carte/envoyer/", sending.send, name="card-send"),
    path("carte/remplacer/<uuid:person_id>/", replacing.replace, name="card-replace"),
    path("carte/verifier/", checking.check, name="card-check"),
    path("carte/verifier/cles.txt", checking.keys, name="card-keys"),
    path("carte/recue/<str:token>/", linked.linked, name="card-linked"),
    path("carte/recue/<str:token>/carte.pdf", linked.linked_pdf, name="card-linked-pdf"),
    path("attestation/", certificate.certificate, name="certificate"),
    path("attestation.pdf", certificate.certificate_pdf, name="certificate-pdf"),
]
