"""Before retirement: both contracts side by side, and the form of the individual one."""

from django.urls import path

from entraide.portal.member_site.retirement import views

urlpatterns = [
    path("retraite/", views.retirement, name="retirement"),
    path("retraite/adhesion.pdf", views.membership_form, name="retirement-form"),
]
