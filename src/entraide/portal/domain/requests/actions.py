"""Sending: a request with its files, stored once and whole, and the fact that it arrived."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.queries import people_to_send_for
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests import words as file_words
from entraide.portal.domain.requests.asked import AlreadyOpen, Asked
from entraide.portal.domain.requests.catalogue import category_named, type_named
from entraide.portal.domain.requests.delays import working_days_after
from entraide.portal.domain.requests.enums import FINAL_STATES, OWN_FORMS, TALKS, RequestState
from entraide.portal.domain.requests.events import DepositReceived
from entraide.portal.domain.requests.holding import HeldFile, drop, drop_held_file, hold_file
from entraide.portal.domain.requests.models import Request, RequestFile, Step
from entraide.portal.domain.requests.pieces import refuse_mixed
from entraide.portal.domain.requests.references import new_reference
from entraide.portal.domain.requests.scanning import check_once_clean
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.web.wording import text
from entraide.profiles import DepositType

__all__ = ["AlreadyOpen", "Asked", "Conflict", "drop_held_file", "hold_file", "send_deposit"]

MAX_DESCRIPTION = 2000
_TRIES = 5


class Conflict(DomainError):
    """The form's key was used before for something else: sending it again would lose one of the two (409)."""

    def __init__(self) -> None:
        super().__init__(_("Ce formulaire a déjà été envoyé avec un autre contenu."))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deposit:
    """A deposit as it is about to be stored."""

    asked: Asked

    category: str
    type: str
    concerns: UUID
    description: str
    request_key: UUID
    language: str
    digest: str
    now: datetime


def send_deposit(
    viewer: Viewer,
    *,
    category: str,
    type: str,
    concerns: UUID,
    description: str,
    request_key: UUID,
    language: str,
    now: datetime,
    posted: Sequence[HeldFile] = (),
    asked: Asked | None = None,
) -> Request:
    """Stores a request with every file held under its key, and publishes DepositReceived, all or nothing.

    `posted` are the files that came with this very sending. The same key with the same content gives the
    request of the first time; with another content it raises Conflict. Other refusals are DomainError
    with the field that they belong to, and the held files stay held. Raises AlreadyOpen when the subject of
    `asked` has an open request.
    """
    asked = asked or Asked()
    chosen = _checked_type(category, type, asked)
    if concerns not in {one.pk for one in people_to_send_for(viewer, on=timezone.localdate(now))}:
        raise DomainError(_("Choisissez une personne de votre contrat."), field="beneficiary")
    if len(description) > MAX_DESCRIPTION:
        raise DomainError(_("Ce texte est trop long : 2 000 signes au plus."), field="description")
    deposit = _Deposit(
        category=category,
        type=type,
        concerns=concerns,
        description=description,
        request_key=request_key,
        language=language,
        digest=_digest(category, type, str(concerns), description, posted, asked),
        now=now,
        asked=asked,
    )
    return _store_once(viewer, deposit, chosen)


def _checked_type(category: str, type_id: str, asked: Asked) -> DepositType:
    named, kind = category_named(category), asked.kind
    if named is None or (named.by_message, named.own_form) != (kind in TALKS, kind in OWN_FORMS):
        raise DomainError(_("Choisissez ce que vous voulez nous envoyer."), field="category")
    chosen = type_named(category, type_id)
    if chosen is None:
        raise DomainError(_("Précisez de quel document il s’agit."), field="type")
    if chosen.own_page and not asked.subject:
        message = _("« %(type)s » se demande sur sa propre page : suivez le lien ci-dessous.")
        raise DomainError(message % {"type": text(chosen.label)}, field="type")
    return chosen


def _digest(
    category: str,
    type_id: str,
    concerns: str,
    description: str,
    posted: Sequence[HeldFile],
    asked: Asked,
) -> str:
    files = sorted([one.name, one.sha256, *filter(None, [one.piece])] for one in posted)
    told = [category, type_id, concerns, description, files]
    words = json.dumps([*told, asked.answers] if asked.answers else told, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def _store_once(viewer: Viewer, deposit: _Deposit, chosen: DepositType) -> Request:
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                # The files first: their lock makes a second click wait, then see what the first stored.
                held = held_for_update(viewer, deposit.request_key)
                found = _sent_before(viewer, deposit.request_key)
                if found is None:
                    _refuse_second(deposit.asked)
                    return _create(viewer, deposit, chosen, held)
        except IntegrityError:
            # A second click in parallel won, or the reference was taken: look again.
            if attempt == _TRIES - 1:
                raise
            continue
        return _same(viewer, found, deposit)
    raise AssertionError


def _refuse_second(asked: Asked) -> None:
    """The constraint of the table decides between two at once; this names the one that is open."""
    if not asked.subject:
        return
    open_one = Request.objects.filter(subject=asked.index).exclude(state__in=FINAL_STATES).first()
    if open_one is not None:
        raise AlreadyOpen(open_one.reference)


def _sent_before(viewer: Viewer, request_key: UUID) -> Request | None:
    return Request.objects.filter(sender_id=viewer.person_id, request_key=request_key).first()


def _same(viewer: Viewer, found: Request, deposit: _Deposit) -> Request:
    # What came again with this sending is stored already, or belongs to a sending that is refused.
    with transaction.atomic():
        drop(held_for_update(viewer, deposit.request_key))
    if found.content_digest != deposit.digest:
        raise Conflict
    return found


def _create(viewer: Viewer, deposit: _Deposit, chosen: DepositType, held: list[RequestFile]) -> Request:
    files = without_doubles(held)
    check_files(files, needed=deposit.asked.needs_files)
    refuse_mixed([one.piece for one in files], type_id=deposit.type)
    promised, call_at = _promised(deposit, chosen), deposit.asked.call_at
    request = Request(
        reference=new_reference(settings.PROFILE.identity.reference_prefix),
        kind=deposit.asked.kind,
        sender_id=viewer.person_id,
        concerns_id=deposit.concerns,
        category=deposit.category,
        type=deposit.type,
        description=deposit.description,
        answers=json.dumps(deposit.asked.answers, ensure_ascii=False) if deposit.asked.answers else "",
        subject=deposit.asked.index,
        state=RequestState.RECEIVED,
        request_key=deposit.request_key,
        content_digest=deposit.digest,
        received_at=deposit.now,
        promised_on=promised,
        due_on=promised,
        language=deposit.language,
        team=settings.PROFILE.desk.team_for(deposit.category, deposit.type, kind=deposit.asked.kind),
    )
    request.save(force_insert=True)
    Step.objects.create(request=request, state=RequestState.RECEIVED, at=deposit.now)
    RequestFile.objects.filter(pk__in=[one.pk for one in files]).update(request=request)
    publish(
        DepositReceived(
            actor=viewer.account_id,
            about=viewer.person_id,
            request_id=request.pk,
            reference=request.reference,
            files=len(files),
            call_at=call_at.isoformat() if call_at else "",
            ends_on=deposit.asked.ends_on.isoformat() if deposit.asked.ends_on else "",
            language=deposit.language,
        )
    )
    check_once_clean(request.pk, now=deposit.now)
    return request


def _promised(deposit: _Deposit, chosen: DepositType) -> date:
    asked = deposit.asked
    if asked.call_at is not None:
        return timezone.localdate(asked.call_at)
    return asked.promised_on or working_days_after(timezone.localdate(deposit.now), chosen.promised_days)


def held_for_update(viewer: Viewer, request_key: UUID) -> list[RequestFile]:
    rows = RequestFile.objects.select_for_update().filter(
        sender_id=viewer.person_id, request_key=request_key, request=None, kept_by=""
    )
    return list(rows)


def without_doubles(held: list[RequestFile]) -> list[RequestFile]:
    """One row for each name, content and piece; two clicks in parallel may have kept two."""
    unique = {(one.name, one.sha256, one.piece): one for one in reversed(held)}
    drop([one for one in held if unique[one.name, one.sha256, one.piece] is not one])
    return [one for one in held if unique[one.name, one.sha256, one.piece] is one]


def check_files(files: list[RequestFile], *, needed: bool) -> None:
    limit = settings.PROFILE.deposit.max_files
    for one in files:
        if one.is_infected:
            raise DomainError(file_words.infected(one.name), field="files")
    if needed and not files:
        raise DomainError(_("Ajoutez au moins un fichier."), field="files")
    if len(files) > limit:
        message = _("Un envoi contient %(count)s fichiers au plus : retirez-en, puis faites un second envoi.")
        raise DomainError(message % {"count": limit}, field="files")
