"""Where the card is enough, as the mutual of the rules tells it (PEC-04)."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings

from entraide.portal.domain.hospital_cover.card import Whereabouts, card_rule_for, whereabouts_typed
from entraide.profiles import load_profile

MUTUALS = Path(__file__).resolve().parents[4] / "mutuals"


@pytest.fixture(autouse=True)
def with_rules(settings: LazySettings) -> None:
    hospital = load_profile(MUTUALS / "mese").hospital
    settings.PROFILE = replace(settings.PROFILE, hospital=hospital)


def rule_at(*, finess: str = "", name: str = "", postcode: str = "", city: str = "") -> str:
    found = card_rule_for(Whereabouts(finess=finess, name=name, postcode=postcode, city=city))
    return found.id if found else ""


@pytest.mark.parametrize(
    ("name", "postcode", "city", "rule"),
    [
        ("HOPITAL PRIVE PASTEUR EVREUX", "27025", "EVREUX", "pasteur-evreux"),
        ("Clinique Pasteur", "27000", "Évreux", "pasteur-evreux"),
        ("CENTRE HOSPITALIER EURE SEINE", "27000", "EVREUX", ""),
        ("CLINIQUE PASTEUR", "91130", "RIS ORANGIS", ""),
        ("HOPITAL NORD", "38700", "LA TRONCHE", "grenoble"),
        ("CLINIQUE BELLEDONNE", "38400", "ST MARTIN D HERES", "grenoble"),
        ("CH DE VOIRON", "38500", "VOIRON", "grenoble"),
        ("NOUVELLE CLINIQUE DE CHARTREUSE", "38500", "VOIRON", ""),
        ("HOPITAL DE BOURGOIN", "38300", "BOURGOIN JALLIEU", ""),
        ("CLINIQUE DU BOIS", "69003", "GRENOBLE", ""),
    ],
)
def test_rules_go_by_town_and_name_and_know_their_exceptions(
    name: str, postcode: str, city: str, rule: str
) -> None:
    assert rule_at(name=name, postcode=postcode, city=city) == rule


def test_a_number_is_enough_for_a_rule_and_for_its_exception() -> None:
    assert rule_at(finess="270000326", name="Autre nom", postcode="75001", city="Paris") == "pasteur-evreux"
    assert rule_at(finess="380780288", name="Autre nom", postcode="38500", city="Voiron") == ""


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("4 rue du Lac, 38000 Grenoble", ("38000", "Grenoble")),
        ("BP 12345 Cours Un, 38043 GRENOBLE CEDEX 9", ("38043", "GRENOBLE")),
        ("38000 Grenoble, France", ("38000", "Grenoble")),
        ("Grenoble", ("", "")),
        ("", ("", "")),
    ],
)
def test_the_town_of_a_facility_that_was_typed_is_read_from_its_address(
    address: str, place: tuple[str, str]
) -> None:
    found = whereabouts_typed(finess="", name="X", address=address)

    assert (found.postcode, found.city) == place
