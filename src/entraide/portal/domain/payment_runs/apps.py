from django.apps import AppConfig


class PaymentRunsConfig(AppConfig):
    name = "entraide.portal.domain.payment_runs"
    label = "payment_runs"
    default_auto_field = "django.db.models.BigAutoField"
