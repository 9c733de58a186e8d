from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "entraide.portal.foundation.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"
