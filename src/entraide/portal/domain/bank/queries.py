"""What the bank pages may know; the first argument is who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from entraide.portal.domain.access.policies import may_change_bank
from entraide.portal.domain.bank.deciding import has_its_approvals, standing
from entraide.portal.domain.bank.enums import LIVE, ChangeState, Scope
from entraide.portal.domain.bank.events import AccountRevealed
from entraide.portal.domain.bank.looks import second_looks
from entraide.portal.domain.bank.models import AccountChange, Approval
from entraide.portal.domain.bank.timeline import change_timeline
from entraide.portal.domain.members.ages import age_on
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import ADULT_FROM, may_change_account, may_see_identity
from entraide.portal.domain.members.queries import as_person
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.timeline import TimelineStep
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

# How long the end of a change is told on the page.
_SHOWN_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody of the contract, by name. `opens`: the viewer may change this person's own account."""

    id: UUID
    full_name: str
    relationship: str
    opens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A change as this viewer may see it: the account is blank for who only shares it."""

    id: UUID
    reference: str
    state: str
    asked_at: datetime
    effective_at: datetime
    asked_by: str
    is_own: bool
    iban: str
    holder: str
    refusal: str
    may_cancel: bool
    steps: tuple[TimelineStep, ...]

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class AskedChange:
    """A change of account among what somebody asked the mutual. `whole`: the contract's account."""

    reference: str
    person_id: UUID
    person: str
    whole: bool
    asked_at: datetime
    effective_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """One account: the contract's (`whole`), or one person's own.

    `iban` is whole, for the page to mask; blank when there is none or it is not the viewer's to see.
    """

    whole: bool
    person: NamedPerson
    is_own: bool
    shared_by: tuple[NamedPerson, ...]
    apart: tuple[NamedPerson, ...]
    has_own_account: bool
    iban: str
    bic: str
    holder: str
    may_change: bool
    waits_until: datetime | None
    change: ChangeView | None
    contract_change: ChangeView | None


def account_page(viewer: Viewer, person_id: UUID | None, *, now: datetime) -> AccountPage | None:
    """The contract's account for the primary insured, one's own for the others; `person_id`: that person's.

    None: not there, or not for this viewer (A36, A72).
    """
    today = timezone.localdate(now)
    family = {one.pk: one for one in Beneficiary.objects.filter(member_id=viewer.member_id)}
    person = family.get(person_id or viewer.person_id)
    if person is None or not may_see_identity(viewer, as_person(person), on=today):
        return None
    primary = next((one for one in family.values() if one.is_primary), person)
    source = person if person.iban else primary
    shown = source.pk == viewer.person_id or person.iban or viewer.is_primary
    changes = _changes(viewer, person, primary, now=now)
    whole = person.is_primary
    shares = not person.iban and not whole
    return AccountPage(
        whole=whole,
        person=_named(person, viewer, on=today),
        is_own=person.pk == viewer.person_id,
        shared_by=_those(family, viewer, on=today, apart=False) if whole else (),
        apart=_those(family, viewer, on=today, apart=True) if whole else (),
        has_own_account=bool(person.iban),
        iban=source.iban if shown else "",
        bic=source.bic if shown else "",
        holder=source.account_holder or source.full_name if shown else "",
        may_change=may_change_account(viewer, as_person(person), on=today),
        waits_until=_waits_until(viewer, now=now),
        change=_view(viewer, changes.get(person.pk), shares=False, now=now),
        contract_change=_view(viewer, changes.get(primary.pk), shares=True, now=now)
        if shares and not viewer.is_primary
        else None,
    )


def changes_under_way(viewer: Viewer) -> list[AskedChange]:
    """The changes of account that the viewer asked for and that are not over, the latest first. One query."""
    if viewer.helping is not None:
        return []
    rows = AccountChange.objects.filter(asked_by_id=viewer.person_id, state__in=LIVE).select_related("person")
    return [
        AskedChange(
            reference=one.reference,
            person_id=one.person_id,
            person=one.person.full_name,
            whole=one.scope == Scope.CONTRACT,
            asked_at=one.asked_at,
            effective_at=one.effective_at,
        )
        for one in rows.order_by("-asked_at")
    ]


def reveal_account(viewer: Viewer, person_id: UUID | None, *, now: datetime) -> str:
    """The whole IBAN that the page masks, with a line in the journal (X10); blank when there is none."""
    page = account_page(viewer, person_id, now=now)
    if page is None or not page.iban:
        return ""
    # Without an account of their own, it is that of the primary insured, who is the only one to see it here.
    owner = page.person.id if page.has_own_account else viewer.person_id
    with transaction.atomic():
        publish(AccountRevealed(actor=viewer.account_id, about=owner))
    return page.iban


def _changes(
    viewer: Viewer, person: Beneficiary, primary: Beneficiary, *, now: datetime
) -> dict[UUID, AccountChange]:
    """For each of the two the change that waits, or else the latest that ended lately. Two queries."""
    recent = Q(state__in=LIVE) | Q(ended_at__gt=now - _SHOWN_FOR)
    rows = AccountChange.objects.filter(recent, person_id__in={person.pk, primary.pk})
    approvals = Prefetch("approvals", Approval.objects.select_related("agent").order_by("at"))
    rows = rows.select_related("paper", "person", "asked_by").prefetch_related(approvals)
    found: dict[UUID, AccountChange] = {}
    for one in rows.order_by("asked_at"):
        found[one.person_id] = one
    return found


def _view(viewer: Viewer, change: AccountChange | None, *, shares: bool, now: datetime) -> ChangeView | None:
    """`shares`: the viewer only shares the account, and hears of it while something is to be done."""
    if change is None or (shares and not change.is_live):
        return None
    approvals = list(change.approvals.all())
    approved = change.is_live and bool(approvals) and has_its_approvals(change, now=now)
    is_adult = age_on(viewer.birth_date, timezone.localdate(now)) >= ADULT_FROM
    return ChangeView(
        id=change.pk,
        reference=change.reference,
        state=ChangeState(change.state).value,
        asked_at=change.asked_at,
        effective_at=change.effective_at,
        asked_by=change.asked_by.full_name,
        is_own=change.asked_by_id == viewer.person_id,
        iban="" if shares else change.iban,
        holder="" if shares else change.holder,
        refusal=change.refusal,
        may_cancel=change.is_live and (not shares or (is_adult and change.scope == Scope.CONTRACT)),
        steps=change_timeline(change, approvals, approved=approved, now=now),
    )


def _named(one: Beneficiary, viewer: Viewer, *, on: date) -> NamedPerson:
    opens = not one.is_primary and may_change_account(viewer, as_person(one), on=on)
    return NamedPerson(one.pk, one.full_name, one.relationship, opens)


_RANKS = ("primary_insured", "spouse", "child")


def _those(
    family: dict[UUID, Beneficiary], viewer: Viewer, *, on: date, apart: bool
) -> tuple[NamedPerson, ...]:
    """Who shares the contract's account, or has one apart, in the order of the family."""
    chosen = [one for one in family.values() if (bool(one.iban) and not one.is_primary) == apart]
    chosen.sort(key=lambda one: (_RANKS.index(one.relationship), one.birth_date, one.first_name))
    return tuple(_named(one, viewer, on=on) for one in chosen)


def _waits_until(viewer: Viewer, *, now: datetime) -> datetime | None:
    """Until when nothing may be asked, after a new mobile, address or factor (X6); None: now is fine."""
    account = Account.objects.get(pk=viewer.account_id)
    return None if may_change_bank(account, now=now) else account.cooling_until


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A change that waits, as the operator's list prints it: no account, no name."""

    reference: str
    state: str
    scope: str
    asked_at: datetime
    effective_at: datetime
    approvals: Sequence[str]
    second_needed: Sequence[str]


def waiting_changes(*, now: datetime) -> list[WaitingRow]:
    """Everything that waits for the mutual, the oldest first. For the operator only."""
    rows = AccountChange.objects.filter(state__in=LIVE).select_related("paper", "person", "asked_by")
    return [
        WaitingRow(
            reference=one.reference,
            state=one.state,
            scope=one.scope,
            asked_at=one.asked_at,
            effective_at=one.effective_at,
            approvals=sorted(step.value for step in standing(one)),
            second_needed=[reason.value for reason in second_looks(one, now=now)],
        )
        for one in rows.order_by("asked_at", "pk")
    ]
