"""What the shell itself needs: language, colours, drawings, health."""

from django.urls import path

from entraide.portal.member_site.shell import views

urlpatterns = [
    path("langue/", views.choose_language, name="language"),
    path("theme.css", views.theme, name="theme"),
    path("logo.svg", views.logo, name="logo"),
    path("favicon.svg", views.favicon, name="favicon"),
    path("navigateur/", views.old_browser, name="old-browser"),
    path("healthz", views.health, name="health"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
]
