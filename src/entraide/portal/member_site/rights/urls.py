"""Rights: who consulted my file, a copy of my data, and what the law gives besides."""

from django.urls import path

from entraide.portal.member_site.rights import views
from entraide.portal.member_site.rights.complaint import complaint
from entraide.portal.member_site.rights.termination import confirm, recap, termination
from entraide.portal.member_site.rights.time_limits import time_limits

urlpatterns = [
    path("droits/", views.rights, name="rights"),
    path("droits/reclamation/", complaint, name="complaint"),
    path("droits/resiliation/", termination, name="termination"),
    path("droits/resiliation/<uuid:contract_id>/", recap, name="termination-contract"),
    path("droits/resiliation/<uuid:contract_id>/confirmer/", confirm, name="termination-confirm"),
    path("droits/prescription/", time_limits, name="time-limits"),
    path("droits/journal/", views.journal, name="journal"),
    path("droits/mes-donnees/", views.my_data, name="my-data"),
    path("droits/mes-donnees/<uuid:export_id>.zip", views.download, name="my-data-download"),
]
