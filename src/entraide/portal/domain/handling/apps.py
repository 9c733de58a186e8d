from django.apps import AppConfig


class HandlingConfig(AppConfig):
    name = "entraide.portal.domain.handling"
    default_auto_field = "django.db.models.BigAutoField"
