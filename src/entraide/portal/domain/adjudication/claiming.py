"""Asking for a reimbursement online (DEP-04): one care, its papers, and no care paid twice by mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.adjudication.doubles import Double, doubles_of
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.enums import RequestKind
from entraide.portal.domain.requests.holding import reference_sent_with
from entraide.portal.domain.requests.pieces import Needed
from entraide.reimbursement.dates import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class CareClaim:
    """One care to be reimbursed. Amounts in cents; `compulsory`: the share of the scheme, None when not told.

    `answers`: what the form told besides, as pairs of a label's key and the answer.
    """

    needed: Needed
    person_id: UUID
    care_on: date
    professional: str
    amount: int
    compulsory: int | None
    answers: tuple[tuple[str, str], ...] = ()


class ToConfirm(DomainError):
    """The claim may be sent, once the member has read what speaks against it. Nothing is stored.

    `doubles`: where the same care stands already; `is_late`: its time to be claimed may be over.
    """

    def __init__(self, doubles: Sequence[Double], *, is_late: bool) -> None:
        message = _(
            "Lisez l’avertissement en haut de la page, puis cochez cette case si vous voulez envoyer."
        )
        super().__init__(message, field="anyway")
        self.doubles, self.is_late = tuple(doubles), is_late


def ask_reimbursement(viewer: Viewer, claim: CareClaim, *, anyway: bool, sent: Sent) -> str:
    """Stores the claim and gives its reference.

    Raises ToConfirm when something speaks against it, unless the member sends it `anyway`.
    """
    # The same form again is the first sending, not a second claim.
    if not anyway and not reference_sent_with(viewer, sent.request_key):
        _confirm(viewer, claim, on=timezone.localdate(sent.now))
    told = {
        "care_date": claim.care_on.isoformat(),
        "professional": claim.professional,
        "amount": str(claim.amount),
        "compulsory": "" if claim.compulsory is None else str(claim.compulsory),
        **dict(claim.answers),
        "anyway": "yes" if anyway else "",
    }
    asked = Asked(
        kind=RequestKind.CLAIM,
        answers=tuple((key, value) for key, value in told.items() if value),
    )
    return send_deposit(
        viewer,
        category=claim.needed.category.id,
        type=claim.needed.type.id,
        concerns=claim.person_id,
        description=sent.comment,
        request_key=sent.request_key,
        language=sent.language,
        now=sent.now,
        posted=sent.posted,
        asked=asked,
    ).reference


def _confirm(viewer: Viewer, claim: CareClaim, *, on: date) -> None:
    doubles = doubles_of(viewer, claim.person_id, care_on=claim.care_on, amount=claim.amount, on=on)
    months = settings.PROFILE.pieces.claim_months
    is_late = on > add_months(claim.care_on, months)
    if doubles or is_late:
        raise ToConfirm(doubles, is_late=is_late)
