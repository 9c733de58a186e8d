"""The accounts of the contract and of its people."""

from django.urls import path

from entraide.portal.member_site.bank import views

urlpatterns = [
    path("banque/", views.contract_account, name="bank"),
    path("banque/<uuid:person_id>/", views.person_account, name="bank-person"),
]
