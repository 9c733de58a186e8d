"""Who treats a household: invented names, the same ones from year to year."""

from dataclasses import dataclass

from entraide.demo.chance import dice

_FIRST_NAMES = (
    "Hélène", "Marc", "Sophie", "Antoine", "Nadia", "Philippe", "Claire", "Olivier", "Soraya", "Étienne",
    "Margaux", "Laurent", "Aurore", "Sami", "Brigitte", "Tristan", "Noémie", "Rachid", "Élise", "Gaspard",
)  # fmt: skip
_LAST_NAMES = (
    "Vasseur", "Montbrun", "Lacaze", "Ferrandis", "Quénot", "Bellamy", "Oriol", "Desvignes", "Tamaris",
    "Rochebrune", "Lanoë", "Castagnier", "Ouchène", "Belleroche", "Thévenet", "Marsaudon", "Kervella",
    "Saint-Orens", "Delavigne", "Zeller",
)  # fmt: skip
_PLACES = (
    "des Tilleuls", "du Beffroi", "de la Fontaine", "du Belvédère", "des Quatre-Vents", "de la Halle",
    "du Clos-Fleuri", "des Marronniers", "du Vieux-Pont", "de la Tour-Grise",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Practices:
    """The professionals and places that one household goes to."""

    general_practitioner: str
    dermatologist: str
    gynaecologist: str
    cardiologist: str
    ophthalmologist: str
    dentist: str
    orthodontist: str
    physiotherapist: str
    nurse: str
    speech_therapist: str
    osteopath: str
    dietitian: str
    surgeon: str
    anaesthetist: str
    pharmacy: str
    laboratory: str
    imaging_centre: str
    optician: str
    hearing_centre: str
    orthotist: str
    clinic: str
    ambulances: str


def practices_of(slug: str, household: str) -> Practices:
    drawn = dice(slug, household, "practices")
    first_names = iter(drawn.sample(_FIRST_NAMES, 14))
    last_names = iter(drawn.sample(_LAST_NAMES, 14))
    places = iter(drawn.sample(_PLACES, 8))

    def person(title: str = "") -> str:
        return f"{title}{next(first_names)} {next(last_names)}"

    def place(kind: str) -> str:
        return f"{kind} {next(places)}"

    return Practices(
        general_practitioner=person("Dr "),
        dermatologist=person("Dr "),
        gynaecologist=person("Dr "),
        cardiologist=person("Dr "),
        ophthalmologist=person("Dr "),
        dentist=person("Dr "),
        orthodontist=person("Dr "),
        physiotherapist=person(),
        nurse=person(),
        speech_therapist=person(),
        osteopath=person(),
        dietitian=person(),
        surgeon=person("Dr "),
        anaesthetist=person("Dr "),
        pharmacy=place("Pharmacie"),
        laboratory=place("Laboratoire"),
        imaging_centre=place("Imagerie médicale"),
        optician=place("Optique"),
        hearing_centre=place("Audition"),
        orthotist=place("Orthopédie"),
        clinic=place("Clinique"),
        ambulances=place("Ambulances"),
    )
