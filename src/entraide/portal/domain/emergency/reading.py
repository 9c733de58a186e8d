"""What an emergency access opens: the file of one membership and its requests, to read and nothing else.

Requests to the social fund stay closed (SOC-01), and so does the agent's own family. No request is marked
as read by the mutual: nobody has begun to answer it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.emergency.models import EmergencyAccess
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.member_files import MemberFile, family_of, note_file, whole_file
from entraide.portal.domain.handling.opening import (
    OpenRequest,
    note_opening,
    request_named,
    whole_request,
)
from entraide.portal.domain.handling.policies import CONFIDENTIAL_REQUESTS
from entraide.portal.domain.requests.queries import NotReadable, opened_file
from entraide.portal.domain.requests.viewing import ShownPage, page_of


class NoEmergency(DomainError):
    """No emergency access of this agent is open, or no longer for their role: nothing is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEmergency:
    """The access that an agent has open, and for whom."""

    reference: str
    name: str
    number: str
    ends_at: datetime


def open_emergency(agent: AgentViewer, *, now: datetime) -> OpenEmergency | None:
    """What is open for this agent now; None for nothing. Two queries."""
    access = _access(agent, now=now)
    if access is None:
        return None
    first = family_of(access.member_id)[0]
    return OpenEmergency(
        reference=access.reference, name=first.full_name, number=first.number, ends_at=access.ends_at
    )


def file_in_emergency(agent: AgentViewer, *, network: str, now: datetime) -> MemberFile:
    """The file that is open, with the note of the reading. Raises NoEmergency."""
    access = _needed(agent, now=now)
    people = family_of(access.member_id)
    note_file(agent, people, reason=access.reason, network=network, now=now)
    return whole_file(people, sight=~CONFIDENTIAL_REQUESTS, reads_care=True, on=timezone.localdate(now))


def request_in_emergency(
    agent: AgentViewer, reference: str, *, network: str, now: datetime
) -> OpenRequest | None:
    """A request of that file whole, with the note of the reading; None when the file holds no such one.

    Raises NoEmergency.
    """
    access = _needed(agent, now=now)
    request = request_named(reference, sight=_sight(access))
    if request is None:
        return None
    note_opening(agent, request, Seen.REQUEST, request.pk, reason=access.reason, network=network, now=now)
    return whole_request(request, reads_care=True)


def page_in_emergency(
    agent: AgentViewer, reference: str, file_id: UUID, *, number: int, network: str, now: datetime
) -> ShownPage | None:
    """One page of a piece, drawn anew; None when there is none.

    Raises NoEmergency, and NotReadable as `open_piece` does.
    """
    access = _needed(agent, now=now)
    request = request_named(reference, sight=_sight(access))
    file = request.files.select_related("request").filter(pk=file_id).first() if request else None
    if request is None or file is None:
        return None
    if not file.is_readable:
        raise NotReadable
    note_opening(agent, request, Seen.DOCUMENT, file.pk, reason=access.reason, network=network, now=now)
    return page_of(opened_file(file), number=number)


def _access(agent: AgentViewer, *, now: datetime) -> EmergencyAccess | None:
    if not may(agent.role, Right.OPEN_IN_EMERGENCY):
        return None
    rows = EmergencyAccess.objects.filter(agent_id=agent.id, stopped_at=None)
    return rows.filter(opened_at__lte=now, ends_at__gt=now).order_by("-opened_at").first()


def _needed(agent: AgentViewer, *, now: datetime) -> EmergencyAccess:
    access = _access(agent, now=now)
    if access is None:
        raise NoEmergency(_("Votre accès d’urgence est terminé : rien de ce dossier n’est plus montré."))
    return access


def _sight(access: EmergencyAccess) -> Q:
    """The requests of this membership: sent by somebody of it, or about one."""
    theirs = Q(sender__member=access.member_id) | Q(concerns__member=access.member_id)
    return ~CONFIDENTIAL_REQUESTS & theirs
