"""The words of payments and of care, the same on a page, in a PDF and on paper."""

from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from entraide.portal.design import care_kind
from entraide.portal.domain.claims.enums import CareKind, Payee, PaymentMethod
from entraide.portal.foundation.web.wording import day, month


class Paid(Protocol):
    """What is said of how somebody was paid."""

    @property
    def payee(self) -> Payee: ...

    @property
    def payee_name(self) -> str: ...

    @property
    def method(self) -> PaymentMethod: ...

    @property
    def iban_end(self) -> str: ...

    @property
    def returned_on(self) -> date | None: ...


def kind_label(kind: CareKind) -> str:
    """The word that stands beside the icon of this kind of care."""
    return care_kind.kind_label(kind.value)


def statement_month(issued_on: date, *, rank: int) -> str:
    """`décembre 2025`, and `décembre 2025 (2)` for the second statement of a month."""
    return f"{month(issued_on)} ({rank})" if rank > 1 else month(issued_on)


def payee_label(payment: Paid) -> str:
    """To whom, how, and on which account, as far as it is for the reader."""
    if payment.payee == Payee.PROFESSIONAL:
        return payment.payee_name or _("Un professionnel de santé")
    if payment.method == PaymentMethod.NONE:
        return _("Rien n’était à verser")
    if not payment.payee_name:
        return _("Versé à une autre personne du contrat")
    values = {"name": payment.payee_name, "end": payment.iban_end}
    if payment.method == PaymentMethod.CHEQUE:
        return _("Chèque à %(name)s") % values
    if payment.iban_end:
        return _("Virement à %(name)s, compte finissant par %(end)s") % values
    return _("Virement à %(name)s") % values


def returned_label(payment: Paid) -> str:
    """What became of a transfer that the bank sent back; empty for every other payment."""
    if payment.returned_on is None:
        return ""
    told = {"day": day(payment.returned_on)}
    return _("La banque nous l’a rendu le %(day)s. La somme reste due, nous referons le virement.") % told
