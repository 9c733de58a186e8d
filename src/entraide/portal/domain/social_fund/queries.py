"""What the sender of a request to the fund may know, and what its people see beside the request."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.enums import RequestKind
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.domain.social_fund.agenda import the_fund
from entraide.portal.domain.social_fund.asking import papers_of_aid
from entraide.portal.domain.social_fund.enums import Outcome
from entraide.portal.domain.social_fund.filing import papers_there
from entraide.portal.domain.social_fund.letter import letter_pdf
from entraide.portal.domain.social_fund.models import AidDecision, AidFile
from entraide.profiles import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class AidProgress:
    """Where one's own request stands: the commission that looks at it, and what was decided."""

    reference: str
    commission_on: date | None
    is_decided: bool
    is_granted: bool
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDecision:
    """What one person wrote down, for a second one to read; `name`: whose words."""

    name: str
    outcome: Outcome
    amount: int
    payee: str
    refusal: str
    words: str
    binding: str
    is_mine: bool
    is_agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AidAtWork:
    """A file as the fund's people see it. `there`: ids of papers; `may_decide`: its commission has met."""

    reference: str
    papers: tuple[Paper, ...]
    there: tuple[str, ...]
    commission_on: date | None
    commissions: tuple[date, ...]
    decision: WrittenDecision | None
    may_decide: bool

    @property
    def missing(self) -> tuple[Paper, ...]:
        return tuple(one for one in self.papers if one.id not in self.there)


def aid_progress(viewer: Viewer, reference: str) -> AidProgress | None:
    """None for what somebody else asked, or is no request to the fund. One query."""
    found = _own(viewer, reference).select_related("aid_file", "aid_decision").first()
    if found is None:
        return None
    decided: AidDecision | None = getattr(found, "aid_decision", None)
    if decided is not None and decided.agreed_at is None:
        decided = None
    kept: AidFile | None = getattr(found, "aid_file", None)
    return AidProgress(
        reference=found.reference,
        commission_on=kept.commission_on if kept else None,
        is_decided=decided is not None,
        is_granted=decided is not None and decided.outcome == Outcome.GRANTED,
        amount=decided.amount if decided else 0,
    )


def aid_letter(viewer: Viewer, reference: str) -> bytes | None:
    """The letter of one's own request; None while nothing is decided."""
    own = _own(viewer, reference).filter(aid_decision__agreed_at__isnull=False)
    found = own.select_related("aid_decision").first()
    return letter_pdf(found.aid_decision, language=found.language) if found else None


def aid_at_work(agent: AgentViewer, reference: str, *, on: date) -> AidAtWork | None:
    """Of a request that was just opened, which is noted there; None for anybody else. One query."""
    fund = the_fund()
    if fund is None or not may(agent.role, Right.HANDLE_SOCIAL_FUND):
        return None
    rows = Request.objects.filter(kind=RequestKind.SOCIAL_FUND, reference=tidy_reference(reference))
    request = rows.select_related("aid_file", "aid_decision__proposed_by").first()
    if request is None:
        return None
    kept: AidFile | None = getattr(request, "aid_file", None)
    written: AidDecision | None = getattr(request, "aid_decision", None)
    commission = kept.commission_on if kept else None
    return AidAtWork(
        reference=request.reference,
        papers=papers_of_aid(request.type),
        there=papers_there(kept, pieces=request.files.values_list("piece", flat=True)),
        commission_on=commission,
        commissions=tuple(one for one in fund.commissions if one >= on),
        decision=_written(written, agent) if written else None,
        may_decide=commission is not None and commission <= on,
    )


def _written(found: AidDecision, agent: AgentViewer) -> WrittenDecision:
    return WrittenDecision(
        name=found.proposed_by.full_name,
        outcome=Outcome(found.outcome),
        amount=found.amount,
        payee=found.payee,
        refusal=found.refusal,
        words=found.words,
        binding=found.binding,
        is_mine=found.proposed_by_id == agent.id,
        is_agreed=found.agreed_at is not None,
    )


def _own(viewer: Viewer, reference: str) -> QuerySet[Request]:
    mine = Request.objects.filter(kind=RequestKind.SOCIAL_FUND, reference=tidy_reference(reference))
    return mine.filter(sender_id=viewer.person_id) if viewer.helping is None else mine.none()
