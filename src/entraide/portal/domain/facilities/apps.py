from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "entraide.portal.domain.facilities"
    label = "facilities"
    default_auto_field = "django.db.models.BigAutoField"
