"""Hospital cover."""

from django.urls import path

from entraide.portal.member_site.hospital import views
from entraide.portal.member_site.hospital.letter import letter

urlpatterns = [
    path("hospitalisation/", views.hospital, name="hospital"),
    path("hospitalisation/<str:reference>.pdf", letter, name="hospital-letter"),
]
