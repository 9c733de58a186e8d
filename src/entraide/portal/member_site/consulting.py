"""The one call of a page that shows what is somebody else's: it goes to that person's journal (A68).

A page calls it before it answers: what cannot be noted is not shown. `tests/architecture/test_consultations`
opens every page of the portal and finds the one that forgets it.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils import timezone

from entraide.portal.domain.claims.payments import CareGroup, SeenPayment
from entraide.portal.domain.consultations.actions import Reading, consulted_by_relative
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.foundation.web.source import source_of
from entraide.portal.member_site.member_request import MemberRequest

__all__ = ["Reading", "Seen", "note_readings", "of_care", "of_payments"]


def note_readings(request: MemberRequest, readings: Iterable[Reading]) -> None:
    """Notes what this page shows of others; of what is the viewer's own nothing is kept."""
    if request.viewer.helping is not None:
        # The gate notes every page that a helper opens, whatever it shows.
        return
    consulted_by_relative(request.viewer, readings, network=source_of(request), now=timezone.now())


def of_care(groups: Iterable[CareGroup], *, object_id: UUID | None = None) -> Iterator[Reading]:
    """Care in full: the acts, the professionals, the amounts."""
    return (Reading(one.person.id, Seen.CARE, object_id) for one in groups)


def of_payments(
    payments: Iterable[SeenPayment], *, seen: Seen = Seen.CARE, object_id: UUID | None = None
) -> Iterator[Reading]:
    """What was paid: in full for some, as `seen`, and only the amounts for those whose care is their own."""
    for payment in payments:
        yield from (Reading(line.person.id, seen, object_id) for line in payment.lines)
        yield from (Reading(part.person.id, Seen.AMOUNTS, object_id) for part in payment.others)
