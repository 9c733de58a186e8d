from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "entraide.portal.domain.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
