"""Papers that an agent sends along with what they write (MSG-03, A42-A48): checked, and kept for the form.

They go through what members' files go through: opened apart, sealed, given to the antivirus. Nobody but
agents knows of one before it has left with its message.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.policies import need, within_sight
from entraide.portal.domain.requests import words
from entraide.portal.domain.requests.actions import without_doubles
from entraide.portal.domain.requests.files.kinds import JPEG, PDF, PNG
from entraide.portal.domain.requests.holding import HeldFile, Upload, as_held, checked_upload, drop, store
from entraide.portal.domain.requests.models import ENCLOSED, Request, RequestFile
from entraide.portal.domain.requests.references import tidy_reference

# With one message.
MOST_FILES = 3
# Of one agent (A42): many more than a day of answers takes, few enough for the disk.
MOST_A_DAY = 200
MOST_HELD = 40
_TAKEN = frozenset(kind.media_type for kind in (PDF, JPEG, PNG))


def hold_enclosure(agent: AgentViewer, *, form_key: UUID, upload: Upload, now: datetime) -> HeldFile:
    """Checks a file and keeps it encrypted for this form; the same file twice is kept once.

    Raises DomainError(field="files") with a sentence for the agent; then nothing of it is stored.
    """
    need(agent, Right.ANSWER_REQUESTS)
    checked = checked_upload(upload)
    if checked.media_type not in _TAKEN:
        message = _("« %(name)s » ne peut pas être joint : choisissez un PDF, un JPEG ou un PNG.")
        raise DomainError(message % {"name": checked.name}, field="files")
    already = list(_of_form(agent, form_key))
    for one in already:
        if (one.name, one.sha256) == (checked.name, checked.sha256):
            return as_held(one)
    if len(already) >= MOST_FILES:
        message = _("« %(name)s » n’a pas été ajouté : trois fichiers au plus avec un message.")
        raise DomainError(message % {"name": checked.name}, field="files")
    _check_room(agent, now=now)
    # A microsecond each keeps them in the order in which they were chosen.
    moment = now + timedelta(microseconds=len(already))
    return as_held(store(checked, whose={"enclosed_by": agent.id}, request_key=form_key, now=moment))


def held_enclosures(agent: AgentViewer, form_key: UUID) -> list[HeldFile]:
    """What is kept for this form and has not left, in the order in which it was chosen."""
    return [as_held(one) for one in _of_form(agent, form_key).filter(request=None)]


def drop_enclosure(agent: AgentViewer, *, form_key: UUID, file_id: UUID) -> None:
    """Takes a file off a form that is not sent; one that has left, or is somebody else's, stays."""
    with transaction.atomic():
        held = _of_form(agent, form_key).filter(pk=file_id, request=None)
        drop(list(held.select_for_update()))


def is_enclosed(agent: AgentViewer, reference: str, file_id: UUID) -> bool:
    """Whether this file left with a message of a request that the agent may see. Nothing is opened by it."""
    left = RequestFile.objects.filter(ENCLOSED, pk=file_id, message__isnull=False)
    of_request = Request.objects.filter(within_sight(agent), reference=tidy_reference(reference))
    return left.filter(request__in=of_request).exists()


def files_to_enclose(agent: AgentViewer, form_key: UUID | None) -> tuple[UUID, ...]:
    """The ids of what goes along with this form, locked. Inside a transaction.

    Raises DomainError(field="files") when the antivirus found something in one of them.
    """
    if form_key is None:
        return ()
    held = list(_of_form(agent, form_key).filter(request=None).select_for_update())
    return _sound(without_doubles(held))


def proposed_files(request: Request) -> tuple[UUID, ...]:
    """Those of an answer that waits for a second agent, locked. Raises as `files_to_enclose`."""
    return _sound(_proposed(request))


def drop_proposed_files(request: Request) -> None:
    """Those of an answer that will not leave. Inside a transaction."""
    drop(_proposed(request))


def _proposed(request: Request) -> list[RequestFile]:
    return list(RequestFile.objects.select_for_update().filter(ENCLOSED, request=request, message=None))


def _sound(files: Iterable[RequestFile]) -> tuple[UUID, ...]:
    found = list(files)
    for one in found:
        if one.is_infected:
            message = _("L’antivirus a trouvé un virus dans « %(name)s » : retirez ce fichier.")
            raise DomainError(message % {"name": one.name}, field="files")
    return tuple(one.pk for one in found)


def _of_form(agent: AgentViewer, form_key: UUID) -> QuerySet[RequestFile]:
    return RequestFile.objects.filter(enclosed_by=agent.id, request_key=form_key)


def _check_room(agent: AgentViewer, *, now: datetime) -> None:
    """A42: what is not sent yet, and what came within a day. One query."""
    kept = RequestFile.objects.filter(enclosed_by=agent.id).aggregate(
        held=Count("pk", filter=Q(request=None)),
        day=Count("pk", filter=Q(kept_at__gt=now - timedelta(days=1))),
    )
    if kept["day"] >= MOST_A_DAY:
        raise DomainError(words.too_many_today(MOST_A_DAY), field="files")
    if kept["held"] >= MOST_HELD:
        message = _(
            "Vous avez beaucoup de fichiers dans des réponses commencées : envoyez-les, ou retirez-les."
        )
        raise DomainError(message, field="files")
