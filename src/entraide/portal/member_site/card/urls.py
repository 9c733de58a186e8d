"""The card: asking for it by post again."""

from django.urls import path

from entraide.portal.member_site.card import views

urlpatterns = [
    path("carte/renvoi/", views.again, name="card-again"),
]
