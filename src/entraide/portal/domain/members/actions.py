"""What people do with what is on file about them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from entraide.portal.domain.members.events import HealthNumberShown
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import may_see_identity
from entraide.portal.domain.members.queries import as_person
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.facts import publish


@dataclass(frozen=True, slots=True)
class Revealed:
    """Somebody's health insurance number in full; blank when none is on file."""

    person_id: UUID
    full_name: str
    number: str


def reveal_health_number(viewer: Viewer, person_id: UUID, *, on: date, tell: bool) -> Revealed | None:
    """The number, for who sees this person's identity (A36); with `tell` the journal says that it was shown.

    Publishes `HealthNumberShown` (X10, A63).
    """
    person = Beneficiary.objects.filter(member_id=viewer.member_id, pk=person_id).first()
    if person is None or not may_see_identity(viewer, as_person(person), on=on):
        return None
    if tell:
        with transaction.atomic():
            publish(HealthNumberShown(actor=viewer.account_id, about=person.pk))
    return Revealed(person.pk, person.full_name, person.nir)
