"""All the care of one person in one year, with the yearly limits of what the law withholds."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from entraide.demo import everyday, occasional, tariffs
from entraide.demo.acts import Act, Care
from entraide.demo.patients import Patient

Maker = Callable[..., Iterator[Care]]

_MAKERS: dict[str, Maker] = {
    "consultation": everyday.consultations,
    "specialist": everyday.specialists,
    "pharmacy": everyday.drugs,
    "laboratory": everyday.laboratory,
    "imaging": everyday.imaging,
    "paramedical": everyday.paramedical,
    "dental": everyday.dental,
    "optical": occasional.optical,
    "hearing": occasional.hearing,
    "hospital": occasional.hospital,
    "transport": occasional.transport,
    "alternative": occasional.alternative,
    "prevention": occasional.prevention,
    "other": occasional.other,
}
# Two purses of their own: what doctors' acts withhold, and what boxes, sessions and trips do.
_PARTICIPATION_KINDS = frozenset({"consultation", "specialist", "laboratory", "imaging"})


def care_in(patient: Patient, *, year: int) -> list[Care]:
    """The year's care in order of date, each time within the person's cover."""
    kinds = [kind for kind in _MAKERS if patient.uses(kind)]
    # Orthopaedic soles come with physiotherapy, for adults.
    if patient.uses("paramedical") and patient.age_on(date(year, 1, 1)) >= 18 and not patient.uses("other"):
        kinds.append("other")
    found = [each for kind in kinds for each in _MAKERS[kind](patient, year=year)]
    covered = [each for each in found if each.day >= patient.person.covered_from]
    return list(_within_yearly_limits(sorted(covered, key=lambda each: each.day)))


def _within_yearly_limits(care: list[Care]) -> Iterator[Care]:
    left = {True: tariffs.YEARLY_CAP, False: tariffs.YEARLY_CAP}
    for each in care:
        acts: list[Act] = []
        for act in each.acts:
            purse = act.kind in _PARTICIPATION_KINDS
            withheld = min(act.withheld, left[purse])
            left[purse] -= withheld
            acts.append(replace(act, withheld=withheld))
        yield Care(day=each.day, acts=tuple(acts))
