from django.apps import AppConfig


class PushConfig(AppConfig):
    name = "entraide.portal.domain.push"
    label = "push"
    default_auto_field = "django.db.models.BigAutoField"
