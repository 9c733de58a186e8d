"""Which papers a reimbursement needs, as a mutual tells it: by care, and by how it was paid."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from entraide.profiles.shapes import Identifier, Positive, Whole
from entraide.profiles.text import Text

# all: every cost; third_party: what the compulsory scheme did not pay; part: some of the rest; nothing.
Paid = Literal["all", "third_party", "part", "nothing"]
PAID: tuple[Paid, ...] = get_args(Paid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that may be asked for. `if_any`: sent only by who was given one.

    `covers`: papers that need not be sent besides this one, such as a plain invoice beside a detailed one.
    """

    id: Identifier
    label: Text
    explanation: Text
    is_prescription: bool = False
    if_any: bool = False
    covers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CarePapers:
    """What one care needs when all was paid, with and without a working feed; `type` is a deposit's.

    `prescription_months`: how old its prescription may be on the day of care; 0: no limit.
    """

    type: Identifier
    with_feed: tuple[Identifier, ...]
    without_feed: tuple[Identifier, ...]
    prescription_months: Whole = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The papers of a mutual. Added to those of the care: `third_party`, `part`, by how it was paid.

    `claim_months`: after so many months a claim may come too late, and the member is told.
    """

    papers: tuple[Paper, ...] = field(metadata={"key": "paper"})
    cares: tuple[CarePapers, ...] = field(metadata={"key": "care"})
    third_party: tuple[Identifier, ...]
    part: tuple[Identifier, ...]
    claim_months: Positive = 24

    def care_of(self, type_id: str) -> CarePapers | None:
        """The care that goes with this type of deposit, or None when it is no reimbursement."""
        return next((one for one in self.cares if one.type == type_id), None)

    def needed(self, care: CarePapers, *, paid: Paid, has_feed: bool) -> tuple[Paper, ...]:
        """Every paper to send, in the order of the file; none when nothing has to be sent."""
        if paid == "nothing":
            return ()
        added = {"all": (), "third_party": self.third_party, "part": self.part}[paid]
        wanted = {*(care.with_feed if has_feed else care.without_feed), *added}
        covered = {name for one in self.papers if one.id in wanted for name in one.covers}
        return tuple(one for one in self.papers if one.id in wanted - covered)
