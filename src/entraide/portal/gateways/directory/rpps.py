"""The free-access file of the national directory of health professionals, as it is published.

`PS_LibreAcces_Personne_activite`: a first line with the names of its 56 columns, then one line for each
activity of each professional, `|` between values, UTF-8 (older editions: Windows). Where the layout changed,
the file is refused: a value under another name would be shown as an address.
"""

from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from entraide.formats.communes import is_postcode
from entraide.formats.names import spelt
from entraide.portal.domain.directory.enums import Source
from entraide.portal.domain.directory.loading import EntryRow, load_entries
from entraide.portal.domain.directory.professions import DOCTOR, Profession, profession_of
from entraide.portal.domain.directory.towns import Points, department_of
from entraide.portal.gateways.core_system.progress import Watch
from entraide.portal.gateways.directory.naming import person_name, street_of
from entraide.portal.gateways.directory.reading import (
    DirectoryRefused,
    Reading,
    Taken,
    number_to_call,
    tidy,
)

_STRUCTURE = "(coord. structure)"
COLUMNS = (
    "Type d'identifiant PP",
    "Identifiant PP",
    "Identification nationale PP",
    "Code civilité d'exercice",
    "Libellé civilité d'exercice",
    "Code civilité",
    "Libellé civilité",
    "Nom d'exercice",
    "Prénom d'exercice",
    "Code profession",
    "Libellé profession",
    "Code catégorie professionnelle",
    "Libellé catégorie professionnelle",
    "Code type savoir-faire",
    "Libellé type savoir-faire",
    "Code savoir-faire",
    "Libellé savoir-faire",
    "Code mode exercice",
    "Libellé mode exercice",
    "Numéro SIRET site",
    "Numéro SIREN site",
    "Numéro FINESS site",
    "Numéro FINESS établissement juridique",
    "Identifiant technique de la structure",
    "Raison sociale site",
    "Enseigne commerciale site",
    f"Complément destinataire {_STRUCTURE}",
    f"Complément point géographique {_STRUCTURE}",
    f"Numéro Voie {_STRUCTURE}",
    f"Indice répétition voie {_STRUCTURE}",
    f"Code type de voie {_STRUCTURE}",
    f"Libellé type de voie {_STRUCTURE}",
    f"Libellé Voie {_STRUCTURE}",
    f"Mention distribution {_STRUCTURE}",
    f"Bureau cedex {_STRUCTURE}",
    f"Code postal {_STRUCTURE}",
    f"Code commune {_STRUCTURE}",
    f"Libellé commune {_STRUCTURE}",
    f"Code pays {_STRUCTURE}",
    f"Libellé pays {_STRUCTURE}",
    f"Téléphone {_STRUCTURE}",
    f"Téléphone 2 {_STRUCTURE}",
    f"Télécopie {_STRUCTURE}",
    f"Adresse e-mail {_STRUCTURE}",
    "Code Département (structure)",
    "Libellé Département (structure)",
    "Ancien identifiant de la structure",
    "Autorité d'enregistrement",
    "Code secteur d'activité",
    "Libellé secteur d'activité",
    "Code section tableau pharmaciens",
    "Libellé section tableau pharmaciens",
    "Code rôle",
    "Libellé rôle",
    "Code genre activité",
    "Libellé genre activité",
)
_PLACE = {name: place for place, name in enumerate(COLUMNS)}
# Who works on their own account receives patients; who is employed does in a shop.
_OWN_ACCOUNT = "L"
# Patients are told a title before a doctor's, a dentist's or a midwife's name.
_WITH_TITLE = frozenset({DOCTOR, "40"})


def take_in_rpps(path: Path, watch: Watch | None = None) -> Taken:
    """Loads the whole file in the place of the one before. Raises DirectoryRefused and LoadUnderWay."""
    points = Points()
    if not points:
        raise DirectoryRefused(
            f"{path.name}: professionals are placed by their commune, and no town is known yet: "
            "load the file of postcodes first, entraide places FILE, in an edition with coordinates"
        )
    reading = Reading(path, watch)
    entries = load_entries(
        _rows(reading, points), source=Source.RPPS, file="directory rpps", clock=timezone.now
    )
    return reading.taken(entries)


def _rows(reading: Reading, points: Points) -> Iterator[EntryRow]:
    lines = reading.lines()
    _check_head(reading, next(lines, (1, ""))[1])
    for number, text in lines:
        reading.lines_read += 1
        cells = text.split("|")
        if len(cells) == len(COLUMNS) + 1 and not cells[-1]:
            del cells[-1]
        if len(cells) != len(COLUMNS):
            expected = f"{len(COLUMNS)}, one for each column"
            reading.fault(number, "", f"{len(cells)} values", expected)
            continue
        row = _row(reading, number, cells, points)
        if row is not None and not reading.found:
            reading.kept += 1
            yield row
    if not reading.found and not reading.kept:
        reading.fault(None, "", "nobody", "at least one professional who receives patients")
    reading.refuse_if_faulty()


def _check_head(reading: Reading, text: str) -> None:
    """The names of all columns in their order; raises with the first one that differs."""
    heads = [one.strip() for one in text.split("|")]
    if heads and not heads[-1]:
        del heads[-1]
    for place, (found, expected) in enumerate(zip(heads, COLUMNS, strict=False), 1):
        if found != expected:
            reading.fault(1, f"column {place}", f'"{found[:60]}"', f'"{expected}"')
            break
    if not reading.found and len(heads) != len(COLUMNS):
        reading.fault(1, "", f"{len(heads)} columns", f"{len(COLUMNS)}")
    reading.refuse_if_faulty()


def _row(reading: Reading, line: int, cells: list[str], points: Points) -> EntryRow | None:
    """The entry of a line; None for one to leave out, or for one that is wrong, which is then noted."""

    def cell(name: str) -> str:
        return cells[_PLACE[name]].strip()

    profession = profession_of(cell("Code profession"), cell("Libellé savoir-faire"))
    postcode, number = cell(f"Code postal {_STRUCTURE}"), cell("Identifiant PP")
    receives = cell("Code mode exercice") == _OWN_ACCOUNT or (profession is not None and profession.is_shop)
    if profession is None or not receives or not postcode:
        reading.left_out += 1
        return None
    if not is_postcode(postcode):
        # Abroad, or mistyped by who declared it: others must not wait for its correction.
        reading.left_out += 1
        return None
    if not (number.isascii() and number.isalnum() and len(number) <= 14):
        reading.wrong(line, "Identifiant PP", number, "up to 14 digits and letters")
        return None
    name = _name(cell("Enseigne commerciale site"), cell("Raison sociale site"), cells, profession)
    if not name:
        reading.wrong(line, "Nom d'exercice", "", "the name of a professional")
        return None
    commune = cell(f"Code commune {_STRUCTURE}")
    point = points.of(postcode=postcode, commune=commune)
    reading.without_point += point is None
    address = street_of(
        cell(f"Numéro Voie {_STRUCTURE}"),
        cell(f"Indice répétition voie {_STRUCTURE}"),
        cell(f"Libellé type de voie {_STRUCTURE}"),
        cell(f"Libellé Voie {_STRUCTURE}"),
    )
    place = cell("Identifiant technique de la structure") or f"{postcode} {address}"
    return EntryRow(
        identity=f"{profession.id}|{place if profession.is_shop else f'{number}|{place}'}",
        name=name,
        profession=profession.id,
        speciality=tidy(cell("Libellé savoir-faire"), 120) if profession.code == DOCTOR else "",
        number=number,
        address=address,
        postcode=postcode,
        city=spelt(tidy(cell(f"Libellé commune {_STRUCTURE}"), 80)),
        department=department_of(postcode, commune if len(commune) == 5 else ""),
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        is_approximate=point is not None,
        phone=number_to_call(cell(f"Téléphone {_STRUCTURE}")),
    )


def _name(sign: str, firm: str, cells: list[str], profession: Profession) -> str:
    if profession.is_shop and (sign or firm):
        return spelt(tidy(sign or firm, 160))
    return person_name(
        title="Dr" if profession.code in _WITH_TITLE else "",
        first=tidy(cells[_PLACE["Prénom d'exercice"]], 70),
        last=tidy(cells[_PLACE["Nom d'exercice"]], 80),
    )
