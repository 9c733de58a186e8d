"""The levels of cover of the mutual, and what each would leave to pay (B-03)."""

from dataclasses import replace

from django.conf import settings

from entraide.portal.domain.simulations.answers import Answers, Fees
from entraide.portal.domain.simulations.cases import CASES
from entraide.portal.domain.simulations.levels import cover_levels
from entraide.portal.domain.simulations.simulate import simulate
from entraide.portal.domain.simulations.subjects import visitor
from entraide.reimbursement import Cover, Enrolment
from tests.portal.domain.simulations.conftest import TABLES, TODAY

OWN = settings.PROFILE.guarantees


def test_each_base_contract_stands_alone_and_with_the_options_of_its_kind() -> None:
    levels = cover_levels(OWN, on=TODAY)
    bases = {number for number, tables in OWN.items() if tables[-1].tier == "base"}

    assert {each.id for each in levels if "," not in each.id} == bases
    for each in levels:
        assert len({table[-1].group for table in each.versions}) == 1
        assert each.label.fr
        assert each.label.en


def test_a_contract_that_is_over_is_not_offered() -> None:
    first = min(table.valid_from for tables in TABLES.values() for table in tables)

    assert cover_levels(TABLES, on=first.replace(year=first.year - 1)) == ()


def test_the_same_care_is_compared_under_the_other_levels_and_ones_own_is_marked() -> None:
    """B-03"""
    levels = cover_levels(OWN, on=TODAY)
    mine = next(each for each in levels if "," in each.id)
    answers = Answers(on=TODAY, act="CS", fees=Fees.MODERATE, price=60_00)

    found = simulate(CASES["specialiste"], answers, visitor(age=40, level=mine, today=TODAY), levels)

    (own,) = [each for each in found.levels if each.is_current]
    assert own.label == mine.label
    assert own.left == (found.main.left,)
    assert len(found.levels) > 1


def test_ones_own_level_is_compared_as_it_is_with_its_waiting_period() -> None:
    """Who came yesterday reads in the table what the result says, not what others would have."""
    levels = cover_levels(TABLES, on=TODAY)
    waiting = next(each for each in levels if each.id == "WAIT")
    long_ago = visitor(age=40, level=waiting, today=TODAY)
    cover = Cover(enrolments=(Enrolment(versions=waiting.versions[0], since=TODAY),))
    answers = Answers(on=TODAY, tooth=26, price=600_00)

    found = simulate(CASES["couronne"], answers, replace(long_ago, cover=cover), levels)

    (own,) = [each for each in found.levels if each.is_current]
    assert own.left == (found.main.left,)
    assert found.main.left > simulate(CASES["couronne"], answers, long_ago, levels).main.left


def test_a_group_contract_is_compared_with_group_contracts_only() -> None:
    levels = cover_levels(OWN, on=TODAY)
    for mine in levels:
        found = simulate(
            CASES["generaliste"], Answers(on=TODAY), visitor(age=40, level=mine, today=TODAY), levels
        )
        kinds = {each.group for each in levels if each.label in {one.label for one in found.levels}}

        assert kinds == {mine.group}
