"""A card by post again: one open request for each person, and a while between two (CARD-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.queries import people_to_send_for
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.enums import RequestKind, RequestState
from entraide.portal.domain.requests.holding import reference_sent_with
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.web.wording import day
from entraide.profiles.own_forms import CARD_AGAIN

KIND = (CARD_AGAIN.category, CARD_AGAIN.type)
# After these no card is on its way.
_NO_CARD = (RequestState.WITHDRAWN, RequestState.REFUSED)


class CopyReason(StrEnum):
    LOST = "lost"
    STOLEN = "stolen"
    DAMAGED = "damaged"
    NEVER_CAME = "never_came"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardHolder:
    """Somebody for whom the viewer may ask; `again_on`: from when on, where a card is on its way.

    `reference`: of that request, where the viewer sent it.
    """

    person_id: UUID
    name: str
    again_on: date | None
    reference: str


def card_holders(viewer: Viewer, *, on: date) -> list[CardHolder]:
    """Oneself first. Two queries."""
    people = people_to_send_for(viewer, on=on)
    first = on - timedelta(days=settings.PROFILE.card.again_after_days)
    asked = Request.objects.filter(
        kind=RequestKind.CARD, concerns_id__in=[one.pk for one in people], received_at__date__gt=first
    ).exclude(state__in=_NO_CARD)
    latest = {one.concerns_id: one for one in asked.order_by("received_at")}
    return [_holder(viewer, one.pk, one.full_name, latest.get(one.pk)) for one in people]


def ask_copies(
    viewer: Viewer, people: Sequence[UUID], *, reason: CopyReason, post_to: str, sent: Sent
) -> str:
    """Asks for a card of each of these people, all or none; gives the reference of the first.

    `post_to`: the address that the viewer was shown, on one line. The same key asks once.
    """
    if not post_to:
        raise DomainError(_("Donnez d’abord votre adresse : la carte part par la poste."))
    if not people:
        raise DomainError(_("Cochez au moins une personne."), field="people")
    if not reference_sent_with(viewer, sent.request_key):
        _refuse_too_soon(viewer, people, on=timezone.localdate(sent.now))
    answers = (("card_reason", reason.value), ("cards", str(len(people))), ("post_to", post_to))
    with transaction.atomic():
        references = [_ask(viewer, one, number, answers, sent) for number, one in enumerate(people)]
    return references[0]


def _ask(
    viewer: Viewer, person_id: UUID, number: int, answers: tuple[tuple[str, str], ...], sent: Sent
) -> str:
    # The form has one key, and each of its requests needs one that comes again with it.
    key = sent.request_key if number == 0 else uuid5(sent.request_key, str(person_id))
    asked = Asked(kind=RequestKind.CARD, answers=answers, subject=f"card {person_id}", needs_files=False)
    return send_deposit(
        viewer,
        category=KIND[0],
        type=KIND[1],
        concerns=person_id,
        description=sent.comment,
        request_key=key,
        language=sent.language,
        now=sent.now,
        asked=asked,
    ).reference


def _refuse_too_soon(viewer: Viewer, people: Sequence[UUID], *, on: date) -> None:
    for one in card_holders(viewer, on=on):
        if one.person_id in people and one.again_on is not None:
            message = _(
                "La carte de %(name)s est déjà demandée : laissez-lui le temps d’arriver. "
                "Vous pourrez la redemander à partir du %(day)s."
            )
            raise DomainError(message % {"name": one.name, "day": day(one.again_on)}, field="people")


def _holder(viewer: Viewer, person_id: UUID, name: str, asked: Request | None) -> CardHolder:
    if asked is None:
        return CardHolder(person_id=person_id, name=name, again_on=None, reference="")
    days = timedelta(days=settings.PROFILE.card.again_after_days)
    return CardHolder(
        person_id=person_id,
        name=name,
        again_on=timezone.localdate(asked.received_at) + days,
        reference=asked.reference if asked.sender_id == viewer.person_id else "",
    )
