"""professionals.csv."""

from entraide.portal.domain.payment_runs import imports as payment_runs
from entraide.portal.domain.sealed_rows import sealed_row
from entraide.portal.gateways.core_system import cells
from entraide.portal.gateways.core_system.layout import Batch, Columns, Layout, RowFault, Run


def professional_file() -> Layout:
    """Where professionals are paid in third-party payment."""
    return Layout(
        file="professionals.csv",
        stage=payment_runs.PROFESSIONALS,
        cells={
            "professional_number": cells.professional_number(),
            "name": cells.text(120),
            "iban": cells.account_number(blank=cells.REQUIRED),
            "bic": cells.bank_code(),
            "account_holder": cells.text(80),
        },
        kinds={"professional_number": "text", "sealed_row": "text"},
        derive=_sealed,
        check=payment_runs.check_professionals,
        store=lambda _run: payment_runs.store_professionals(),
    )


def _sealed(batch: Batch, _run: Run) -> tuple[Columns, list[RowFault]]:
    names = list(batch.columns)
    rows = zip(*batch.columns.values(), strict=True)
    sealed = [
        sealed_row(dict(zip(names, row, strict=True)), stage=payment_runs.PROFESSIONALS, line=line)
        for line, row in zip(batch.lines, rows, strict=True)
    ]
    return {"professional_number": batch.columns["professional_number"], "sealed_row": sealed}, []
