"""The examples of 100 % Santé, as they were published and as they are today (INFO-02, INFO-03, INFO-04)."""

from datetime import date

from django.conf import settings

from entraide.portal.domain.simulations.levels import cover_levels
from entraide.portal.domain.simulations.no_cost import no_cost_examples
from entraide.portal.domain.simulations.results import Result
from tests.portal.domain.simulations.conftest import TABLES, TODAY


def shown(result: Result) -> tuple[int, int, int, int]:
    total = result.total
    return total.fee, total.amo, total.amc, total.left


def test_the_examples_of_2021_and_those_of_today_leave_nothing_to_pay() -> None:
    """95 = 17 + 78, 500 = 84 + 416, 950 = 240 + 710: as published; the share of dental care fell in 2023."""
    examples = no_cost_examples(cover_levels(settings.PROFILE.guarantees, on=TODAY), on=TODAY)

    assert [(each.case, shown(each.then), shown(each.now)) for each in examples] == [
        ("lunettes", (95_00, 17_10, 77_90, 0), (95_00, 17_10, 77_90, 0)),
        ("couronne", (500_00, 84_00, 416_00, 0), (515_00, 72_00, 443_00, 0)),
        ("aides-auditives", (950_00, 240_00, 710_00, 0), (950_00, 240_00, 710_00, 0)),
    ]


def test_without_a_table_of_then_there_are_no_examples() -> None:
    levels = cover_levels(TABLES, on=TODAY)

    assert no_cost_examples((), on=TODAY) == ()
    assert no_cost_examples(levels, on=date(1990, 1, 1)) == ()
