"""The networks of the mutual."""

from django.urls import path

from entraide.portal.member_site.network import views

urlpatterns = [
    path("reseau/", views.network, name="network"),
    path("reseau/hopitaux/", views.hospitals, name="network-hospitals"),
]
