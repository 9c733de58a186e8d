"""What hospital cover promises: a letter that was granted reaches the hospital."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.requests.enums import FINAL_STATES
from entraide.portal.foundation.sweeps.findings import Finding, sweep

PATIENCE = timedelta(hours=2)


@sweep("hospital_cover.letters")
def letters_that_stay(now: datetime) -> Iterator[Finding]:
    """Granted two hours ago, and not known to have left: a person is needed before the day of admission."""
    rows = CoverLetter.objects.filter(sent_at=None, decided_at__lt=now - PATIENCE)
    waiting = rows.exclude(request__state__in=FINAL_STATES).order_by("decided_at")
    for reference, decided_at in waiting.values_list("request__reference", "decided_at"):
        yield Finding(what="hospital_letter_not_sent", about=reference, since=decided_at)
