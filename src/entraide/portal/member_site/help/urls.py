"""Help: questions and answers, hours, where we are. Open to anyone."""

from django.urls import path

from entraide.portal.member_site.help import views

urlpatterns = [path("aide/", views.answers, name="help")]
