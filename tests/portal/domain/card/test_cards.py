"""What a card says on a day, and to whom (CARD-01…03, security 2.4)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings

from entraide.formats.card_code import read_card_code
from entraide.portal.domain.card.codes import card_keys, code_of
from entraide.portal.domain.card.queries import CoverageCard, card_of, people_with_card, recipients_of
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from tests.conftest import Household
from tests.portal.cards import carded

__all__ = ["carded"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carded")]
ON = date(2026, 6, 15)


def card(viewer: Viewer, person: Beneficiary, *, on: date = ON) -> CoverageCard:
    found = card_of(viewer, person.pk, on=on)
    assert found is not None
    return found


def shown(found: CoverageCard) -> dict[str, str]:
    return {one.code: one.shown for one in found.cells}


def add_option(household: Household, *, starts_on: date, ends_on: date | None = None) -> Contract:
    contract = Contract.objects.create(
        member=household.member, number="C40ZPREMIUM", label_fr="Option", label_en="Option", tier="option",
        plan_fr="Premium", plan_en="Premium", subscribed_on=starts_on,
    )  # fmt: skip
    Coverage.objects.create(
        contract=contract, beneficiary=household.primary, starts_on=starts_on, ends_on=ends_on
    )
    return contract


def as_viewer(person: Beneficiary) -> Viewer:
    person.refresh_from_db()
    found = viewer_of(person.account_id)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_card_holds_for_the_year_of_the_day_as_the_contract_says(
    viewer: Viewer, household: Household
) -> None:
    found = card(viewer, household.primary)

    assert (found.starts_on, found.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (found.number, found.member_number, found.name) == ("30041827", "30041827", "Anne Vautrin")
    assert shown(found) | {"PHAR": "100", "HOSP": "PEC"} == shown(found)
    assert found.responsible


def test_a_cover_that_begins_or_ends_in_the_year_cuts_the_days(viewer: Viewer, household: Household) -> None:
    cover = household.primary.coverages.get()
    Coverage.objects.filter(pk=cover.pk).update(starts_on=date(2026, 3, 1), ends_on=date(2026, 9, 30))

    found = card(viewer, household.primary)

    assert (found.starts_on, found.ends_on) == (date(2026, 3, 1), date(2026, 9, 30))
    assert card_of(viewer, household.primary.pk, on=date(2026, 2, 28)) is None
    assert card_of(viewer, household.primary.pk, on=date(2026, 10, 1)) is None


def test_a_membership_that_is_over_has_no_card(viewer: Viewer, household: Household) -> None:
    household.member.left_on = ON
    household.member.save()

    assert card(viewer, household.primary).ends_on == ON
    assert card_of(viewer, household.primary.pk, on=ON + timedelta(days=1)) is None


def test_an_option_opens_more_from_its_day_on_and_only_for_whom_it_covers(
    viewer: Viewer, household: Household
) -> None:
    add_option(household, starts_on=date(2026, 6, 1))

    before, after = card(viewer, household.primary, on=date(2026, 5, 31)), card(viewer, household.primary)

    assert (shown(before)["MEDE"], shown(after)["MEDE"]) == ("100", "200")
    assert shown(after)["PHAR"] == "100"
    assert after.starts_on == date(2026, 6, 1)
    assert shown(card(viewer, household.spouse))["MEDE"] == "100"


def test_a_table_that_pays_no_professional_opens_nothing(
    viewer: Viewer, household: Household, settings: LazySettings
) -> None:
    tables = {
        number: tuple(replace(one, third_party_payment=False, responsible=False) for one in versions)
        for number, versions in settings.PROFILE.guarantees.items()
    }
    settings.PROFILE = replace(settings.PROFILE, guarantees=tables)

    found = card(viewer, household.primary)

    assert set(shown(found).values()) == {""}
    assert not found.responsible


def test_a_contract_without_a_table_is_not_called_responsible(
    viewer: Viewer, household: Household, settings: LazySettings
) -> None:
    settings.PROFILE = replace(settings.PROFILE, guarantees={})

    assert not card(viewer, household.primary).responsible


def test_the_primary_insured_and_the_spouse_see_all_cards_and_a_child_its_own(
    viewer: Viewer, household: Household
) -> None:
    everybody = {one.pk for one in household.people}
    spouse, grown = as_viewer(household.spouse), as_viewer(household.adult_child)

    assert {one.id for one in people_with_card(viewer, on=ON)} == everybody
    assert {one.id for one in people_with_card(spouse, on=ON)} == everybody
    assert [one.id for one in people_with_card(grown, on=ON)] == [household.adult_child.pk]
    assert card_of(grown, household.primary.pk, on=ON) is None
    assert people_with_card(spouse, on=ON)[0].id == household.spouse.pk


def test_a_card_of_another_family_is_not_there(viewer: Viewer, stranger: Beneficiary) -> None:
    """A36"""
    assert card_of(viewer, stranger.pk, on=ON) is None
    assert card_of(viewer, uuid4(), on=ON) is None


def test_who_may_be_written_to_has_an_address_on_file(viewer: Viewer, household: Household) -> None:
    household.child.email = ""
    household.child.save()

    assert household.child.pk not in {one.id for one in recipients_of(viewer)}
    assert household.spouse.pk in {one.id for one in recipients_of(viewer)}


def test_the_code_of_a_card_says_what_the_card_says_and_no_health_number(
    viewer: Viewer, household: Household
) -> None:
    """B-07"""
    found = card(viewer, household.primary)

    claims = read_card_code(code_of(found), keys=card_keys())

    assert claims.mutual == django_settings.PROFILE.slug
    assert (claims.name, claims.number, claims.birth_date) == (found.name, found.number, found.birth_date)
    assert (claims.starts_on, claims.ends_on, claims.series) == (found.starts_on, found.ends_on, 1)
    assert household.primary.nir not in str(claims)
