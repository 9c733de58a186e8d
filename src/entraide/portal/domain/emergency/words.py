"""What the reasons of an emergency access are called, for agents and for the people whose file it is."""

from django.utils.translation import gettext as _

from entraide.portal.domain.consultations.reasons import kept_reason, reason_kind
from entraide.portal.domain.emergency.enums import EmergencyReason


def reason_words(why: EmergencyReason) -> str:
    return {
        EmergencyReason.PERSON: _("Une personne a besoin d’aide tout de suite"),
        EmergencyReason.ABSENCE: _("Aucun collègue habilité n’est joignable"),
        EmergencyReason.AUTHORITY: _("Un établissement ou une autorité attend une réponse immédiate"),
        EmergencyReason.OTHER: _("Autre urgence"),
    }[why]


def journal_reason(why: EmergencyReason, *, ticket: str, words: str) -> str:
    """What the people of the file read beside every line of their journal, as the journal keeps it."""
    return kept_reason("emergency", why=why.value, ticket=ticket, words=words)


@reason_kind("emergency")
def _told(*, why: str, ticket: str, words: str) -> str:
    # Translators: an emergency access: its ticket, a reason of a list, and the words of the agent.
    return _("Accès d’urgence, ticket %(ticket)s : %(reason)s, %(words)s") % {
        "ticket": ticket,
        "reason": reason_words(EmergencyReason(why)),
        "words": words,
    }
