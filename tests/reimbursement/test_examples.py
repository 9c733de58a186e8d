"""The standard examples over the years."""

from datetime import date

from entraide.reimbursement import Cover, load_parameters
from entraide.reimbursement.examples import examples_for, load_examples


def ids(on: date) -> set[str]:
    return {one.example.id for one in examples_for(Cover(), load_parameters(), on)}


def test_no_example_is_missing_at_the_figures_of_today():
    assert ids(date(2026, 11, 22)) == {one.id for one in load_examples()}


def test_an_example_without_its_figure_of_that_day_is_left_out_and_the_others_stay():
    """The tariff of paediatricians is not known for 2020; the engine never guesses one."""
    found = ids(date(2020, 12, 31))

    assert "paediatrician" not in found
    assert {"gp", "daily-charge"} <= found
