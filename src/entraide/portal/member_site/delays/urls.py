"""How long answers take."""

from django.urls import path

from entraide.portal.member_site.delays import views

urlpatterns = [path("delais/", views.delays, name="delays")]
