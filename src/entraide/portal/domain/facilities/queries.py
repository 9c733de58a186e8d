"""Finding a hospital by name, town, postcode or number. Open to anyone: the directory is public."""

from dataclasses import dataclass

from entraide.formats import finess
from entraide.portal.domain.facilities.models import Facility, FacilityWord
from entraide.portal.domain.facilities.words import town_of, words_of
from entraide.portal.domain.prefixes import begins_with

MOST = 20
# A question of more words is answered by its first ones; each asks the index once.
_WORDS = 6
# Words for a kind of facility, which people and the directory use one for the other.
_KINDS = frozenset(
    {
        "hopital",
        "hopitaux",
        "clinique",
        "polyclinique",
        "centre",
        "hospitalier",
        "etablissement",
        "ch",
        "chu",
        "prive",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityCard:
    """A facility as pages and letters show it; `town` is the commune without its CEDEX."""

    finess: str
    name: str
    address: str
    postcode: str
    city: str
    kind: str
    phone: str

    @property
    def town(self) -> str:
        return town_of(self.city)

    @property
    def whole_address(self) -> str:
        """On one line: street, postcode and town."""
        place = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.address, place) if part)


@dataclass(frozen=True, slots=True)
class Found:
    """`more`: others were found too, and the question must be narrower."""

    facilities: tuple[FacilityCard, ...]
    more: bool


def find_facilities(question: str) -> Found:
    """Facilities with all the words of the question in name, town and postcode, a word may be unfinished.

    By name, `MOST` at the most, in two queries at the most; none for a question without a word. Where nothing
    is found, the kind of facility counts no more: who looks for "clinique Pasteur" finds "hôpital Pasteur".
    A FINESS number finds its own facility.
    """
    if finess.is_valid(question):
        one = facility_with(finess.parse(question))
        return Found((one,) if one else (), more=False)
    words = words_of(question)
    found = _with_all(words)
    names = words - _KINDS
    return found if found.facilities or names == words else _with_all(names)


def _with_all(asked: frozenset[str]) -> Found:
    words = sorted(asked, key=len, reverse=True)[:_WORDS]
    if not words:
        return Found((), more=False)
    rows = Facility.objects.all()
    for word in words:
        rows = rows.filter(pk__in=FacilityWord.objects.filter(begins_with("word", word)).values("facility"))
    found = [_card(one) for one in rows.order_by("name", "city", "finess")[: MOST + 1]]
    return Found(tuple(found[:MOST]), more=len(found) > MOST)


def facility_with(number: str) -> FacilityCard | None:
    """The facility of this FINESS number; None when the directory does not know it."""
    found = Facility.objects.filter(finess=number).first()
    return _card(found) if found is not None else None


def directory_is_filled() -> bool:
    """Whether a directory was loaded: without one, no number can be looked up."""
    return Facility.objects.exists()


def _card(one: Facility) -> FacilityCard:
    return FacilityCard(
        finess=one.finess,
        name=one.name,
        address=one.address,
        postcode=one.postcode,
        city=one.city,
        kind=one.kind,
        phone=one.phone,
    )
