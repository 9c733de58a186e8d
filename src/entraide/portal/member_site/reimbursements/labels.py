"""How the list of statements names them."""

from entraide.portal.domain.claims.statements import StatementSummary
from entraide.portal.notifications.letters.labels import statement_month


def month_label(summary: StatementSummary) -> str:
    """`décembre 2025`, and `décembre 2025 (2)` for the second statement of a month."""
    return statement_month(summary.month, rank=summary.rank)


def statement_label(summary: StatementSummary) -> str:
    """The same, at the head of a line."""
    label = month_label(summary)
    return label[:1].upper() + label[1:]
