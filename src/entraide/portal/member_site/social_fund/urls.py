"""The social fund: what it is, and asking it for help."""

from django.urls import path

from entraide.portal.member_site.social_fund import views

urlpatterns = [
    path("fonds-social/", views.fund, name="hardship-fund"),
    path("fonds-social/demande/<slug:aid>/", views.ask, name="hardship-fund-ask"),
    path("fonds-social/<str:reference>.pdf", views.letter, name="hardship-fund-letter"),
]
