"""What is known of an account besides itself: who else has it, and how much waits for it."""

from datetime import datetime

from django.db.models import Sum

from entraide.portal.domain.adjudication.enums import LineState
from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.bank.enums import Scope, SecondLook
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.bank.policies import reasons_for_second
from entraide.portal.domain.claims.enums import Payee
from entraide.portal.domain.members.bank_accounts import families_with
from entraide.portal.domain.members.models import Beneficiary


def other_families(change: AccountChange) -> int:
    """How many other memberships have the new account on file, or ever asked for it."""
    asked = AccountChange.objects.filter(iban_index=change.iban_index)
    found = families_with(change.iban_index) | {
        str(one) for one in asked.values_list("person__member_id", flat=True)
    }
    return len(found - {str(change.person.member_id)})


def amount_waiting(change: AccountChange) -> int:
    """Cents priced and not yet paid, for everyone who is reimbursed on the account that changes."""
    people = [change.person_id]
    if change.scope == Scope.CONTRACT:
        family = Beneficiary.objects.filter(member_id=change.person.member_id)
        people += [one.pk for one in family if not one.iban]
    lines = AdjudicatedLine.objects.filter(
        state=LineState.PRICED, payee=Payee.MEMBER, beneficiary_id__in=people
    )
    return int(lines.aggregate(total=Sum("amc"))["total"] or 0)


def second_looks(change: AccountChange, *, now: datetime) -> tuple[SecondLook, ...]:
    """Why a second agent must look at this change today."""
    return reasons_for_second(
        change, waiting_cents=amount_waiting(change), families=other_families(change), now=now
    )
