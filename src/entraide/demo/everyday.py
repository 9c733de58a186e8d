"""Everyday care of one person in one year: doctors, drugs, laboratory, imaging, paramedical, dental."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from entraide.demo.acts import Act, Care, public_price
from entraide.demo.chance import days_of_care, series
from entraide.demo.patients import Patient
from entraide.profiles import Text
from entraide.reimbursement import Sector

_GP_VISIT = Text("Consultation de médecine générale", "General practitioner visit")
_TELECONSULTATION = Text("Téléconsultation de médecine générale", "Remote consultation with a GP")
_SPECIALTIES = {
    "dermatologist": Text("Consultation de dermatologie", "Dermatologist visit"),
    "gynaecologist": Text("Consultation de gynécologie", "Gynaecologist visit"),
    "cardiologist": Text("Consultation de cardiologie", "Cardiologist visit"),
    "ophthalmologist": Text("Consultation d’ophtalmologie", "Eye specialist visit"),
}
# Code, label, then the lowest and highest price of a box with its dispensing fee.
Drug = tuple[str, Text, int, int]
_DRUGS: tuple[Drug, ...] = (
    ("PH7", Text("Antalgique, 8 comprimés", "Painkiller, 8 tablets"), 212, 238),
    ("PH7", Text("Antibiotique, 12 comprimés", "Antibiotic, 12 tablets"), 478, 961),
    ("PH7", Text("Anti-inflammatoire, 20 comprimés", "Anti-inflammatory, 20 tablets"), 296, 612),
    ("PH4", Text("Antihistaminique, 30 comprimés", "Antihistamine, 30 tablets"), 421, 874),
    ("PH4", Text("Collyre, 10 unidoses", "Eye drops, 10 single doses"), 318, 655),
    ("PH2", Text("Veinotonique, 30 gélules", "Vein tonic, 30 capsules"), 604, 1187),
)
_CHRONIC_DRUGS: tuple[Drug, ...] = (
    ("PH7", Text("Antihypertenseur, 30 comprimés", "Blood pressure drug, 30 tablets"), 582, 1204),
    ("PH7", Text("Hypocholestérolémiant, 30 comprimés", "Cholesterol drug, 30 tablets"), 611, 1383),
    ("PH7", Text("Protecteur gastrique, 28 gélules", "Stomach protector, 28 capsules"), 418, 789),
)
_ANALYSES = (
    (Text("Prise de sang : bilan sanguin", "Blood test: full blood count"), 1210, 1890),
    (Text("Dosage de la glycémie et des lipides", "Blood sugar and lipids"), 890, 1420),
    (Text("Bilan thyroïdien", "Thyroid panel"), 760, 1130),
)
_IMAGES = (
    ("ADI", Text("Radiographie", "X-ray"), 2394, 3990),
    ("ADE", Text("Échographie", "Ultrasound scan"), 5240, 7560),
    ("ADI", Text("Scanner", "CT scan"), 9560, 12480),
)
_PHYSIO = Text("Séance de kinésithérapie", "Physiotherapy session")
_SPEECH = Text("Séance d’orthophonie", "Speech therapy session")
_NURSE = Text("Soins infirmiers", "Nursing care")
_DENTAL_VISIT = Text("Consultation dentaire", "Dentist visit")
_SCALING = Text("Détartrage", "Scale and polish")
_FILLING = Text("Soin d’une carie", "Filling")
_CROWN = Text("Couronne céramique (100 % Santé)", "Ceramic crown (no-cost care)")
_BRACES = Text("Orthodontie, un semestre", "Braces, half a year")

_CONSULTATION_BY_AGE = ((6, 6), (16, 4), (40, 4), (60, 5), (200, 7))
_SENIOR = 60
_CHILD_VISIT_BELOW = 6
_REMOTE_VISIT = 2500


def consultations(patient: Patient, *, year: int) -> Iterator[Care]:
    for day in _visits(patient, year=year):
        yield Care(day=day, acts=(_gp_visit(patient, day=day),))


def specialists(patient: Patient, *, year: int) -> Iterator[Care]:
    drawn = patient.dice(year, "specialist")
    for day in days_of_care(year, times=drawn.randint(2, 4), drawn=drawn):
        name = _specialty(patient, day=day, drawn=drawn)
        tariff = public_price("tariff.specialist", day)
        # About half of them ask more than the tariff, within what the moderated-fee scheme allows.
        charged = tariff if drawn.random() < 0.5 else drawn.randrange(4500, 6500, 500)
        act = Act(
            kind="specialist",
            code="CS",
            label=_SPECIALTIES[name],
            professional=str(getattr(patient.practices, name)),
            charged=charged,
            sector=Sector.OPTAM if charged > tariff else Sector.REGULATED,
        )
        yield Care(day=day, acts=(act,))


def drugs(patient: Patient, *, year: int) -> Iterator[Care]:
    """What each visit prescribes, and for older people a renewal about every seven weeks."""
    drawn = patient.dice(year, "pharmacy")
    prescribed = [(day + timedelta(days=drawn.randint(0, 1)), _DRUGS) for day in _visits(patient, year=year)]
    if patient.age_on(date(year, 12, 31)) >= _SENIOR:
        first = date(year, 1, 4) + timedelta(days=drawn.randrange(20))
        prescribed += [(day, _CHRONIC_DRUGS) for day in series(first, times=7, every=49)]
    for day, shelf in sorted(prescribed, key=lambda each: each[0]):
        # The first box is one that every contract tops up, so that no refund of a purchase is empty.
        boxes = [drawn.choice(shelf[:3]), *drawn.sample(shelf[3:] or shelf[:2], drawn.randint(0, 2))]
        yield Care(day=day, acts=tuple(_box(patient, box=box, drawn=drawn) for box in boxes))


def laboratory(patient: Patient, *, year: int) -> Iterator[Care]:
    drawn = patient.dice(year, "laboratory")
    for day in days_of_care(year, times=drawn.randint(1, 3), drawn=drawn):
        chosen = drawn.sample(_ANALYSES, drawn.randint(1, 3))
        yield Care(day=day, acts=tuple(_analysis(patient, analysis=each, drawn=drawn) for each in chosen))


def imaging(patient: Patient, *, year: int) -> Iterator[Care]:
    drawn = patient.dice(year, "imaging")
    for day in days_of_care(year, times=drawn.randint(1, 2), drawn=drawn):
        code, label, low, high = drawn.choice(_IMAGES)
        base = drawn.randint(low, high)
        act = Act(
            kind="imaging",
            code=code,
            label=label,
            professional=patient.practices.imaging_centre,
            charged=base,
            base=base,
            paid_to_professional=drawn.random() < 0.5,
        )
        yield Care(day=day, acts=(act,))


def paramedical(patient: Patient, *, year: int) -> Iterator[Care]:
    """One prescription of weekly sessions: speech for children, else physiotherapy, nurses for the oldest."""
    drawn = patient.dice(year, "paramedical")
    start = days_of_care(year, times=1, drawn=drawn)[0]
    age = patient.age_on(start)
    if age < 12:
        code, label, who, price = "AMO", _SPEECH, patient.practices.speech_therapist, 3250
    elif age >= 75 and drawn.random() < 0.5:
        code, label, who, price = "AMI", _NURSE, patient.practices.nurse, 945
    else:
        code, label, who, price = "AMK", _PHYSIO, patient.practices.physiotherapist, 1613
    for day in series(start, times=drawn.randint(6, 12), every=7):
        act = Act(
            kind="paramedical",
            code=code,
            label=label,
            professional=who,
            charged=price,
            base=price,
        )
        yield Care(day=day, acts=(act,))


def dental(patient: Patient, *, year: int) -> Iterator[Care]:
    drawn = patient.dice(year, "dental")
    first, later = days_of_care(year, times=2, drawn=drawn)
    yield Care(day=first, acts=tuple(_check_up(patient, day=first)))
    age = patient.age_on(later)
    if 9 <= age < 16:
        yield Care(day=later, acts=(_braces(patient),))
    elif age >= 30 and patient.has_turn(year, kind="crown", every=2):
        yield Care(day=later, acts=(_crown(patient),))
    elif drawn.random() < 0.6:
        yield Care(day=later, acts=(_dental_act(patient, "SDE", label=_FILLING, price=2892),))


def _visits(patient: Patient, *, year: int) -> list[date]:
    drawn = patient.dice(year, "consultation")
    age = patient.age_on(date(year, 12, 31))
    times = next(times for limit, times in _CONSULTATION_BY_AGE if age < limit) + drawn.randint(-1, 1)
    return days_of_care(year, times=times, drawn=drawn)


def _gp_visit(patient: Patient, *, day: date) -> Act:
    remote = patient.dice("remote", day).random() < 0.08
    tariff = "tariff.gp.child" if patient.age_on(day) < _CHILD_VISIT_BELOW else "tariff.gp"
    return Act(
        kind="consultation",
        code="TCG" if remote else "G",
        label=_TELECONSULTATION if remote else _GP_VISIT,
        professional=patient.practices.general_practitioner,
        charged=_REMOTE_VISIT if remote else public_price(tariff, day),
        base=_REMOTE_VISIT if remote else None,
    )


def _specialty(patient: Patient, *, day: date, drawn: Random) -> str:
    age = patient.age_on(day)
    choices = ["dermatologist", "ophthalmologist"]
    if patient.person.details.sex == "F" and age >= 16:
        choices.append("gynaecologist")
    if age >= 45:
        choices.append("cardiologist")
    return drawn.choice(choices)


def _box(patient: Patient, *, box: Drug, drawn: Random) -> Act:
    code, label, low, high = box
    price = drawn.randint(low, high)
    return Act(
        kind="pharmacy",
        code=code,
        label=label,
        professional=patient.practices.pharmacy,
        charged=price,
        base=price,
        paid_to_professional=True,
    )


def _analysis(patient: Patient, *, analysis: tuple[Text, int, int], drawn: Random) -> Act:
    label, low, high = analysis
    price = drawn.randint(low, high)
    return Act(
        kind="laboratory",
        code="B",
        label=label,
        professional=patient.practices.laboratory,
        charged=price,
        base=price,
        paid_to_professional=True,
    )


def _check_up(patient: Patient, *, day: date) -> Iterator[Act]:
    yield _dental_act(patient, "CD", label=_DENTAL_VISIT, price=public_price("tariff.dental_visit", day))
    if patient.age_on(day) >= 12:
        yield _dental_act(patient, "SDE", label=_SCALING, price=2892)


def _dental_act(patient: Patient, code: str, *, label: Text, price: int) -> Act:
    return Act(
        kind="dental",
        code=code,
        label=label,
        professional=patient.practices.dentist,
        charged=price,
        base=price,
    )


def _crown(patient: Patient) -> Act:
    return Act(
        kind="dental",
        code="HBLD680",
        label=_CROWN,
        professional=patient.practices.dentist,
        charged=50000,
        tooth=14,
    )


def _braces(patient: Patient) -> Act:
    return Act(
        kind="dental",
        code="TO",
        label=_BRACES,
        professional=patient.practices.orthodontist,
        charged=69000,
    )
