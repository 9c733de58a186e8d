from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Loads the handlers of jobs and the catalogue of notices, once every app is ready."""

    name = "entraide.portal.config"
    label = "wiring"

    def ready(self) -> None:
        from entraide.portal.config import wiring  # noqa: PLC0415 (models must be loaded first)

        wiring.connect()
