"""The small file that goes along with a notice, kept with its words: each try sends the same bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from entraide.formats.calendar_file import MEDIA_TYPE
from entraide.portal.domain.messaging import Attachment
from entraide.portal.domain.requests.call_calendar import calendar_name, call_as_calendar
from entraide.portal.foundation.events.models import Entry
from entraide.portal.notifications.models import Delivery

MAX_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of text; its name holds nobody's. Blank: nothing goes along."""

    name: str = ""
    text: str = ""


def attached_to(notice: str, entry: Entry) -> Attached:
    """What this notice of this fact brings, in the current language; ValueError for more than 20 kB."""
    make = _MAKERS.get(notice)
    found = make(entry) if make else Attached()
    if len(found.text.encode()) > MAX_BYTES:
        raise ValueError(f"the file of {notice} is too large")
    return found


def attachments_with(delivery: Delivery) -> tuple[Attachment, ...]:
    """The file as it travels with the mail."""
    if not delivery.attached:
        return ()
    return (Attachment(delivery.attached_name, delivery.attached.encode(), media_type=MEDIA_TYPE),)


def _call(entry: Entry) -> Attached:
    starts_at, reference = entry.data.get("call_at"), entry.data["reference"]
    if not starts_at:
        return Attached()
    calendar = call_as_calendar(reference, datetime.fromisoformat(starts_at))
    return Attached(calendar_name(reference), calendar.decode())


_MAKERS: Mapping[str, Callable[[Entry], Attached]] = MappingProxyType({"deposit_received": _call})
