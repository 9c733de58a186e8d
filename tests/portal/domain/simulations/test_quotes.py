"""A quote, priced line by line in its order (B-03)."""

from collections.abc import Callable
from typing import Any

import pytest

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.simulations.answers import Fees, Setting
from entraide.portal.domain.simulations.quotes import Quote, QuoteLine, offered_acts, quote_lines
from entraide.portal.domain.simulations.simulate import Simulation, simulate_quote
from entraide.portal.domain.simulations.subjects import Subject
from entraide.reimbursement import LensClass, Side, load_parameters
from tests.portal.domain.simulations.conftest import TODAY

Under = Callable[..., Subject]


def price(subject: Subject, *lines: QuoteLine, fees: Fees = Fees.NONE) -> Simulation:
    return simulate_quote(Quote(on=TODAY, fees=fees, lines=lines), subject, ())


def line(act: str, euros: int, **more: Any) -> QuoteLine:
    return QuoteLine(act=act, price=euros * 100, **more)


def test_the_total_of_a_quote_is_the_sum_of_its_lines(under: Under) -> None:
    found = price(under("R100"), line("CD", 23), line("HBLD734", 600, tooth=26), line("IMP", 900))

    assert [each.breakdown.fee for each in found.main.lines] == [23_00, 600_00, 900_00]
    assert found.main.total.fee == 1523_00
    assert found.main.left == sum(each.breakdown.left for each in found.main.lines)


def test_lines_use_an_allowance_in_their_order(under: Under) -> None:
    sessions = [line("OST", 50 + number) for number in range(5)]

    found = price(under("F-SESSION"), *sessions)

    assert [each.breakdown.amc for each in found.main.lines] == [30_00, 30_00, 30_00, 30_00, 0]


def test_the_lenses_of_a_quote_make_one_pair_a_lens_for_each_eye(under: Under) -> None:
    setting = Setting(situation=under("R100").situation, book=load_parameters())
    lines = (line("MONB", 140), line("VERB.complex", 301, quantity=2))

    frame, right, left = quote_lines(Quote(on=TODAY, fees=Fees.NONE, lines=lines), setting)

    assert frame.equipment == right.equipment == left.equipment
    assert frame.equipment is not None
    assert frame.equipment.right is frame.equipment.left is LensClass.COMPLEX
    assert (right.side, left.side) == (Side.RIGHT, Side.LEFT)
    assert right.fee + left.fee == 301_00


def test_two_hearing_aids_are_one_for_each_ear_whether_on_one_line_or_two(under: Under) -> None:
    """Two on one ear would be renewed too early and left to pay."""
    together = price(under("R100"), line("AU1", 1900, quantity=2))
    apart = price(under("R100"), line("AU1", 950), line("AU1", 950))

    assert together.main.left == apart.main.left == 0


def test_ten_sessions_of_a_quote_are_ten_days(under: Under) -> None:
    """As the case of physiotherapy: the cap of the day does not hide six deductibles."""
    found = price(under("R100"), line("AMK", 160, quantity=10))

    assert found.main.left == 10_00
    assert len(set(found.main.days)) == 10


@pytest.mark.parametrize(
    "worn", [[line("AU1", 2850, quantity=3)], [line("AU1", 1900, quantity=2), line("AU2", 900)]]
)
def test_a_quote_is_for_what_one_person_wears(under: Under, worn: list[QuoteLine]) -> None:
    with pytest.raises(DomainError) as refusal:
        price(under("R100"), *worn)

    assert refusal.value.field == "quantity_1"


@pytest.mark.parametrize("act", sorted(offered_acts(TODAY)))
def test_every_act_that_is_offered_can_be_priced(under: Under, act: str) -> None:
    found = price(under("R150"), line(act, 20, tooth=11 if act.startswith("HB") else None))

    assert found.main.total.fee == 20_00


def test_what_the_law_withholds_and_the_charges_of_a_stay_are_no_lines_of_a_quote() -> None:
    assert not {"PF", "FR", "FJ", "PJ", "PAS", "FPU"} & set(offered_acts(TODAY))


def test_a_tooth_that_does_not_exist_is_refused(under: Under) -> None:
    with pytest.raises(DomainError) as refusal:
        price(under("R100"), line("HBLD734", 600, tooth=99))

    assert refusal.value.field == "tooth"
