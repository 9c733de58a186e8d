"""What the contracts cost, and when it is paid."""

from django.urls import path

from entraide.portal.member_site.contributions import views

urlpatterns = [
    path("cotisations/", views.contributions, name="contributions"),
    path("cotisations/echeances.ics", views.calendar, name="contributions-calendar"),
]
