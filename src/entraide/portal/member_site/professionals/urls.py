"""Finding a health professional."""

from django.urls import path

from entraide.portal.member_site.professionals import views

urlpatterns = [
    path("professionnels/", views.professionals, name="professionals"),
    path("professionnels/<slug:reference>/", views.professional, name="professional"),
]
