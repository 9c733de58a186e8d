"""The golden cases: data files that a claims manager can read, and how they become calls of the engine."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from entraide.reimbursement import (
    Care,
    CareLine,
    Contract,
    Cover,
    Enrolment,
    Equipment,
    Exemption,
    LensClass,
    Pathway,
    Scheme,
    Sector,
    Side,
    Situation,
    Stay,
    StayEnd,
    Ward,
    load_contracts,
)

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ADULT = date(1980, 1, 1)
LONG_AGO = date(2015, 1, 1)
_ENUMS = {"sector": Sector, "pathway": Pathway, "exemption": Exemption, "side": Side}
_AMOUNTS = ("base", "amo", "withheld", "price_cap", "consultation_base")


@dataclass(frozen=True)
class Case:
    """One story: a person, their contracts, lines in the order in which they arrive."""

    file: str
    title: str
    why: str
    person: dict[str, Any]
    cover: list[str]
    since: date
    waiting_waived: bool
    lines: list[dict[str, Any]]


def cents(text: str) -> int:
    """Cents of `26.50`, read here on purpose without the engine."""
    euros, rest = text.split(".")
    return int(euros) * 100 + int(rest)


def cases() -> list[Case]:
    found = []
    for path in sorted((HERE / "cases").glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            found.append(
                Case(
                    file=path.name,
                    title=table["title"],
                    why=table["why"],
                    person=table.get("person", {}),
                    cover=table.get("cover", []),
                    since=table.get("since", LONG_AGO),
                    waiting_waived=table.get("waiting_waived", False),
                    lines=table["lines"],
                )
            )
    return found


def contracts() -> dict[str, Contract]:
    found = {each.number: each for each in load_contracts(HERE / "contracts.toml")}
    for path in sorted((ROOT / "mutuals").glob("*/guarantees/2026.toml")):
        found |= {each.number: each for each in load_contracts(path)}
    return found


def cover_of(case: Case, known: dict[str, Contract]) -> Cover:
    return Cover(
        enrolments=tuple(
            Enrolment(versions=(known[name],), since=case.since, waiting_waived=case.waiting_waived)
            for name in case.cover
        ),
        family="family",
    )


def care_of(case: Case, table: dict[str, Any], number: int) -> Care:
    person = case.person | {"person": table.get("person", "p1")}
    if "scheme" in person:
        person["scheme"] = Scheme(person["scheme"])
    line = {
        key: value
        for key, value in table.items()
        if key not in {"expect", "refused", "person", "received_on"}
    }
    line.setdefault("id", str(number))
    line["fee"] = cents(line["fee"])
    line |= {name: cents(line[name]) for name in _AMOUNTS if name in line}
    line |= {name: kind(line[name]) for name, kind in _ENUMS.items() if name in line}
    if "rate" in line:
        line["rate"] = line["rate"] * 100
    if "stay" in line:
        line["stay"] = _stay(line["stay"])
    if "equipment" in line:
        line["equipment"] = _equipment(line["equipment"])
    return Care(
        line=CareLine(**line),
        situation=Situation(**({"born_on": ADULT} | person)),
        received_on=table.get("received_on"),
    )


def _stay(table: dict[str, Any]) -> Stay:
    kinds = {"ward": Ward, "ended_by": StayEnd}
    read = {key: kinds[key](value) if key in kinds else value for key, value in table.items()}
    if "base" in read:
        read["base"] = cents(read["base"])
    return Stay(id="stay", **read)


def _equipment(table: dict[str, Any]) -> Equipment:
    lenses = {key: LensClass(table[key]) for key in ("right", "left")}
    return Equipment(**(table | lenses))
