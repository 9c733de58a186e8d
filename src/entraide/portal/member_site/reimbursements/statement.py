"""The statement in PDF: the figures of the page, for one reader only (REMB-02, A40)."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.portal.domain.claims.statements import (
    ReaderStatement,
    StatementSummary,
    own_statement_of,
    own_statements_of,
)
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.personal_data import OwnFile
from entraide.portal.foundation.papers import render_pdf
from entraide.portal.foundation.web.wording import PARIS, day
from entraide.portal.member_site.reimbursements.labels import month_label
from entraide.portal.notifications.letters.payment_words import payment_words

_TEMPLATE = "member_site/reimbursements/statement.typ"


def file_name(summary: StatementSummary) -> str:
    """`releve-2025-12.pdf`: the month, and nobody's name."""
    rank = f"-{summary.rank}" if summary.rank > 1 else ""
    return f"releve-{summary.month:%Y-%m}{rank}.pdf"


def statement_paper(viewer: Viewer, statement: ReaderStatement, *, language: str) -> bytes:
    """The PDF; the same statement gives the same bytes."""
    with override(language):
        title = _("Relevé de remboursements, %(month)s") % {"month": month_label(statement.summary)}
        data = statement_data(viewer, statement)
    at = datetime.combine(statement.issued_on, time(12), tzinfo=PARIS)
    return render_pdf(_TEMPLATE, data, language=language, title=title, at=at)


def own_statement_files(viewer: Viewer, *, language: str, on: date) -> Iterator[OwnFile]:
    """Every statement cut down to the viewer's own care, for the export of their data (A79)."""
    for summary in own_statements_of(viewer):
        paper = partial(_own_paper, viewer, summary, language=language)
        yield OwnFile(f"releves/{file_name(summary)}", paper)


def _own_paper(viewer: Viewer, summary: StatementSummary, *, language: str) -> Iterator[bytes]:
    statement = own_statement_of(viewer, summary.id)
    if statement is not None:
        yield statement_paper(viewer, statement, language=language)


def statement_data(viewer: Viewer, statement: ReaderStatement) -> dict[str, Any]:
    """Every word and figure of the paper, in the current language."""
    return {
        "facts": [
            [_("Pour"), viewer.full_name],
            [_("Numéro d’adhérent"), viewer.member_number],
            [_("Relevé établi le"), day(statement.issued_on)],
        ],
        **payment_words(statement),
        "closing": _(
            "Conservez ce relevé. Une question ? Appelez-nous ou écrivez-nous, l’adresse est en haut."
        ),
    }
