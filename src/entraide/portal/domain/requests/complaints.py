"""A complaint, and its clocks: acknowledged within ten days, answered within two months (B-12).

The days run from the day on which it was sent (ACPR, recommendation 2022-R-01). A question to the member
does not stop them; without an answer in time the way to the mediator is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.domain.requests.catalogue import category_named, type_named
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.enums import ANSWERED_STATES, RequestKind, RequestState
from entraide.portal.domain.requests.sight import sent_by
from entraide.profiles import DepositType, Mediator, is_public_holiday
from entraide.profiles.own_forms import COMPLAINT
from entraide.reimbursement.dates import add_months

CATEGORY = COMPLAINT.category
ACKNOWLEDGED_WITHIN = 10
ANSWERED_WITHIN_MONTHS = 2
MAX_WISH = 500
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Clocks:
    """Until when a complaint is acknowledged, and answered."""

    acknowledge_by: date
    answer_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong, as a type of the catalogue. `request`: the reference of one's own, or blank.

    `payment`: the day and the amount in cents of a payment that the viewer sees, as answers; or none.
    """

    type: str
    wish: str
    request: str = ""
    payment: Sequence[tuple[str, str]] = ()


def complaint_types() -> tuple[DepositType, ...]:
    """What one may complain about; none where the mutual takes no complaint here."""
    found = category_named(CATEGORY)
    return found.types if found else ()


def clocks_of(received_at: datetime) -> Clocks:
    """Both days, counted from the day on which it came."""
    day = timezone.localdate(received_at)
    return Clocks(_days_after(day, ACKNOWLEDGED_WITHIN), add_months(day, ANSWERED_WITHIN_MONTHS))


def _days_after(start: date, days: int) -> date:
    """Saturdays count in these days ("jours ouvrables"): Sundays and public holidays alone do not."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() != SUNDAY and not is_public_holiday(day):
            days -= 1
    return day


def complain(viewer: Viewer, complaint: Complaint, *, sent: Sent) -> str:
    """Stores a complaint and gives its reference; it may be one of several. Words are needed, papers are not.

    Raises DomainError with the field.
    """
    if type_named(CATEGORY, complaint.type) is None:
        raise DomainError(_("Choisissez de quoi il s’agit."), field="subject")
    if not sent.comment.strip():
        raise DomainError(_("Dites-nous ce qui ne va pas."), field="comment")
    if len(complaint.wish) > MAX_WISH:
        raise DomainError(_("Ce texte est trop long : 500 signes au plus."), field="wish")
    if complaint.request and not sent_by(viewer).filter(reference=complaint.request).exists():
        raise DomainError(_("Choisissez une ligne de la liste."), field="about")
    told = (("about_request", complaint.request), *complaint.payment, ("wish", complaint.wish))
    asked = Asked(
        kind=RequestKind.COMPLAINT,
        answers=tuple(one for one in told if one[1]),
        needs_files=False,
        promised_on=clocks_of(sent.now).answer_by,
    )
    return send_deposit(
        viewer,
        category=CATEGORY,
        type=complaint.type,
        concerns=viewer.person_id,
        description=sent.comment,
        request_key=sent.request_key,
        language=sent.language,
        now=sent.now,
        posted=sent.posted,
        asked=asked,
    ).reference


def mediator_after(*, kind: str, state: str, due_on: date, on: date) -> Mediator | None:
    """Whom to ask now: once a complaint is answered, and when it is not and its day is past."""
    if kind != RequestKind.COMPLAINT or state == RequestState.WITHDRAWN:
        return None
    is_open_way = state in ANSWERED_STATES or due_on < on
    mediator: Mediator = settings.PROFILE.mediator
    return mediator if is_open_way else None
