"""Whose request is whose to read (security 2.4): of who sent it, and of the person it is about.

What is confidential is its sender's alone, in nobody's help and in no relative's list.
"""

from datetime import datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from entraide.portal.domain.members.policies import papers_concern_from
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.enums import CONFIDENTIAL
from entraide.portal.domain.requests.models import Request


def sent_by(viewer: Viewer) -> QuerySet[Request]:
    """What the viewer sent, and may act on.

    A helper sees papers that were sent about the very person they help: nothing of relatives, no change.
    """
    sent = Request.objects.filter(sender_id=viewer.person_id)
    if viewer.helping is None:
        return sent
    return sent.filter(concerns_id=viewer.person_id, subject="").exclude(kind__in=CONFIDENTIAL)


def read_by(viewer: Viewer) -> QuerySet[Request]:
    """What the viewer sent, and what others sent about them: to read, never to act on."""
    if viewer.helping is not None:
        return sent_by(viewer)
    first_moment = timezone.make_aware(datetime.combine(papers_concern_from(viewer), time.min))
    about_them = Q(concerns_id=viewer.person_id, received_at__gte=first_moment) & ~Q(kind__in=CONFIDENTIAL)
    return Request.objects.filter(Q(sender_id=viewer.person_id) | about_them)
