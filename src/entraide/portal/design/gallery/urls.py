from django.urls import path

from entraide.portal.design.gallery import views

app_name = "gallery"
urlpatterns = [
    path("", views.index, name="index"),
    path("formulaires/", views.forms, name="forms"),
    path("connexion/", views.simple, name="simple"),
    path("erreurs/<int:status>/", views.error, name="error"),
]
