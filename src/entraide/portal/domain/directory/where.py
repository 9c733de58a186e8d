"""What somebody typed under "Where?", understood: a department, a postcode, a commune, an address.

Nothing is looked up outside: an address stands in the middle of its commune, and the answer says so.
"""

import re
from dataclasses import dataclass
from typing import Literal

from entraide.formats import departments
from entraide.formats.communes import commune_key, is_postcode
from entraide.formats.names import normalise
from entraide.portal.domain.directory.distances import Point
from entraide.portal.domain.directory.models import Town
from entraide.portal.domain.directory.towns import (
    department_name,
    department_of,
    district_of,
    middle_of,
    towns_are_filled,
    towns_beginning,
    towns_named,
    towns_with_postcode,
)

CHOICES = 20
_SHORTEST = 2
_POSTCODE = re.compile(r"(?<!\d)(\d{2} ?\d{3})(?!\d)", re.ASCII)
_DEPARTMENT_CODE = re.compile(r"0?(\d{2}|2[ab]|9[78]\d)", re.ASCII | re.IGNORECASE)
# Of a city that has several: `paris 15`, `lyon 3e`, `marseille 8eme arrondissement`.
_DISTRICT = re.compile(r"(.+?) (\d{1,2})(?:er|e|eme)?(?: arrondissement)?", re.ASCII)
_IN_DEPARTMENT = re.compile(r"^(.+?)[\s,(]+(\d{2}|2[abAB]|9[78]\d)\)?$", re.ASCII)
# Births before 1976, abroad: departments of birth, but nobody looks for a doctor there.
_NOT_A_PLACE = frozenset({departments.CORSICA_UNDIVIDED, departments.ABROAD})
# The city of Paris is its department.
_PARIS = "75"
_BY_NAME = {
    normalise(name): code
    for code, name in departments.DEPARTMENTS.items()
    if code not in _NOT_A_PLACE and code != _PARIS
}

WhereFault = Literal["short", "unknown", "no_such_postcode", "not_filled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Around a point, or a whole department (`point` is None). `department` is blank around a position.

    `town`: its name where one commune is meant.
    """

    label: str
    department: str
    point: Point | None = None
    town: str = ""
    # An address was typed: its commune stands for it.
    of_address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several places that may be meant; `typed` finds it alone."""

    label: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place; or `choices` between some, `more` when there are others still; or a fault."""

    place: Place | None = None
    choices: tuple[Choice, ...] = ()
    more: bool = False
    fault: WhereFault | None = None


# What many people still type for the two departments of the island.
_CORSICA = frozenset({departments.CORSICA_UNDIVIDED, "corse"})
_PARTS_OF_CORSICA = tuple(
    Choice(label=f"{department_name(code)} ({code})", typed=code) for code in ("2A", "2B")
)


def understood(typed: str) -> Where:
    """What these words mean, in seven queries at the most."""
    text = " ".join(typed.split())
    if len(normalise(text)) < _SHORTEST:
        return Where(fault="short")
    if normalise(text) in _CORSICA:
        return Where(choices=_PARTS_OF_CORSICA)
    if department := _department(text):
        return Where(place=_whole(department))
    if found := _POSTCODE.search(text):
        return _by_postcode(found[1].replace(" ", ""), rest=text[: found.start()] + " " + text[found.end() :])
    return _by_name(text)


def _department(text: str) -> str:
    if found := _DEPARTMENT_CODE.fullmatch(text):
        code = found[1].upper()
        return code if code in departments.DEPARTMENTS and code not in _NOT_A_PLACE else ""
    return ""


def _by_postcode(postcode: str, *, rest: str) -> Where:
    towns = towns_with_postcode(postcode)
    if not towns:
        return _unknown_postcode(postcode)
    key = commune_key(rest)
    named = [one for one in towns if one.key == key or key.endswith(f" {one.key}")]
    address = bool(key) and (not named or key != named[0].key)
    near = named or towns
    town = near[0].name if len({one.commune or one.key for one in near}) == 1 else ""
    return Where(
        place=Place(
            label=f"{town} ({postcode})" if town else postcode,
            department=near[0].department,
            point=_middle(near),
            town=town,
            of_address=address,
        )
    )


def _unknown_postcode(postcode: str) -> Where:
    """A postcode of firms, or of a newer edition: its department answers."""
    if not towns_are_filled():
        return Where(fault="not_filled")
    department = department_of(postcode)
    if not is_postcode(postcode) or department not in departments.DEPARTMENTS:
        return Where(fault="no_such_postcode")
    return Where(place=_whole(department))


def _whole(department: str) -> Place:
    return Place(label=f"{department_name(department)} ({department})", department=department)


def _by_name(text: str) -> Where:
    key, within, homonym = commune_key(text), frozenset[str](), _BY_NAME.get(normalise(text), "")
    if (found := _DISTRICT.fullmatch(key)) and (towns := district_of(found[1], number=int(found[2]))):
        return _one_or_choices(towns, of_address=False)
    if found := _IN_DEPARTMENT.match(text):
        key, within = commune_key(found[1]), _departments_of(found[2].upper())
    for candidate in _candidates(text, key):
        towns = [one for one in towns_named(candidate) if not within or one.department in within]
        if towns:
            return _one_or_choices(towns, of_address=candidate != key, homonym=homonym)
    if homonym:
        return Where(place=_whole(homonym))
    beginning = towns_beginning(key, within=within, most=CHOICES + 1)
    if not beginning:
        return Where(fault="unknown" if towns_are_filled() else "not_filled")
    return _one_or_choices(beginning, of_address=False, cut=len(beginning) > CHOICES)


def _departments_of(code: str) -> frozenset[str]:
    """The department of this code; Corsica's two for the one that it was before."""
    return frozenset({"2A", "2B"} if code == departments.CORSICA_UNDIVIDED else {code})


def _candidates(text: str, key: str) -> list[str]:
    """The whole, then what comes after the last comma: `12 rue des Arcades, Marignane`."""
    last = commune_key(text.rpartition(",")[2])
    return [key, last] if last and last != key else [key]


def _one_or_choices(towns: list[Town], *, of_address: bool, cut: bool = False, homonym: str = "") -> Where:
    """The postcodes of one commune, and the districts of one city, are one place.

    `homonym`: a department of the same name, such as Vienne, is one more choice.
    """
    places: dict[tuple[str, str], list[Town]] = {}
    for one in towns:
        places.setdefault((one.department, _city_of(one)), []).append(one)
    if len(places) == 1 and not homonym:
        ((department, _key), same) = next(iter(places.items()))
        town = same[0].name.rstrip("0123456789 ")
        named = same[0].name if len({one.name for one in same}) == 1 else town
        label = f"{named} ({department})" if len(same) > 1 else _named(same[0])
        return Where(
            place=Place(
                label=label, department=department, point=_middle(same), town=town, of_address=of_address
            )
        )
    choices = [
        Choice(
            label=f"{_named(same[0])}, {department_name(same[0].department)}",
            typed=f"{same[0].postcode} {same[0].name}",
        )
        for same in places.values()
    ]
    if homonym:
        choices.insert(0, Choice(label=_whole(homonym).label, typed=homonym))
    return Where(choices=tuple(choices[:CHOICES]), more=cut or len(choices) > CHOICES)


def _city_of(town: Town) -> str:
    city = town.key.rstrip("0123456789 ")
    return city if city != town.key else town.commune or town.key


def _named(town: Town) -> str:
    return f"{town.name} ({town.postcode})"


def _middle(towns: list[Town]) -> Point:
    return middle_of([Point(one.lat, one.lon) for one in towns])
