from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "entraide.portal.domain.contributions"
    label = "contributions"
    default_auto_field = "django.db.models.BigAutoField"
