"""A new secret key while people are signed in (A64)."""

import pytest
from django.conf import LazySettings
from django.test import Client


@pytest.mark.parametrize("former", [True, False])
def test_a_new_secret_key_signs_nobody_out_as_long_as_the_former_one_is_named(
    member_client: Client, settings: LazySettings, former: bool
) -> None:
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another-key-of-this-test-" * 3
    settings.SECRET_KEY_FALLBACKS = [old] if former else []

    first, second = (member_client.get("/contrat/").status_code for _time in range(2))

    assert (first, second) == ((200, 200) if former else (302, 302))


def test_who_came_in_with_the_former_key_stays_when_it_is_gone(
    member_client: Client, settings: LazySettings
) -> None:
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key-of-this-test-" * 3, [old]
    member_client.get("/contrat/")

    settings.SECRET_KEY_FALLBACKS = []

    assert member_client.get("/contrat/").status_code == 200
