"""The human check: pictures drawn afresh, and a question that needs no eyes (AUTH-04, X5)."""

import dataclasses
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from itertools import count

import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone, translation

from entraide.portal.foundation.accounts.drawings import DRAWINGS
from entraide.portal.foundation.accounts.human import (
    _THINGS,
    MINUTES,
    PICTURES,
    WORK_BITS,
    WORK_PARTS,
    Challenge,
    spend,
)


def right_positions(challenge: Challenge) -> list[str]:
    return [str(place) for place, kind in enumerate(challenge.kinds) if kind == challenge.wanted]


def test_a_challenge_has_nine_pictures_of_which_three_or_four_are_right() -> None:
    for _ in range(50):
        challenge = Challenge.fresh()
        assert len(challenge.kinds) == PICTURES
        assert len(right_positions(challenge)) in {3, 4}


def test_all_the_right_pictures_and_no_other_pass() -> None:
    challenge = Challenge.fresh()
    right = right_positions(challenge)
    wrong = next(str(place) for place in range(PICTURES) if str(place) not in right)

    assert challenge.picks_are_right(right)
    assert challenge.picks_are_right(list(reversed(right)))
    assert not challenge.picks_are_right(right[:-1])
    assert not challenge.picks_are_right([*right, wrong])
    assert not challenge.picks_are_right([])
    assert not challenge.picks_are_right([str(place) for place in range(PICTURES)])


def test_the_sum_is_accepted_as_typed_and_nothing_else() -> None:
    challenge = dataclasses.replace(Challenge.fresh(), first=9, second=11)

    for right in ("20", " 20 ", "vingt", "Vingt", " VINGT "):
        assert challenge.answer_is_right(right)
    for wrong in ("19", "", " ", "9 + 11", "020", "20.0", "vingts", "dix", "²0"):
        assert not challenge.answer_is_right(wrong)


@pytest.mark.parametrize(
    ("first", "second", "typed"),
    [
        (9, 12, ["21", "vingt et un", "vingt-et-un", "Vingt  et  un", "vingt\u2011et\u2011un"]),
        (12, 12, ["24", "vingt-quatre", "vingt quatre"]),
        (7, 5, ["12", "douze", "twelve", "Twelve"]),
    ],
)
def test_the_sum_may_be_written_in_words_as_people_write_them(
    first: int, second: int, typed: list[str]
) -> None:
    challenge = dataclasses.replace(Challenge.fresh(), first=first, second=second)

    assert all(challenge.answer_is_right(one) for one in typed)


def test_the_question_read_aloud_is_in_words_in_the_demo_too() -> None:
    challenge = dataclasses.replace(Challenge.fresh(), first=9, second=11)

    with translation.override("fr"):
        assert challenge.spoken == "neuf plus onze"


def work_for(challenge: Challenge) -> list[str]:
    """What the browser's script finds, the slow way."""
    return [
        next(
            str(number)
            for number in count()
            if not int.from_bytes(sha256(f"{challenge.puzzle}:{part}:{number}".encode()).digest()[:4], "big")
            >> (32 - WORK_BITS)
        )
        for part in range(WORK_PARTS)
    ]


def test_work_that_was_done_passes_for_its_own_challenge_only() -> None:
    """X5: the third kind."""
    challenge, other = Challenge.fresh(), Challenge.fresh()
    numbers = work_for(challenge)

    assert challenge.work_is_right(",".join(numbers))
    assert not other.work_is_right(",".join(numbers))
    assert not challenge.work_is_right(",".join(numbers[:-1]))
    assert not challenge.work_is_right(",".join([numbers[0]] * WORK_PARTS))
    for wrong in ("", ",", ",".join("0" * 8), ",".join(["-1"] * 8), ",".join(["9" * 40] * 8), "x" * 10_000):
        assert not challenge.work_is_right(wrong)


def test_the_puzzle_is_signed_with_the_key_of_the_deployment(settings: LazySettings) -> None:
    challenge = Challenge.fresh()
    before = challenge.puzzle
    assert re.fullmatch("[0-9a-f]{32}", before)

    settings.SECRET_KEY = "another-key" * 6
    assert challenge.puzzle != before


@pytest.mark.django_db
def test_a_challenge_is_spent_once_and_not_after_its_time() -> None:
    challenge, now = Challenge.fresh(), timezone.now()

    assert spend(challenge, now=now)
    assert not spend(challenge, now=now)
    assert not spend(challenge, now=now + timedelta(minutes=MINUTES - 1))

    late = Challenge.fresh()
    assert not spend(late, now=now + timedelta(minutes=MINUTES, seconds=1))
    assert not spend(late, now=now - timedelta(minutes=5))


@pytest.mark.django_db(transaction=True)
def test_of_fifty_uses_of_one_challenge_at_once_one_passes() -> None:
    """Item 6: no reuse, however parallel."""
    challenge, now = Challenge.fresh(), timezone.now()

    def use(_turn: int) -> bool:
        try:
            return spend(challenge, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        passed = list(pool.map(use, range(50)))

    assert passed.count(True) == 1


def test_the_question_is_in_digits_in_the_demo_and_in_words_elsewhere(settings: LazySettings) -> None:
    """Contract: scripts pass the demo's check."""
    challenge = dataclasses.replace(Challenge.fresh(), first=9, second=11)
    assert challenge.question == "9 + 11"

    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, demo=False)
    with translation.override("fr"):
        assert challenge.question == "neuf plus onze"


def test_a_challenge_survives_the_session() -> None:
    challenge = Challenge.fresh()

    assert Challenge.stored(challenge.to_store()) == challenge


def test_every_drawing_has_its_words() -> None:
    assert set(_THINGS) == set(DRAWINGS)
