"""How far and how long, in words: exact where the door is known, "about" where only the commune is."""

from django.utils.translation import gettext as _

from entraide.portal.domain.directory.queries import Found
from entraide.portal.foundation.web.wording import decimal
from entraide.portal.member_site.professionals.travel import travel_over


def how_far(found: Found, *, of_address: bool = False) -> str:
    """Blank where nobody can tell. `of_address`: the middle of a commune was looked around."""
    if found.km is None:
        return ""
    if found.entry.is_approximate or of_address:
        if found.km < 1:
            return _("dans la commune")
        return _("à environ %(km)s km") % {"km": decimal(round(found.km))}
    return _("à %(km)s km") % {"km": decimal(max(found.km, 0.1))}


def how_long(found: Found) -> str:
    """Blank where nobody can tell, and where the door is not known and may be next to them."""
    if found.km is None or (found.entry.is_approximate and found.km < 1):
        return ""
    travel = travel_over(found.km)
    if travel.by == "foot":
        return _("environ %(minutes)s min à pied") % {"minutes": travel.minutes}
    return _("environ %(minutes)s min en voiture") % {"minutes": travel.minutes}
