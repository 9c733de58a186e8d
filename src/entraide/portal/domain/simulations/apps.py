from django.apps import AppConfig


class SimulationsConfig(AppConfig):
    name = "entraide.portal.domain.simulations"
    label = "simulations"
    default_auto_field = "django.db.models.BigAutoField"
