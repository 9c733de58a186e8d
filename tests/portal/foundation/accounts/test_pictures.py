"""The pictures of the human check: only their shape tells what they show (AUTH-04, X5, item 6)."""

import io
import zlib
from collections import Counter
from itertools import pairwise
from math import dist
from statistics import mean, pstdev

import pytest
from PIL import Image, ImageChops, ImageStat

from entraide.portal.foundation.accounts.drawings import DRAWINGS
from entraide.portal.foundation.accounts.pictures import SIDE, draw

KINDS = sorted(DRAWINGS)
EACH = 30


def picture(kind: str, seed: str) -> Image.Image:
    return Image.open(io.BytesIO(draw(kind, seed=seed))).convert("RGB")


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_is_never_twice_the_same_picture(kind: str) -> None:
    drawn = [draw(kind, seed=f"attempt {number}") for number in range(6)]

    assert len(set(drawn)) == 6
    assert draw(kind, seed="attempt 0") == drawn[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_stands_out_from_the_ground(kind: str) -> None:
    for number in range(5):
        image = picture(kind, str(number))
        assert image.size == (SIDE, SIDE)
        # The tone of the ground covers much of it; something else covers a fair part, well apart from it.
        grey = image.convert("L").resize((40, 40), Image.Resampling.BOX)
        tones = sorted(grey.tobytes())
        ground = Counter(tone // 16 for tone in tones).most_common(1)[0][0] * 16 + 8
        apart = [tone for tone in tones if abs(tone - ground) > 40]
        assert len(apart) > 0.04 * len(tones), f"{kind} {number}"


def test_no_two_kinds_look_alike() -> None:
    images = [picture(kind, "same seed").convert("L") for kind in KINDS]

    for one, other in pairwise(images):
        assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] > 4


def test_a_picture_tells_its_kind_in_no_name_and_no_hidden_text() -> None:
    for kind in KINDS:
        drawn = draw(kind, seed="x")
        assert kind.encode() not in drawn
        assert Image.open(io.BytesIO(drawn)).info == {}
        chunks = [drawn[at : at + 4] for at in range(len(drawn)) if drawn[at : at + 4] in {b"tEXt", b"tIME"}]
        assert chunks == []


def test_every_picture_has_the_same_number_of_bytes() -> None:
    assert len({len(draw(kind, seed=f"{kind}{turn}")) for kind in KINDS for turn in range(12)}) == 1


def figures(kind: str, seed: str) -> tuple[float, ...]:
    """What a program gets without looking: mean colour, spread of colour, how well it compresses."""
    image = picture(kind, seed)
    stat = ImageStat.Stat(image)
    return (*stat.mean, *stat.stddev, len(zlib.compress(image.tobytes(), 6)) / 100)


def many(name: str) -> dict[str, list[tuple[float, ...]]]:
    return {kind: [figures(kind, f"{name} {turn}") for turn in range(EACH)] for kind in KINDS}


@pytest.fixture(scope="module")
def seen() -> dict[str, list[tuple[float, ...]]]:
    return many("seen")


@pytest.fixture(scope="module")
def unseen() -> dict[str, list[tuple[float, ...]]]:
    return many("unseen")


@pytest.mark.parametrize(
    ("what", "columns"), [("mean colour", (0, 1, 2)), ("size", (6,)), ("all of it", (0, 1, 2, 3, 4, 5, 6))]
)
def test_a_program_that_only_measures_guesses_hardly_better_than_chance(
    seen: dict[str, list[tuple[float, ...]]],
    unseen: dict[str, list[tuple[float, ...]]],
    what: str,
    columns: tuple[int, ...],
) -> None:
    """Chance is one in ten; even one in three would leave less than 1 % for a whole challenge."""
    every = [row for rows in seen.values() for row in rows]
    middle = [mean(row[at] for row in every) for at in columns]
    spread = [pstdev(row[at] for row in every) or 1.0 for at in columns]

    def scaled(row: tuple[float, ...]) -> list[float]:
        return [(row[at] - m) / s for at, m, s in zip(columns, middle, spread, strict=True)]

    known = [(kind, scaled(row)) for kind, rows in seen.items() for row in rows]
    right = 0
    for kind, rows in unseen.items():
        for found in rows:
            row = scaled(found)
            nearest = sorted(known, key=lambda one: dist(one[1], row))[:9]
            right += Counter(one for one, _row in nearest).most_common(1)[0][0] == kind

    assert right / (EACH * len(KINDS)) < 0.27, what
