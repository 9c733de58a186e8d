"""My details: address, e-mail, phones, statements and mails."""

from django.urls import path

from entraide.portal.member_site.contacts import address, mails, phone, proving, views

urlpatterns = [
    path("coordonnees/", views.contacts, name="contacts"),
    path("coordonnees/adresse/", address.own, name="contacts-address"),
    path("coordonnees/telephone/", phone.own, name="contacts-phone"),
    path("coordonnees/email/", proving.email, name="contacts-email"),
    path("coordonnees/email/code/", proving.email_code, name="contacts-email-code"),
    path("coordonnees/mobile/", proving.mobile, name="contacts-mobile"),
    path("coordonnees/mobile/code/", proving.mobile_code, name="contacts-mobile-code"),
    path("coordonnees/messages/", mails.mails, name="contacts-mails"),
    path("coordonnees/<uuid:person_id>/adresse/", address.of_child, name="contacts-address-of"),
    path("coordonnees/<uuid:person_id>/telephone/", phone.of_child, name="contacts-phone-of"),
]
