"""Everyday acts, and who does them: a search by act looks for these professions."""

from collections.abc import Mapping
from types import MappingProxyType

ACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "eye_test": ("ophthalmologist", "orthoptist", "optician"),
        "glasses": ("optician",),
        "contact_lenses": ("ophthalmologist", "optician"),
        "cataract_surgery": ("ophthalmologist",),
        "sight_correction_surgery": ("ophthalmologist", "eye_surgery_centre"),
        "scaling": ("dentist",),
        "crown": ("dentist",),
        "dental_implant": ("dentist",),
        "braces": ("dentist",),
        "hearing_test": ("ent", "hearing_specialist"),
        "hearing_aid": ("hearing_specialist",),
        "vaccination": ("general_practitioner", "pharmacist", "nurse", "midwife"),
        "blood_sample": ("nurse", "health_centre"),
        "dressing": ("nurse",),
        "pregnancy": ("midwife", "gynaecologist"),
        "smear_test": ("midwife", "gynaecologist", "general_practitioner"),
        "mole_check": ("dermatologist",),
        "heart_check": ("cardiologist",),
        "x_ray": ("radiologist",),
        "back_rehabilitation": ("physiotherapist",),
        "insoles": ("podiatrist",),
        "speech_therapy": ("speech_therapist",),
        "diet_advice": ("dietician",),
        "psychological_support": ("psychologist", "psychiatrist"),
    }
)
