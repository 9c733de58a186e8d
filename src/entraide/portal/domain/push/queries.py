"""Which browsers are told; for the pages the first argument is who asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.push.models import PushDevice


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One line of the list that its owner sees. `label` is for `device_words`."""

    id: UUID
    label: str
    added_at: datetime
    told_at: datetime | None


def push_devices_of(viewer: Viewer) -> list[DeviceRow]:
    """One's own, the newest first."""
    rows = PushDevice.objects.filter(owner_id=viewer.person_id).order_by("-added_at", "pk")
    return [DeviceRow(one.pk, one.label, one.added_at, one.told_at) for one in rows]


def has_push_device(person_id: UUID) -> bool:
    return PushDevice.objects.filter(owner_id=person_id).exists()


def push_devices_to_tell(person_id: UUID, fact: UUID) -> list[PushDevice]:
    """Those of somebody who may still come in, which have not been told of this fact yet."""
    rows = PushDevice.objects.filter(
        owner_id=person_id, owner__account__is_active=True, owner__account__frozen_at=None
    )
    return [one for one in rows.order_by("added_at", "pk") if one.told_of != fact]
