"""Password and security of the access."""

from django.urls import path

from entraide.portal.member_site.security import views

urlpatterns = [path("securite/", views.security, name="security")]
