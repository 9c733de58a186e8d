from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "entraide.portal.foundation.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Our own actions note the moment of a sign-in, with the fact; once is enough.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
