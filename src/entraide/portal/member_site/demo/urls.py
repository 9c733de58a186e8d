"""For newcomers: who can sign in, and the mailbox of everything that was sent. Only in the demo."""

from django.urls import path

from entraide.portal.member_site.demo import partner, views

app_name = "demo"
urlpatterns = [
    path("", views.index, name="index"),
    path("comptes.json", views.accounts_json, name="accounts"),
    path("boite/", views.outbox, name="outbox"),
    path("boite.json", views.outbox_json, name="outbox-json"),
    path("boite/<uuid:delivery_id>/", views.message, name="message"),
    path("partenaire/<slug:partner_id>/", partner.arrive, name="partner"),
    path("partenaire/<slug:partner_id>/panne/", partner.down, name="partner-down"),
]
