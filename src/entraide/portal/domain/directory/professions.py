"""The closed list of professions that people look for, and how the national directory names them.

RPPS codes are those of the nomenclature of professions (TRE_G15) of the Agence du Numérique en Santé. What a
doctor does is known by words of the label of the speciality, which outlive its codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from entraide.formats.names import normalise

DOCTOR = "10"


@dataclass(frozen=True, slots=True)
class Profession:
    """`code`: of the national directory. `words`: one of them in the speciality of a doctor, without accents.

    `is_shop`: who works there counts as one entry, under the name of the shop.
    """

    id: str
    code: str = ""
    words: tuple[str, ...] = ()
    is_shop: bool = False


# Doctors in the order in which their words are looked for: "psychiatrie de l enfant" before "pediatrie".
_DOCTORS = (
    Profession("psychiatrist", DOCTOR, ("psychiatr",)),
    Profession("paediatrician", DOCTOR, ("pediatr",)),
    Profession("gynaecologist", DOCTOR, ("gyneco", "obstetri")),
    Profession("ophthalmologist", DOCTOR, ("ophtalmo",)),
    Profession("dermatologist", DOCTOR, ("dermato",)),
    Profession("cardiologist", DOCTOR, ("cardio",)),
    Profession("ent", DOCTOR, ("o r l", "oto rhino", "orl")),
    Profession("radiologist", DOCTOR, ("radio", "imagerie")),
    Profession("rheumatologist", DOCTOR, ("rhumato",)),
    Profession("gastroenterologist", DOCTOR, ("gastro",)),
    Profession("neurologist", DOCTOR, ("neurologie",)),
    Profession("pulmonologist", DOCTOR, ("pneumo",)),
    Profession("surgeon", DOCTOR, ("chirurgie", "orthoped", "urolog")),
    Profession("general_practitioner", DOCTOR, ("medecine generale",)),
)
OTHER_DOCTOR = Profession("other_doctor", DOCTOR)
_OTHERS = (
    Profession("pharmacist", "21", is_shop=True),
    Profession("hearing_specialist", "26", is_shop=True),
    Profession("optician", "28", is_shop=True),
    Profession("dentist", "40"),
    Profession("midwife", "50"),
    Profession("nurse", "60"),
    Profession("physiotherapist", "70"),
    Profession("osteopath", "71"),
    Profession("chiropractor", "72"),
    Profession("podiatrist", "80"),
    Profession("speech_therapist", "91"),
    Profession("orthoptist", "92"),
    Profession("psychologist", "93"),
    Profession("occupational_therapist", "94"),
    Profession("dietician", "95"),
    # Of networks only: the national directory names people, not centres.
    Profession("eye_surgery_centre"),
    Profession("health_centre"),
)
PROFESSIONS: Mapping[str, Profession] = MappingProxyType(
    {one.id: one for one in (*_DOCTORS, OTHER_DOCTOR, *_OTHERS)}
)
_BY_CODE = {one.code: one for one in _OTHERS if one.code}


def profession_of(code: str, speciality: str) -> Profession | None:
    """What somebody of this code does; None for who is not looked for here (a laboratory technician …)."""
    if code != DOCTOR:
        return _BY_CODE.get(code)
    words = normalise(speciality)
    return next((one for one in _DOCTORS if any(word in words for word in one.words)), OTHER_DOCTOR)
