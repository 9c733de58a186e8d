"""Where a payee can be paid today, or why not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from entraide.formats import iban as iban_format
from entraide.formats.sepa.area import COUNTRIES
from entraide.portal.domain.claims.enums import Payee
from entraide.portal.domain.members.bank_accounts import account_index
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.payment_runs.enums import HeldReason, TransferState
from entraide.portal.domain.payment_runs.models import ProfessionalAccount, Transfer
from entraide.portal.domain.payment_runs.waiting import PayeeKey

# The bank's reasons that lie in the account: the same account would fail again.
ACCOUNT_REASONS = frozenset(
    ["AC01", "AC04", "AC06", "AC13", "AC14", "AG01", "AG02", "BE01", "BE06", "MD07", "RC01"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account that can be paid. `index` finds the same account again without telling it."""

    iban: str
    bic: str
    holder: str
    index: str
    professional_id: UUID | None = None


def accounts_of(keys: Iterable[PayeeKey]) -> Mapping[PayeeKey, Account | HeldReason]:
    """The account of each payee. Three queries."""
    wanted = list(keys)
    people = Beneficiary.objects.in_bulk([key.account_id for key in wanted if key.account_id])
    numbers = [key.number for key in wanted if key.number]
    known = {one.number: one for one in ProfessionalAccount.objects.filter(number__in=numbers)}
    found: dict[PayeeKey, Account | HeldReason] = {}
    for key in wanted:
        if key.payee == Payee.MEMBER:
            assert key.account_id is not None
            found[key] = _of_person(people[key.account_id])
        else:
            found[key] = _of_professional(known.get(key.number), key)
    refused = _refused_among([one.index for one in found.values() if isinstance(one, Account)])
    return {
        key: HeldReason.ACCOUNT_REFUSED if isinstance(one, Account) and one.index in refused else one
        for key, one in found.items()
    }


def _of_person(person: Beneficiary) -> Account | HeldReason:
    if not person.iban:
        return HeldReason.NO_ACCOUNT
    if not _is_payable(person.iban):
        return HeldReason.BAD_ACCOUNT
    return Account(
        iban=person.iban,
        bic=person.bic,
        holder=person.account_holder or person.full_name,
        index=account_index(person.iban),
    )


def _of_professional(known: ProfessionalAccount | None, key: PayeeKey) -> Account | HeldReason:
    if not key.number:
        return HeldReason.NO_NUMBER
    if known is None:
        return HeldReason.NO_ACCOUNT
    if not _is_payable(known.iban):
        return HeldReason.BAD_ACCOUNT
    return Account(
        iban=known.iban,
        bic=known.bic,
        holder=known.account_holder,
        index=account_index(known.iban),
        professional_id=known.pk,
    )


def _is_payable(iban: str) -> bool:
    try:
        return iban_format.parse(iban)[:2] in COUNTRIES
    except iban_format.IbanError:
        return False


def _refused_among(indexes: list[str]) -> frozenset[str]:
    """Accounts whose last answered transfer failed for a reason that lies in the account."""
    failed = (TransferState.REFUSED, TransferState.RETURNED)
    answered = Transfer.objects.filter(account_index__in=indexes, state__in=[*failed, TransferState.ACCEPTED])
    last = {}
    for one in answered.order_by("answered_on", "run_id").values_list("account_index", "state", "reason"):
        last[one[0]] = one[1:]
    return frozenset(
        index for index, (state, reason) in last.items() if state in failed and reason in ACCOUNT_REASONS
    )
