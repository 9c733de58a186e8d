"""Contracts and whom they cover, for each person of a family (PROF-01, PROF-02, A36)."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.contracts.queries import contract_of, contracts_of, cover_of
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from tests.conftest import Household


def _viewer(person: Beneficiary) -> Viewer:
    assert person.account_id is not None
    found = viewer_of(person.account_id)
    assert found is not None
    return found


def _option(household: Household, **more: Any) -> Contract:
    values = {
        "number": "C40ZPREMIUM", "label_fr": "Option", "label_en": "Option", "tier": "option",
        "plan_fr": "Confort", "plan_en": "Comfort", "subscribed_on": date(2019, 1, 1), **more,
    }  # fmt: skip
    return Contract.objects.create(member=household.member, **values)


def test_a_member_may_hold_several_contracts_base_first(household: Household, viewer: Viewer) -> None:
    """PROF-01: the sample of the source, C40SOCLE and C40ZPREMIUM."""
    _option(household)

    assert [one.number for one in contracts_of(viewer, on=localdate())] == ["C40SOCLE", "C40ZPREMIUM"]


def test_a_contract_that_is_over_comes_last_and_says_so(household: Household, viewer: Viewer) -> None:
    _option(household, number="A0", tier="base", ended_on=date(2020, 12, 31))

    found = contracts_of(viewer, on=localdate())

    assert [(one.number, one.in_force) for one in found] == [("C40SOCLE", True), ("A0", False)]


def test_a_contract_is_in_force_on_its_last_day(household: Household, viewer: Viewer) -> None:
    _option(household, ended_on=date(2026, 12, 31))

    def in_force(on: date) -> bool:
        return next(one for one in contracts_of(viewer, on=on) if one.tier == "option").in_force

    assert in_force(date(2026, 12, 31))
    assert not in_force(date(2027, 1, 1))


def test_everyone_of_the_contract_is_listed_with_a_role(household: Household, viewer: Viewer) -> None:
    """PROF-02."""
    (contract,) = contracts_of(viewer, on=localdate())

    assert [(one.full_name.split()[0], one.relationship) for one in contract.people] == [
        ("Anne", "primary_insured"), ("Bruno", "spouse"),
        ("Chloé", "child"), ("Denis", "child"), ("Elsa", "child"),
    ]  # fmt: skip


def test_the_spouse_sees_the_whole_contract_and_opens_only_own_page(household: Household) -> None:
    """Security 2.4, first row."""
    (contract,) = contracts_of(_viewer(household.spouse), on=localdate())

    assert len(contract.people) == 5
    assert [one.id for one in contract.people if one.opens] == [household.spouse.pk]


def test_an_adult_child_sees_own_cover_alone(household: Household) -> None:
    _option(household)

    (contract,) = contracts_of(_viewer(household.adult_child), on=localdate())

    assert contract.number == "C40SOCLE"
    assert [one.id for one in contract.people] == [household.adult_child.pk]


def test_a_contract_of_another_family_is_none(
    household: Household, stranger: Beneficiary, viewer: Viewer
) -> None:
    """A36."""
    assert contracts_of(_viewer(stranger), on=localdate()) == []
    assert contract_of(_viewer(stranger), household.contract.pk, on=localdate()) is None
    assert contract_of(viewer, uuid4(), on=localdate()) is None
    assert cover_of(_viewer(stranger), household.primary.pk) == []


def test_cover_of_one_person_in_order(household: Household, viewer: Viewer) -> None:
    option = _option(household)
    Coverage.objects.create(contract=option, beneficiary=household.child, starts_on=date(2020, 5, 1))

    found = [(one.contract_number, one.starts_on) for one in cover_of(viewer, household.child.pk)]

    assert found == [("C40SOCLE", date(2018, 1, 1)), ("C40ZPREMIUM", date(2020, 5, 1))]


@pytest.mark.parametrize("count", [1, 12])
def test_two_questions_whatever_the_number_of_contracts(
    household: Household, viewer: Viewer, count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(count):
        _option(household, number=f"C{number}")

    with django_assert_num_queries(2):
        assert len(contracts_of(viewer, on=localdate())) == count + 1
