"""Hours that a person could keep: they end after they start, do not overlap, and lie inside one another."""

from collections.abc import Iterator

from entraide.profiles.faults import Fault
from entraide.profiles.files import PROFILE
from entraide.profiles.hours import minutes
from entraide.profiles.model import Contacts
from entraide.profiles.opening import OpeningHours

Hours = tuple[OpeningHours, ...]
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def check_contact_hours(contacts: Contacts) -> Iterator[Fault]:
    yield from check_hours(contacts.hours, file=PROFILE, key="contacts.hours")
    for name, hours in (("quiet_hours", contacts.quiet_hours), ("english_hours", contacts.english_hours)):
        key = f"contacts.{name}"
        yield from check_hours(hours, file=PROFILE, key=key)
        yield from _check_inside(hours, contacts.hours, key=key)


def check_hours(hours: Hours, *, file: str, key: str) -> Iterator[Fault]:
    for number, slot in enumerate(hours, 1):
        place = f"{key}[#{number}]"
        if not slot.days:
            yield Fault(file, f"{place}.days", "an empty list", "at least one day, from 0 (Monday) to 6")
        if minutes(slot.end) <= minutes(slot.start):
            yield Fault(file, f"{place}.end", f'"{slot.end}"', f"a time after {slot.start}")
        for earlier in hours[: number - 1]:
            for day in sorted(set(slot.days) & set(earlier.days)):
                if _overlap(slot, earlier):
                    found = f"{_span(slot)} over {_span(earlier)} on {_DAYS[day]}"
                    yield Fault(file, place, found, "hours that do not overlap")


def _check_inside(inner: Hours, outer: Hours, *, key: str) -> Iterator[Fault]:
    for number, slot in enumerate(inner, 1):
        for day in slot.days:
            if not any(day in around.days and _contains(around, slot) for around in outer):
                found = f"{_span(slot)} on {_DAYS[day]}"
                yield Fault(PROFILE, f"{key}[#{number}]", found, "a time inside contacts.hours")


def _overlap(first: OpeningHours, second: OpeningHours) -> bool:
    return minutes(first.start) < minutes(second.end) and minutes(second.start) < minutes(first.end)


def _contains(around: OpeningHours, slot: OpeningHours) -> bool:
    return minutes(around.start) <= minutes(slot.start) and minutes(slot.end) <= minutes(around.end)


def _span(slot: OpeningHours) -> str:
    return f"{slot.start}-{slot.end}"
