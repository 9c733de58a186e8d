from django.apps import AppConfig


class TeleconsultationsConfig(AppConfig):
    name = "entraide.portal.domain.teleconsultations"
    label = "teleconsultations"
    default_auto_field = "django.db.models.BigAutoField"
