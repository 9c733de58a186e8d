from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "entraide.portal.foundation.vault"
    label = "vault"
