from django.apps import AppConfig


class DataOutConfig(AppConfig):
    name = "entraide.portal.domain.data_out"
    label = "data_out"
    default_auto_field = "django.db.models.BigAutoField"
