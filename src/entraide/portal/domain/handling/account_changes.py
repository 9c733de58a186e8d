"""Changes of account at the desk: those that wait for an agreement, one with all that decides (A71, A78).

The first argument is the agent who asks. A list names who asked and no account; whoever opens a change is
in the journal of the people whose account it is (A68).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from entraide.formats import iban
from entraide.formats.names import same_name
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.bank.deciding import standing
from entraide.portal.domain.bank.enums import LIVE, ApprovalStep, Scope
from entraide.portal.domain.bank.looks import Families, Signals, families_of, signals_of
from entraide.portal.domain.bank.models import AccountChange, Approval
from entraide.portal.domain.bank.policies import is_of_family, may_approve, may_check
from entraide.portal.domain.consultations.actions import Reader, Reading, consulted
from entraide.portal.domain.consultations.enums import ReaderKind, Seen
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.opening import KeptPiece
from entraide.portal.domain.handling.reasons import reason_of_account_change
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.queries import NotReadable, OpenFile, opened_file
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.domain.requests.timeline import FileLine, file_line

MOST_LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChangeRow:
    """A change in the list. `agreed`: who agreed to what it says now, by name; `needed`: how many must."""

    reference: str
    person: str
    asked_by: str
    whole: bool
    asked_at: datetime
    effective_at: datetime
    is_due: bool
    agreed: tuple[str, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agent's yes; `counts`: to what the change says now, not to an earlier content (A78)."""

    step: ApprovalStep
    name: str
    at: datetime
    counts: bool
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChange:
    """All that one screen shows. The accounts are masked: country, key, last four characters.

    `holder_is`: whose name of the family the holder's is, blank for nobody's. `binding`: what is agreed to.
    """

    reference: str
    state: str
    refusal: str
    whole: bool
    binding: str
    person: str
    asked_by: str
    is_own: bool
    member_number: str
    asked_at: datetime
    effective_at: datetime
    is_due: bool
    is_live: bool
    replaced: str
    replaced_holder: str
    account: str
    bic: str
    holder: str
    holder_is: str
    is_person_holder: bool
    paper: FileLine
    kept: KeptPiece | None = field(repr=False)
    signals: Signals
    payee_check: str
    agreements: tuple[Agreement, ...]
    needed: int
    may_check: bool
    may_approve: bool
    may_note_payee: bool

    @property
    def agreed(self) -> int:
        return sum(one.counts for one in self.agreements)


def changes_to_decide(agent: AgentViewer, *, now: datetime) -> tuple[AccountChangeRow, ...]:
    """Those that wait for an agreement, what is due first on top; at most `MOST_LISTED`. Eight queries."""
    _need(agent)
    return tuple(_row(one, now=now) for one in _waiting(now=now)[:MOST_LISTED])


def how_many_wait(agent: AgentViewer, *, now: datetime) -> int:
    """How many changes wait for an agreement, `MOST_LISTED` at most; 0 for a role that decides on none."""
    return min(len(_waiting(now=now)), MOST_LISTED) if may_approve(agent) else 0


def open_change(agent: AgentViewer, reference: str, *, network: str, now: datetime) -> OpenChange | None:
    """One change for an agent, and the note of the reading; None when there is none.

    Raises DomainError for a role that decides on none, and for the agent's own family.
    """
    _need(agent)
    change = _found(reference)
    if change is None:
        return None
    families = families_of([change])
    _need_distance(agent, change, families)
    _note(agent, change, network=network, now=now)
    signals = signals_of([change], families, now=now)[change.pk]
    return _opened(agent, change, families[change.person.member_id], signals, now=now)


def open_paper(
    agent: AgentViewer, reference: str, file_id: UUID, *, network: str, now: datetime
) -> OpenFile | None:
    """The RIB of a change as it was sent; None for another file. Raises NotReadable as a piece does."""
    _need(agent)
    change = _found(reference)
    if change is None or change.paper_id != file_id:
        return None
    _need_distance(agent, change, families_of([change]))
    if not change.paper.is_readable:
        raise NotReadable
    _note(agent, change, network=network, now=now)
    return opened_file(change.paper)


def _need(agent: AgentViewer) -> None:
    if not may_approve(agent):
        raise DomainError(_("Votre rôle ne permet pas de décider d’un changement de compte."))


def _need_distance(agent: AgentViewer, change: AccountChange, families: Families) -> None:
    people = families[change.person.member_id]
    if is_of_family(agent, people, change):
        raise DomainError(_("Vous êtes de cette famille : laissez un collègue décider."))


def _rows() -> QuerySet[AccountChange]:
    return AccountChange.objects.select_related("paper", "person__member", "asked_by")


def _with_agreements(rows: QuerySet[AccountChange]) -> QuerySet[AccountChange]:
    return rows.prefetch_related(
        Prefetch("approvals", Approval.objects.select_related("agent").order_by("at"))
    )


def _found(reference: str) -> AccountChange | None:
    return _with_agreements(_rows()).filter(reference=tidy_reference(reference)).first()


@dataclass(frozen=True, slots=True)
class _Waiting:
    change: AccountChange
    signals: Signals
    agreed: tuple[str, ...]


def _waiting(*, now: datetime) -> list[_Waiting]:
    """Nobody may have agreed yet, or too few: read apart, so that many that only cool off hide none."""
    live = _rows().filter(state__in=LIVE).order_by("effective_at", "pk")
    begun = list(_with_agreements(live.filter(approvals__isnull=False).distinct())[:MOST_LISTED])
    fresh = list(live.filter(approvals__isnull=True)[:MOST_LISTED])
    changes = sorted([*begun, *fresh], key=lambda one: (one.effective_at, one.pk))
    agreed = {one.pk: tuple(yes.agent.full_name for yes in standing(one).values()) for one in begun}
    signals = signals_of(changes, families_of(changes), now=now)
    found = [_Waiting(one, signals[one.pk], agreed.get(one.pk, ())) for one in changes]
    return [one for one in found if len(one.agreed) < _needed(one.signals)]


def _needed(signals: Signals) -> int:
    return 2 if signals.reasons else 1


def _row(waiting: _Waiting, *, now: datetime) -> AccountChangeRow:
    change = waiting.change
    return AccountChangeRow(
        reference=change.reference,
        person=change.person.full_name,
        asked_by=change.asked_by.full_name,
        whole=change.scope == Scope.CONTRACT,
        asked_at=change.asked_at,
        effective_at=change.effective_at,
        is_due=change.effective_at <= now,
        agreed=waiting.agreed,
        needed=_needed(waiting.signals),
    )


def _opened(
    agent: AgentViewer,
    change: AccountChange,
    family: Sequence[Beneficiary],
    signals: Signals,
    *,
    now: datetime,
) -> OpenChange:
    in_use = _in_use(change, family)
    steps = standing(change)
    agreements = tuple(_agreement(one, change, agent) for one in change.approvals.all())
    needed = _needed(signals)
    mine = any(one.is_mine and one.counts for one in agreements)
    paper = change.paper
    decides = change.is_live
    return OpenChange(
        reference=change.reference,
        state=change.state,
        refusal=change.refusal,
        whole=change.scope == Scope.CONTRACT,
        binding=change.binding,
        person=change.person.full_name,
        asked_by=change.asked_by.full_name,
        is_own=change.asked_by_id == change.person_id,
        member_number=change.person.member.number,
        asked_at=change.asked_at,
        effective_at=change.effective_at,
        is_due=change.effective_at <= now,
        is_live=change.is_live,
        replaced=iban.mask(in_use.iban) if in_use is not None and change.is_live else "",
        replaced_holder=(in_use.account_holder or in_use.full_name) if in_use and change.is_live else "",
        account=iban.mask(change.iban),
        bic=change.bic,
        holder=change.holder,
        holder_is=next((one.full_name for one in family if same_name(one.full_name, change.holder)), ""),
        is_person_holder=same_name(change.person.full_name, change.holder),
        paper=file_line(paper),
        kept=KeptPiece(paper.stored_name, paper.media_type) if paper.is_readable else None,
        signals=signals,
        payee_check=change.payee_check,
        agreements=agreements,
        needed=needed,
        may_check=decides and may_check(agent) and ApprovalStep.CHECK not in steps,
        may_approve=decides
        and ApprovalStep.CHECK in steps
        and ApprovalStep.APPROVE not in steps
        and needed > 1
        and not mine,
        may_note_payee=decides and may_check(agent),
    )


def _in_use(change: AccountChange, family: Sequence[Beneficiary]) -> Beneficiary | None:
    """Whose account serves today: one's own, or the contract's."""
    mine = (one for one in family if one.pk == change.person_id and one.iban)
    return next(mine, next((one for one in family if one.is_primary and one.iban), None))


def _agreement(one: Approval, change: AccountChange, agent: AgentViewer) -> Agreement:
    counts = one.binding == change.binding
    return Agreement(ApprovalStep(one.step), one.agent.full_name, one.at, counts, one.agent_id == agent.id)


def _note(agent: AgentViewer, change: AccountChange, *, network: str, now: datetime) -> None:
    consulted(
        Reader(agent.id, ReaderKind.AGENT, agent.full_name, agent.role),
        (Reading(person, Seen.BANK, change.pk) for person in {change.person_id, change.asked_by_id}),
        reason=reason_of_account_change(change.reference),
        network=network,
        now=now,
    )
