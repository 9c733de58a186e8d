"""What is said of an emergency access: what was opened with it, what became of it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.emergency.enums import ReviewOutcome

# From the whole to its parts; nothing else can be opened.
_ORDER = (Seen.IDENTITY, Seen.REQUEST, Seen.DOCUMENT)


def read_words(read: Iterable[tuple[Seen, int]]) -> str:
    """What was opened, counted."""
    in_order = sorted(read, key=lambda one: _ORDER.index(one[0]))
    told = ", ".join(_counted(seen, number) for seen, number in in_order)
    return told or _("rien")


def outcome_words(outcome: str) -> str:
    return {
        "": _("Attend une relecture"),
        ReviewOutcome.APPROVED: _("Approuvé"),
        ReviewOutcome.OBJECTED: _("Contesté"),
    }[outcome]


def _counted(seen: Seen, number: int) -> str:
    if seen == Seen.REQUEST:
        return ngettext("%(n)s demande", "%(n)s demandes", number) % {"n": number}
    if seen == Seen.DOCUMENT:
        return ngettext("%(n)s pièce", "%(n)s pièces", number) % {"n": number}
    return _("le dossier")
