"""The canonical line of the electronic feed, and what an adapter to another format must do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from entraide.portal.domain.adjudication.enums import RecordKind
from entraide.portal.domain.adjudication.rejects import Reject
from entraide.portal.domain.claims.enums import Payee
from entraide.portal.gateways.core_system import cells
from entraide.reimbursement import Exemption, LensClass, Pathway, Sector, Side, Ward

# The international notation: quadrant, then place.
_TOOTH = "[1-4][1-8]|[5-8][1-5]"
_REFERENCE = "up to 40 letters without accents, digits and hyphens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What a feed says of itself before its lines: who sent it, under which number, made on which day."""

    version: int
    number: str
    scheme_code: str
    fund_code: str
    office_code: str
    made_on: date


@dataclass(frozen=True, slots=True)
class Totals:
    """What a feed says of itself after its lines; amounts are cents, reversals count negative."""

    lines: int
    charged: int
    amo: int


@dataclass(frozen=True, slots=True)
class Records:
    """Some lines: for each column of `CELLS` its texts, one for each number in `lines`.

    `rejects` tells of lines that could not even be taken apart; they are not among the others.
    """

    lines: Sequence[int]
    texts: Mapping[str, Sequence[str]]
    bytes_read: int
    size: int
    rejects: list[Reject] = field(default_factory=list)


class FeedReader(Protocol):
    """Reads one file. Whoever holds a licence for an exchange format writes one of these.

    Each method raises `FeedRefused` with place and reason when the file as a whole cannot be trusted.
    """

    def announcement(self) -> Announcement:
        """What the file says of itself; called first."""

    def records(self) -> Iterator[Records]:
        """All lines in blocks, as texts in the canonical form; memory must not grow with the file."""

    def totals(self) -> Totals:
        """What the file announces at its end; called last."""


def _one_of(kind: type[StrEnum], *, blank: str = "") -> cells.Cell:
    return cells.choice([one.value for one in kind], blank=str(blank))


def _reference_or_blank() -> cells.Cell:
    return cells.pattern("[A-Za-z0-9-]{1,40}", _REFERENCE, blank="")


CELLS: Mapping[str, cells.Cell] = {
    "record": cells.choice(RecordKind.values),
    "line_id": cells.reference(),
    "statement_number": cells.reference(),
    "statement_date": cells.day(),
    "of_statement": _reference_or_blank(),
    "of_line": _reference_or_blank(),
    "scheme_code": cells.digits(2),
    "fund_code": cells.digits(3),
    "office_code": cells.digits(4),
    "beneficiary_number": cells.digits(8, blank=""),
    "nir": replace(cells.health_number(), blank=""),
    "birth_date": cells.day(blank=None),
    "birth_rank": cells.whole(1, 9, blank=None),
    "claim_number": _reference_or_blank(),
    "care_start": cells.day(),
    "care_end": cells.day(blank=None),
    "act_code": cells.text(20),
    "detail_code": cells.text(20, blank=""),
    "quantity": cells.whole(1, 999),
    "coefficient": cells.cents(blank=None),
    "unit_price": cells.cents(blank=None),
    "charged": cells.cents(),
    "base": cells.cents(),
    "rate": cells.whole(0, 100),
    "amo": cells.cents(),
    "withheld": cells.cents(blank=None),
    "exemption": _one_of(Exemption, blank=Exemption.NONE),
    "pathway": _one_of(Pathway, blank=Pathway.INSIDE),
    "sector": _one_of(Sector, blank=Sector.REGULATED),
    "side": _one_of(Side),
    "tooth": cells.pattern(_TOOTH, "a tooth from 11 to 48, or from 51 to 85 for a milk tooth", blank=""),
    "lens_right": _one_of(LensClass),
    "lens_left": _one_of(LensClass),
    "sight_changed": cells.choice(("yes", "no"), blank="no"),
    "stay_from": cells.day(blank=None),
    "stay_until": cells.day(blank=None),
    "ward": _one_of(Ward),
    "payee": cells.choice(Payee.values),
    "executor": cells.text(120),
    "executor_number": cells.professional_number(blank=""),
    "speciality": cells.digits(2, blank=""),
    "prescriber": cells.text(120, blank=""),
}
