"""Prevention: articles, webinars and events of agencies."""

from django.urls import path

from entraide.portal.member_site.prevention import views

urlpatterns = [
    path("prevention/", views.shelf, name="prevention"),
    path("prevention/articles/<slug:article_id>/", views.article, name="prevention-article"),
    path("prevention/rendez-vous/<uuid:publication_id>/", views.meeting, name="prevention-meeting"),
    path("prevention/rendez-vous/<uuid:publication_id>/agir/", views.act, name="prevention-act"),
    path("prevention/rendez-vous/<uuid:publication_id>.ics", views.calendar, name="prevention-calendar"),
]
