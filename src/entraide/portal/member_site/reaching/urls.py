"""Reaching the mutual: by message, by phone."""

from django.urls import path

from entraide.portal.member_site.reaching import call_back, views

urlpatterns = [
    path("contact/", views.message, name="contact"),
    path("contact/telephone/", views.phone, name="contact-phone"),
    path("contact/rappel/", call_back.book, name="call-back"),
    path("contact/rappel/<str:reference>.ics", call_back.calendar, name="call-back-calendar"),
]
