"""What a letter says of the contracts: the engine's own lines, by department (PEC-06)."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.hospital_cover.letter import covers_for
from entraide.portal.domain.hospital_cover.levels import levels_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.profiles import load_profile
from entraide.reimbursement import Ward
from tests.conftest import Household
from tests.portal.domain.claims.tables import tables
from tests.portal.domain.hospital_cover.stays import a_stay, ask, profile_with

__all__ = ["tables"]
pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)
MUTUALS = Path(__file__).resolve().parents[4] / "mutuals"


def levels(household: Household, ward: Ward = Ward.GENERAL, on: date = DAY) -> dict[str, str]:
    covers = list(Coverage.objects.filter(beneficiary=household.primary).order_by("contract__tier"))
    told = levels_of(covers, ward=ward, on=on)
    return {label: words.replace("\xa0", " ") for label, words in told}


def add_option(household: Household, since: date = date(2020, 1, 1)) -> Contract:
    option = Contract.objects.create(
        member=household.member, number="C40ZPREMIUM", label_fr="Option", label_en="Option", tier="option",
        plan_fr="Confort", plan_en="Comfort", subscribed_on=since,
    )  # fmt: skip
    Coverage.objects.create(contract=option, beneficiary=household.primary, starts_on=since)
    return option


@pytest.mark.parametrize(
    ("ward", "room"),
    [
        (Ward.GENERAL, "Contrat santé : 50,00 € par nuit"),
        (Ward.PSYCHIATRY, "Contrat santé : 45,00 € par nuit"),
        (Ward.DAY_CASE, "Contrat santé : 25,00 € par jour"),
    ],
)
def test_the_room_is_that_of_the_department(
    tables: None, household: Household, ward: Ward, room: str
) -> None:
    assert levels(household, ward)["Chambre particulière"] == room


def test_fees_are_never_part_of_it(tables: None, household: Household) -> None:
    """PEC-03"""
    assert not [label for label in levels(household) if "onoraires" in label]
    assert levels(household)["Forfait journalier hospitalier"] == "Contrat santé : frais réels"


def test_an_option_says_what_it_holds_already(tables: None, household: Household) -> None:
    add_option(household)

    room = levels(household)["Chambre particulière"].splitlines()

    assert room == [
        "Contrat santé : 50,00 € par nuit",
        "Option : 75,00 € par nuit, contrat précédent compris",
    ]


def test_contracts_stand_in_the_order_they_pay(
    tables: None, household: Household, viewer: Viewer, settings: LazySettings
) -> None:
    settings.PROFILE = profile_with(automatic=False, card_rules=())
    add_option(household)
    request = ask(viewer, household.primary.pk)

    assert [one.contract.tier for one in covers_for(request, a_stay())] == ["base", "option"]


def test_a_contract_without_a_table_promises_nothing(household: Household, settings: LazySettings) -> None:
    Contract.objects.update(number="UNKNOWN")

    assert levels(household) == {}


@pytest.mark.parametrize("mutual", ["mese", "mieux-etre"])
def test_every_contract_of_every_mutual_can_be_told(
    household: Household, settings: LazySettings, mutual: str
) -> None:
    settings.PROFILE = load_profile(MUTUALS / mutual)
    for number in settings.PROFILE.guarantees:
        Contract.objects.update(number=number)
        for ward in Ward:
            assert levels(household, ward)
