"""Partners: what each does, who sees a doctor from afar, and the way to their sites."""

from django.urls import path

from entraide.portal.member_site.partners import leaving, machines, teleconsultation, views

urlpatterns = [
    path("assistance/", views.partner, {"kind": "assistance"}, name="assistance"),
    path("protection-juridique/", views.partner, {"kind": "legal_protection"}, name="legal-protection"),
    path("vacances/", views.partner, {"kind": "holidays"}, name="holidays"),
    path("teleconsultation/", teleconsultation.people, name="teleconsultation"),
    path("passage/cles.json", machines.keys, name="handover-keys"),
    path("passage/verifier/", machines.check, name="handover-check"),
    path("passage/<slug:partner_id>/", leaving.leave, name="partner-leave"),
]
