"""Sending papers, and following what was sent."""

from django.urls import include, path

from entraide.portal.member_site.requests import claim, deposit, pieces, replying, viewing, views

_REQUESTS = [
    path("", views.index, name="list"),
    path("<str:reference>/", views.detail, name="detail"),
    path("<str:reference>/repondre/", replying.reply, name="reply"),
    path("<str:reference>/annuler/", replying.withdraw, name="withdraw"),
    path("<str:reference>/avis/", replying.opinion, name="opinion"),
    path("<str:reference>/recu.pdf", views.receipt, name="receipt"),
    path("<str:reference>/fichiers/<uuid:file_id>/", views.download, name="file"),
    path("<str:reference>/fichiers/<uuid:file_id>/voir/", viewing.view, name="view"),
    path("<str:reference>/fichiers/<uuid:file_id>/voir/<int:number>.jpg", viewing.page, name="view-page"),
]

urlpatterns = [
    path("depot/", deposit.deposit, name="deposit"),
    path("depot/pieces/", pieces.pieces, name="pieces"),
    path("remboursements/demande/", claim.claim, name="claim"),
    path("demandes/", views.index, name="requests"),
    path("demandes/", include((_REQUESTS, "requests"))),
]
