"""All the care of one person in one year."""

from collections.abc import Callable, Iterator
from datetime import date

from entraide.demo import everyday, occasional
from entraide.demo.acts import Care
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


def care_in(patient: Patient, *, year: int) -> list[Care]:
    """The year's care in order of date, each time within the person's cover."""
    kinds = [kind for kind in _MAKERS if patient.uses(kind)]
    # Orthopaedic soles come with physiotherapy, for adults.
    if patient.uses("paramedical") and patient.age_on(date(year, 1, 1)) >= 18 and not patient.uses("other"):
        kinds.append("other")
    found = [each for kind in kinds for each in _MAKERS[kind](patient, year=year)]
    covered = [each for each in found if each.day >= patient.person.covered_from]
    return sorted(covered, key=lambda each: each.day)
