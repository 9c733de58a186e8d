"""A browser asks to be told, or no longer; the services say that one is gone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.formats.push_message import Receiver, bytes_of
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.push.endpoints import is_push_address
from entraide.portal.domain.push.events import PushDeviceAdded, PushDeviceRemoved
from entraide.portal.domain.push.models import PushDevice
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

AT_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a browser gives: its address at a push service and its keys, in base64url."""

    endpoint: str
    point: str
    secret: str


def add_push_device(viewer: Viewer, asked: Subscription, *, label: str, now: datetime) -> PushDevice:
    """This browser is told from now on. Asked twice, it is one; over five, the oldest one goes.

    A browser has one owner: whoever asked last.
    """
    _check(viewer, asked)
    mark = settings.ENTRAIDE.keys.blind_index("push", asked.endpoint)
    with transaction.atomic():
        # Two of somebody's browsers at the same moment count one after the other.
        Beneficiary.objects.select_for_update().get(pk=viewer.person_id)
        PushDevice.objects.filter(mark=mark).delete()
        own = PushDevice.objects.filter(owner_id=viewer.person_id).order_by("-added_at", "pk")
        kept = list(own.values_list("pk", flat=True)[: AT_MOST - 1])
        own.exclude(pk__in=kept).delete()
        device = PushDevice(
            owner_id=viewer.person_id,
            mark=mark,
            endpoint=asked.endpoint,
            point=asked.point,
            secret=asked.secret,
            label=label,
            added_at=now,
        )
        device.save(force_insert=True)
        publish(PushDeviceAdded(actor=viewer.account_id, about=viewer.person_id))
    return device


def _check(viewer: Viewer, asked: Subscription) -> None:
    if viewer.helping is not None:
        raise DomainError(_("Revenez d’abord à votre espace."))
    if not is_push_address(asked.endpoint):
        raise DomainError(_("Ce navigateur passe par un service que nous ne connaissons pas."))
    try:
        Receiver(bytes_of(asked.point), bytes_of(asked.secret))
    except ValueError:
        raise DomainError(_("Ce navigateur a répondu autrement que prévu. Réessayez.")) from None


def remove_push_device(viewer: Viewer, device_id: UUID) -> None:
    """Raises DomainError when it is not there, or somebody else's."""
    with transaction.atomic():
        removed, _by_table = PushDevice.objects.filter(pk=device_id, owner_id=viewer.person_id).delete()
        if not removed:
            raise DomainError(_("Cet appareil n’était déjà plus prévenu."))
        publish(PushDeviceRemoved(actor=viewer.account_id, about=viewer.person_id, count=1, why="removed"))


def forget_push_device(device_id: UUID) -> None:
    """The push service says that this browser is gone."""
    with transaction.atomic():
        device = PushDevice.objects.select_for_update().filter(pk=device_id).first()
        if device is not None:
            device.delete()
            publish(PushDeviceRemoved(about=device.owner_id, count=1, why="gone"))


def note_told(device_id: UUID, fact: UUID, *, now: datetime) -> None:
    """The push service took it. Part of a sending, which is told elsewhere: no fact of its own."""
    PushDevice.objects.filter(pk=device_id).update(told_of=fact, told_at=now)


def stop_pushes(account: Account, _now: datetime) -> None:
    """Part of every freeze: whoever was inside may have added a browser of their own."""
    rows = PushDevice.objects.filter(owner__account_id=account.pk)
    removed, _by_table = rows.delete()
    if removed:
        person_id = Beneficiary.objects.values_list("pk", flat=True).get(account_id=account.pk)
        publish(PushDeviceRemoved(about=person_id, count=removed, why="frozen"))
