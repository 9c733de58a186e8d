"""Words for professions, acts, languages and moments of the day."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROFESSIONS: Mapping[str, Promise] = {
    "general_practitioner": _("Médecin généraliste"),
    "dentist": _("Chirurgien-dentiste"),
    "optician": _("Opticien"),
    "hearing_specialist": _("Audioprothésiste"),
    "pharmacist": _("Pharmacie"),
    "nurse": _("Infirmier, infirmière"),
    "physiotherapist": _("Kinésithérapeute"),
    "midwife": _("Sage-femme"),
    "ophthalmologist": _("Ophtalmologue"),
    "gynaecologist": _("Gynécologue"),
    "paediatrician": _("Pédiatre"),
    "dermatologist": _("Dermatologue"),
    "cardiologist": _("Cardiologue"),
    "ent": _("ORL (oreilles, nez, gorge)"),
    "psychiatrist": _("Psychiatre"),
    "rheumatologist": _("Rhumatologue"),
    "gastroenterologist": _("Gastro-entérologue"),
    "neurologist": _("Neurologue"),
    "pulmonologist": _("Pneumologue"),
    "radiologist": _("Radiologue"),
    "surgeon": _("Chirurgien, chirurgienne"),
    "other_doctor": _("Autre médecin spécialiste"),
    "osteopath": _("Ostéopathe"),
    "chiropractor": _("Chiropracteur"),
    "podiatrist": _("Pédicure-podologue"),
    "speech_therapist": _("Orthophoniste"),
    "orthoptist": _("Orthoptiste"),
    "psychologist": _("Psychologue"),
    "occupational_therapist": _("Ergothérapeute"),
    "dietician": _("Diététicien, diététicienne"),
    "eye_surgery_centre": _("Centre de chirurgie de la vue"),
    "health_centre": _("Centre de santé"),
}
ACTS: Mapping[str, Promise] = {
    "eye_test": _("Contrôle de la vue"),
    "glasses": _("Lunettes"),
    "contact_lenses": _("Lentilles de contact"),
    "cataract_surgery": _("Opération de la cataracte"),
    "sight_correction_surgery": _("Chirurgie de la myopie et des autres défauts de la vue"),
    "scaling": _("Détartrage"),
    "crown": _("Couronne dentaire"),
    "dental_implant": _("Implant dentaire"),
    "braces": _("Appareil dentaire (orthodontie)"),
    "hearing_test": _("Contrôle de l’audition"),
    "hearing_aid": _("Aide auditive"),
    "vaccination": _("Vaccination"),
    "blood_sample": _("Prise de sang"),
    "dressing": _("Pansement, piqûre"),
    "pregnancy": _("Suivi de grossesse"),
    "smear_test": _("Frottis de dépistage"),
    "mole_check": _("Contrôle des grains de beauté"),
    "heart_check": _("Contrôle du cœur"),
    "x_ray": _("Radiographie, échographie"),
    "back_rehabilitation": _("Rééducation du dos"),
    "insoles": _("Semelles orthopédiques"),
    "speech_therapy": _("Rééducation du langage"),
    "diet_advice": _("Conseil en alimentation"),
    "psychological_support": _("Soutien psychologique"),
}
SLOTS: Mapping[str, Promise] = {
    "evening": _("Le soir, jusqu’à 19 h ou plus"),
    "lunch": _("À l’heure du déjeuner"),
    "saturday": _("Le samedi"),
}
LANGUAGES: Mapping[str, Promise] = {
    "fr": _("français"),
    "en": _("anglais"),
    "ar": _("arabe"),
    "es": _("espagnol"),
    "pt": _("portugais"),
    "it": _("italien"),
    "de": _("allemand"),
    "tr": _("turc"),
    "pl": _("polonais"),
    "ru": _("russe"),
    "zh": _("chinois"),
    "vi": _("vietnamien"),
}
FACTS: Mapping[str, Promise] = {
    "third_party_payment": _("Tiers payant"),
    "no_cost_care": _("100 % Santé"),
    "accessible": _("Accessible en fauteuil roulant"),
    "parking": _("Parking"),
}


def languages_of(codes: str) -> list[Promise | str]:
    """The languages of an entry, a rare one by its code."""
    return [LANGUAGES.get(one, one) for one in codes.split()]
