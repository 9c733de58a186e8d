"""The partners of the mutual's networks, as each network lists them: a CSV whose columns have names.

Between semicolons or commas, UTF-8 or the older Windows encoding. All or nothing: every value that is there
is checked, since it is shown to members as it is.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from entraide.formats import week
from entraide.formats.communes import is_postcode
from entraide.portal.domain.directory.distances import Point
from entraide.portal.domain.directory.enums import Source
from entraide.portal.domain.directory.loading import EntryRow, load_entries
from entraide.portal.domain.directory.professions import PROFESSIONS
from entraide.portal.domain.directory.towns import Points, department_of
from entraide.portal.gateways.core_system.progress import Watch
from entraide.portal.gateways.directory.reading import Reading, Taken, number_to_call, tidy

REQUIRED = ("network", "partner_id", "name", "profession", "address", "postcode", "city")
OPTIONAL = (
    "lat",
    "lon",
    "phone",
    "number",
    "booking_url",
    "third_party_payment",
    "no_cost_care",
    "accessible",
    "parking",
    "languages",
    "hours",
    "max_fee_cents",
)
_YES_NO = {"yes": True, "oui": True, "1": True, "no": False, "non": False, "0": False, "": None}


def take_in_partners(path: Path, watch: Watch | None = None) -> Taken:
    """Loads the whole file in the place of the one before. Raises DirectoryRefused and LoadUnderWay."""
    networks = {one.id for one in settings.PROFILE.networks.networks}
    reading = Reading(path, watch)
    rows = _rows(reading, Points(), networks)
    entries = load_entries(rows, source=Source.PARTNERS, file="directory partners", clock=timezone.now)
    return reading.taken(entries)


def _rows(reading: Reading, points: Points, networks: set[str]) -> Iterator[EntryRow]:
    lines = reading.lines()
    head = next(lines, (1, ""))[1]
    separator = ";" if head.count(";") >= head.count(",") else ","
    names = [one.strip() for one in _values(head, separator)]
    _check_head(reading, names)
    seen: dict[str, int] = {}
    for number, text in lines:
        reading.lines_read += 1
        values = _values(text, separator)
        if len(values) != len(names):
            reading.fault(number, "", f"{len(values)} values", f"{len(names)}, one for each column")
            continue
        cells = {name: value.strip() for name, value in zip(names, values, strict=True)}
        row = _Line(reading, number, cells).row(points, networks, seen)
        if row is not None and not reading.found:
            reading.kept += 1
            yield row
    if not reading.found and not reading.kept:
        reading.fault(None, "", "nobody", "at least one partner")
    reading.refuse_if_faulty()


def _values(text: str, separator: str) -> list[str]:
    """Of one line; none where a stray end of line stands within it, as older Macs write them."""
    try:
        return next(csv.reader([text], delimiter=separator), [])
    except csv.Error:
        return []


def _check_head(reading: Reading, names: list[str]) -> None:
    for name in REQUIRED:
        if name not in names:
            reading.fault(1, name, "no such column", f"the columns {', '.join(REQUIRED)}")
    for name in names:
        if name not in (*REQUIRED, *OPTIONAL):
            expected = f"one of {', '.join((*REQUIRED, *OPTIONAL))}"
            reading.wrong(1, "", name, expected)
    if len(set(names)) != len(names):
        reading.fault(1, "", "a column twice", "each column once")
    reading.refuse_if_faulty()


class _Line:
    """One line: its values checked one after the other, each fault noted."""

    def __init__(self, reading: Reading, number: int, cells: dict[str, str]) -> None:
        self.reading, self.number, self.cells = reading, number, cells

    def row(self, points: Points, networks: set[str], seen: dict[str, int]) -> EntryRow | None:
        """The entry; None when something of it is wrong."""
        before, cells = self.reading.found, self.cells
        self._check(
            "network", networks.__contains__, f"a network of the mutual: {', '.join(sorted(networks))}"
        )
        self._check("profession", PROFESSIONS.__contains__, f"one of {', '.join(PROFESSIONS)}")
        self._check("name", bool, "the name of a partner")
        self._check("city", bool, "a commune")
        self._check("postcode", is_postcode, "five digits of a French postcode")
        identity = self._once(seen)
        spans = self._hours()
        point, told = self._point(points)
        values = EntryRow(
            identity=identity,
            name=tidy(cells["name"], 160),
            profession=cells["profession"],
            number=self._checked(
                "number", lambda text: text.isascii() and text.isalnum() and len(text) <= 14
            ),
            address=tidy(cells["address"], 200),
            postcode=cells["postcode"],
            city=tidy(cells["city"], 80),
            department=department_of(cells["postcode"]),
            lat=point.lat if point else None,
            lon=point.lon if point else None,
            is_approximate=point is not None and not told,
            phone=self._phone(),
            network=cells["network"],
            third_party_payment=self._yes_no("third_party_payment"),
            no_cost_care=self._yes_no("no_cost_care"),
            accessible=self._yes_no("accessible"),
            parking=self._yes_no("parking"),
            booking_url=self._checked("booking_url", _is_address, "an address that begins with https://"),
            languages=self._languages(),
            hours="; ".join(filter(None, (" ".join(one.split()) for one in self._value("hours").split(";")))),
            slots=_spaced(week.slots(spans)),
            max_fee_cents=self._fee(),
        )
        return values if self.reading.found == before else None

    def _value(self, name: str) -> str:
        return self.cells.get(name, "")

    def _check(self, name: str, fits: Callable[[str], bool], expected: str) -> None:
        if not fits(self._value(name)):
            self.reading.wrong(self.number, name, self._value(name), expected)

    def _checked(
        self, name: str, fits: Callable[[str], bool], expected: str = "up to 14 digits and letters"
    ) -> str:
        """A value that may be blank, and blank when it does not fit."""
        text = self._value(name)
        if text and not fits(text):
            self.reading.wrong(self.number, name, text, expected)
            return ""
        return text

    def _once(self, seen: dict[str, int]) -> str:
        identity = f"{self.cells['network']}|{self.cells['partner_id']}"
        if not self.cells["partner_id"]:
            self.reading.wrong(self.number, "partner_id", "", "what the network knows the partner by")
        elif identity in seen:
            expected = f"each partner of a network once (it is on line {seen[identity]} already)"
            self.reading.wrong(self.number, "partner_id", self.cells["partner_id"], expected)
        seen.setdefault(identity, self.number)
        return identity

    def _point(self, points: Points) -> tuple[Point | None, bool]:
        """The point of the door when the file tells it, else the middle of the town."""
        lat, lon = self._value("lat"), self._value("lon")
        if lat or lon:
            try:
                point = Point(float(lat.replace(",", ".")), float(lon.replace(",", ".")))
            except ValueError:
                point = Point(999.0, 999.0)
            if abs(point.lat) <= 90 and abs(point.lon) <= 180:
                return point, True
            self.reading.wrong(
                self.number, "lat", f"{lat} {lon}", "two numbers of degrees, as 45.19 and 5.72"
            )
            return None, False
        found = points.of(postcode=self._value("postcode"))
        self.reading.without_point += found is None
        return found, False

    def _phone(self) -> str:
        text = self._value("phone")
        number = number_to_call(text)
        if text and not number:
            self.reading.wrong(self.number, "phone", text, "a French number, as 04 76 00 12 34")
        return number

    def _yes_no(self, name: str) -> bool | None:
        text = self._value(name).lower()
        if text not in _YES_NO:
            self.reading.wrong(self.number, name, text, "yes, no, or nothing where it is not known")
        return _YES_NO.get(text)

    def _languages(self) -> str:
        codes = self._value("languages").lower().replace(",", " ").split()
        if any(not (len(one) == 2 and one.isascii() and one.isalpha()) for one in codes) or len(codes) > 15:
            expected = "codes of two letters with spaces between, as fr en ar"
            self.reading.wrong(self.number, "languages", self._value("languages"), expected)
            return ""
        return _spaced(tuple(dict.fromkeys(codes)))

    def _hours(self) -> tuple[week.Span, ...]:
        text = self._value("hours")
        try:
            spans = week.parse(text)
        except week.WeekError:
            spans, text = (), "x" * 400
        if len(text) > 300:
            expected = "hours as 1-5 09:00-12:30 14:00-19:00; 6 10:00-18:00, Monday being 1"
            self.reading.wrong(self.number, "hours", self._value("hours"), expected)
        return spans

    def _fee(self) -> int | None:
        text = self._value("max_fee_cents")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 7):
            self.reading.wrong(self.number, "max_fee_cents", text, "whole cents, as 6500 for 65 €")
            return None
        return int(text)


def _spaced(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} " if words else ""


def _is_address(text: str) -> bool:
    plain = text.isascii() and text.isprintable() and not set(text) & set(" \"'<>\\")
    return text.startswith("https://") and len(text) <= 200 and plain
