"""Sending papers, and following what was sent."""

from django.urls import include, path

from entraide.portal.member_site.requests import deposit, views

_REQUESTS = [
    path("", views.index, name="list"),
    path("<str:reference>/", views.detail, name="detail"),
    path("<str:reference>/recu.pdf", views.receipt, name="receipt"),
    path("<str:reference>/fichiers/<uuid:file_id>/", views.download, name="file"),
]

urlpatterns = [
    path("depot/", deposit.deposit, name="deposit"),
    path("demandes/", views.index, name="requests"),
    path("demandes/", include((_REQUESTS, "requests"))),
]
