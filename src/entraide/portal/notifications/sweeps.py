"""Every message is written, and leaves."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from entraide.portal.domain.members.queries import contact_of
from entraide.portal.domain.requests.events import DepositReceived
from entraide.portal.foundation.events.facts import tell_again
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.sweeps.findings import Finding, sweep
from entraide.portal.notifications.models import Delivery, DeliveryState

WAITS_TOO_LONG_AFTER = timedelta(hours=1)
LOOKED_BACK = timedelta(days=40)
ACKNOWLEDGEMENT = "deposit_received"


@sweep("messages")
def unsent(now: datetime) -> Iterator[Finding]:
    """`unsent`: waits for an hour or more; `in_doubt`: handed to a provider who may have sent it."""
    rows = Delivery.objects.values_list("notice", "channel", "pk", "created_at").order_by("created_at")
    waiting = rows.filter(state=DeliveryState.WAITING, created_at__lt=now - WAITS_TOO_LONG_AFTER)
    in_doubt = rows.filter(state=DeliveryState.UNKNOWN, created_at__gte=now - LOOKED_BACK)
    for what, found in (("message_unsent", waiting), ("message_in_doubt", in_doubt)):
        for notice, channel, pk, created_at in found:
            yield Finding(what=what, about=f"{notice} {channel} {pk}", since=created_at)


@sweep("messages.acknowledgements")
def unwritten_acknowledgements(now: datetime) -> Iterator[Finding]:
    """A request whose mail nobody wrote: its fact is told again, and a mail is written once for each fact.

    Who has no address on file is told nothing, and is no trouble.
    """
    written = Delivery.objects.filter(fact=OuterRef("pk"), notice=ACKNOWLEDGEMENT)
    told = Entry.objects.filter(kind=DepositReceived.__name__, at__gte=now - LOOKED_BACK)
    for entry in told.filter(~Exists(written), at__lt=now - WAITS_TOO_LONG_AFTER).order_by("at"):
        person = contact_of(entry.about) if entry.about else None
        if person is None or not person.email:
            continue
        with transaction.atomic():
            tell_again(entry, key=now.date().isoformat())
        about = str(entry.data["reference"])
        yield Finding(what="acknowledgement_unwritten", about=about, since=entry.at, is_repaired=True)
