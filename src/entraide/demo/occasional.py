"""Rarer care of one person in one year: glasses, hearing aids, hospital, transport, soft medicine."""

from collections.abc import Iterator
from datetime import date

from entraide.demo import tariffs
from entraide.demo.acts import Act, Care
from entraide.demo.chance import days_of_care
from entraide.demo.patients import Patient
from entraide.formats.money import share
from entraide.profiles import Text

_FRAME_A = Text("Monture de classe A (100 % Santé)", "Class A frame (no-cost care)")
_LENS_A = Text("Verre simple de classe A (100 % Santé)", "Class A simple lens (no-cost care)")
_FRAME_B = Text("Monture", "Frame")
_LENS_B = Text("Verre simple", "Simple lens")
_AID_1 = Text("Aide auditive de classe I (100 % Santé)", "Class I hearing aid (no-cost care)")
_AID_2 = Text("Aide auditive de classe II", "Class II hearing aid")
_AID_CARE = Text("Piles et entretien de l’aide auditive", "Hearing aid batteries and upkeep")
_STAY = Text("Frais de séjour", "Hospital stay")
_MAJOR = Text("Participation pour acte lourd", "Major-procedure charge")
_DAILY = Text("Forfait journalier hospitalier", "Hospital daily charge")
_ROOM = Text("Chambre particulière", "Private room")
_SURGERY = Text("Acte de chirurgie", "Surgery")
_ANAESTHESIA = Text("Anesthésie", "Anaesthesia")
_TRIP = Text("Transport en véhicule sanitaire léger", "Transport by medical car")
_OSTEOPATHY = Text("Séance d’ostéopathie", "Osteopathy session")
_DIET = Text("Bilan diététique", "Dietary check-up")
_VACCINE = Text("Vaccin prescrit", "Prescribed vaccine")
_SOLES = Text("Semelles orthopédiques", "Orthopaedic soles")

_CLASS_B = 5
_HEARING_CEILING = 170000
_AIDS_LAST_YEARS = 4


def optical(patient: Patient, *, year: int) -> Iterator[Care]:
    """New glasses every other year, every year for a child whose eyes change."""
    drawn = patient.dice(year, "optical")
    day = days_of_care(year, times=1, drawn=drawn)[0]
    if patient.age_on(day) < 4:
        return
    if patient.age_on(day) >= 16 and not patient.has_turn(year, kind="glasses", every=2):
        return
    if patient.age_on(day) < 16 or drawn.random() < 0.4:
        yield Care(day=day, acts=tuple(_class_a_glasses(patient)))
    else:
        yield Care(day=day, acts=tuple(_class_b_glasses(patient, day=day)))


def hearing(patient: Patient, *, year: int) -> Iterator[Care]:
    """Upkeep each year, and a pair of aids every four years."""
    drawn = patient.dice(year, "hearing")
    upkeep, fitting = days_of_care(year, times=2, drawn=drawn)
    yield Care(day=upkeep, acts=(_upkeep(patient),))
    if year % _AIDS_LAST_YEARS == 1:
        for_free = patient.level_on(fitting).hearing_aid < 50000
        aid = _class_1_aid(patient) if for_free else _class_2_aid(patient, day=fitting)
        yield Care(day=fitting, acts=(aid, aid))


def hospital(patient: Patient, *, year: int) -> Iterator[Care]:
    if not patient.has_turn(year, kind="hospital", every=2):
        return
    drawn = patient.dice(year, "hospital")
    day = days_of_care(year, times=1, drawn=drawn)[0]
    nights = drawn.randint(1, 4)
    yield Care(day=day, acts=(*_stay(patient, day=day, nights=nights), *_fees(patient, day=day)))


def transport(patient: Patient, *, year: int) -> Iterator[Care]:
    """There and back, twice a year."""
    drawn = patient.dice(year, "transport")
    for day in days_of_care(year, times=2, drawn=drawn):
        price = drawn.randint(2890, 5460)
        trip = Act(
            kind="transport",
            code="VSL",
            label=_TRIP,
            professional=patient.practices.ambulances,
            charged=price,
            base=price,
            rate=tariffs.at(tariffs.TRANSPORT_RATE, day),
            withheld=patient.trip_franchise(day),
            paid_to_professional=True,
        )
        yield Care(day=day, acts=(trip, trip))


def alternative(patient: Patient, *, year: int) -> Iterator[Care]:
    drawn = patient.dice(year, "alternative")
    times = patient.level_on(date(year, 12, 31)).soft_medicine_sessions
    for day in days_of_care(year, times=drawn.randint(2, times), drawn=drawn):
        level = patient.level_on(day)
        price = drawn.choice((5500, 6000, 6500))
        yield _mutual_only(
            "alternative", "OST", label=_OSTEOPATHY, day=day, price=price,
            paid=level.soft_medicine_session, who=patient.practices.osteopath,
        )  # fmt: skip


def prevention(patient: Patient, *, year: int) -> Iterator[Care]:
    drawn = patient.dice(year, "prevention")
    visit, vaccine = days_of_care(year, times=2, drawn=drawn)
    paid = patient.level_on(visit).prevention_visit
    if patient.age_on(visit) >= 3:
        yield _mutual_only(
            "prevention", "DIE", label=_DIET, day=visit, price=4500,
            paid=paid, who=patient.practices.dietitian,
        )  # fmt: skip
    shot = Act(
        kind="prevention",
        code="VAC",
        label=_VACCINE,
        professional=patient.practices.pharmacy,
        charged=2536,
        base=2536,
        rate=65,
        withheld=patient.box_franchise(vaccine),
        paid_to_professional=True,
    )
    yield Care(day=vaccine, acts=(shot,))


def other(patient: Patient, *, year: int) -> Iterator[Care]:
    """Soles made to measure, every other year."""
    if not patient.has_turn(year, kind="soles", every=2):
        return
    day = days_of_care(year, times=1, drawn=patient.dice(year, "other"))[0]
    soles = Act(
        kind="other",
        code="PA",
        label=_SOLES,
        professional=patient.practices.orthotist,
        charged=15000,
        base=2886,
        rate=tariffs.DEVICE_RATE,
        target=2886 + patient.level_on(day).soles,
    )
    yield Care(day=day, acts=(soles,))


def _class_a_glasses(patient: Patient) -> Iterator[Act]:
    for code, label, price, base in (
        ("M01", _FRAME_A, 3000, 900),
        ("VU1", _LENS_A, 3250, 975),
        ("VU1", _LENS_A, 3250, 975),
    ):
        yield Act(
            kind="optical",
            code=code,
            label=label,
            professional=patient.practices.optician,
            charged=price,
            base=base,
            rate=tariffs.DEVICE_RATE,
            target=price,
            paid_to_professional=True,
        )


def _class_b_glasses(patient: Patient, *, day: date) -> Iterator[Act]:
    """The cover's amount for a pair, the part of the frame being limited."""
    level = patient.level_on(day)
    lens_part = (level.glasses - level.frame) // 2
    for label, price, part in (
        (_FRAME_B, 12900, level.frame),
        (_LENS_B, 14500, lens_part),
        (_LENS_B, 14500, lens_part),
    ):
        yield Act(
            kind="optical",
            code="OPT",
            label=label,
            professional=patient.practices.optician,
            charged=price,
            base=_CLASS_B,
            rate=tariffs.DEVICE_RATE,
            target=part,
        )


def _upkeep(patient: Patient) -> Act:
    return Act(
        kind="hearing",
        code="PAU",
        label=_AID_CARE,
        professional=patient.practices.hearing_centre,
        charged=2800,
        base=1500,
        rate=tariffs.DEVICE_RATE,
    )


def _class_1_aid(patient: Patient) -> Act:
    return Act(
        kind="hearing",
        code="PAZ",
        label=_AID_1,
        professional=patient.practices.hearing_centre,
        charged=95000,
        base=40000,
        rate=tariffs.DEVICE_RATE,
        target=95000,
        paid_to_professional=True,
    )


def _class_2_aid(patient: Patient, *, day: date) -> Act:
    base = 40000
    return Act(
        kind="hearing",
        code="PAU",
        label=_AID_2,
        professional=patient.practices.hearing_centre,
        charged=148000,
        base=base,
        rate=tariffs.DEVICE_RATE,
        target=min(_HEARING_CEILING, base + patient.level_on(day).hearing_aid),
    )


def _stay(patient: Patient, *, day: date, nights: int) -> Iterator[Act]:
    """What the clinic bills; a fixed sum replaces the usual fifth after a heavy procedure."""
    clinic = patient.practices.clinic
    stay = 61240 + 48310 * nights
    major = tariffs.at(tariffs.MAJOR_PROCEDURE, day)
    daily = tariffs.hospital_days(day, nights=nights)
    room = 8500 * nights
    paid_room = min(room, patient.level_on(day).room_per_night * nights)
    for code, label, price, base, rate, target in (
        ("PJ", _STAY, stay, stay, 100, stay),
        ("PAS", _MAJOR, major, 0, 0, major),
        ("FJ", _DAILY, daily, 0, 0, daily),
        ("SHO", _ROOM, room, 0, 0, paid_room),
    ):
        yield Act(
            kind="hospital",
            code=code,
            label=label,
            professional=clinic,
            charged=price,
            base=base,
            rate=rate,
            target=target,
            paid_to_professional=True,
        )


def _fees(patient: Patient, *, day: date) -> Iterator[Act]:
    """Both doctors ask more than the tariff; the cover limits how much of it comes back."""
    percent = patient.level_on(day).surgeon_percent
    for code, label, who, base, charged in (
        ("ADC", _SURGERY, patient.practices.surgeon, 27180, 46000),
        ("ADA", _ANAESTHESIA, patient.practices.anaesthetist, 12920, 16500),
    ):
        yield Act(
            kind="hospital",
            code=code,
            label=label,
            professional=who,
            charged=charged,
            base=base,
            rate=100,
            target=share(base, percent=percent),
        )


def _mutual_only(kind: str, code: str, *, label: Text, day: date, price: int, paid: int, who: str) -> Care:
    act = Act(
        kind=kind,
        code=code,
        label=label,
        professional=who,
        charged=price,
        base=0,
        rate=0,
        target=paid,
    )
    return Care(day=day, acts=(act,))
