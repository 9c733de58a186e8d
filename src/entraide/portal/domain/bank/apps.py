from django.apps import AppConfig


class BankConfig(AppConfig):
    name = "entraide.portal.domain.bank"
    label = "bank"
    default_auto_field = "django.db.models.BigAutoField"
