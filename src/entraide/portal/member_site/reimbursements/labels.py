"""The words of the components, for places that are not pages: one list of words for both."""

from django.utils.translation import gettext as _

from entraide.portal.domain.claims.enums import CareKind, Payee
from entraide.portal.domain.claims.payments import SeenPayment
from entraide.portal.domain.claims.queries import Claim, StatementSummary
from entraide.portal.foundation.web import wording
from entraide.portal.member_site import care_kind


def kind_label(kind: CareKind) -> str:
    """The word that stands beside the icon of this kind of care."""
    return care_kind.kind_label(kind.value)


def month_label(summary: StatementSummary) -> str:
    """`décembre 2025`, and `décembre 2025 (2)` for the second statement of a month."""
    month = wording.month(summary.month)
    return f"{month} ({summary.rank})" if summary.rank > 1 else month


def statement_label(summary: StatementSummary) -> str:
    """The same, at the head of a line."""
    label = month_label(summary)
    return label[:1].upper() + label[1:]


def returned_label(payment: SeenPayment | Claim) -> str:
    """What became of a transfer that the bank sent back; empty for every other payment."""
    if payment.returned_on is None:
        return ""
    told = {"day": wording.day(payment.returned_on)}
    return _("La banque nous l’a rendu le %(day)s. La somme reste due, nous referons le virement.") % told


def payee_label(payment: SeenPayment | Claim) -> str:
    """To whom, how, and on which account, as far as it is for the reader."""
    if payment.payee == Payee.PROFESSIONAL:
        return payment.payee_name or _("Un professionnel de santé")
    if payment.method == "none":
        return _("Rien n’était à verser")
    values = {"name": payment.payee_name, "end": payment.iban_end}
    if payment.method == "cheque":
        return _("Chèque à %(name)s") % values
    if payment.iban_end:
        return _("Virement à %(name)s, compte finissant par %(end)s") % values
    return _("Virement à %(name)s") % values
