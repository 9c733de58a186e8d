"""A file takes the place of the one before while people search: they see either the old or the new one.

Rows go into an edition that nobody sees, block by block; one short transaction then puts it in use.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from entraide.formats.names import normalise
from entraide.portal.domain.directory.enums import EditionState, Source
from entraide.portal.domain.directory.models import Edition, Entry
from entraide.portal.domain.imports import FileImported, tell_planner
from entraide.portal.foundation.events.facts import publish

# SQLite takes no more than so many values in one statement.
_AT_ONCE = 500
_GONE_AT_ONCE = 5000
# Who loads writes every few milliseconds; after this silence nobody is there any more.
_SILENT = timedelta(minutes=5)


class LoadUnderWay(Exception):
    """Another load of the same source has not ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One checked row of a file. `identity`: what names it in every edition of its source."""

    identity: str
    name: str
    profession: str
    postcode: str
    city: str
    department: str
    speciality: str = ""
    number: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    is_approximate: bool = False
    phone: str = ""
    network: str = ""
    third_party_payment: bool | None = None
    no_cost_care: bool | None = None
    accessible: bool | None = None
    parking: bool | None = None
    booking_url: str = ""
    languages: str = ""
    hours: str = ""
    slots: str = ""
    max_fee_cents: int | None = None


def load_entries(
    rows: Iterable[EntryRow], *, source: Source, file: str, clock: Callable[[], datetime]
) -> int:
    """Loads checked rows as the edition in use of this source, and gives how many there are.

    One identity counts once. `clock` tells the time of each sign of life. A fault raised by `rows`, or a
    stop, leaves in use what was there before. Raises LoadUnderWay.
    """
    with _fresh_edition(source, now=clock()) as edition:
        waiting = iter(rows)
        while block := list(islice(waiting, _AT_ONCE)):
            made = [_entry(row, edition) for row in block]
            Entry.objects.bulk_create(made, ignore_conflicts=True)
            Edition.objects.filter(pk=edition.pk).update(touched_at=clock())
        count = Entry.objects.filter(edition=edition).count()
        tell_planner(Entry, written=count)
        former = _put_in_use(edition, count=count, file=file)
    if former is not None:
        _forget(former)
    return count


@contextmanager
def _fresh_edition(source: Source, *, now: datetime) -> Iterator[Edition]:
    """An edition that nobody sees; it goes again when what happens meanwhile fails."""
    _forget_dead(source, now=now)
    try:
        with transaction.atomic():
            edition = Edition.objects.create(source=source, started_at=now, touched_at=now)
    except IntegrityError:
        raise LoadUnderWay from None
    try:
        yield edition
    except BaseException:
        _forget(edition)
        raise


def _forget_dead(source: Source, *, now: datetime) -> None:
    """What an interrupted load left behind."""
    dead = Q(state=EditionState.LEAVING) | Q(state=EditionState.LOADING, touched_at__lt=now - _SILENT)
    for one in Edition.objects.filter(dead, source=source):
        _forget(one)


@transaction.atomic
def _put_in_use(edition: Edition, *, count: int, file: str) -> Edition | None:
    """The moment from which readers see the new rows; gives the former edition, which may go."""
    former = Edition.objects.filter(source=edition.source, state=EditionState.IN_USE).first()
    if former is not None:
        Edition.objects.filter(pk=former.pk).update(state=EditionState.LEAVING)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.IN_USE, entries=count)
    _hide_doubles()
    publish(FileImported(file=file, new=count, changed=0))
    return former


def _hide_doubles() -> None:
    """A professional of the national directory whom a network names at the same postcode is shown once."""
    partners, national = (_rows_in_use(source) for source in (Source.PARTNERS, Source.RPPS))
    named = set(partners.exclude(number="").values_list("number", "postcode"))
    numbers = iter({number for number, _postcode in named})
    doubles: set[int] = set()
    while block := list(islice(numbers, _AT_ONCE)):
        rows = national.filter(number__in=block).values_list("pk", "number", "postcode")
        doubles.update(pk for pk, number, postcode in rows if (number, postcode) in named)
    hidden = set(national.filter(is_hidden=True).values_list("pk", flat=True))
    for pks, is_hidden in ((doubles - hidden, True), (hidden - doubles, False)):
        waiting = iter(pks)
        while keys := list(islice(waiting, _AT_ONCE)):
            Entry.objects.filter(pk__in=keys).update(is_hidden=is_hidden)


def _rows_in_use(source: Source) -> QuerySet[Entry]:
    return Entry.objects.filter(edition__source=source, edition__state=EditionState.IN_USE)


def _forget(edition: Edition) -> None:
    """Row by row of one edition in short transactions: others write meanwhile."""
    rows = Entry.objects.filter(edition=edition)
    while (first := rows.order_by("pk").values_list("pk", flat=True).first()) is not None:
        rows.filter(pk__gte=first, pk__lt=first + _GONE_AT_ONCE).delete()
    Edition.objects.filter(pk=edition.pk).delete()


def _entry(row: EntryRow, edition: Edition) -> Entry:
    values = asdict(row)
    identity = values.pop("identity")
    return Entry(
        edition=edition,
        reference=reference_of(edition.source, identity),
        name_key=f" {normalise(row.name)}",
        **values,
    )


def reference_of(source: str, identity: str) -> str:
    """How addresses name an entry, whatever the edition."""
    return hashlib.blake2s(f"{source}|{identity}".encode(), digest_size=8).hexdigest()
