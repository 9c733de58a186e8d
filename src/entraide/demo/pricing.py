"""What each pays for the demo's care: the reimbursement engine, line after line in the order of care."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from entraide.demo.acts import Act, Care
from entraide.demo.patients import Patient
from entraide.demo.people import Person
from entraide.reimbursement import (
    Breakdown,
    CareLine,
    Counters,
    Cover,
    Equipment,
    Situation,
    Stay,
    load_parameters,
    reimburse,
)
from entraide.reimbursement import Care as Billed


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act and who pays what for it."""

    person: Person
    claim_number: str
    care_date: date
    stay_until: date | None
    act: Act
    paid: Breakdown


class Till:
    """Prices one person's care; what is used of caps and allowances stays in it from one line to the next."""

    def __init__(self, patient: Patient, cover: Cover) -> None:
        self._person = patient.person
        self._cover = cover
        self._counters = Counters()
        born_on = patient.person.details.birth_date
        self._situation = Situation(person=patient.person.number, born_on=born_on)

    def lines(self, care: Care, *, claim_number: str) -> Iterator[Line]:
        for number, act in enumerate(care.acts, start=1):
            billed = _billed(f"{claim_number}-{number}", act, care=care, claim_number=claim_number)
            paid = reimburse(
                Billed(line=billed, situation=self._situation), self._cover, self._counters, load_parameters()
            )
            self._counters = self._counters.record(paid)
            yield Line(
                person=self._person,
                claim_number=claim_number,
                care_date=care.day,
                stay_until=care.stay_until,
                act=act,
                paid=paid,
            )


def _billed(name: str, act: Act, *, care: Care, claim_number: str) -> CareLine:
    return CareLine(
        id=name,
        act=act.code,
        on=care.day,
        fee=act.charged,
        quantity=act.quantity,
        sector=act.sector,
        professional=act.professional,
        side=act.side,
        tooth=act.tooth,
        equipment=_equipment(act, claim_number),
        stay=_stay(care, claim_number),
        base=act.base,
    )


def _equipment(act: Act, claim_number: str) -> Equipment | None:
    if act.lenses is None:
        return None
    right, left = act.lenses
    return Equipment(id=claim_number, right=right, left=left, sight_changed=act.sight_changed)


def _stay(care: Care, claim_number: str) -> Stay | None:
    """Every stay of the demo is for a major procedure, whose flat charge is a line of its bill."""
    if care.stay_until is None:
        return None
    return Stay(id=claim_number, first_day=care.day, last_day=care.stay_until, major_procedure=True)
