"""Changes that a member asks of the mutual: the electronic feed, somebody more or less on the contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import may_change_family, may_leave
from entraide.portal.domain.members.queries import as_person
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.domain.requests.catalogue import type_named
from entraide.portal.domain.requests.holding import HeldFile
from entraide.profiles import DepositType

_FEED = ("social-security", "claim-feed")
_LEAVING = ("family", "remove-beneficiary")


class Newcomer(StrEnum):
    """Who joins a contract: each case has its papers."""

    CHILD = "child"
    SPOUSE = "spouse"
    STUDENT = "student"


_JOINING = {
    Newcomer.CHILD: ("family", "add-child"),
    Newcomer.SPOUSE: ("family", "add-spouse"),
    Newcomer.STUDENT: ("family", "student"),
}


class LeavingReason(StrEnum):
    """Why somebody leaves a contract."""

    OTHER_COVER = "other_cover"
    SEPARATION = "separation"
    DEATH = "death"
    INDEPENDENT = "independent"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What comes with every form: its key, its files, its words."""

    comment: str
    request_key: UUID
    language: str
    now: datetime
    posted: Sequence[HeldFile] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Somebody who is to be covered from `since` on; `nir` may be blank: a newborn has none yet."""

    case: Newcomer
    civility: str
    last_name: str
    first_name: str
    birth_date: date
    nir: str
    since: date


def feed_subject(person_id: UUID) -> str:
    """What a request about somebody's electronic feed is about: one at a time."""
    return f"claim feed {person_id}"


def feed_papers() -> DepositType | None:
    """What switching a feed needs; None for a mutual that does not offer it."""
    return type_named(*_FEED)


def joining_papers(case: Newcomer) -> DepositType | None:
    """The papers of this case; None for a mutual that does not offer it."""
    return type_named(*_JOINING[case])


def leaving_papers() -> DepositType | None:
    return type_named(*_LEAVING)


def ask_feed(viewer: Viewer, person_id: UUID, *, switch_on: bool, sent: Sent) -> str:
    """Asks to switch the electronic feed of a person on or off, once at a time; gives the reference."""
    wish = "on" if switch_on else "off"
    asked = Asked(answers=(("feed", wish),), subject=feed_subject(person_id), needs_files=False)
    return _send(viewer, _FEED, person_id, asked, sent)


def ask_to_join(viewer: Viewer, joining: Joining, *, sent: Sent) -> str:
    """Asks to cover somebody more; the same person is asked for once. For the primary insured only."""
    if not may_change_family(viewer):
        raise DomainError(_("Seul l’assuré principal peut ajouter une personne au contrat."))
    answers = (
        ("case", joining.case.value),
        ("civility", joining.civility),
        ("last_name", joining.last_name),
        ("first_name", joining.first_name),
        ("birth_date", joining.birth_date.isoformat()),
        ("nir", joining.nir),
        ("since", joining.since.isoformat()),
    )
    name = f"{joining.first_name} {joining.last_name}".casefold()
    subject = f"join {viewer.member_id} {name} {joining.birth_date}"
    asked = Asked(answers=tuple(one for one in answers if one[1]), subject=subject)
    return _send(viewer, _JOINING[joining.case], viewer.person_id, asked, sent)


def ask_to_leave(
    viewer: Viewer, person_id: UUID, *, reason: LeavingReason, last_day: date, sent: Sent
) -> str:
    """Asks to end somebody's cover: anyone's but the primary insured's, who ends the contract instead."""
    person = Beneficiary.objects.filter(member_id=viewer.member_id, pk=person_id).first()
    if person is None or not may_leave(viewer, as_person(person)):
        raise DomainError(_("Cette personne ne peut pas être retirée du contrat ici."))
    answers = (("reason", reason.value), ("last_day", last_day.isoformat()))
    return _send(viewer, _LEAVING, person_id, Asked(answers=answers, subject=f"leave {person_id}"), sent)


def _send(viewer: Viewer, kind: tuple[str, str], concerns: UUID, asked: Asked, sent: Sent) -> str:
    return send_deposit(
        viewer,
        category=kind[0],
        type=kind[1],
        concerns=concerns,
        description=sent.comment,
        request_key=sent.request_key,
        language=sent.language,
        now=sent.now,
        posted=sent.posted,
        asked=asked,
    ).reference
