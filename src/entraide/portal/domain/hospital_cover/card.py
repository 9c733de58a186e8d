"""Where showing the card is enough, and nothing has to be asked (PEC-04): rules of the mutual's profile."""

import re
from dataclasses import dataclass

from django.conf import settings

from entraide.formats.communes import commune_key
from entraide.portal.domain.facilities.queries import FacilityCard
from entraide.portal.domain.facilities.words import town_of, words_of
from entraide.profiles import CardRule, FacilityChoice

# The last "38000 Grenoble" of an address that was typed in one line or several.
_PLACE = re.compile(r"(?<!\d)(\d{5})\s+([^\d,;\r\n][^,;\r\n]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What the rules look at; every part may be blank."""

    finess: str
    name: str
    postcode: str
    city: str


def whereabouts_of(facility: FacilityCard) -> Whereabouts:
    return Whereabouts(
        finess=facility.finess, name=facility.name, postcode=facility.postcode, city=facility.town
    )


def whereabouts_typed(*, finess: str, name: str, address: str) -> Whereabouts:
    """The same of a facility that the directory does not know; its place is read from its address."""
    places = _PLACE.findall(address)
    postcode, city = places[-1] if places else ("", "")
    return Whereabouts(finess=finess, name=name, postcode=postcode, city=town_of(city))


def card_rule_for(place: Whereabouts) -> CardRule | None:
    """The rule by which the card is enough there; None where cover has to be asked for."""
    for rule in settings.PROFILE.hospital.card_rules:
        if _holds(rule.where, place):
            return None if any(_holds(one, place) for one in rule.exceptions) else rule
    return None


def _holds(choice: FacilityChoice, place: Whereabouts) -> bool:
    if place.finess and place.finess in choice.finess:
        return True
    town = commune_key(place.city)
    is_there = town in {commune_key(one) for one in choice.communes} and place.postcode.startswith(
        choice.postcodes
    )
    if not is_there:
        return False
    name = words_of(place.name)
    return not choice.names or any(words_of(one) <= name for one in choice.names)
