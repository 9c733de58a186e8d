"""The way to the directory of the national health insurance, with what was looked for here.

That directory has pages by profession and place. Where one is known for a search, the link leads to it;
otherwise it leads to its first page, and ours says what to type there.
"""

from collections.abc import Mapping

from entraide.formats.departments import DEPARTMENTS
from entraide.formats.names import normalise
from entraide.portal.domain.directory.where import Place

HOME = "https://annuairesante.ameli.fr/"
_LISTS = f"{HOME}trouver-un-professionnel-de-sante"
# Only those whose page is publicly known.
_PROFESSIONS: Mapping[str, str] = {
    "dentist": "chirurgiens-dentistes",
    "general_practitioner": "medecin-generaliste",
    "ophthalmologist": "ophtalmologiste",
}


def ameli_address(*, profession: str, place: Place | None) -> str:
    """The nearest page to this search."""
    listed = _PROFESSIONS.get(profession)
    if listed is None:
        return HOME
    if place is None or place.department not in DEPARTMENTS:
        return f"{_LISTS}/{listed}"
    department = f"{place.department.lower()}-{_slug(DEPARTMENTS[place.department])}"
    town = f"-{_slug(place.town)}" if place.town else ""
    return f"{_LISTS}/{listed}/{department}{town}"


def _slug(name: str) -> str:
    return normalise(name).replace(" ", "-")
