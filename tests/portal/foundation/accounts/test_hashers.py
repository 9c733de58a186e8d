"""Passwords at rest: Argon2id, with a pepper that the database does not hold (A11, A12)."""

import dataclasses
from collections.abc import Callable
from threading import Thread

import pytest
from django.conf import LazySettings, settings
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.test import RequestFactory

from entraide.portal.foundation.accounts import hashers
from entraide.portal.foundation.accounts.hashers import AT_ONCE, PepperedArgon2
from entraide.portal.foundation.web.errors import Busy, fault_page
from tests.conftest import COST_OF_A_HASH


@pytest.fixture(autouse=True)
def at_full_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in COST_OF_A_HASH.items():
        monkeypatch.setattr(PepperedArgon2, name, value)


def test_passwords_are_kept_as_argon2id_of_the_strength_asked_for() -> None:
    """A11"""
    hashed = make_password("Tilleul-2019-bleu")

    assert "argon2id" in hashed
    assert "m=19456,t=2,p=1" in hashed


def test_a_stolen_database_is_not_enough_to_guess(settings: LazySettings) -> None:
    """A11: without the pepper, the right password does not verify."""
    hashed = make_password("Tilleul-2019-bleu")
    keys = dataclasses.replace(settings.ENTRAIDE.keys, index=b"?" * 32)
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, keys=keys)

    assert not check_password("Tilleul-2019-bleu", hashed)


@pytest.mark.parametrize("password", ["a" * 128, "é" * 100, "un 🐟 bleu dans l’eau", "  espaces  "])
def test_the_whole_password_counts_to_its_last_character(password: str) -> None:
    """A12"""
    hashed = make_password(password)

    assert check_password(password, hashed)
    assert not check_password(password[:-1], hashed)
    assert not check_password(password.strip() + "x", hashed)


def test_only_one_way_of_hashing_is_accepted() -> None:
    assert settings.PASSWORD_HASHERS == ["entraide.portal.foundation.accounts.hashers.PepperedArgon2"]


def test_only_so_many_passwords_are_hashed_at_once_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A11: the other pages keep their share of the machine."""
    hashed = make_password("Tilleul-2019-bleu")
    at_work: list[int] = []
    most: list[int] = []

    def counted(work: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object) -> object:
            at_work.append(1)
            most.append(len(at_work))
            try:
                return work(*arguments)
            finally:
                at_work.pop()

        return run

    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, counted(getattr(Argon2PasswordHasher, name)))
    asking = [
        *(Thread(target=check_password, args=["wrong", hashed]) for _number in range(4)),
        *(Thread(target=make_password, args=["Marronnier-1954-vert"]) for _number in range(4)),
    ]
    for one in asking:
        one.start()
    for one in asking:
        one.join()

    assert len(most) == 8
    assert max(most) <= AT_ONCE


def test_who_finds_no_place_in_time_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A11: never one more at once, and no request that waits for ever."""
    monkeypatch.setattr(hashers, "PATIENCE_SECONDS", 0.05)
    for _number in range(AT_ONCE):
        hashers._places.acquire()
    try:
        with pytest.raises(Busy) as caught:
            make_password("Tilleul-2019-bleu")
    finally:
        for _number in range(AT_ONCE):
            hashers._places.release()

    page = fault_page(RequestFactory().get("/"), caught.value)
    assert page is not None
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert make_password("Tilleul-2019-bleu")
