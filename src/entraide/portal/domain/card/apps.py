from django.apps import AppConfig


class CardConfig(AppConfig):
    name = "entraide.portal.domain.card"
    label = "card"
    default_auto_field = "django.db.models.BigAutoField"
