"""Ending a contract: told once, effective on the day of the law, confirmed at once (B-12).

Code de la mutualité, L221-10-3: online, free, with a confirmation on a durable medium.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.asked import AlreadyOpen, Asked
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.enums import RequestKind
from entraide.portal.domain.requests.holding import reference_sent_with
from entraide.portal.domain.termination.queries import ContractEnd, contract_end_of
from entraide.portal.foundation.web.wording import day
from entraide.profiles import EndingWay
from entraide.profiles.own_forms import TERMINATION


class NotToEnd(DomainError):
    """The contract is not the member's to end; the page says what is possible instead."""

    def __init__(self) -> None:
        super().__init__(_("Ce contrat est obligatoire dans votre entreprise : il ne se résilie pas ici."))


class DayMoved(DomainError):
    """The last day is no longer the one that the member read: nothing is stored before they read it again."""

    def __init__(self, last_day: date) -> None:
        message = _("La date a changé depuis l’ouverture de cette page : le contrat finirait le %(day)s.")
        super().__init__(message % {"day": day(last_day)}, field="last_day")


def terminate(viewer: Viewer, contract_id: UUID, *, read_last_day: date, sent: Sent) -> str:
    """Ends a contract on the day that the member read, and gives the reference; a contract is ended once.

    Raises NotToEnd, DayMoved, AlreadyOpen for one that was asked before, or DomainError.
    """
    if earlier := reference_sent_with(viewer, sent.request_key):
        return earlier
    with transaction.atomic():
        end = contract_end_of(viewer, contract_id, on=timezone.localdate(sent.now))
        last_day = _checked(end, read_last_day=read_last_day)
        assert end is not None
        return _send(viewer, end, last_day=last_day, sent=sent)


def _checked(end: ContractEnd | None, *, read_last_day: date) -> date:
    if end is None:
        raise DomainError(_("Ce contrat ne peut pas être résilié ici."))
    if end.ending.way is EndingWay.EMPLOYER or end.ending.last_day is None:
        raise NotToEnd
    if end.asked is not None:
        raise AlreadyOpen(end.asked.reference)
    if end.contract.ended_on is not None:
        message = _("Ce contrat finit déjà le %(day)s : il n’y a rien à demander.")
        raise DomainError(message % {"day": day(end.contract.ended_on)})
    if end.ending.last_day != read_last_day:
        raise DayMoved(end.ending.last_day)
    return end.ending.last_day


def _send(viewer: Viewer, end: ContractEnd, *, last_day: date, sent: Sent) -> str:
    told = (
        ("ended_contract", end.contract.number),
        ("ended_along", ", ".join(one.number for one in end.along)),
        ("ends_on", last_day.isoformat()),
        ("ending_way", end.ending.way.value),
        ("ended_people", str(len(end.people))),
    )
    asked = Asked(
        kind=RequestKind.TERMINATION,
        answers=tuple(one for one in told if one[1]),
        subject=f"termination {end.contract.id}",
        needs_files=False,
        ends_on=last_day,
    )
    return send_deposit(
        viewer,
        category=TERMINATION.category,
        type=TERMINATION.type,
        concerns=viewer.person_id,
        description=sent.comment,
        request_key=sent.request_key,
        language=sent.language,
        now=sent.now,
        asked=asked,
    ).reference
