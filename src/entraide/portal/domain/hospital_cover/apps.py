from django.apps import AppConfig


class HospitalCoverConfig(AppConfig):
    name = "entraide.portal.domain.hospital_cover"
    label = "hospital_cover"
    default_auto_field = "django.db.models.BigAutoField"
