"""Who may read my care, who helps me, and whom I help."""

from django.urls import path

from entraide.portal.member_site.sharing import views

urlpatterns = [
    path("droits/partage/", views.sharing, name="sharing"),
    path("droits/partage/soins/", views.share, name="sharing-care"),
    path("droits/partage/soins/<uuid:consent_id>/retirer/", views.withdraw, name="sharing-care-end"),
    path("droits/aidants/nouveau/", views.ask, name="help-ask"),
    path("droits/aidants/quitter/", views.leave, name="help-leave"),
    path("droits/aidants/<uuid:delegation_id>/accepter/", views.accept, name="help-accept"),
    path("droits/aidants/<uuid:delegation_id>/ouvrir/", views.enter, name="help-open"),
    path("droits/aidants/<uuid:delegation_id>/fin/", views.end, name="help-end"),
]
