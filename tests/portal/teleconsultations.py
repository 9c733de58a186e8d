"""Teleconsultations that the partner `lointaine` counted for the personas."""

from datetime import date
from typing import Any

from django.utils import timezone

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.teleconsultations.models import Teleconsultation


def told_until(until: date, person: Beneficiary) -> Teleconsultation:
    """How far the partner told everything: by a row that was taken back and counts for nobody."""
    return consult(person, until, told_until=until, cancelled=True)


def consult(person: Beneficiary, day: date | None = None, **values: Any) -> Teleconsultation:
    """One held today, unless told otherwise."""
    day = day or timezone.localdate()
    told = {"partner": "lointaine", "reference": f"T-{Teleconsultation.objects.count()}", "told_until": day}
    return Teleconsultation.objects.create(person=person, consulted_on=day, **(told | values))
