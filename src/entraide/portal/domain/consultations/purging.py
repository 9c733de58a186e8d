"""Old readings are forgotten, and what is left can still be verified (A69)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min

from entraide.portal.domain.consultations.models import Chain, Consultation
from entraide.portal.domain.consultations.sealing import seal_of_start

# The longest that the CNIL accepts for traces that serve to control who reads what (deliberation 2021-122).
KEPT_FOR = timedelta(days=3 * 365)
PEOPLE_AT_ONCE = 2000


def forget_old(*, now: datetime, most: int = PEOPLE_AT_ONCE) -> int:
    """Forgets the readings of more than three years ago, of `most` people; returns how many rows.

    The chain of each keeps the seal of the last row forgotten: what follows is verified from there.
    """
    before, removed = now - KEPT_FOR, 0
    old = Consultation.objects.filter(at__lt=before).order_by("person_id")
    for person in list(old.values_list("person_id", flat=True).distinct()[:most]):
        with transaction.atomic():
            chain = Chain.objects.select_for_update().get(pk=person)
            rows = Consultation.objects.filter(person_id=person)
            kept = rows.filter(at__gte=before).aggregate(first=Min("position"))["first"]
            last = rows.filter(position__lt=kept) if kept else rows
            found = last.order_by("-position").only("position", "seal").first()
            if found is None:
                continue
            chain.first, chain.before_first = found.position + 1, found.seal
            chain.start_seal = seal_of_start(chain)
            chain.save(update_fields=["first", "before_first", "start_seal"])
            removed += rows.filter(position__lte=found.position).delete()[0]
    return removed
