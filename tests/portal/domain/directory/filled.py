"""Towns and entries to look for, all of them invented."""

from collections.abc import Iterable
from pathlib import Path

from django.utils import timezone

from entraide.portal.domain.directory.enums import Source
from entraide.portal.domain.directory.loading import EntryRow, load_entries
from entraide.portal.domain.directory.towns import TownRow, load_towns
from entraide.portal.gateways.directory.rpps import COLUMNS

GRENOBLE = (45.18, 5.72)
TOWNS = (
    ("38000", "GRENOBLE", "38185", *GRENOBLE),
    ("38100", "GRENOBLE", "38185", *GRENOBLE),
    ("38400", "ST MARTIN D HERES", "38421", 45.17, 5.76),
    ("38500", "VOIRON", "38563", 45.37, 5.59),
    ("75001", "PARIS 01", "75101", 48.86, 2.34),
    ("75002", "PARIS 02", "75102", 48.87, 2.34),
    ("20000", "AJACCIO", "2A004", 41.93, 8.70),
    ("20200", "BASTIA", "2B033", 42.69, 9.43),
    ("97400", "ST DENIS", "97411", -20.93, 55.44),
    ("97133", "ST BARTHELEMY", "97701", 17.90, -62.83),
    ("93200", "ST DENIS", "93066", 48.93, 2.35),
    ("11310", "ST DENIS", "11339", 43.36, 2.21),
)


def fill_towns() -> None:
    rows = [
        TownRow(postcode=code, name=name, commune=commune, lat=lat, lon=lon)
        for code, name, commune, lat, lon in TOWNS
    ]
    load_towns(rows, file="test")


def entry(identity: str, **values: object) -> EntryRow:
    """An optician of Grenoble, but for the values given."""
    usual: dict[str, object] = {
        "name": "Optique du Drac",
        "profession": "optician",
        "postcode": "38000",
        "city": "Grenoble",
        "department": "38",
        "lat": GRENOBLE[0],
        "lon": GRENOBLE[1],
    }
    return EntryRow(identity=identity, **{**usual, **values})  # type: ignore[arg-type]


def fill(rows: Iterable[EntryRow], *, source: Source = Source.PARTNERS) -> int:
    return load_entries(rows, source=source, file="test", clock=timezone.now)


def rpps_line(**values: str) -> str:
    """A line of the national file: a general practitioner on their own account in Grenoble."""
    usual = {
        "Type d'identifiant PP": "8",
        "Identifiant PP": "10000000001",
        "Nom d'exercice": "FICTIF",
        "Prénom d'exercice": "Jeanne",
        "Code profession": "10",
        "Libellé profession": "Médecin",
        "Libellé savoir-faire": "Médecine Générale",
        "Code mode exercice": "L",
        "Identifiant technique de la structure": "R1",
        "Numéro Voie (coord. structure)": "12",
        "Libellé type de voie (coord. structure)": "Rue",
        "Libellé Voie (coord. structure)": "DES ARCADES",
        "Code postal (coord. structure)": "38000",
        "Code commune (coord. structure)": "38185",
        "Libellé commune (coord. structure)": "Grenoble",
        "Téléphone (coord. structure)": "0465710101",
    }
    cells = {**usual, **values}
    assert set(cells) <= set(COLUMNS)
    return "|".join(cells.get(name, "") for name in COLUMNS)


def rpps_file(folder: Path, *lines: str, head: str = "|".join(COLUMNS), encoding: str = "utf-8") -> Path:
    path = folder / "PS_LibreAcces_Personne_activite.txt"
    path.write_bytes("\r\n".join([head, *lines, ""]).encode(encoding))
    return path
