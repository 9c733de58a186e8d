"""A directory of facilities takes the place of the one before, whole or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from django.db import transaction

from entraide.portal.domain.facilities.models import Facility, FacilityWord
from entraide.portal.domain.facilities.words import town_of, words_of
from entraide.portal.domain.imports import Counts, FileImported, tell_planner
from entraide.portal.foundation.events.facts import publish

# Rows in memory at once: SQLite takes no more than so many values in one statement.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityRow:
    """One checked row of a directory, its number in nine characters."""

    finess: str
    name: str
    address: str
    postcode: str
    city: str
    kind: str
    phone: str


def load_facilities(rows: Iterable[FacilityRow], *, file: str) -> Counts:
    """Stores checked rows, each number once; what is no longer in the file goes.

    Reads the rows block by block, in one transaction: a fault raised by `rows`, or a stop, leaves what was
    there before. The same file again changes nothing.
    """
    new = changed = unchanged = 0
    told: set[str] = set()
    with transaction.atomic():
        for block in _blocks(rows):
            told.update(one.finess for one in block)
            counts = _store(block)
            new, changed, unchanged = new + counts.new, changed + counts.changed, unchanged + counts.unchanged
        gone = _forget_all_but(told)
        if new or changed or gone:
            publish(FileImported(file=file, new=new, changed=changed))
    tell_planner(Facility, written=new + changed)
    tell_planner(FacilityWord, written=new + changed)
    return Counts(new=new, changed=changed, unchanged=unchanged)


def _blocks(rows: Iterable[FacilityRow]) -> Iterator[list[FacilityRow]]:
    waiting = iter(rows)
    while block := list(islice(waiting, _AT_ONCE)):
        yield block


def _store(block: list[FacilityRow]) -> Counts:
    wanted = {one.finess: one for one in block}
    known = {one.finess: one for one in Facility.objects.filter(finess__in=wanted)}
    fresh = [Facility(**asdict(row)) for number, row in wanted.items() if number not in known]
    Facility.objects.bulk_create(fresh)
    changed = [
        known[number] for number, row in wanted.items() if number in known and _takes(known[number], row)
    ]
    Facility.objects.bulk_update(
        changed, ["name", "address", "postcode", "city", "kind", "phone"], batch_size=50
    )
    FacilityWord.objects.filter(facility__in=changed).delete()
    words = [
        FacilityWord(facility=one, word=word)
        for one in (*fresh, *changed)
        for word in sorted(words_of(one.name, town_of(one.city), one.postcode))
    ]
    FacilityWord.objects.bulk_create(words, batch_size=_AT_ONCE)
    return Counts(new=len(fresh), changed=len(changed), unchanged=len(wanted) - len(fresh) - len(changed))


def _takes(known: Facility, row: FacilityRow) -> bool:
    """Puts the row's values into what is known; whether anything differed."""
    differing = {name: value for name, value in asdict(row).items() if getattr(known, name) != value}
    for name, value in differing.items():
        setattr(known, name, value)
    return bool(differing)


def _forget_all_but(told: set[str]) -> int:
    stored = Facility.objects.values_list("finess", flat=True).iterator(chunk_size=2000)
    gone = [number for number in stored if number not in told]
    for start in range(0, len(gone), _AT_ONCE):
        Facility.objects.filter(finess__in=gone[start : start + _AT_ONCE]).delete()
    return len(gone)
