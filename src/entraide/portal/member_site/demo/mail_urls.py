"""The gallery of mails, beside the gallery of components."""

from django.urls import path

from entraide.portal.member_site.demo import mails

app_name = "mails"
urlpatterns = [
    path("", mails.index, name="index"),
    path("<slug:name>/<slug:lang>/", mails.notice, name="notice"),
    path("<slug:name>/<slug:lang>/html/", mails.notice_html, name="html"),
]
