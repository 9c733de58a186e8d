from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "entraide.portal.domain.consultations"
    label = "consultations"
    default_auto_field = "django.db.models.BigAutoField"
