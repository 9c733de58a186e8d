"""Rarer care of one person in one year: glasses, hearing aids, hospital, transport, soft medicine."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from entraide.demo.acts import Act, Care, public_price
from entraide.demo.chance import days_of_care
from entraide.demo.patients import Patient
from entraide.profiles import Text
from entraide.reimbursement import LensClass, Sector, Side

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

_AIDS_LAST_YEARS = 4
# Younger eyes change from one year to the next.
_STEADY_EYES = 18
_SIMPLE = (LensClass.SIMPLE, LensClass.SIMPLE)


def optical(patient: Patient, *, year: int) -> Iterator[Care]:
    """New glasses every other year, every year for a child whose eyes change."""
    day = patient.yearly_day(year, kind="optical")
    age = patient.age_on(day)
    if age < 4 or (age >= 16 and not patient.has_turn(year, kind="glasses", every=2)):
        return
    no_cost = age < 16 or patient.dice(year, "optical").random() < 0.4
    glasses = _class_a_glasses(patient) if no_cost else _class_b_glasses(patient)
    yield Care(day=day, acts=tuple(replace(act, sight_changed=age < _STEADY_EYES) for act in glasses))


def hearing(patient: Patient, *, year: int) -> Iterator[Care]:
    """Upkeep each year, and a pair of aids every four years."""
    drawn = patient.dice(year, "hearing")
    upkeep = days_of_care(year, times=1, drawn=drawn)[0]
    yield Care(day=upkeep, acts=(_upkeep(patient),))
    if year % _AIDS_LAST_YEARS == 1:
        aid = _class_1_aid if drawn.random() < 0.5 else _class_2_aid
        acts = tuple(aid(patient, side=side) for side in (Side.RIGHT, Side.LEFT))
        yield Care(day=patient.yearly_day(year, kind="hearing"), acts=acts)


def hospital(patient: Patient, *, year: int) -> Iterator[Care]:
    if not patient.has_turn(year, kind="hospital", every=2):
        return
    drawn = patient.dice(year, "hospital")
    day = days_of_care(year, times=1, drawn=drawn)[0]
    last = day + timedelta(days=drawn.randint(1, 4))
    yield Care(day=day, stay_until=last, acts=(*_stay(patient, first=day, last=last), *_fees(patient)))


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
            paid_to_professional=True,
        )
        yield Care(day=day, acts=(trip, trip))


def alternative(patient: Patient, *, year: int) -> Iterator[Care]:
    """Sometimes a session more than the contract pays for."""
    drawn = patient.dice(year, "alternative")
    for day in days_of_care(year, times=drawn.randint(3, 6), drawn=drawn):
        session = Act(
            kind="alternative",
            code="OST",
            label=_OSTEOPATHY,
            professional=patient.practices.osteopath,
            charged=drawn.choice((5500, 6000, 6500)),
        )
        yield Care(day=day, acts=(session,))


def prevention(patient: Patient, *, year: int) -> Iterator[Care]:
    drawn = patient.dice(year, "prevention")
    visit, vaccine = days_of_care(year, times=2, drawn=drawn)
    if patient.age_on(visit) >= 3:
        check_up = Act(
            kind="prevention",
            code="DIE",
            label=_DIET,
            professional=patient.practices.dietitian,
            charged=4500,
        )
        yield Care(day=visit, acts=(check_up,))
    shot = Act(
        kind="prevention",
        code="VAC",
        label=_VACCINE,
        professional=patient.practices.pharmacy,
        charged=2536,
        base=2536,
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
    )
    yield Care(day=day, acts=(soles,))


def _class_a_glasses(patient: Patient) -> Iterator[Act]:
    yield replace(_glass(patient, "MONA", label=_FRAME_A, price=3000), paid_to_professional=True)
    for side in (Side.RIGHT, Side.LEFT):
        lens = _glass(patient, "VERA", label=_LENS_A, price=3250)
        yield replace(lens, side=side, paid_to_professional=True)


def _class_b_glasses(patient: Patient) -> Iterator[Act]:
    yield _glass(patient, "MONB", label=_FRAME_B, price=12900)
    for side in (Side.RIGHT, Side.LEFT):
        yield replace(_glass(patient, "VERB", label=_LENS_B, price=14500), side=side)


def _glass(patient: Patient, code: str, *, label: Text, price: int) -> Act:
    return Act(
        kind="optical",
        code=code,
        label=label,
        professional=patient.practices.optician,
        charged=price,
        lenses=_SIMPLE,
    )


def _upkeep(patient: Patient) -> Act:
    return Act(
        kind="hearing",
        code="AUE",
        label=_AID_CARE,
        professional=patient.practices.hearing_centre,
        charged=2800,
        base=1500,
    )


def _class_1_aid(patient: Patient, *, side: Side) -> Act:
    return Act(
        kind="hearing",
        code="AU1",
        label=_AID_1,
        professional=patient.practices.hearing_centre,
        charged=95000,
        side=side,
        paid_to_professional=True,
    )


def _class_2_aid(patient: Patient, *, side: Side) -> Act:
    return Act(
        kind="hearing",
        code="AU2",
        label=_AID_2,
        professional=patient.practices.hearing_centre,
        charged=148000,
        side=side,
    )


def _stay(patient: Patient, *, first: date, last: date) -> Iterator[Act]:
    """What the clinic bills; a fixed sum replaces the usual fifth after a heavy procedure."""
    nights = (last - first).days
    stay = 61240 + 48310 * nights
    for code, label, price, quantity in (
        ("PJ", _STAY, stay, 1),
        ("PAS", _MAJOR, public_price("hospital.major", first), 1),
        ("FJ", _DAILY, _daily_charges(first, last), 1),
        ("CHP", _ROOM, 8500 * nights, nights),
    ):
        yield Act(
            kind="hospital",
            code=code,
            label=label,
            professional=patient.practices.clinic,
            charged=price,
            base=stay if code == "PJ" else None,
            quantity=quantity,
            paid_to_professional=True,
        )


def _daily_charges(first: date, last: date) -> int:
    """Due for each day, the day of discharge included, at that day's amount."""
    days = (last - first).days + 1
    return sum(public_price("hospital.daily", first + timedelta(days=number)) for number in range(days))


def _fees(patient: Patient) -> Iterator[Act]:
    """Both doctors ask more than the tariff; the cover limits how much of it comes back."""
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
            sector=Sector.OPTAM,
        )
