"""Until when care can be claimed: two years from the care (Code de la mutualité, L221-11).

What the portal knows of care that is not paid: claims that wait for papers of their member, and those that
were refused for a reason after which the care may be claimed again.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.catalogue import labels_of, refusal_named
from entraide.portal.domain.requests.enums import RequestKind, RequestState
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.sight import sent_by
from entraide.profiles import Text
from entraide.reimbursement.dates import add_months

_KINDS = (RequestKind.CLAIM, RequestKind.DEPOSIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """The last day on which care of that day can be claimed; `days_left` is 0 on it, negative afterwards."""

    care_on: date
    last_day: date
    days_left: int

    @property
    def is_over(self) -> bool:
        return self.days_left < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CareToClaim:
    """Care that was asked and is not paid. `waits`: for the member's answer; else it has to be sent again."""

    reference: str
    care: Text
    person: str
    waits: bool
    limit: TimeLimit


def time_limit_of(care_on: date, *, on: date) -> TimeLimit:
    """Until when care of this day can be claimed, as seen on that day."""
    last_day = add_months(care_on, settings.PROFILE.pieces.claim_months)
    return TimeLimit(care_on=care_on, last_day=last_day, days_left=(last_day - on).days)


def care_to_claim(viewer: Viewer, *, on: date) -> list[CareToClaim]:
    """What the viewer has to do something about, the most urgent first. Two queries.

    What is too late is told only where the mutual still waits for an answer.
    """
    since = add_months(on, -settings.PROFILE.pieces.claim_months)
    rows = sent_by(viewer).filter(kind__in=_KINDS, received_at__date__gte=since)
    rows = rows.exclude(state=RequestState.WITHDRAWN).select_related("concerns")
    dated = [
        (one, care_on)
        for one in rows.prefetch_related("steps").order_by("received_at")
        if (care_on := _care_day(one)) is not None
    ]
    latest = {(one.concerns_id, one.type, care_on): one.pk for one, care_on in dated}
    found = (_to_claim(one, care_on, latest.values(), on=on) for one, care_on in dated)
    return sorted((one for one in found if one is not None), key=lambda one: one.limit.last_day)


def _care_day(request: Request) -> date | None:
    told = dict(json.loads(request.answers or "[]")).get("care_date", "")
    return date.fromisoformat(told) if told else None


def _to_claim(request: Request, care_on: date, latest: Iterable[UUID], *, on: date) -> CareToClaim | None:
    limit = time_limit_of(care_on, on=on)
    waits = request.state == RequestState.WAITING_FOR_MEMBER
    # Sent again since: the later one is what counts.
    again = not limit.is_over and request.pk in latest and _may_come_again(request)
    if not (waits or again):
        return None
    return CareToClaim(
        reference=request.reference,
        care=labels_of(request.category, request.type)[1],
        person=request.concerns.full_name,
        waits=waits,
        limit=limit,
    )


def _may_come_again(request: Request) -> bool:
    if request.state != RequestState.REFUSED:
        return False
    found = refusal_named(list(request.steps.all())[-1].refusal)
    return found is not None and found.claim_again
