"""The table of guarantees in PDF: the sentences of the page, for one year (PROF-07)."""

from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.portal.domain.contracts.examples import ExampleRow
from entraide.portal.domain.contracts.guarantee_table import GuaranteeTable, Heading, TablePart
from entraide.portal.foundation.papers import render_pdf
from entraide.portal.foundation.web.wording import PARIS, day, money, text
from entraide.portal.member_site.contract.promises import HEADING_WORDS, floor_words, promises_of
from entraide.portal.member_site.why import said
from entraide.reimbursement.complementary.rows import GuaranteeRow

_TEMPLATE = "member_site/contract/guarantees.typ"


def file_name(table: GuaranteeTable) -> str:
    """`garanties-2026.pdf`: the year, and nobody's name."""
    return f"garanties-{table.year}.pdf"


def guarantee_paper(table: GuaranteeTable, *, language: str) -> bytes:
    """The PDF; the same table gives the same bytes."""
    with override(language):
        title = _("Mes garanties santé en %(year)s") % {"year": table.year}
        data = {
            "parts": [_part(part) for part in table.parts if part.held],
            "order": _(
                "Les contrats paient dans cet ordre. Ensemble, ils ne versent jamais plus que le prix payé."
            ),
            "closing": closing(),
        }
    at = datetime.combine(table.parts[0].shown_on, time(12), tzinfo=PARIS)
    return render_pdf(_TEMPLATE, data, language=language, title=title, at=at)


def closing() -> str:
    """What no contract of this kind ever pays."""
    return _(
        "La participation forfaitaire, les franchises et la majoration hors parcours de soins "
        "restent toujours à votre charge."
    )


def _part(part: TablePart) -> dict[str, Any]:
    return {
        "title": _("Soins reçus du %(first)s au %(last)s")
        % {"first": day(part.first), "last": day(part.last)},
        "contracts": [
            [
                one.contract.number,
                text(one.contract.label),
                ", ".join(one.people) if part.covers_differ else "",
            ]
            for one in part.held
        ],
        "head": [_("Soin"), *(text(one.contract.label) for one in part.held)],
        "headings": [_heading(one, part) for one in part.headings],
    }


def _heading(heading: Heading, part: TablePart) -> dict[str, Any]:
    return {
        "title": HEADING_WORDS[heading.code](),
        "rows": [_row(row, part) for row in heading.rows],
        "floors_title": _("Ce que la loi garantit au moins"),
        "floors": list(floor_words(heading.floors)),
        "by_law": _named(_("Au minimum de la loi, sans rien de plus : %(care)s."), heading.by_law),
        "not_covered": _named(_("Rien n’est prévu pour : %(care)s."), heading.not_covered),
        "examples_head": [
            _("Exemple"), _("Prix"), _("Sécurité sociale"), _("Mutuelle"), _("Reste à votre charge"),
        ],
        "examples": [[said(one.label), *_shares(one)] for one in heading.examples],
    }  # fmt: skip


def _shares(example: ExampleRow) -> list[str]:
    shares = example.shares
    return [money(cents) for cents in (shares.spend, shares.amo, shares.amc, shares.left)]


def _row(row: GuaranteeRow, part: TablePart) -> list[list[str]]:
    """The care, then for each contract its sentence and limits."""
    care = [said(row.label), _("100 % Santé") if row.no_cost else ""]
    return [care, *([each.words, *each.limits] for each in promises_of(row, part))]


def _named(words: str, rows: tuple[GuaranteeRow, ...]) -> str:
    return words % {"care": ", ".join(said(row.label) for row in rows)} if rows else ""
