"""Passkeys (A26): our question, our origin, finger or PIN, the right key, the count that never goes back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.db import connection
from fido2.utils import websafe_decode, websafe_encode

from entraide.portal.domain.access.factors.adding import AT_MOST, remove_factor
from entraide.portal.domain.access.factors.passkeys import (
    SECONDS,
    State,
    may_ask,
    register,
    register_options,
    sign_in_options,
    use_passkey,
)
from entraide.portal.domain.access.factors.queries import factors_of
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from tests.authenticator import ORIGIN, Authenticator
from tests.conftest import Household, Post

pytestmark = pytest.mark.django_db


def enrol(account: Account, now: datetime, device: Authenticator) -> Factor:
    options, state = register_options(account, display_name="Anne Vautrin", now=now)
    return store(account, now, state, device.create(options))


def store(account: Account, now: datetime, state: State | None, answer: dict[str, Any]) -> Factor:
    return register(account=account, state=state, response=answer, name="Clé", language="fr", now=now)


@pytest.fixture
def device() -> Authenticator:
    return Authenticator()


@pytest.fixture
def owner(account: Account, now: datetime, device: Authenticator) -> Account:
    enrol(account, now, device)
    return account


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as error:
        call()
    return error.value.message


def use(device: Authenticator, now: datetime, **more: Any) -> Account:
    options, state = sign_in_options(now=now)
    return use_passkey(state=state, response=device.get(options), now=now, **more)


def test_a_passkey_opens_the_account_that_registered_it(
    owner: Account, now: datetime, device: Authenticator
) -> None:
    assert use(device, now) == owner
    assert use(device, now, account=owner) == owner
    (row,) = factors_of(owner.pk)
    assert (row.kind, row.last_used_at) == ("passkey", now)


def test_what_is_asked_of_the_browser(owner: Account, now: datetime, device: Authenticator) -> None:
    """A26: 128 bits at least, UV and a discoverable key required, no attestation, known keys left out."""
    options, _state = register_options(owner, display_name="Anne Vautrin", now=now)
    asked = options["publicKey"]

    assert len(websafe_decode(asked["challenge"])) >= 16
    assert asked["rp"]["id"] == "localhost"
    assert websafe_decode(asked["user"]["id"]) == owner.pk.bytes
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["attestation"] == "none"
    assert [websafe_decode(one["id"]) for one in asked["excludeCredentials"]] == [device.id]


def test_at_sign_in_no_account_is_named_and_every_question_is_another(owner: Account, now: datetime) -> None:
    first, second = sign_in_options(now=now)[0]["publicKey"], sign_in_options(now=now)[0]["publicKey"]

    assert "allowCredentials" not in first
    assert first["userVerification"] == "required"
    assert first["challenge"] != second["challenge"]


def test_after_the_password_only_the_keys_of_that_account_are_asked_for(
    owner: Account, now: datetime, device: Authenticator
) -> None:
    asked = sign_in_options(owner, now=now)[0]["publicKey"]

    assert [websafe_decode(one["id"]) for one in asked["allowCredentials"]] == [device.id]


@pytest.mark.parametrize(
    "fault",
    [
        {"origin": "https://localhost:8000"},
        {"origin": "http://localhost:8001"},
        {"origin": "http://localhost:8000.evil.example"},
        {"origin": "http://sub.localhost:8000"},
        {"host": "example.org"},
        {"verifies_user": False},
    ],
    ids=str,
)
def test_wrong_origin_wrong_site_or_no_finger_is_refused(
    owner: Account, now: datetime, device: Authenticator, fault: dict[str, Any]
) -> None:
    """A26: at sign-in and at registration."""
    stolen = replace(device, **fault)

    assert "n’ouvre pas" in refusal(lambda: use(stolen, now))
    newcomer = Authenticator(**fault)
    assert "pas pu être enregistrée" in refusal(lambda: enrol(owner, now, newcomer))


def test_a_question_is_answered_once(owner: Account, now: datetime, device: Authenticator) -> None:
    """A18: the same answer again, though a synced key does not count."""
    device.counts_by = 0
    options, state = sign_in_options(now=now)
    answer = device.get(options)
    use_passkey(state=state, response=answer, now=now)

    assert "n’ouvre pas" in refusal(lambda: use_passkey(state=state, response=answer, now=now))


def test_an_answer_to_another_question_is_refused(
    owner: Account, now: datetime, device: Authenticator
) -> None:
    options, _state = sign_in_options(now=now)
    _options, other = sign_in_options(now=now)

    assert refusal(lambda: use_passkey(state=other, response=device.get(options), now=now))
    assert refusal(lambda: use_passkey(state=None, response=device.get(options), now=now))


def test_a_question_is_over_after_five_minutes(owner: Account, now: datetime, device: Authenticator) -> None:
    options, state = sign_in_options(now=now)
    late = now + timedelta(seconds=SECONDS + 2)

    assert refusal(lambda: use_passkey(state=state, response=device.get(options), now=late))


def test_a_question_of_one_kind_does_not_serve_for_the_other(
    owner: Account, now: datetime, device: Authenticator
) -> None:
    options, state = register_options(owner, display_name="", now=now)
    assert refusal(lambda: use_passkey(state=state, response=device.get(options), now=now))

    options, state = sign_in_options(now=now)
    options["publicKey"]["user"] = {"id": websafe_encode(owner.pk.bytes)}
    newcomer = Authenticator()
    assert refusal(lambda: store(owner, now, state, newcomer.create(options)))


def test_the_passkey_of_another_account_does_not_prove_this_one(
    owner: Account, household: Household, now: datetime, device: Authenticator
) -> None:
    """Neither in the middle of somebody's sign-in nor for their sensitive act."""
    other = household.spouse.account
    assert other is not None
    enrol(other, now, Authenticator())

    assert refusal(lambda: use(device, now, account=other))


def test_a_user_handle_that_is_not_the_owners_is_refused(
    owner: Account, household: Household, now: datetime, device: Authenticator
) -> None:
    other = household.spouse.account
    assert other is not None
    device.user_handle = other.pk.bytes

    assert refusal(lambda: use(device, now))


def test_another_key_under_a_known_id_is_refused(
    owner: Account, now: datetime, device: Authenticator
) -> None:
    thief = Authenticator(id=device.id, user_handle=device.user_handle)

    assert refusal(lambda: use(thief, now))


@pytest.mark.parametrize("back_to", [0, 4, 5])
def test_a_count_that_does_not_grow_is_a_copy_refused_and_noted(
    owner: Account, now: datetime, device: Authenticator, back_to: int
) -> None:
    """A26"""
    device.count = 4
    use(device, now)
    device.count = back_to - 1

    assert refusal(lambda: use(device, now))
    (entry,) = Entry.objects.filter(kind="PasskeyCloned")
    assert entry.about == owner.beneficiary.pk  # type: ignore[attr-defined]
    device.count = 5
    assert use(device, now) == owner


def test_a_synced_passkey_that_never_counts_is_accepted(
    owner: Account, now: datetime, device: Authenticator
) -> None:
    device.counts_by = 0

    assert use(device, now) == use(device, now) == owner


def test_a_withdrawn_passkey_opens_nothing(owner: Account, now: datetime, device: Authenticator) -> None:
    """A26: revocable."""
    (row,) = factors_of(owner.pk)
    removed = remove_factor(account=owner, factor_id=row.id, language="fr", now=now)

    assert removed.was_last
    assert refusal(lambda: use(device, now))


def test_nobody_takes_off_the_factor_of_somebody_else(
    owner: Account, household: Household, now: datetime
) -> None:
    other = household.spouse.account
    assert other is not None
    (row,) = factors_of(owner.pk)

    assert refusal(lambda: remove_factor(account=other, factor_id=row.id, language="fr", now=now))
    assert len(factors_of(owner.pk)) == 1


def test_where_one_must_stay_the_last_factor_stays(owner: Account, now: datetime) -> None:
    """Agents: never without an app or a passkey (A74)."""
    (row,) = factors_of(owner.pk)

    assert refusal(
        lambda: remove_factor(account=owner, factor_id=row.id, language="fr", now=now, keep_one=True)
    )
    assert len(factors_of(owner.pk)) == 1


def test_a_frozen_or_closed_account_is_refused_in_the_same_words(
    owner: Account, now: datetime, device: Authenticator
) -> None:
    unknown = refusal(lambda: use(Authenticator(), now))
    for closed in ({"frozen_at": now, "is_active": True}, {"frozen_at": None, "is_active": False}):
        Account.objects.filter(pk=owner.pk).update(**closed)
        assert refusal(lambda: use(device, now)) == unknown


def test_a_locked_or_expired_password_changes_nothing(
    owner: Account, now: datetime, device: Authenticator
) -> None:
    Account.objects.filter(pk=owner.pk).update(must_reset=True, password_set_at=now - timedelta(days=999))

    assert use(device, now) == owner


HOSTILE: list[Any] = [
    {},
    {"id": "x"},
    {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}},
    {"id": "é", "rawId": "é", "response": {"clientDataJSON": "é"}},
    {"id": 1, "rawId": None, "response": []},
    {
        "id": "AAAA",
        "rawId": "AAAA",
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(b"[1]"),
            "authenticatorData": websafe_encode(b"\x9f" * 4000),
            "signature": "AAAA",
            "attestationObject": websafe_encode(b"\x81" * 20_000),
        },
    },
]


@pytest.mark.parametrize("answer", HOSTILE, ids=lambda one: str(one)[:40])
def test_nonsense_is_refused_and_never_a_fault(owner: Account, now: datetime, answer: Any) -> None:
    _options, state = sign_in_options(now=now)
    assert refusal(lambda: use_passkey(state=state, response=answer, now=now))
    _options, state = register_options(owner, display_name="", now=now)
    assert refusal(lambda: store(owner, now, state, answer))


def test_the_same_key_is_registered_once(owner: Account, now: datetime, device: Authenticator) -> None:
    assert "déjà" in refusal(lambda: enrol(owner, now, device))


def test_ten_factors_are_enough(owner: Account, now: datetime) -> None:
    for _ in range(AT_MOST - 1):
        enrol(owner, now, Authenticator())

    assert "dix" in refusal(lambda: enrol(owner, now, Authenticator()))


def test_one_network_asks_for_so_many_questions_and_no_more(db: None, now: datetime) -> None:
    asked = [may_ask("192.0.2.9", now=now) for _ in range(61)]

    assert asked == [True] * 60 + [False]
    assert may_ask("192.0.2.10", now=now)


def test_our_origin_is_the_public_address_to_the_letter(
    owner: Account, now: datetime, device: Authenticator, settings: LazySettings
) -> None:
    """In production: https, and nothing else."""
    home = "https://espace.example.org"
    settings.ENTRAIDE = replace(django_settings.ENTRAIDE, public_url=home)
    there = Authenticator(origin=home, host="espace.example.org")
    enrol(owner, now, there)

    assert use(there, now) == owner
    there.origin = ORIGIN
    assert refusal(lambda: use(there, now))


@pytest.mark.django_db(transaction=True)
def test_of_ten_parallel_answers_to_one_question_one_opens(
    owner: Account, now: datetime, device: Authenticator
) -> None:
    """A18"""
    device.counts_by = 0
    options, state = sign_in_options(now=now)
    answer, opened = device.get(options), []

    def try_it() -> None:
        try:
            opened.append(use_passkey(state=state, response=answer, now=now))
        except DomainError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=try_it) for _ in range(10)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert opened == [owner]


def test_a_key_taken_off_is_told_by_mail(
    owner: Account, now: datetime, sent: Callable[[], list[Post]]
) -> None:
    """A15"""
    (row,) = factors_of(owner.pk)
    remove_factor(account=owner, factor_id=row.id, language="fr", now=now)

    mails = {one.notice: one.body for one in sent()}
    assert "clé d’accès" in mails["factor_added"]
    assert "code par SMS" in mails["factor_removed"]
    assert "/ce-n-est-pas-moi/" in mails["factor_removed"]
