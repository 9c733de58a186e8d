"""requests.csv."""

from django.utils import timezone

from entraide.portal.domain.data_out import answers
from entraide.portal.domain.sealed_rows import sealed_row
from entraide.portal.gateways.core_system import cells
from entraide.portal.gateways.core_system.layout import Batch, Columns, Layout, RowFault, Run


def answer_file() -> Layout:
    """What the management system answers to requests."""
    return Layout(
        file="requests.csv",
        stage=answers.ANSWERS,
        cells={
            "reference": cells.text(24),
            "outcome": cells.choice([one.value for one in answers.AnswerOutcome]),
            "refusal_code": cells.text(40, blank=""),
            "words": cells.text(answers.MAX_WORDS, blank=""),
            "decided_on": cells.day(),
        },
        kinds={"reference": "text", "sealed_row": "text"},
        derive=_sealed,
        check=lambda findings: answers.check_answers(findings, on=timezone.localdate()),
        store=lambda _run: answers.store_answers(now=timezone.now()),
    )


def _sealed(batch: Batch, _run: Run) -> tuple[Columns, list[RowFault]]:
    names = list(batch.columns)
    rows = zip(*batch.columns.values(), strict=True)
    sealed = [
        sealed_row({"line": line, **dict(zip(names, row, strict=True))}, stage=answers.ANSWERS, line=line)
        for line, row in zip(batch.lines, rows, strict=True)
    ]
    return {"reference": batch.columns["reference"], "sealed_row": sealed}, []
