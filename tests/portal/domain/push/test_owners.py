"""Who may be told on a browser, and by which key services know us (MOB-01, A23, RFC 8292)."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.utils import timezone

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.push.actions import Subscription, add_push_device
from entraide.portal.domain.push.endpoints import is_push_address
from entraide.portal.domain.push.keys import public_sender_key
from entraide.portal.domain.push.models import PushDevice
from entraide.portal.domain.push.queries import push_devices_to_tell
from entraide.portal.foundation.vault.keys import KeyRing
from tests.conftest import Household
from tests.portal.helping import helper_of
from tests.portal.push_service import Browser

pytestmark = pytest.mark.django_db
ENDPOINT = "https://web.push.apple.com/Q"


@pytest.fixture
def asked() -> Subscription:
    keys = Browser.new().subscription(ENDPOINT)["keys"]
    return Subscription(endpoint=ENDPOINT, point=keys["p256dh"], secret=keys["auth"])


def test_who_helps_does_not_make_their_own_browser_ring_for_another_one(
    viewer: Viewer, asked: Subscription
) -> None:
    """B-08"""
    with pytest.raises(DomainError, match="Revenez d’abord à votre espace"):
        add_push_device(helper_of(viewer), asked, label="", now=timezone.now())

    assert not PushDevice.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"frozen_at": timezone.now()}])
def test_no_browser_of_a_closed_or_frozen_access_is_told_though_it_is_still_on_file(
    viewer: Viewer, household: Household, asked: Subscription, change: dict[str, Any]
) -> None:
    """A23"""
    device = add_push_device(viewer, asked, label="", now=timezone.now())
    account = household.primary.account
    assert account is not None
    assert push_devices_to_tell(viewer.person_id, uuid4()) == [device]

    type(account).objects.filter(pk=account.pk).update(**change)

    assert push_devices_to_tell(viewer.person_id, uuid4()) == []


def test_a_rotation_of_the_data_keys_silences_no_browser(settings: LazySettings) -> None:
    """A subscription is bound to the key that it was given."""
    before, ring = public_sender_key(), settings.ENTRAIDE.keys
    rotated = KeyRing(current="next", keys={**ring.keys, "next": b"n" * 32}, index=ring.index)

    settings.ENTRAIDE = replace(settings.ENTRAIDE, keys=rotated)

    assert public_sender_key() == before


def test_an_address_is_of_a_thousand_letters_at_the_most() -> None:
    whole = ENDPOINT + "x" * (1000 - len(ENDPOINT))

    assert is_push_address(whole)
    assert not is_push_address(whole + "x")
