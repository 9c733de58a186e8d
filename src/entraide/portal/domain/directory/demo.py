"""A small directory of invented professionals in the towns of the demo, the same every time."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

from entraide.formats import week
from entraide.portal.domain.directory.enums import Source
from entraide.portal.domain.directory.loading import EntryRow, load_entries
from entraide.portal.domain.directory.queries import directory_is_filled
from entraide.portal.domain.directory.towns import (
    TownRow,
    department_of,
    load_towns,
    towns_are_filled,
)

_TOWNS = Path(__file__).with_name("demo_towns.toml")
# How many of each in every town, of them how many partners of a network.
_HOW_MANY = {
    "general_practitioner": (5, 0),
    "dentist": (4, 2),
    "optician": (4, 2),
    "hearing_specialist": (2, 1),
    "pharmacist": (3, 0),
    "nurse": (2, 0),
    "physiotherapist": (3, 0),
    "osteopath": (2, 1),
    "midwife": (1, 0),
    "ophthalmologist": (2, 0),
    "dermatologist": (1, 0),
    "gynaecologist": (1, 0),
    "cardiologist": (1, 0),
    "paediatrician": (1, 0),
    "podiatrist": (1, 0),
    "psychologist": (1, 0),
    "speech_therapist": (1, 0),
}
_SHOPS = {
    "optician": ("Optique", "Lunettes", "Atelier de lunettes"),
    "hearing_specialist": ("Audition", "Centre d’audition"),
    "pharmacist": ("Pharmacie",),
}
_SIGNS = ("du Tilleul", "des Arcades", "de la Fontaine", "du Marché", "du Belvédère", "de l’Horloge")
_FIRST = ("Alix", "Basile", "Camille", "Dorian", "Élodie", "Fabien", "Garance", "Hector", "Inès", "Joris")
_LAST = ("Aubépin", "Brindille", "Cerfeuil", "Dulcimer", "Esparcette", "Fougerole", "Girofle", "Houblon")
_STREETS = ("rue des Tilleuls", "place du Marché", "avenue des Platanes", "quai des Saules", "rue du Puits")
_HOURS = ("1-5 09:00-12:30 14:00-19:00; 6 09:30-18:00", "1-5 09:00-12:00 14:00-18:00", "2-6 10:00-19:30")
# Lines kept for fiction, one series for each corner of the country.
_LINES = {"1": "+3319900", "2": "+3326191", "3": "+3335301", "4": "+3346571", "5": "+3353649"}


def open_demo_directory(*, clock: Callable[[], datetime]) -> None:
    """Professionals to look for, unless a directory was loaded already."""
    if directory_is_filled():
        return
    towns = _towns()
    if not towns_are_filled():
        load_towns([_town_row(one) for one in towns], file="demo towns")
    homes = [one for one in towns if one.get("professionals")]
    for source in Source:
        rows = (row for town in homes for row in _rows(town, partners=source == Source.PARTNERS))
        load_entries(rows, source=source, file=f"demo directory {source.value}", clock=clock)


@lru_cache(maxsize=1)
def _towns() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(_TOWNS.read_text(encoding="utf-8"))["town"]
    return found


def _town_row(town: dict[str, Any]) -> TownRow:
    return TownRow(
        postcode=town["postcode"],
        name=town["name"],
        commune=town["commune"],
        lat=town["lat"],
        lon=town["lon"],
    )


def _rows(town: dict[str, Any], *, partners: bool) -> Iterator[EntryRow]:
    for profession, (many, of_network) in _HOW_MANY.items():
        for number in range(many):
            # Not for secrets: the same demo every time.
            dice = Random(f"{town['postcode']} {profession} {number}")  # noqa: S311
            network = _network_of(profession) if number < of_network else ""
            if bool(network) == partners:
                yield _row(town, profession, number, dice, network=network)


def _network_of(profession: str) -> str:
    """The first network of the mutual that has partners of this profession; blank for none."""
    for network in settings.PROFILE.networks.networks:
        if profession in {one.profession for one in network.domains}:
            return str(network.id)
    return ""


def _row(town: dict[str, Any], profession: str, number: int, dice: Random, *, network: str) -> EntryRow:
    hours = dice.choice(_HOURS) if network else ""
    known = {
        "network": network,
        "lat": town["lat"] + dice.uniform(-0.012, 0.012),
        "lon": town["lon"] + dice.uniform(-0.016, 0.016),
        "third_party_payment": True,
        "no_cost_care": profession in {"optician", "dentist", "hearing_specialist"} or None,
        "accessible": dice.random() < 0.7,
        "parking": dice.random() < 0.5,
        "booking_url": "https://rendez-vous.example.org/" if dice.random() < 0.5 else "",
        "languages": dice.choice((" fr ", " fr en ", " fr ar ", " fr pt en ")),
        "hours": hours,
        "slots": "".join(f" {one} " for one in week.slots(week.parse(hours))),
        "max_fee_cents": 6500 if profession == "osteopath" else None,
    }
    placed = known if network else {"lat": town["lat"], "lon": town["lon"], "is_approximate": True}
    return EntryRow(
        identity=f"{town['postcode']}|{profession}|{number}",
        name=_name(profession, dice),
        profession=profession,
        address=f"{dice.randint(1, 60)} {dice.choice(_STREETS)}",
        postcode=town["postcode"],
        city=town["name"],
        department=department_of(town["postcode"], town["commune"]),
        phone=f"{_LINES[_corner_of(town['postcode'])]}{dice.randint(0, 9999):04}",
        **placed,
    )


def _corner_of(postcode: str) -> str:
    """By which figure telephone numbers begin there, roughly."""
    first = postcode[:2]
    if first in {"75", "77", "78", "91", "92", "93", "94", "95"}:
        return "1"
    corners = {"2": ("14", "27", "29", "35", "37", "44", "76"), "3": ("21", "54", "57", "67", "68")}
    corners["5"] = ("16", "17", "31", "33", "79", "86")
    return next((figure for figure, codes in corners.items() if first in codes), "4")


def _name(profession: str, dice: Random) -> str:
    if profession in _SHOPS:
        return f"{dice.choice(_SHOPS[profession])} {dice.choice(_SIGNS)}"
    title = "Dr " if profession.endswith(("ist", "practitioner", "paediatrician")) else ""
    title = (
        "" if profession in {"physiotherapist", "podiatrist", "psychologist", "speech_therapist"} else title
    )
    return f"{title}{dice.choice(_FIRST)} {dice.choice(_LAST)}"
