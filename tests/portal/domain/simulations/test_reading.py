"""Reading a professional's quote: what is certain is proposed, what is not is told (REMB-05, B-03)."""

from datetime import date

import pytest

from entraide.portal.domain.requests.files.check import words_in
from entraide.portal.domain.requests.files.verdicts import Fault, Refused
from entraide.portal.domain.simulations.quotes import MOST_LINES, offered_acts
from entraide.portal.domain.simulations.reading.acts import recognised_act
from entraide.portal.domain.simulations.reading.quote import ReadLine, ReadQuote, read_quote
from tests.portal.domain.requests.samples import pdf, picture
from tests.portal.domain.simulations.printed_quotes import (
    DENTAL,
    DENTAL_HEAD,
    dental,
    hearing,
    optical,
    printed,
    scan,
)

ON = date(2026, 11, 22)
OFFERED = offered_acts(ON)


def read(content: bytes, name: str = "devis.pdf") -> ReadQuote:
    return read_quote(words_in(content, name=name), on=ON)


@pytest.mark.parametrize("middle", [False, True])
def test_a_dental_quote_gives_act_price_base_and_tooth_of_each_line(middle: bool) -> None:
    """The words of an act go over three lines, above and below its amounts."""
    crown, scaling, _pillar = read(dental(middle=middle)).lines

    assert crown == ReadLine(
        printed="HBLD734 Couronne dentaire céramo-métallique sur une molaire",
        act="HBLD734", price=60000, quantity=1, base=10750, tooth=26,
    )  # fmt: skip
    assert (scaling.act, scaling.price, scaling.base, scaling.tooth) == ("SDE", 2892, 2892, None)


def test_an_act_that_we_do_not_know_keeps_its_words_and_its_price_for_the_member_to_choose() -> None:
    pillar = read(dental()).lines[2]

    assert pillar == ReadLine(
        printed="LBLD075 Pose d’un pilier implantaire", act="", price=45000, quantity=1, base=None, tooth=16
    )


def test_what_is_taken_off_is_told_and_sums_are_no_lines() -> None:
    found = read(dental())

    assert [each.split()[0] for each in found.left_out] == ["Remise"]
    assert "Total" not in str(found)


def test_an_optical_quote_is_known_by_its_classes_and_takes_the_price_of_all_units() -> None:
    """The corrections of lenses and percentages are no amounts; a coating is not a lens."""
    frame, lenses, coating = read(optical()).lines

    assert (frame.act, frame.price, frame.quantity, frame.base) == ("MONB", 14000, 1, 5)
    assert (lenses.act, lenses.price, lenses.quantity) == ("VERB.complex", 42000, 2)
    assert (coating.act, coating.price) == ("", 3000)


def test_a_hearing_quote_gives_the_price_of_one_times_their_number() -> None:
    aid, mould = read(hearing()).lines

    assert (aid.act, aid.price, aid.quantity) == ("AU1", 190000, 2)
    assert (mould.act, mould.price) == ("", 0)


def test_the_base_of_several_units_is_not_read_for_it_may_be_that_of_one() -> None:
    assert [each.base for each in read(optical()).lines] == [5, None, None]
    assert read(hearing()).lines[0].base is None


@pytest.mark.parametrize(
    ("head", "units", "price"),
    [
        ("Prix", "1", 95000),
        ("Prix", "", 95000),
        ("Prix", "2", None),
        ("Prix", "une paire", None),
        ("Montant total", "2", 95000),
        ("Honoraires", "2", 95000),
        ("Prix unitaire", "2", 190000),
        ("Prix unitaire", "une paire", None),
        ("Remboursé", "1", None),
    ],
)
def test_a_price_is_read_where_its_head_says_for_how_many(head: str, units: str, price: int | None) -> None:
    rows = (("Aide auditive classe I", units, "950,00 €"),)

    (aid,) = read(printed("Devis", ("Désignation", "Quantité", head), rows)).lines

    assert (aid.act, aid.price) == ("AU1", price)


def test_without_heads_the_only_amount_of_a_line_is_its_price_and_of_several_none_is() -> None:
    rows = (("Monture classe A", "", "30,00 €"), ("Verres classe B simples", "80,00 €", "160,00 €"))

    frame, lenses = read(printed("Devis", ("", "", ""), rows)).lines

    assert (frame.act, frame.price) == ("MONA", 3000)
    assert (lenses.act, lenses.price) == ("VERB.simple", None)


def test_a_long_quote_tells_the_lines_that_do_not_fit() -> None:
    rows = tuple([DENTAL[1]] * (MOST_LINES + 2))

    found = read(printed("Devis", DENTAL_HEAD, rows, (1.2, 2, 0, 1.2, 2.4, 2.4, 2.4, 2.4)))

    assert len(found.lines) == MOST_LINES
    assert len(found.left_out) == 2


def test_figures_among_the_words_of_an_act_begin_no_line_of_their_own() -> None:
    """The corrections of lenses, on a second line of their cell."""
    words = "Verres classe B, simples, antireflet, correction OD -2,25 OG -3,00"

    found = read(printed("Devis", ("Désignation", "Prix"), ((words, "300,00 €"),), (3.4, 3)))

    (lenses,) = found.lines
    assert (lenses.act, lenses.price) == ("VERB.simple", 30000)
    assert "antireflet, correction" in lenses.printed
    assert found.left_out == ()


def test_two_prices_in_one_cell_are_none_and_a_negative_one_is_left_out() -> None:
    rows = (("Monture classe B", "120,00 € ou 140,00 €"), ("Geste commercial", "-20,00 €"))

    found = read(printed("Devis", ("Désignation", "Prix"), rows, (0, 5)))

    assert [(each.act, each.price) for each in found.lines] == [("MONB", None)]
    assert found.left_out == ("Geste commercial -20,00 €",)


@pytest.mark.parametrize(
    ("content", "name"), [(scan(), "scan.pdf"), (picture("JPEG"), "photo.jpg"), (picture("PNG"), "p.png")]
)
def test_of_a_picture_nothing_is_read(content: bytes, name: str) -> None:
    assert read(content, name) == ReadQuote(lines=(), left_out=(), has_text=False)


def test_amounts_without_one_act_of_ours_are_no_quote() -> None:
    found = read(printed("Facture", ("Désignation", "Prix"), (("Pneu arrière", "80,00 €"),)))

    assert found.lines == ()
    assert found.left_out == ("Pneu arrière",)
    assert found.has_text


def test_a_quote_is_checked_as_any_file_that_is_sent() -> None:
    """A43, A44"""
    with pytest.raises(Refused) as refused:
        read(pdf()[:-40])

    assert refused.value.fault is Fault.BROKEN


@pytest.mark.parametrize(
    ("words", "codes", "act"),
    [
        ("Couronne HBLD634", (), "HBLD634"),
        ("Couronne HBLD634 ou HBLD734", (), ""),
        ("Consultation dentaire", (), "CD"),
        ("Part AMO", (), ""),
        ("Séance", ("AMO",), "AMO"),
        ("Aide auditive de classe II", (), "AU2"),
        ("Prothèse auditive classe 1", (), "AU1"),
        ("Piles pour aide auditive classe I", (), "AUE"),
        ("Aide auditive", (), ""),
        ("Verre classe B", (), ""),
        ("Verre classe A simple", (), ""),
        ("Verre simple de classe A (0 à −2)", (), "VERA.simple"),
        ("Verre classe B très complexe", (), "VERB.very_complex"),
        ("Monture et verres classe B simples", (), ""),
        ("Supplément verre classe B simple", (), ""),
        ("Couronne sur implant dentaire", (), ""),
        ("Pose d’un implant intra-osseux", (), "IMP"),
        ("Couronne céramo-métallique", (), ""),
        ("Frais de séjour", (), ""),
    ],
)
def test_an_act_is_recognised_when_it_can_be_no_other(words: str, codes: tuple[str, ...], act: str) -> None:
    assert recognised_act(words, codes, OFFERED) == act


def test_every_code_and_every_label_that_can_be_quoted_is_recognised_as_itself() -> None:
    """Our printed vocabulary: each code in a column of codes, each label at the start of a line."""
    for value, act in OFFERED.items():
        if "." not in value:
            assert recognised_act("", (value,), OFFERED) == value
        assert recognised_act(f"{act.label.fr}, modèle 3", (), OFFERED) == value
