"""Why an agent opens a file, in words that the person reads in their journal (A68, A69)."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError

MAX_REASON = 200


class OpeningReason(TextChoices):
    """What brings an agent to a file when no request does."""

    CALL = "call"
    LETTER = "letter"
    CONTROL = "control"
    OTHER = "other"


def reason_words(reason: OpeningReason) -> str:
    return {
        OpeningReason.CALL: _("Appel de l’adhérent"),
        OpeningReason.LETTER: _("Courrier de l’adhérent"),
        OpeningReason.CONTROL: _("Contrôle"),
        OpeningReason.OTHER: _("Autre motif"),
    }[reason]


def given_reason(reason: OpeningReason, *, words: str) -> str:
    """The reason as the journal keeps it. Raises DomainError(field="words") for another one without words."""
    said = " ".join(words.split())
    if len(said) > MAX_REASON:
        raise DomainError(_("Ce texte est trop long : 200 signes au plus."), field="words")
    if reason == OpeningReason.OTHER:
        if not said:
            raise DomainError(_("Écrivez votre motif : la personne pourra le lire."), field="words")
        return said
    # Translators: a reason of a list, and what the agent adds to it.
    return (
        _("%(reason)s : %(words)s") % {"reason": reason_words(reason), "words": said}
        if said
        else reason_words(reason)
    )


def reason_of_request(reference: str) -> str:
    """What an agent who handles a request opens a file for."""
    return _("Traitement de la demande %(reference)s") % {"reference": reference}
