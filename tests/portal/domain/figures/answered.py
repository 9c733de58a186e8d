"""Requests that were answered, written straight into the tables."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request, Step

CATEGORY = settings.PROFILE.deposit.categories[0]
History = Sequence[tuple[str, datetime]]


def answered(sender: Beneficiary, history: History, *, kind: str = "deposit", category: str = "") -> Request:
    """One request with these steps, each with its moment."""
    state, at = history[-1]
    began = history[0][1]
    one = Request.objects.create(
        reference=uuid4().hex[:20], kind=kind, sender=sender, concerns=sender,
        category=category or CATEGORY.id, type=CATEGORY.types[0].id, request_key=uuid4(), content_digest="",
        received_at=began, promised_on=began.date(), due_on=began.date(), language="fr", state=state,
        closed_at=at if state in {"done", "refused", "withdrawn"} else None,
        waiting_since=at if state == "waiting_for_member" else None,
    )  # fmt: skip
    Step.objects.bulk_create(Step(request=one, state=state, at=at) for state, at in history)
    return one


def many_answered(
    sender: Beneficiary, days: Sequence[int], *, at: datetime, kind: str = "deposit", category: str = ""
) -> None:
    """Each answered at that moment after so many days of the calendar."""
    for one in days:
        history = [("received", at - timedelta(days=one)), ("done", at)]
        answered(sender, history, kind=kind, category=category)
