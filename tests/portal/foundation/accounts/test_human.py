"""The human check: pictures drawn afresh, and a question that needs no eyes (AUTH-04, X5)."""

import dataclasses
import io
from itertools import pairwise

import pytest
from django.conf import LazySettings
from django.utils import translation
from PIL import Image, ImageChops, ImageStat

from entraide.portal.foundation.accounts.human import _THINGS, PICTURES, Challenge
from entraide.portal.foundation.accounts.pictures import DRAWINGS, SIDE, draw


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

    assert challenge.answer_is_right(" 20 ")
    for wrong in ("19", "", "vingt", "9 + 11", "020", "20.0"):
        assert not challenge.answer_is_right(wrong)


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


def picture(kind: str, seed: str) -> Image.Image:
    return Image.open(io.BytesIO(draw(kind, seed=seed)))


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_a_drawing_is_never_twice_the_same_picture(kind: str) -> None:
    drawn = [draw(kind, seed=f"attempt {number}") for number in range(6)]

    assert len(set(drawn)) == 6


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_a_drawing_fills_its_picture_and_stands_out_from_the_ground(kind: str) -> None:
    for number in range(3):
        image = picture(kind, str(number)).convert("L")
        assert image.size == (SIDE, SIDE)
        assert ImageStat.Stat(image).stddev[0] > 20


def test_no_two_kinds_look_alike() -> None:
    images = [picture(kind, "same seed").convert("L") for kind in sorted(DRAWINGS)]

    for one, other in pairwise(images):
        assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] > 8


def test_a_picture_tells_its_kind_in_no_name_and_no_hidden_text() -> None:
    for kind in DRAWINGS:
        drawn = draw(kind, seed="x")
        assert kind.encode() not in drawn
        assert Image.open(io.BytesIO(drawn)).info == {}
