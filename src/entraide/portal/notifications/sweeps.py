"""Every message leaves."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from entraide.portal.foundation.sweeps.findings import Finding, sweep
from entraide.portal.notifications.models import Delivery, DeliveryState

WAITS_TOO_LONG_AFTER = timedelta(hours=1)
LOOKED_BACK = timedelta(days=40)


@sweep("messages")
def unsent(now: datetime) -> Iterator[Finding]:
    """`unsent`: waits for an hour or more; `in_doubt`: handed to a provider who may have sent it."""
    rows = Delivery.objects.values_list("notice", "channel", "pk", "created_at").order_by("created_at")
    waiting = rows.filter(state=DeliveryState.WAITING, created_at__lt=now - WAITS_TOO_LONG_AFTER)
    in_doubt = rows.filter(state=DeliveryState.UNKNOWN, created_at__gte=now - LOOKED_BACK)
    for what, found in (("message_unsent", waiting), ("message_in_doubt", in_doubt)):
        for notice, channel, pk, created_at in found:
            yield Finding(what=what, about=f"{notice} {channel} {pk}", since=created_at)
