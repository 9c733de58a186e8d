"""contributions.csv."""

from entraide.portal.domain.contributions import imports as contributions
from entraide.portal.domain.contributions.enums import ContributionMethod, ContributionState, DebitFailure
from entraide.portal.gateways.core_system import cells
from entraide.portal.gateways.core_system.ids import sealed_ids
from entraide.portal.gateways.core_system.layout import Batch, Columns, Layout, RowFault, Run
from entraide.portal.gateways.core_system.membership_files import NUMBER_DIGITS, kinds

# The reference of a mandate as the SEPA rulebook allows it (RUM).
_MANDATE = r"[A-Za-z0-9/?:().,'+-](?:[A-Za-z0-9/?:().,'+ -]{0,33}[A-Za-z0-9/?:().,'+-])?"


def contribution_file() -> Layout:
    columns = {
        "contribution_reference": cells.reference(),
        "member_number": cells.digits(NUMBER_DIGITS),
        "year": cells.whole(2000, 2199),
        "due_on": cells.day(),
        "label_fr": cells.text(120),
        "label_en": cells.text(120),
        "amount": cells.cents(),
        "state": cells.choice(ContributionState.values),
        "paid_on": cells.day(blank=None),
        "method": cells.choice(ContributionMethod.values),
        "failure": cells.choice(DebitFailure.values, blank=""),
        "mandate_reference": cells.pattern(_MANDATE, "the reference of a SEPA mandate (RUM)", blank=""),
        "iban_end": cells.pattern("[A-Z0-9]{4}", "the last 4 characters of an IBAN", blank=""),
    }
    return Layout(
        file="contributions.csv",
        stage=contributions.CONTRIBUTIONS,
        cells=columns,
        kinds={**kinds(columns), "id": "uuid"},
        examine=_half_told,
        derive=_ids,
        check=contributions.check_contributions,
        store=lambda _run: contributions.store_contributions(),
    )


def _ids(batch: Batch, run: Run) -> tuple[Columns, list[RowFault]]:
    references = batch.columns["contribution_reference"]
    return {**batch.columns, "id": sealed_ids(run.keys, "contribution", references)}, []


_PAID = frozenset({ContributionState.PAID})
_REJECTED = frozenset({ContributionState.FAILED, ContributionState.REPLACED})
_DEBIT = frozenset({ContributionMethod.DIRECT_DEBIT})
# A column that is filled for some values of another one, and blank for all others.
_DEPENDS = (
    ("paid_on", "state", _PAID),
    ("failure", "state", _REJECTED),
    ("mandate_reference", "method", _DEBIT),
    ("iban_end", "method", _DEBIT),
)


def _half_told(columns: Columns) -> list[RowFault]:
    return [
        RowFault(
            row,
            name,
            found="nothing" if wanted else f'"{value}"',
            expected=f"{'a value' if wanted else 'nothing'}, since {decides} is {decided}",
        )
        for name, decides, values in _DEPENDS
        for row, (value, decided) in enumerate(zip(columns[name], columns[decides], strict=True))
        if bool(value) != (wanted := decided in values)
    ]
