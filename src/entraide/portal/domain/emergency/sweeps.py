"""What an emergency access promises: somebody else looks at it within two working days (A76)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from entraide.portal.domain.emergency.models import EmergencyAccess
from entraide.portal.foundation.sweeps.findings import Finding, sweep


@sweep("emergency.reviews")
def reviews_that_are_late(now: datetime) -> Iterator[Finding]:
    """From the third working day on, every day until somebody has reviewed it."""
    late = EmergencyAccess.objects.filter(outcome="", review_by__lt=timezone.localdate(now))
    for reference, opened_at in late.order_by("opened_at").values_list("reference", "opened_at"):
        yield Finding(what="emergency_unreviewed", about=reference, since=opened_at)
