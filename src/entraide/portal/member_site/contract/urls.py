"""Contracts and the people they cover."""

from django.urls import path

from entraide.portal.member_site.contract import guarantee_views, views

urlpatterns = [
    path("contrat/", views.contracts, name="contract"),
    path("contrat/<uuid:contract_id>/", views.contract, name="contract-detail"),
    path("contrat/<uuid:contract_id>/exemples/", views.contract_examples, name="contract-examples"),
    path("contrat/<uuid:contract_id>/garanties/", guarantee_views.guarantees, name="contract-guarantees"),
    path(
        "contrat/<uuid:contract_id>/garanties.pdf",
        guarantee_views.guarantees_pdf,
        name="contract-guarantees-pdf",
    ),
    path("beneficiaires/<uuid:person_id>/", views.beneficiary, name="beneficiary"),
]
