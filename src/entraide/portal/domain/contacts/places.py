"""Which communes go with a postcode (PROF-04). Nothing is said while the table is empty."""

from entraide.formats.communes import commune_key
from entraide.portal.domain.contacts.models import Place


def communes_of(postcode: str) -> list[str]:
    """The names that go with this postcode, in alphabetical order; none when the postcode is unknown."""
    return list(Place.objects.filter(postcode=postcode).order_by("city").values_list("city", flat=True))


def is_filled() -> bool:
    """Whether the public file was loaded: without it no address can be compared."""
    return Place.objects.exists()


def goes_together(postcode: str, city: str) -> bool:
    """Whether this commune has this postcode, however its name is spelt; True while nobody can tell."""
    known = Place.objects.filter(postcode=postcode, key=commune_key(city)).exists()
    return known or not is_filled()
