"""The news of the mutual."""

from django.urls import path

from entraide.portal.member_site.news import views

urlpatterns = [path("actualites/", views.news, name="news")]
