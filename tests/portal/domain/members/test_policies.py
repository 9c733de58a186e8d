"""Who sees what of whom in a family (security 2.4, A39)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from entraide.portal.domain.members.ages import age_on
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.members.policies import (
    Person,
    Relative,
    Sight,
    may_ask_for_help,
    may_change_account,
    may_change_contacts,
    may_change_family,
    may_have_access,
    may_leave,
    may_see_identity,
    may_send_for,
    may_simulate_for,
    sight_of_care,
)
from entraide.portal.domain.members.queries import (
    people_by_nir,
    people_of,
    people_to_send_for,
    person_file,
    viewer_of,
)
from entraide.portal.domain.members.viewer import HELPER, Helping, Viewer
from tests.conftest import Beneficiary, Household

TODAY = date(2026, 11, 22)
FAMILY = {
    "primary": ("primary_insured", date(1982, 1, 10)),
    "spouse": ("spouse", date(1980, 2, 2)),
    "adult_child": ("child", date(2006, 5, 5)),
    "teen": ("child", date(2009, 5, 5)),
    "child": ("child", date(2018, 5, 5)),
}
PEOPLE = {
    name: Person(id=uuid4(), relationship=relationship, birth_date=born)
    for name, (relationship, born) in FAMILY.items()
}


def as_viewer(name: str) -> Viewer:
    person = PEOPLE[name]
    return Viewer(
        account_id=uuid4(),
        person_id=person.id,
        member_id=uuid4(),
        member_number="1",
        number="1",
        relationship=person.relationship,
        first_name=name,
        last_name="Vautrin",
        birth_date=person.birth_date,
        segment="",
        city="",
    )


FULL, AMOUNT, NONE = Sight.FULL, Sight.AMOUNT_ONLY, Sight.NONE


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (
            "primary",
            {"primary": FULL, "spouse": AMOUNT, "adult_child": AMOUNT, "teen": AMOUNT, "child": FULL},
        ),
        ("spouse", {"primary": NONE, "spouse": FULL, "adult_child": NONE, "teen": NONE, "child": NONE}),
        ("adult_child", {"primary": NONE, "spouse": NONE, "adult_child": FULL, "teen": NONE, "child": NONE}),
        ("teen", {"primary": NONE, "spouse": NONE, "adult_child": NONE, "teen": FULL, "child": NONE}),
    ],
)
def test_the_matrix_of_care_in_a_family(who: str, seen: dict[str, Sight]) -> None:
    """2.4: one's own and one's young children's in full, others' amounts for the primary insured."""
    viewer = as_viewer(who)

    assert {name: sight_of_care(viewer, Relative(one), on=TODAY) for name, one in PEOPLE.items()} == seen


@pytest.mark.parametrize(
    ("who", "identities"),
    [
        ("primary", {"primary", "teen", "child"}),
        ("spouse", {"spouse"}),
        ("adult_child", {"adult_child"}),
        ("teen", {"teen"}),
    ],
)
def test_identities_are_ones_own_and_those_of_ones_minor_children(who: str, identities: set[str]) -> None:
    viewer = as_viewer(who)

    assert {name for name, one in PEOPLE.items() if may_see_identity(viewer, one, on=TODAY)} == identities


def test_simulations_are_for_oneself_and_ones_minor_children_and_never_for_another_adult() -> None:
    """B-03"""
    for who, expected in {
        "primary": {"primary", "teen", "child"},
        "spouse": {"spouse"},
        "teen": {"teen"},
    }.items():
        viewer = as_viewer(who)

        assert {name for name, one in PEOPLE.items() if may_simulate_for(viewer, one, on=TODAY)} == expected


def relative(name: str, **ties: Any) -> Relative:
    return Relative(PEOPLE[name], **ties)


def test_a_spouse_who_is_a_parent_on_file_sees_a_child_under_16_while_both_are_covered() -> None:
    """2.4: lines of a minor under 16."""
    viewer, own = as_viewer("spouse"), relative("spouse")
    parents, over = frozenset({viewer.number}), TODAY - timedelta(days=1)
    elsa = relative("child", parents=parents)

    assert sight_of_care(viewer, elsa, own=own, on=TODAY) == FULL
    assert sight_of_care(viewer, relative("child", parents=frozenset({"2"})), own=own, on=TODAY) == NONE
    assert sight_of_care(viewer, relative("teen", parents=parents), own=own, on=TODAY) == NONE
    assert sight_of_care(viewer, replace(elsa, covered_until=over), own=own, on=TODAY) == NONE
    assert sight_of_care(viewer, elsa, own=replace(own, covered_until=over), on=TODAY) == NONE


@pytest.mark.parametrize(
    ("reader", "giver", "seen"),
    [
        ("primary", "spouse", FULL),
        ("spouse", "primary", FULL),
        ("primary", "adult_child", FULL),
        ("spouse", "adult_child", FULL),
        ("primary", "teen", AMOUNT),
        ("teen", "primary", NONE),
    ],
)
def test_consent_counts_between_two_adults_only(reader: str, giver: str, seen: Sight) -> None:
    viewer, own = as_viewer(reader), relative(reader)

    assert sight_of_care(viewer, relative(giver, consents=True), own=own, on=TODAY) == seen


def test_who_left_is_seen_by_nobody_else_from_the_next_day_on_but_a_young_child() -> None:
    """A39"""
    viewer = as_viewer("primary")
    for name, after in {"spouse": NONE, "adult_child": NONE, "teen": NONE, "child": FULL}.items():
        left = relative(name, covered_until=TODAY)
        assert sight_of_care(viewer, left, on=TODAY) == sight_of_care(viewer, relative(name), on=TODAY)
        assert sight_of_care(viewer, left, on=TODAY + timedelta(days=1)) == after


def test_a_helper_sees_one_person_s_care_and_nothing_else_of_anybody() -> None:
    """B-08: the very rules say no, whatever page forgets to."""
    helping = Helping(uuid4(), uuid4(), "Zoé", frozenset({HelpScope.REIMBURSEMENTS}), TODAY)
    helper = replace(as_viewer("primary"), relationship=HELPER, helping=helping)

    sights = {name: sight_of_care(helper, relative(name, consents=True), on=TODAY) for name in PEOPLE}
    assert sights == dict.fromkeys(PEOPLE, NONE) | {"primary": FULL}
    for one in PEOPLE.values():
        assert not may_see_identity(helper, one, on=TODAY)
        assert not may_simulate_for(helper, one, on=TODAY)
        assert not may_change_contacts(helper, one, on=TODAY)
        assert not may_change_account(helper, one, on=TODAY)
        assert not may_send_for(helper, one, on=TODAY)
        assert not may_leave(helper, one)
    assert not may_change_family(helper)
    assert not may_ask_for_help(helper, on=TODAY)


def test_papers_are_sent_for_oneself_and_by_the_primary_insured_for_all() -> None:
    assert all(may_send_for(as_viewer("primary"), one, on=TODAY) for one in PEOPLE.values())
    assert [name for name, one in PEOPLE.items() if may_send_for(as_viewer("spouse"), one, on=TODAY)] == [
        "spouse"
    ]


def test_a_childs_care_becomes_confidential_on_the_day_they_turn_16() -> None:
    """A39"""
    viewer, child = as_viewer("primary"), replace(PEOPLE["child"], birth_date=date(2010, 3, 1))

    assert sight_of_care(viewer, Relative(child), on=date(2026, 2, 28)) == FULL
    assert sight_of_care(viewer, Relative(child), on=date(2026, 3, 1)) == AMOUNT
    assert not may_have_access(child, on=date(2026, 2, 28))
    assert may_have_access(child, on=date(2026, 3, 1))


def test_a_childs_identity_closes_on_the_day_they_turn_18() -> None:
    """A39"""
    viewer, child = as_viewer("primary"), replace(PEOPLE["child"], birth_date=date(2008, 3, 1))

    assert may_see_identity(viewer, child, on=date(2026, 2, 28))
    assert not may_see_identity(viewer, child, on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
        (date(2000, 12, 31), date(2001, 1, 1), 0),
        (date(2000, 1, 1), date(2018, 1, 1), 18),
    ],
)
def test_an_age_counts_whole_years_and_29_february_waits_for_march(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age


@pytest.mark.django_db
def test_the_primary_insured_sees_the_whole_family_and_the_others_only_themselves(
    household: Household,
) -> None:
    for person, expected in ((household.primary, 5), (household.spouse, 1), (household.adult_child, 1)):
        viewer = viewer_of(person.account_id)
        assert viewer is not None
        people = people_of(viewer)
        assert len(people) == expected
        assert person in people
        assert people_to_send_for(viewer, on=TODAY)[0] == person


@pytest.mark.django_db
def test_another_familys_person_is_not_there(household: Household, stranger: Beneficiary) -> None:
    """A36"""
    viewer = viewer_of(household.primary.account_id)
    assert viewer is not None

    assert person_file(viewer, stranger.pk, on=TODAY) is None
    assert person_file(viewer, uuid4(), on=TODAY) is None


@pytest.mark.django_db
def test_a_spouse_cannot_open_another_persons_file_nor_the_shared_account(household: Household) -> None:
    """2.4: the member's account is the member's."""
    viewer = viewer_of(household.spouse.account_id)
    assert viewer is not None

    assert person_file(viewer, household.primary.pk, on=TODAY) is None
    own = person_file(viewer, household.spouse.pk, on=TODAY)
    assert own is not None
    assert (own.iban, own.bic, own.account_holder, own.has_own_account) == ("", "", "", False)


@pytest.mark.django_db
def test_the_primary_insured_does_not_read_an_adult_relatives_own_account(household: Household) -> None:
    household.spouse.iban = "FR7630006000019876543210187"
    household.spouse.save()
    viewer = viewer_of(household.primary.account_id)
    assert viewer is not None

    file = person_file(viewer, household.spouse.pk, on=TODAY)
    assert file is not None
    assert (file.iban, file.shows_identity, file.has_own_account) == ("", False, True)


@pytest.mark.django_db
def test_an_account_without_a_person_is_nobody() -> None:
    assert viewer_of(uuid4()) is None


@pytest.mark.django_db
def test_only_who_may_have_an_access_is_found_by_number(household: Household) -> None:
    for person in household.people:
        person.nir_index = household.primary.nir_index
        person.save(update_fields=["nir_index"])

    found = people_by_nir("284013818500187", on=TODAY)

    assert household.child not in found
    assert {one.pk for one in found} == {
        one.pk for one in (household.primary, household.spouse, household.adult_child, household.teen)
    }
