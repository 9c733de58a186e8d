"""The statement in PDF: the figures of the page, for one reader only (REMB-02, A40)."""

from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.portal.domain.claims.payments import Line, SeenPayment
from entraide.portal.domain.claims.queries import ReaderStatement, StatementSummary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.papers import render_pdf
from entraide.portal.foundation.web.wording import PARIS, day, day_short, money, text
from entraide.portal.member_site.reimbursements.labels import (
    kind_label,
    month_label,
    payee_label,
    returned_label,
)

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


def statement_data(viewer: Viewer, statement: ReaderStatement) -> dict[str, Any]:
    """Every word and figure of the paper, in the current language."""
    has_others = any(payment.others for payment in statement.payments)
    return {
        "facts": [
            [_("Pour"), viewer.full_name],
            [_("Numéro d’adhérent"), viewer.member_number],
            [_("Relevé établi le"), day(statement.issued_on)],
        ],
        "answer": _("Versé par votre mutuelle"),
        "paid": money(statement.paid),
        "sums_head": [_("En tout"), _("Montant")],
        "sums": _sums(statement),
        "sums_foot": [_("Total versé par votre mutuelle"), money(statement.paid)],
        "payments_title": _("Détail des versements"),
        "payments": [_payment(payment) for payment in statement.payments],
        "note": _(
            "Les soins d’un autre adulte ou d’un enfant de 16 ans et plus restent confidentiels : "
            "seul le montant versé figure ici."
        )
        if has_others
        else "",
        "closing": _(
            "Conservez ce relevé. Une question ? Appelez-nous ou écrivez-nous, l’adresse est en haut."
        ),
    }


def _sums(statement: ReaderStatement) -> list[list[str]]:
    shares, others = statement.shares, statement.paid - statement.shares.amc
    rows = [
        [_("Dépenses (frais réels)"), money(shares.charged)],
        [_("Remboursé par la Sécurité sociale (part obligatoire)"), money(shares.amo)],
        [_("Versé par votre mutuelle (part complémentaire)"), money(shares.amc)],
        [_("Reste à votre charge"), money(shares.left)],
    ]
    if others:
        rows.append([_("Versé pour d’autres personnes du contrat"), money(others)])
    return rows


def _payment(payment: SeenPayment) -> dict[str, Any]:
    return {
        "title": _("Versement du %(day)s") % {"day": day(payment.paid_on)},
        "payee": payee_label(payment),
        "returned": returned_label(payment),
        "paid": _("Montant versé : %(amount)s") % {"amount": money(payment.paid)},
        "head": [
            _("Date du soin"), _("Soin"), _("Personne"), _("Dépense"),
            _("Sécurité sociale"), _("Mutuelle"), _("Reste à charge"),
        ],
        "rows": [_row(line) for line in payment.lines],
        "foot": _foot(payment) if payment.lines else [],
        "others_head": [_("Personne"), _("Montant versé")],
        "others": [[part.person.full_name, money(part.paid)] for part in payment.others],
    }  # fmt: skip


def _row(line: Line) -> list[Any]:
    return [
        day_short(line.care_date),
        [kind_label(line.kind), text(line.label), line.professional],
        line.person.first_name,
        money(line.shares.charged),
        money(line.shares.amo),
        money(line.shares.amc),
        money(line.shares.left),
    ]


def _foot(payment: SeenPayment) -> list[str]:
    shares = payment.shares
    figures = [money(cents) for cents in (shares.charged, shares.amo, shares.amc, shares.left)]
    return [_("Total"), "", "", *figures]
