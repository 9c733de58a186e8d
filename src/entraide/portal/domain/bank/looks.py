"""What is known of an account besides itself: who else has it, and how much waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from entraide.portal.domain.adjudication.enums import LineState
from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.bank.enums import Scope, SecondLook
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.bank.policies import contacts_changed, reasons_for_second
from entraide.portal.domain.claims.enums import Payee
from entraide.portal.domain.members.models import Beneficiary

# The people of each membership, by its id.
Families = dict[UUID, list[Beneficiary]]


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a second agent, and the figures behind it: other families, and cents that wait."""

    families: int
    waiting_cents: int
    reasons: tuple[SecondLook, ...]


def families_of(changes: Sequence[AccountChange]) -> Families:
    """Everybody of the memberships whose accounts change. One query."""
    members = {one.person.member_id for one in changes}
    found: Families = {member: [] for member in members}
    for one in Beneficiary.objects.filter(member_id__in=members):
        found[one.member_id].append(one)
    return found


def other_families(change: AccountChange) -> int:
    """How many other memberships have the new account on file, or ever asked for it."""
    return _others([change])[change.pk]


def amount_waiting(change: AccountChange) -> int:
    """Cents priced and not yet paid, for everyone who is reimbursed on the account that changes."""
    return _waiting([change], families_of([change]))[change.pk]


def second_looks(change: AccountChange, *, now: datetime) -> tuple[SecondLook, ...]:
    """Why a second agent must look at this change today."""
    return signals_of([change], families_of([change]), now=now)[change.pk].reasons


def signals_of(changes: Sequence[AccountChange], families: Families, *, now: datetime) -> dict[UUID, Signals]:
    """The signals of each change today. Four queries, however many there are."""
    if not changes:
        return {}
    others, waiting = _others(changes), _waiting(changes, families)
    lately = contacts_changed(changes, now=now)
    return {
        one.pk: Signals(
            others[one.pk],
            waiting[one.pk],
            reasons_for_second(
                one,
                waiting_cents=waiting[one.pk],
                families=others[one.pk],
                contact_changed=one.pk in lately,
            ),
        )
        for one in changes
    }


def _others(changes: Sequence[AccountChange]) -> dict[UUID, int]:
    wanted = {one.iban_index for one in changes}
    known: dict[str, set[UUID]] = {index: set() for index in wanted}
    on_file = Beneficiary.objects.filter(iban_index__in=wanted)
    for index, member in on_file.values_list("iban_index", "member_id"):
        known[index].add(member)
    asked = AccountChange.objects.filter(iban_index__in=wanted)
    for index, member in asked.values_list("iban_index", "person__member_id"):
        known[index].add(member)
    return {one.pk: len(known[one.iban_index] - {one.person.member_id}) for one in changes}


def _waiting(changes: Sequence[AccountChange], families: Families) -> dict[UUID, int]:
    people = {one.pk: _paid_there(one, families) for one in changes}
    lines = AdjudicatedLine.objects.filter(
        state=LineState.PRICED, payee=Payee.MEMBER, beneficiary_id__in=set().union(*people.values())
    )
    cents = dict(lines.order_by().values_list("beneficiary_id").annotate(total=Sum("amc")))
    return {change: sum(cents.get(one) or 0 for one in theirs) for change, theirs in people.items()}


def _paid_there(change: AccountChange, families: Families) -> set[UUID]:
    if change.scope != Scope.CONTRACT:
        return {change.person_id}
    return {change.person_id} | {one.pk for one in families[change.person.member_id] if not one.iban}
