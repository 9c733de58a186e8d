"""Reading what a PDF prints: in the process that checks it, with its limits (A43)."""

import zlib

import pikepdf
import pytest

from entraide.portal.domain.requests.files.check import words_in
from entraide.portal.domain.requests.files.verdicts import Fault, Refused
from tests.portal.domain.requests.hostile import HOSTILE, Hostile
from tests.portal.domain.requests.samples import GOOD, saved
from tests.portal.domain.simulations.printed_quotes import hearing


def page_of(content: bytes, *, count: int = 1, **more: object) -> bytes:
    """A PDF whose pages draw these commands in a face of every reader."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for _page in range(count):
        page = document.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(content, **more)
    return saved(document)


def test_words_come_with_their_places_from_top_to_bottom() -> None:
    found = words_in(
        page_of(b"BT /F1 10 Tf 50 700 Td (Prix) Tj 100 0 Td (12,00) Tj -100 -20 Td (Acte un) Tj ET"),
        name="a.pdf",
    )

    assert [each.text for each in found] == ["Prix", "12,00", "Acte un"]
    price, amount, act = found
    assert (price.page, price.line, price.left) == (0, 1420, 500)
    assert (amount.line, amount.left, act.line) == (1420, 1500, 1620)
    assert price.page_width == 5950


@pytest.mark.parametrize("name", GOOD)
def test_every_kind_of_sound_file_can_be_asked_for_its_words(name: str) -> None:
    assert words_in(GOOD[name], name=name) == ()


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda one: one.title)
def test_a_hostile_file_gets_the_verdict_of_a_deposit_before_a_word_is_read(hostile: Hostile) -> None:
    with pytest.raises(Refused) as refused:
        words_in(hostile.content, name=hostile.name)

    assert refused.value.fault == hostile.fault


def test_a_page_that_unfolds_without_end_is_broken_and_the_portal_lives_on() -> None:
    """A43: four hundred megabytes of commands in a file of some kilobytes."""
    squeezed = zlib.compressobj(9)
    commands = b"q 1 0 0 1 0 0 cm " * 50_000
    folded = b"".join(squeezed.compress(commands) for _time in range(500)) + squeezed.flush()

    with pytest.raises(Refused) as refused:
        words_in(page_of(folded, Filter=pikepdf.Name.FlateDecode), name="devis.pdf")

    assert refused.value.fault is Fault.BROKEN
    assert words_in(hearing(), name="devis.pdf")


def test_of_a_very_long_document_the_first_pages_are_read() -> None:
    line = b"BT /F1 10 Tf 50 700 Td (" + b"x" * 100 + b") Tj ET"

    found = words_in(page_of(line, count=40), name="long.pdf")

    assert {each.page for each in found} == set(range(10))
