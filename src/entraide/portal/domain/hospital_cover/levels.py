"""What the contracts pay of a stay, in the words of a letter to a hospital: French, short, per day.

Read from the engine's own tables: the first line of a contract that is about a care is the one that pays.
Fees are left out: what goes beyond the tariff is never part of a guarantee of payment (PEC-03).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings

from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.foundation.web.wording import money
from entraide.reimbursement import (
    Contract,
    Guarantee,
    ParameterGap,
    Ward,
    load_parameters,
    load_vocabulary,
    percent,
)
from entraide.reimbursement.complementary.guarantees import Form, Per, Scope
from entraide.reimbursement.dates import add_months
from entraide.reimbursement.money import FULL, portion

_FAMILIES = ("hospital_stay", "hospital_daily", "hospital_major", "hospital_room", "hospital_companion")
_PER = {Per.DAY: " par jour", Per.NIGHT: " par nuit", Per.ACT: "", Per.YEAR: " par an"}
# What a responsible contract pays whatever its lines say (art. R871-2): no limit of days.
_BY_LAW = {
    "hospital_stay": "ticket modérateur en entier",
    "hospital_daily": "en entier, sans limite de durée",
    "hospital_major": "en entier",
}


def levels_of(covers: Sequence[Coverage], *, ward: Ward, on: date) -> list[list[str]]:
    """Pairs of a care and what is paid of it; care that no contract pays is left out."""
    tables = [(cover, table) for cover in covers if (table := _table(cover, on=on)) is not None]
    families = load_vocabulary().families
    rows = [(families[code].label.fr, _told(code, tables, ward=ward, on=on)) for code in _FAMILIES]
    return [[label, "\n".join(told)] for label, told in rows if told]


def _table(cover: Coverage, *, on: date) -> Contract | None:
    found = settings.PROFILE.guarantees.get(cover.contract.number, ())
    return next((one for one in found if one.in_force(on)), None)


def _told(code: str, tables: Iterable[tuple[Coverage, Contract]], *, ward: Ward, on: date) -> list[str]:
    told: list[str] = []
    for cover, table in tables:
        line = _line(table, code, ward)
        if line is not None and add_months(cover.starts_on, line.waiting_months) <= on:
            told.append(f"{cover.contract.label_fr}\u00a0: {_level(line, on=on, after=bool(told))}")
        elif table.responsible and code in _BY_LAW and not told:
            told.append(f"{cover.contract.label_fr}\u00a0: {_BY_LAW[code]}")
    return told


def _line(table: Contract, code: str, ward: Ward) -> Guarantee | None:
    lines = (one for one in table.guarantees if code in one.families)
    return next((one for one in lines if not one.wards or ward in one.wards), None)


def _level(line: Guarantee, *, on: date, after: bool) -> str:
    words = _amount(line, on=on)
    if after and Scope.PREVIOUS in line.includes:
        words += ", contrat précédent compris"
    if line.allowance is not None:
        words += ", dans la limite annuelle du contrat"
    return words


def _amount(line: Guarantee, *, on: date) -> str:
    rate = percent(line.rate or FULL).fr
    match line.form:
        case Form.ACTUAL_COST:
            return "frais réels"
        case Form.FLAT:
            return f"{money(line.amount)}{_PER.get(line.per, '')}"
        case Form.PERCENT_OF_COPAYMENT:
            return "ticket modérateur en entier" if line.rate == FULL else f"{rate} du ticket modérateur"
        case Form.PERCENT_OF_PMSS:
            return f"{_of_ceiling(line, rate=rate, on=on)}{_PER.get(line.per, '')}"
        case Form.PERCENT_OF_BASE | Form.BASE_PLUS:
            with_fund = ", Sécurité sociale comprise" if Scope.AMO in line.includes else ""
            more = f" et {money(line.amount)}{_PER.get(line.per, '')}" if line.form is Form.BASE_PLUS else ""
            return f"{rate} du tarif de référence{with_fund}{more}"


def _of_ceiling(line: Guarantee, *, rate: str, on: date) -> str:
    try:
        return money(portion(load_parameters().value("pmss", on), line.rate))
    except ParameterGap:
        return f"{rate} du plafond mensuel de la Sécurité sociale"
