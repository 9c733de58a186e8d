"""Schedules for the personas."""

from datetime import date
from typing import Any

from entraide.portal.domain.contributions.models import Contribution
from entraide.portal.domain.members.models import Member


def owe(
    member: Member, due_on: date, cents: int = 10_180, *, state: str = "due", **values: Any
) -> Contribution:
    """One line of the schedule, by direct debit unless told otherwise."""
    paid_on = due_on if state == "paid" else None
    count = Contribution.objects.count()
    told = {
        "reference": f"C{count}", "year": due_on.year, "label_fr": f"Cotisation n° {count}",
        "label_en": f"Contribution no. {count}", "paid_on": paid_on, "method": "direct_debit",
        "mandate_reference": "RUM-30041827-1", "iban_end": "0189",
    }  # fmt: skip
    return Contribution.objects.create(
        member=member, due_on=due_on, amount=cents, state=state, **(told | values)
    )
