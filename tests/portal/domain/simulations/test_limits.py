"""Answers that would give a false amount are refused at the answer to put right (B-03, REMB-05, X12)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.simulations.answers import Answers, Ears, Fees, Material
from entraide.portal.domain.simulations.cases import CASES
from entraide.portal.domain.simulations.quotes import Quote, QuoteLine
from entraide.portal.domain.simulations.simulate import Simulation, simulate, simulate_quote
from entraide.portal.domain.simulations.subjects import Subject
from tests.portal.domain.simulations.conftest import TODAY

Under = Callable[..., Subject]


def ask(case: str, subject: Subject, **answers: Any) -> Simulation:
    return simulate(CASES[case], Answers(on=TODAY, **answers), subject, ())


def quoted(subject: Subject, *lines: QuoteLine, fees: Fees = Fees.NONE) -> Simulation:
    return simulate_quote(Quote(on=TODAY, fees=fees, lines=lines), subject, ())


def refusal_of(ask: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        ask()
    return refusal.value


@pytest.mark.parametrize(
    ("case", "answers", "limit"),
    [
        ("couronne", {"tooth": 11, "material": Material.METAL_CERAMIC, "price": 700_00}, "515,00"),
        ("couronne", {"tooth": 15, "material": Material.METAL_CERAMIC, "price": 900_00}, "€"),
        ("aides-auditives", {"act": "AU1", "ears": Ears.ONE, "price": 1500_00}, "950,00"),
    ],
)
def test_a_price_above_the_legal_limit_has_no_result(
    under: Under, case: str, answers: dict[str, Any], limit: str
) -> None:
    """INFO-03, INFO-04: it would be shown as paid in full, whoever asks too much."""
    refusal = refusal_of(lambda: ask(case, under("R100"), **answers))

    assert refusal.field == "price"
    assert limit in refusal.message


def test_the_limit_itself_may_be_asked_and_is_no_cost_care(under: Under) -> None:
    found = ask("couronne", under("R100"), tooth=11, price=515_00)

    assert found.main.left == 0
    assert found.is_no_cost


def test_no_cost_care_above_its_limit_is_never_called_so(under: Under) -> None:
    found = ask("couronne", under("R100"), tooth=11, price=515_00)
    (line,) = found.main.lines
    over = replace(found.main, lines=(replace(line, price_cap=500_00),))

    assert not replace(found, scenarios=(replace(found.scenarios[0], result=over),)).is_no_cost


def test_a_line_of_a_quote_above_its_limit_is_told_at_its_price(under: Under) -> None:
    ear = QuoteLine(act="AU1", price=2500_00, quantity=2, number=4)

    assert refusal_of(lambda: quoted(under("R100"), ear)).field == "price_4"
    assert quoted(under("R100"), replace(ear, price=1900_00)).main.left == 0


def test_excess_fees_without_a_tariff_ask_for_it(under: Under) -> None:
    """A scan at 120 € with free fees left 2 €: nothing told the excess from the tariff."""
    for fees in (Fees.MODERATE, Fees.FREE, Fees.UNKNOWN):
        scan = {"act": "ADI", "fees": fees, "price": 120_00}

        assert refusal_of(lambda scan=scan: ask("imagerie", under("R100"), **scan)).field == "base"
        assert ask("imagerie", under("R100"), **scan, base=60_00).main.left > 60_00


def test_a_line_of_a_doctor_without_a_tariff_asks_for_it_when_there_are_excess_fees(under: Under) -> None:
    scan = QuoteLine(act="ADI", price=120_00, number=2)

    assert refusal_of(lambda: quoted(under("R100"), scan, fees=Fees.FREE)).field == "base_2"
    assert quoted(under("R100"), scan).supposes_base
    assert not quoted(under("R100"), replace(scan, base=120_00)).supposes_base


def test_only_a_base_that_nobody_said_is_supposed(under: Under) -> None:
    assert ask("analyses", under("R100"), price=40_00).supposes_base
    assert not ask("analyses", under("R100"), price=40_00, base=40_00).supposes_base
    assert not ask("medicaments", under("R100"), act="PH7", price=40_00).supposes_base


@pytest.mark.parametrize(
    ("act", "age", "left"),
    [("CGM", 40, 2_00), ("CNPSY", 16, 0), ("CNPSY", 25, 2_00), ("CNPSY", 26, 24_80), ("CS", 40, 14_60)],
)
def test_direct_access_is_not_outside_the_care_pathway(under: Under, act: str, age: int, left: int) -> None:
    """Gynaecologists for all, psychiatrists from 16 to 25 (CSS art. L162-5-3)."""
    found = ask("specialiste", under("R100", age=age), act=act, outside=True)

    assert found.main.left == left


@pytest.mark.parametrize(
    ("case", "answers"),
    [
        ("generaliste", {"price": 60_00}),
        ("specialiste", {"act": "CS", "price": 60_00}),
        ("imagerie", {"act": "ADI", "price": 60_00, "base": 40_00}),
        ("hospitalisation", {"surgeon_price": 450_00, "surgeon_base": 250_00}),
    ],
)
def test_no_excess_fee_and_a_price_above_the_tariff_are_at_odds(
    under: Under, case: str, answers: dict[str, Any]
) -> None:
    """REMB-05: a guarantee for moderate fees was applied without a word."""
    refusal = refusal_of(lambda: ask(case, under("R150"), fees=Fees.NONE, **answers))

    assert refusal.field == "fees"
    assert ask(case, under("R150"), fees=Fees.UNKNOWN, **answers).main.left >= 0


def test_a_quote_of_a_doctor_without_excess_fees_keeps_to_the_tariff(under: Under) -> None:
    visit = QuoteLine(act="CS", price=60_00)

    assert refusal_of(lambda: quoted(under("R150"), visit)).field == "fees"
    assert len(quoted(under("R150"), visit, fees=Fees.UNKNOWN).scenarios) == 2
