"""Registering for a webinar or an event, and taking it back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.prevention.enums import Reminded
from entraide.portal.domain.prevention.events import MeetingJoined, MeetingLeft
from entraide.portal.domain.prevention.models import Registration
from entraide.portal.domain.prevention.policies import check_registering
from entraide.portal.domain.publications.models import Publication
from entraide.portal.domain.publications.prevention import meeting_for, meeting_from
from entraide.portal.foundation.events.facts import publish

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def register(viewer: Viewer, publication_id: UUID, *, now: datetime) -> None:
    """The viewer has a place; who has one already keeps it. DomainError when there is none to be had."""
    with transaction.atomic():
        # One after the other, so that the last place is given once.
        Publication.objects.select_for_update().filter(pk=publication_id).first()
        edition = meeting_for(viewer.segment, publication_id, on=timezone.localdate(now))
        if edition is None:
            raise DomainError(_("Ce rendez-vous n’est plus proposé."))
        meeting = meeting_from(edition)
        others = Registration.objects.filter(publication_id=publication_id)
        if others.filter(person_id=viewer.person_id).exists():
            return
        check_registering(meeting, taken=others.count(), now=now)
        Registration.objects.create(
            person_id=viewer.person_id,
            publication_id=publication_id,
            edition=edition,
            registered_at=now,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            reminded=too_late_for(meeting.starts_at, now=now),
        )
        publish(MeetingJoined(actor=viewer.account_id, about=viewer.person_id))


def leave(viewer: Viewer, publication_id: UUID) -> bool:
    """The viewer has no place any more, and gets no reminder; says whether they had one.

    Whatever became of the webinar or event since: nobody stays registered for what they no longer see.
    """
    with transaction.atomic():
        gone, _rows = Registration.objects.filter(
            publication_id=publication_id, person_id=viewer.person_id
        ).delete()
        if gone:
            publish(MeetingLeft(actor=viewer.account_id, about=viewer.person_id))
    return bool(gone)


def too_late_for(starts_at: datetime, *, now: datetime) -> str:
    """The reminder whose time is past: who has just been told needs none."""
    if starts_at - now <= HOUR:
        return Reminded.HOUR
    return Reminded.DAY if starts_at - now <= DAY else ""
