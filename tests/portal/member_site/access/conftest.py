import dataclasses

import pytest
from django.conf import LazySettings


@pytest.fixture
def behind_proxy(settings: LazySettings) -> None:
    """As in production: an https address, our own proxy in front."""
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, public_url="https://espace.example.org")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
