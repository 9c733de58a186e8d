"""What a mutual says of retirement, and what is wrong with it (RET-01)."""

from datetime import date

import pytest

from entraide.profiles import Fault, Scale, load_profile
from entraide.profiles.retirement import AgeContribution
from tests.profiles.conftest import MUTUALS, Copy

FILE = "retirement.toml"


def test_the_examples_are_those_of_the_latest_year_that_is_not_to_come() -> None:
    retirement = load_profile(MUTUALS / "mese").retirement

    assert retirement is not None
    found = retirement.scale_of({"I70ZCONFORT", "I70ESSENTIEL"}, on=date(2027, 1, 1))
    assert found is not None
    assert found.year == 2026
    assert retirement.scale_of(["I70ESSENTIEL"], on=date(2025, 12, 31)) is None
    assert retirement.scale_of(["C40SOCLE"], on=date(2027, 1, 1)) is None


def test_the_nearest_age_below_is_the_example_and_the_young_have_none() -> None:
    ages = tuple(AgeContribution(age=age, monthly_cents=age * 100) for age in (60, 62))
    scale = Scale(contracts=("A",), year=2026, ages=ages)

    assert [scale.example_for(age) for age in (59, 60, 61, 62, 90)] == [
        None,
        ages[0],
        ages[0],
        ages[1],
        ages[1],
    ]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('segments = ["collectif"]', 'segments = ["collectif", "retraite"]', "segments"),
        ('reason = "message-retirement"', 'reason = "message-none"', "reason"),
        ('contracts = ["I70ESSENTIEL"]', 'contracts = ["C40SOCLE"]', "scale[1].contracts"),
        ("{ age = 62, monthly_cents = 7480 }", "{ age = 60, monthly_cents = 7480 }", "scale[1].age"),
    ],
)
def test_what_does_not_fit_the_rest_of_the_mutual_is_a_fault(
    green: Copy, old: str, new: str, key: str
) -> None:
    green.change(FILE, old, new)

    assert [(one.file, one.key) for one in green.faults()] == [(FILE, key)]


def test_menu_and_news_lead_nobody_to_a_page_that_is_not_theirs(green: Copy) -> None:
    (green.folder / FILE).unlink()

    found, expected = "shown to collectif", f"segments of {FILE}"
    assert green.faults() == (
        Fault("menu.toml", "category[retirement].entry[retirement].page", found, expected),
        Fault("news.toml", "item[retirement-2026].page", found, expected),
    )
