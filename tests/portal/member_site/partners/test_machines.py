"""For the machines of partners: the keys, and one answer for each token (A5)."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from entraide.formats.handover_token import read_key_set, read_token
from entraide.portal.domain.handover.actions import CHECKS_AN_HOUR, hand_to_partner
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.accounts import limits
from tests.conftest import Household
from tests.portal.partners import DOCTORS

pytestmark = pytest.mark.django_db
CHECK = "/passage/verifier/"


@pytest.fixture
def token(viewer: Viewer, household: Household) -> str:
    signed = hand_to_partner(viewer, DOCTORS, household.child.pk, now=timezone.now())
    assert signed is not None
    return signed.token


def asked(**form: str) -> tuple[int, dict[str, str]]:
    answer = Client(enforce_csrf_checks=True).post(CHECK, form)
    return answer.status_code, json.loads(answer.content)


def test_a_partner_checks_with_the_public_keys_alone(token: str) -> None:
    answer = Client().get("/passage/cles.json")

    keys = read_key_set(answer.content.decode())
    now = int(timezone.now().timestamp())
    assert answer.headers["Content-Type"] == "application/jwk-set+json"
    assert read_token(token, keys=keys, audience="lointaine", now=now).audience == "lointaine"
    assert b'"d"' not in answer.content


def test_a_token_is_answered_once(token: str) -> None:
    status, told = asked(token=token, audience="lointaine")

    assert status == 200
    assert told["state"] == "valid"
    assert told["subject"] != told["actor"] != ""
    assert asked(token=token, audience="lointaine") == (422, {"state": "used"})


def test_for_another_partner_or_without_anything_it_says_why_not(token: str) -> None:
    assert asked(token=token, audience="secours") == (422, {"state": "other_audience"})
    assert asked(token=token) == (422, {"state": "other_audience"})
    assert asked() == (422, {"state": "malformed"})
    # None of it used the token up.
    assert asked(token=token, audience="lointaine")[0] == 200


def test_who_asks_too_often_gets_429(token: str) -> None:
    now = timezone.now()
    for _ in range(CHECKS_AN_HOUR - 1):
        limits.count("hand-over check", "127.0.0.1", per=timedelta(hours=1), now=now)

    assert asked(token="x", audience="lointaine")[0] == 422
    assert asked(token=token, audience="lointaine") == (429, {"state": "too_many_checks"})


def test_a_strangers_megabytes_are_not_read(token: str) -> None:
    """A43, A60: no form of ours asked for them, so nobody waits until they are there."""
    large = SimpleUploadedFile("x", b"A" * 20_000)
    answer = Client().post(CHECK, {"token": token, "audience": "lointaine", "more": large})

    assert (answer.status_code, json.loads(answer.content)) == (413, {"state": "malformed"})
    assert asked(token=token, audience="lointaine")[0] == 200
