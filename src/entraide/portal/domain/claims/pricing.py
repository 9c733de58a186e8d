"""Stored lines as the reimbursement engine reads them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.contracts.benefits import Insured
from entraide.reimbursement import (
    Breakdown,
    Care,
    CareError,
    CareLine,
    Counters,
    Equipment,
    Exemption,
    LensClass,
    ParameterGap,
    Pathway,
    Sector,
    Side,
    Stay,
    Ward,
    load_parameters,
    load_vocabulary,
    reimburse,
)

_BASIS_POINTS = 100


def lines_until(person_id: UUID, *, until: date, only: Q | None = None) -> list[PaymentLine]:
    """The person's lines in the order of care, cut down to `only`. One query."""
    found = PaymentLine.objects.filter(only or Q(), beneficiary_id=person_id, care_date__lte=until)
    return list(found.order_by("care_date", "claim_number", "reference"))


class CareRow(Protocol):
    """What the engine asks of a stored line, whichever table it comes from."""

    @property
    def pk(self) -> Any: ...
    @property
    def claim_number(self) -> str: ...
    @property
    def care_date(self) -> date: ...
    @property
    def act_code(self) -> str: ...
    @property
    def professional(self) -> str: ...
    @property
    def charged(self) -> int: ...
    @property
    def base(self) -> int: ...
    @property
    def rate(self) -> int: ...
    @property
    def amo(self) -> int: ...
    @property
    def withheld(self) -> int | None: ...
    @property
    def quantity(self) -> int: ...
    @property
    def sector(self) -> str: ...
    @property
    def pathway(self) -> str: ...
    @property
    def exemption(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def tooth(self) -> str: ...
    @property
    def lens_right(self) -> str: ...
    @property
    def lens_left(self) -> str: ...
    @property
    def sight_changed(self) -> bool: ...
    @property
    def stay_from(self) -> date | None: ...
    @property
    def stay_until(self) -> date | None: ...
    @property
    def ward(self) -> str: ...


class Reckoning:
    """The lines of one person, met one after the other in the order of care.

    Each moves the counters as the fund decided it. A line that the engine cannot price moves nothing, nor
    does one that a correction with negative amounts takes back. `counters` is what was used before them.
    """

    def __init__(
        self, rows: Sequence[CareRow], insured: Insured, *, counters: Counters | None = None
    ) -> None:
        self.insured = insured
        self.counters = counters or Counters()
        self._stays = _stays(rows)
        self._taken_back = _taken_back(rows)

    def price(self, care: Care) -> Breakdown | None:
        """What the engine says of a line after those met so far; None when it cannot tell."""
        try:
            return reimburse(care, self.insured.cover, self.counters, load_parameters())
        except (CareError, ParameterGap):
            return None

    def care_of(self, row: CareRow) -> Care:
        """The line as it was charged, without what the fund decided."""
        return Care(line=_line_of(row, self._stays.get(row.claim_number)), situation=self.insured.situation)

    def meet(self, row: CareRow) -> None:
        """Counts this line."""
        if row.pk in self._taken_back:
            return
        breakdown = self.price(decided(self.care_of(row), row))
        if breakdown is not None:
            self.counters = self.counters.record(breakdown)


def used_by(rows: Sequence[CareRow], insured: Insured) -> Counters:
    """The counters after all these lines, given in the order of care."""
    reckoning = Reckoning(rows, insured)
    for row in rows:
        reckoning.meet(row)
    return reckoning.counters


def decided(care: Care, row: CareRow) -> Care:
    """The same line with the base, the rate and the amounts that the fund decided."""
    line = replace(
        care.line, base=row.base, rate=row.rate * _BASIS_POINTS, amo=row.amo, withheld=row.withheld
    )
    return replace(care, line=line)


def with_base(care: Care, row: CareRow) -> Care:
    """The same line with the base of the fund alone: most acts have no public tariff."""
    return replace(care, line=replace(care.line, base=row.base))


def _line_of(row: CareRow, stay: Stay | None) -> CareLine:
    return CareLine(
        id=str(row.pk),
        act=row.act_code,
        on=row.care_date,
        fee=row.charged,
        quantity=row.quantity,
        sector=Sector(row.sector),
        pathway=Pathway(row.pathway),
        exemption=Exemption(row.exemption),
        professional=row.professional,
        side=Side(row.side) if row.side else None,
        tooth=int(row.tooth) if row.tooth else None,
        equipment=_equipment(row),
        stay=stay,
    )


def _equipment(row: CareRow) -> Equipment | None:
    """The acts of one pair of glasses share a claim."""
    if not row.lens_right:
        return None
    right, left = LensClass(row.lens_right), LensClass(row.lens_left)
    return Equipment(id=row.claim_number, right=right, left=left, sight_changed=row.sight_changed)


def _stays(rows: Sequence[CareRow]) -> dict[str, Stay]:
    """The stays by their claim: the base of their costs, and whether the flat charge is on their bill."""
    bills: dict[str, list[CareRow]] = defaultdict(list)
    for row in rows:
        if row.stay_from is not None and row.stay_until is not None:
            bills[row.claim_number].append(row)
    families = {code: act.family.code for code, act in load_vocabulary().procedures.items()}
    return {
        claim: Stay(
            id=claim,
            first_day=min(row.stay_from for row in bill if row.stay_from),
            last_day=max(row.stay_until for row in bill if row.stay_until),
            ward=next((Ward(row.ward) for row in bill if row.ward), Ward.GENERAL),
            base=sum(row.base for row in bill if families.get(row.act_code) == "hospital_stay"),
            major_procedure=any(families.get(row.act_code) == "hospital_major" for row in bill),
        )
        for claim, bill in bills.items()
    }


def _taken_back(rows: Sequence[CareRow]) -> frozenset[Any]:
    """Lines that a correction cancels: same act, day and professional, the opposite price."""
    standing: dict[object, list[Any]] = defaultdict(list)
    for row in rows:
        if row.charged >= 0:
            standing[row.care_date, row.act_code, row.professional, row.charged].append(row.pk)
    found = set()
    for row in rows:
        same = standing[row.care_date, row.act_code, row.professional, -row.charged]
        if row.charged < 0 and same:
            found.add(same.pop())
    return frozenset(found)
