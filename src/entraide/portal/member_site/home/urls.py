"""The first page of a member."""

from django.urls import path

from entraide.portal.member_site.home import views

urlpatterns = [path("", views.home, name="home")]
