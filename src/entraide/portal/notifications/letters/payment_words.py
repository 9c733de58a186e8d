"""What a statement says of payments, in the portal's PDF and on paper: the words of `payments.typ`."""

from typing import Any

from django.utils.translation import gettext as _

from entraide.portal.domain.claims.payments import Line, SeenPayment, SeenPayments
from entraide.portal.foundation.web.wording import day, day_short, money, text
from entraide.portal.notifications.letters.labels import kind_label, payee_label, returned_label


def payment_words(statement: SeenPayments) -> dict[str, Any]:
    """The sums, then every payment with its lines, in the current language."""
    has_others = any(payment.others for payment in statement.payments)
    return {
        "answer": _("Versé par votre mutuelle"),
        "paid": money(statement.paid),
        "sums_head": [_("En tout"), _("Montant")],
        "sums": _sums(statement),
        "sums_foot": [_("Total versé par votre mutuelle"), money(statement.paid)],
        "note": _(
            "Les soins d’un autre adulte ou d’un enfant de 16 ans et plus restent confidentiels : "
            "seul le montant versé figure ici."
        )
        if has_others
        else "",
        "payments_title": _("Détail des versements"),
        "payments": [_payment(payment) for payment in statement.payments],
    }


def _sums(statement: SeenPayments) -> list[list[str]]:
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
