"""Changes in the family, and each person's link with the compulsory scheme."""

from django.urls import path

from entraide.portal.member_site.family import feed, identity, joining, leaving

urlpatterns = [
    path("beneficiaires/ajouter/", joining.cases, name="family-add"),
    path("beneficiaires/ajouter/<slug:case>/", joining.join, name="family-add-case"),
    path("beneficiaires/<uuid:person_id>/retirer/", leaving.leave, name="family-remove"),
    path("beneficiaires/<uuid:person_id>/teletransmission/", feed.feed, name="claim-feed"),
    path("beneficiaires/<uuid:person_id>/numero/", identity.health_number, name="health-number"),
]
