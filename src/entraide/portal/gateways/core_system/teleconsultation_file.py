"""teleconsultations.csv."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from entraide.portal.domain.teleconsultations import imports as teleconsultations
from entraide.portal.domain.teleconsultations.enums import TeleconsultationState
from entraide.portal.gateways.core_system import cells
from entraide.portal.gateways.core_system.ids import sealed_ids
from entraide.portal.gateways.core_system.layout import Batch, Columns, Layout, RowFault, Run
from entraide.portal.gateways.core_system.membership_files import NUMBER_DIGITS, kinds


def teleconsultation_file(partners: Sequence[str]) -> Layout:
    """What partners with a yearly limit counted; `partners` are their ids in the mutual's profile."""
    columns = {
        "teleconsultation_reference": cells.reference(),
        "partner": _partner(partners),
        "beneficiary_number": cells.digits(NUMBER_DIGITS),
        "consulted_on": cells.day(),
        "state": cells.choice(TeleconsultationState.values),
        "told_until": cells.day(),
        **cells.may_be_absent({"confidential": cells.choice(("yes", "no"), blank="")}),
    }
    return Layout(
        file="teleconsultations.csv",
        stage=teleconsultations.TELECONSULTATIONS,
        cells=columns,
        kinds={**kinds(columns), "id": "uuid"},
        examine=lambda found: _wrong_days(found, on=timezone.localdate()),
        derive=_ids,
        check=teleconsultations.check_teleconsultations,
        store=lambda _run: teleconsultations.store_teleconsultations(),
    )


def _partner(partners: Sequence[str]) -> cells.Cell:
    if partners:
        return cells.choice(partners)
    # Nothing matches: what is not counted is not taken in.
    return cells.pattern(r"(?!)", "no row, since partners.toml has no partner with a yearly_limit")


def _ids(batch: Batch, run: Run) -> tuple[Columns, list[RowFault]]:
    """A reference is the partner's own: two partners may have the same one."""
    told = batch.columns
    references = map("/".join, zip(told["partner"], told["teleconsultation_reference"], strict=True))
    return {**told, "id": sealed_ids(run.keys, "teleconsultation", references)}, []


def _wrong_days(columns: Columns, *, on: date) -> list[RowFault]:
    today = on.isoformat()
    faults = []
    days = zip(columns["consulted_on"], columns["told_until"], strict=True)
    for row, (consulted, told) in enumerate(days):
        if told > today:
            faults.append(RowFault(row, "told_until", f'"{told}"', f"a day up to {today}, which is today"))
        if consulted > today:
            expected = f"a day up to {today}, which is today"
            faults.append(RowFault(row, "consulted_on", f'"{consulted}"', expected))
        elif consulted > told:
            expected = f"a day up to {told}, which is told_until"
            faults.append(RowFault(row, "consulted_on", f'"{consulted}"', expected))
    return faults
