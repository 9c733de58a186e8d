"""Finding professionals. The directory is public and the same for everybody; nothing of a search is kept."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import FloatField, Q, QuerySet
from django.db.models.expressions import RawSQL

from entraide.formats.names import normalise
from entraide.portal.domain.directory.distances import (
    Box,
    Point,
    box_around,
    narrowing_at,
    plane_km,
)
from entraide.portal.domain.directory.enums import EditionState
from entraide.portal.domain.directory.models import Edition, Entry

# Without a place, so few letters would name half the country.
LETTERS_ALONE = 3
LETTERS = 2
# A question of more words is answered by its first ones.
_WORDS = 6
# A small box first: in a city it holds enough. Asking again costs more than some hundred rows too many.
_FIRST_KM = 3.0
# Partners of one network are few.
_FIRST_KM_OF_NETWORK = 10.0
_WIDER = 4
FILTERS = ("third_party_payment", "no_cost_care", "accessible", "parking")
SLOTS = ("evening", "lunch", "saturday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for. `networks`: those of the mutual; `network`: this one alone.

    `professions`: any of them, all when empty. `filters`: names of `FILTERS` that must be known to hold.
    """

    name: str = ""
    professions: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    network: str = ""
    filters: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    language: str = ""
    online_booking: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """An entry, and how far it is from who asks; None where either has no point."""

    entry: Entry
    km: float | None = None

    @cached_property
    def point(self) -> Point | None:
        one = self.entry
        return None if one.lat is None or one.lon is None else Point(one.lat, one.lon)


def nearest(search: Search, *, point: Point, within_km: float, most: int) -> list[Found]:
    """The nearest entries within the distance, nearest first; of two at one place, by name.

    Looks into a small box first, then into wider ones until there are enough.
    """
    rows = _matching(search, editions_in_use())
    first = _FIRST_KM_OF_NETWORK if search.network else _FIRST_KM
    reach = min(first, within_km)
    while True:
        found = _inside(rows, point, km=reach, most=most)
        if len(found) >= most or reach >= within_km:
            return found
        reach = min(reach * _WIDER, within_km)


def in_department(search: Search, *, department: str, most: int, point: Point | None = None) -> list[Found]:
    """Entries of the department by name."""
    rows = _matching(search, editions_in_use()).filter(department=department)
    return _with_distance(rows.order_by("name_key", "pk")[:most], point)


def anywhere(search: Search, *, most: int) -> list[Found]:
    """Entries of the whole country by name: for a search whose name has `LETTERS_ALONE` letters."""
    return _with_distance(_matching(search, editions_in_use()).order_by("name_key", "pk")[:most], None)


def entry_with(reference: str, *, networks: tuple[str, ...]) -> Found | None:
    """One entry of an edition in use, of no network or one of these."""
    found = Entry.objects.filter(
        edition__in=editions_in_use(), reference=reference, network__in=("", *networks)
    ).first()
    return Found(entry=found) if found else None


def directory_is_filled() -> bool:
    return Edition.objects.filter(state=EditionState.IN_USE, entries__gt=0).exists()


def editions_in_use() -> list[int]:
    return list(Edition.objects.filter(state=EditionState.IN_USE).values_list("pk", flat=True))


def name_words(name: str) -> list[str]:
    """The words that a name is looked for by; each may be unfinished."""
    return normalise(name).split()[:_WORDS]


def letters_in(name: str) -> int:
    return len("".join(name_words(name)))


def _matching(search: Search, editions: list[int]) -> QuerySet[Entry]:
    wanted = Q(edition__in=editions, is_hidden=False)
    wanted &= Q(network__in=(search.network,) if search.network else ("", *search.networks))
    if search.professions:
        wanted &= Q(profession__in=search.professions)
    for word in name_words(search.name):
        wanted &= Q(name_key__contains=f" {word}")
    for name in search.filters:
        wanted &= Q((name, True))
    for slot in search.slots:
        wanted &= Q(slots__contains=f" {slot} ")
    if search.language:
        wanted &= Q(languages__contains=f" {search.language} ")
    if search.online_booking:
        wanted &= ~Q(booking_url="")
    return Entry.objects.filter(wanted)


def _inside(rows: QuerySet[Entry], point: Point, *, km: float, most: int) -> list[Found]:
    """The nearest of those within the circle; its box is what the index knows.

    Those in the corners of the box come last: they are left out here, where that costs nothing.
    """
    box = box_around(point, km=km)
    near = (
        rows.filter(lat__gte=box.south, lat__lte=box.north, lon__gte=box.west, lon__lte=box.east)
        .annotate(square=_square(point))
        .order_by("square", "name_key", "pk")
    )
    return [one for one in _with_distance(near[:most], point) if one.km is not None and one.km <= km]


def _square(point: Point) -> RawSQL:
    """The square of the distance in degrees of latitude, with constants worked out here.

    Written out: as expressions of Django it took longer to put together than to answer.
    """
    narrow = narrowing_at(point)
    return RawSQL(
        "(lat - %s) * (lat - %s) + (lon - %s) * (lon - %s) * %s",
        (point.lat, point.lat, point.lon, point.lon, narrow * narrow),
        output_field=FloatField(),
    )


def _with_distance(rows: QuerySet[Entry], point: Point | None) -> list[Found]:
    return [_found(one, point) for one in rows]


def _found(one: Entry, point: Point | None) -> Found:
    known = point is not None and one.lat is not None and one.lon is not None
    if not known:
        return Found(entry=one)
    assert point is not None
    assert one.lat is not None
    assert one.lon is not None
    return Found(entry=one, km=plane_km(point, Point(one.lat, one.lon)))


def box_of(points: list[Point]) -> Box:
    """The smallest box that holds them all; there is at least one."""
    lats, lons = [one.lat for one in points], [one.lon for one in points]
    return Box(min(lats), max(lats), min(lons), max(lons))
