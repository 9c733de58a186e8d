from django.apps import AppConfig


class PreventionConfig(AppConfig):
    name = "entraide.portal.domain.prevention"
    label = "prevention"
    default_auto_field = "django.db.models.BigAutoField"
