"""Somebody who was asked to help and has the other one's file open."""

from dataclasses import replace
from uuid import uuid4

from django.utils import timezone

from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.members.viewer import HELPER, Helping, Viewer


def helper_of(viewer: Viewer) -> Viewer:
    """With every scope that there is, in this person's file today."""
    helping = Helping(uuid4(), uuid4(), "Zoé", frozenset(HelpScope), timezone.localdate())
    return replace(viewer, relationship=HELPER, helping=helping)
