from django.apps import AppConfig


class ListExportsConfig(AppConfig):
    name = "entraide.portal.domain.list_exports"
    label = "list_exports"
    default_auto_field = "django.db.models.BigAutoField"
