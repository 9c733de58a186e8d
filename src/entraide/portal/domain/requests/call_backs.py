"""Being called back: a slot of the opening hours, never booked twice (B-13)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from entraide.formats import phone as phones
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.enums import RequestKind
from entraide.portal.domain.requests.holding import reference_sent_with
from entraide.portal.domain.requests.models import CallBack, Request
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.domain.requests.sight import sent_by
from entraide.profiles import slots


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a member asks for: about what, for whom, when, and at which number as they typed it."""

    reason: str
    concerns: UUID
    starts_at: datetime
    phone: str


@dataclass(frozen=True, slots=True)
class Booked:
    """A call to come, as a calendar needs it."""

    reference: str
    starts_at: datetime


class Taken(DomainError):
    """The slot was free a moment ago, or is no longer offered."""

    def __init__(self) -> None:
        super().__init__(_("Ce créneau n’est plus libre : choisissez-en un autre."), field="slot")


def free_slots(at: datetime) -> dict[date, list[datetime]]:
    """The slots that can still be booked, by day, in the time of Paris. One query."""
    offered = slots(settings.PROFILE.contacts, at)
    if not offered:
        return {}
    rows = CallBack.objects.filter(starts_at__gte=offered[0], place__isnull=False)
    booked = Counter(rows.values_list("starts_at", flat=True))
    days: dict[date, list[datetime]] = {}
    for one in offered:
        if booked[one] < _at_once():
            days.setdefault(one.date(), []).append(one)
    return days


def book(viewer: Viewer, wish: Wish, *, sent: Sent) -> str:
    """Books a call and gives its reference; the same key is booked once, and one call of a member at a time.

    Raises Taken, AlreadyOpen, or DomainError with the field for a number that is not French.
    """
    number = number_to_call(wish.phone)
    if wish.reason not in {one.id for one in settings.PROFILE.deposit.reasons_for(viewer.segment)}:
        raise DomainError(_("Choisissez le motif de l’appel."), field="reason")
    is_again = bool(reference_sent_with(viewer, sent.request_key))
    if not is_again and wish.starts_at not in slots(settings.PROFILE.contacts, sent.now):
        raise Taken
    for _attempt in range(_at_once()):
        try:
            with transaction.atomic():
                request = _send(viewer, wish, number, sent)
                _take_place(request, wish.starts_at)
                return request.reference
        except IntegrityError:
            # Somebody took that place in the meantime: look for another one.
            continue
    raise Taken


def booked_call(viewer: Viewer, reference: str) -> Booked | None:
    """The call to come under this reference; None when there is none, or the viewer did not ask for it."""
    mine = CallBack.objects.filter(request__in=sent_by(viewer), place__isnull=False)
    found = mine.select_related("request").filter(request__reference=tidy_reference(reference)).first()
    return Booked(found.request.reference, found.starts_at) if found else None


def _at_once() -> int:
    rules = settings.PROFILE.contacts.call_backs
    return rules.at_once if rules else 0


def _send(viewer: Viewer, wish: Wish, number: str, sent: Sent) -> Request:
    answers = (("slot", wish.starts_at.isoformat()), ("phone", number))
    asked = Asked(
        kind=RequestKind.CALL_BACK,
        answers=answers,
        subject=f"call back {viewer.person_id}",
        needs_files=False,
        call_at=wish.starts_at,
    )
    return send_deposit(
        viewer,
        category=settings.PROFILE.deposit.messages.id,
        type=wish.reason,
        concerns=wish.concerns,
        description=sent.comment,
        request_key=sent.request_key,
        language=sent.language,
        now=sent.now,
        asked=asked,
    )


def _take_place(request: Request, starts_at: datetime) -> None:
    if CallBack.objects.filter(request=request).exists():
        return
    rows = CallBack.objects.filter(starts_at=starts_at, place__isnull=False)
    free = set(range(_at_once())) - set(rows.values_list("place", flat=True))
    if not free:
        raise Taken
    CallBack.objects.create(request=request, starts_at=starts_at, place=min(free))


def number_to_call(typed: str) -> str:
    """A French number as it is dialled from anywhere. Raises DomainError with the field `phone`."""
    try:
        return phones.parse(typed)
    except phones.PhoneError as fault:
        raise DomainError(_phone_words(fault.code), field="phone") from None


def _phone_words(code: str) -> str:
    if code == "not_french":
        return _("Ce numéro est étranger : nous rappelons en France et outre-mer. Écrivez-nous plutôt.")
    if code == "special":
        return _("C’est le numéro d’un service (08…) : donnez celui où nous pouvons vous parler.")
    return _("Ce n’est pas un numéro de téléphone : écrivez-le comme 06 12 34 56 78 ou 04 76 00 12 34.")
