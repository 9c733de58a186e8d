from django.apps import AppConfig


class AdjudicationConfig(AppConfig):
    name = "entraide.portal.domain.adjudication"
    label = "adjudication"
    default_auto_field = "django.db.models.BigAutoField"
