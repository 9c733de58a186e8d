"""Asking somebody with an access of their own to help, accepting, and ending it (B-08)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.formats.names import same_name
from entraide.portal.domain.access.actions.safety import publish_change
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.access.numbers import normal_number
from entraide.portal.domain.access.sessions import may_come_in
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.members.models import Beneficiary, Delegation
from entraide.portal.domain.members.policies import may_ask_for_help, may_help
from entraide.portal.domain.members.queries import as_person, person_by_number
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.sharing.events import HelpAccepted, HelpAsked, HelpEnded, HelpOffered
from entraide.portal.domain.sharing.refusals import KeyReused
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish
from entraide.reimbursement.dates import add_months

MONTHS = (1, 3, 6, 12)
DEFAULT_MONTHS = 3
# Whoever tries numbers with names learns little in a day.
_TRIES_A_DAY = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpWanted:
    """Who is to help, named by number and name as on their card; for what, and for how many months."""

    number: str
    first_name: str
    last_name: str
    scopes: Sequence[HelpScope]
    months: int
    request_key: UUID

    def last_day(self, on: date) -> date:
        return add_months(on, self.months) - timedelta(days=1)


def ask_for_help(viewer: Viewer, wanted: HelpWanted, *, language: str, now: datetime) -> Delegation:
    """Stores what the viewer asks of the helper, who has to accept; publishes HelpAsked and HelpOffered.

    Asked again of the same helper, the former one ends: only the giver renews. Raises DomainError with its
    field, or KeyReused.
    """
    today = timezone.localdate(now)
    if not may_ask_for_help(viewer, on=today):
        raise DomainError(_("Seul un adulte peut demander de l’aide pour son dossier."))
    _check(wanted)
    before = Delegation.objects.filter(giver_id=viewer.person_id, request_key=wanted.request_key).first()
    if before is not None:
        return _same(before, wanted)
    helper = _helper(viewer, wanted, now=now)
    with transaction.atomic():
        # The same lock as a freeze: asked before it and ended by it, or not asked at all.
        account = Account.objects.select_for_update(of=("self",), no_key=True).get(pk=viewer.account_id)
        return _store(viewer, wanted, account, helper, language=language, now=now)


def _check(wanted: HelpWanted) -> None:
    if not wanted.scopes:
        raise DomainError(_("Choisissez au moins une chose que cette personne pourra faire."), field="scopes")
    if HelpScope.SENDING in wanted.scopes and HelpScope.REQUESTS not in wanted.scopes:
        raise DomainError(
            _("Pour envoyer des papiers, cette personne doit aussi pouvoir suivre vos demandes."),
            field="scopes",
        )
    if wanted.months not in MONTHS:
        raise DomainError(_("Choisissez une durée dans la liste : un an au plus."), field="months")


def _helper(viewer: Viewer, wanted: HelpWanted, *, now: datetime) -> Beneficiary:
    """One refusal for every reason: it must not tell who has an access here (A1)."""
    tries = limits.count("help", str(viewer.account_id), per=timedelta(days=1), now=now)
    if tries > _TRIES_A_DAY:
        raise DomainError(_("Trop d’essais aujourd’hui : réessayez demain, ou appelez-nous."), field="number")
    found = person_by_number(normal_number(wanted.number))
    if (
        found is None
        or found.pk == viewer.person_id
        or not _is_named(found, wanted)
        or not _may_help(found, now)
    ):
        raise DomainError(
            _(
                "Nous ne trouvons pas d’adulte avec ce numéro et ce nom qui ait ouvert son espace. "
                "Vérifiez avec cette personne ce qui est écrit sur sa carte."
            ),
            field="number",
        )
    return found


def _is_named(person: Beneficiary, wanted: HelpWanted) -> bool:
    last = any(same_name(wanted.last_name, one) for one in (person.last_name, person.birth_name))
    return last and same_name(wanted.first_name, person.first_name)


def _may_help(person: Beneficiary, now: datetime) -> bool:
    on = timezone.localdate(now)
    if person.account is None or not may_help(as_person(person), on=on):
        return False
    return may_come_in(person.account, person.member, on=on)


def _same(before: Delegation, wanted: HelpWanted) -> Delegation:
    number = Beneficiary.objects.values_list("number", flat=True).get(pk=before.helper_id)
    last_day = wanted.last_day(timezone.localdate(before.given_at))
    asked = (normal_number(wanted.number), frozenset(wanted.scopes), last_day)
    if asked != (number, before.scope_set, before.ends_on):
        raise KeyReused
    return before


def _store(
    viewer: Viewer, wanted: HelpWanted, account: Account, helper: Beneficiary, *, language: str, now: datetime
) -> Delegation:
    own = Delegation.objects.select_for_update().filter(giver_id=viewer.person_id)
    again = own.filter(request_key=wanted.request_key).first()
    if again is not None:
        return _same(again, wanted)
    for former in own.filter(helper=helper, ended_at=None):
        end_delegation(former, actor=account.pk, by="again", language=language, now=now)
    delegation = Delegation.objects.create(
        giver_id=viewer.person_id,
        helper=helper,
        scopes=" ".join(sorted(wanted.scopes)),
        ends_on=wanted.last_day(timezone.localdate(now)),
        request_key=wanted.request_key,
        given_at=now,
    )
    publish_change(
        HelpAsked(
            actor=account.pk, about=viewer.person_id, delegation=delegation.pk, helper=helper.pk,
            scopes=delegation.scopes, ends_on=delegation.ends_on, language=language,
        ),
        account=account, change=Change.HELP_GIVEN, now=now,
    )  # fmt: skip
    assert helper.account is not None
    publish(
        HelpOffered(
            actor=account.pk, about=helper.pk, delegation=delegation.pk, language=helper.account.language
        )
    )
    return delegation


def accept_help(viewer: Viewer, delegation_id: UUID, *, now: datetime) -> bool:
    """The helper says yes; publishes HelpAccepted. False when nothing of the kind waits for the viewer."""
    if viewer.helping is not None:
        return False
    with transaction.atomic():
        delegation = _waiting(delegation_id, now=now).filter(helper_id=viewer.person_id).first()
        if delegation is None or not may_help(as_person(delegation.helper), on=timezone.localdate(now)):
            return False
        if delegation.accepted_at is not None:
            return True
        delegation.accepted_at = now
        delegation.save(update_fields=["accepted_at"])
        publish(
            HelpAccepted(
                actor=viewer.account_id, about=delegation.giver_id, delegation=delegation.pk,
                helper=viewer.person_id, ends_on=delegation.ends_on,
                language=_language_of(delegation.giver),
            )
        )  # fmt: skip
    return True


def end_help(viewer: Viewer, delegation_id: UUID, *, now: datetime) -> bool:
    """Either of the two ends it, at once; publishes HelpEnded. False when it is not theirs or over."""
    if viewer.helping is not None:
        return False
    with transaction.atomic():
        delegation = _waiting(delegation_id, now=now).first()
        if delegation is None or viewer.person_id not in {delegation.giver_id, delegation.helper_id}:
            return False
        by = "giver" if viewer.person_id == delegation.giver_id else "helper"
        language = _language_of(delegation.giver)
        end_delegation(delegation, actor=viewer.account_id, by=by, language=language, now=now)
    return True


def end_delegation(
    delegation: Delegation, *, actor: UUID | None, by: str, language: str, now: datetime
) -> None:
    """Ends a live, locked delegation. Inside a transaction."""
    delegation.ended_at = now
    delegation.save(update_fields=["ended_at"])
    publish(
        HelpEnded(
            actor=actor, about=delegation.giver_id, delegation=delegation.pk, helper=delegation.helper_id,
            by=by, language=language,
        )
    )  # fmt: skip


def _waiting(delegation_id: UUID, *, now: datetime) -> QuerySet[Delegation]:
    rows = Delegation.objects.select_for_update(of=("self",)).select_related("giver__account", "helper")
    return rows.filter(pk=delegation_id, ended_at=None, ends_on__gte=timezone.localdate(now))


def _language_of(person: Beneficiary) -> str:
    return person.account.language if person.account is not None else "fr"
