from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "entraide.portal.domain.publications"
    default_auto_field = "django.db.models.BigAutoField"
