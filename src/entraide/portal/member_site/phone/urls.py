"""The portal on a phone: installed, without a network, at hand."""

from django.urls import path

from entraide.portal.member_site.phone import contact, icons, manifest, push, views, worker

urlpatterns = [
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path("icones/<str:name>.png", icons.icon, name="phone-icon"),
    path("sw.js", worker.worker, name="worker"),
    path("hors-ligne/", worker.no_network, name="no-network"),
    path("contact.vcf", contact.contact_sheet, name="contact-sheet"),
    path("telephone/", views.phone, name="phone"),
    path("telephone/appareils/", push.add, name="push-add"),
    path("telephone/appareils/<uuid:device_id>/retirer/", push.remove, name="push-remove"),
]
