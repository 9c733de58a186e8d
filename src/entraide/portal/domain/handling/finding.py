"""What an agent's search finds: people first, then the requests that they sent or that are about them.

Each question reads an index of its own, and they are put together: one question with "or" reads every row.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from entraide.formats import nir
from entraide.formats.names import letters_of
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.name_keys import is_called
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.references import tidy_reference

_SHORTEST_NAME = 3
# A member number is shorter than a health number.
_LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class Search:
    """How was looked (`reference`, `member`, `nir`, `name`), and the people who were meant, in parts."""

    way: str
    people: tuple[QuerySet[Beneficiary], ...] = ()
    reference: str = ""

    @property
    def requests(self) -> QuerySet[Request]:
        """Sent by one of these people or about one, in any state."""
        if self.reference:
            return Request.objects.filter(reference=self.reference)
        first, *others = [
            Request.objects.filter((f"{side}__in", part.values("pk"))).values("pk")
            for part in self.people
            for side in ("concerns", "sender")
        ]
        return Request.objects.filter(pk__in=first.union(*others))


def understood(text: str) -> Search:
    """What was typed: a reference, a member number, a whole health number, or the beginning of a name.

    Raises DomainError(field="text") when it is too short for a name.
    """
    if reference := tidy_reference(text):
        return Search("reference", reference=reference)
    number = text.replace(" ", "")
    if number.isdecimal() and len(number) <= _LONGEST_NUMBER:
        return Search("member", (_people(number=number), _people(member__number=number)))
    try:
        index = settings.ENTRAIDE.keys.blind_index("nir", nir.parse(text).value)
    except ValueError:
        pass
    else:
        return Search("nir", (_people(nir_index=index),))
    if len(letters_of(text)) < _SHORTEST_NAME:
        message = _("Tapez une référence, un numéro, ou au moins trois lettres d’un nom.")
        raise DomainError(message, field="text")
    return Search("name", (Beneficiary.objects.filter(is_called(text)),))


def _people(**are: Any) -> QuerySet[Beneficiary]:
    return Beneficiary.objects.filter(**are)
