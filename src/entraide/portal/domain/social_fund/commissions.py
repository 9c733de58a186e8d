"""A commission as the fund's people prepare it: its days, and the files that it looks at (SOC-01).

The first argument is the agent who asks; whoever has no right to the fund finds no file. A list of files
names people: it stands in the journal of each of them, as opening their file does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.consultations.actions import Reader, Reading, consulted
from entraide.portal.domain.consultations.enums import ReaderKind, Seen
from entraide.portal.domain.consultations.reasons import kept_reason, reason_kind
from entraide.portal.domain.handling.policies import need, too_near, within_sight
from entraide.portal.domain.requests.catalogue import labels_of
from entraide.portal.domain.requests.enums import FINAL_STATES, RequestKind, RequestState
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.social_fund.agenda import the_fund
from entraide.portal.domain.social_fund.asking import papers_of_aid
from entraide.portal.domain.social_fund.filing import papers_there
from entraide.portal.domain.social_fund.models import AidDecision, AidFile
from entraide.profiles import Paper, SocialFund, Text

PAST_SHOWN = 12
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class CommissionDay:
    """A commission in the list. `files` are on its agenda; two people have agreed on `decided` of them."""

    on: date
    files_until: date
    files: int
    decided: int


@dataclass(frozen=True, slots=True)
class CommissionDays:
    """`coming`: the next one first. `past`: the last one first."""

    coming: tuple[CommissionDay, ...]
    past: tuple[CommissionDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionFile:
    """A file of a commission. `sender` is blank for one of the agent's own family: its number is enough.

    `outcome`: what was decided, blank when nothing is written; `amount` in cents, 0 unless granted.
    """

    reference: str
    sender: str
    aid: Text
    received_on: date
    state: str
    papers: int
    missing: tuple[Paper, ...]
    outcome: str
    amount: int
    is_agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """One day with its files, in the order in which they were asked for.

    `waiting`: the files without a commission that this one would look at, were they whole today.
    """

    on: date
    files_until: date
    files: tuple[CommissionFile, ...]
    waiting: tuple[CommissionFile, ...]


def commission_days(agent: AgentViewer, *, on: date) -> CommissionDays:
    """Those of the profile, and days that it no longer names but that files have had. One query."""
    need(agent, Right.HANDLE_SOCIAL_FUND)
    fund = the_fund()
    if fund is None:
        return CommissionDays((), ())
    counted = _requests(agent).filter(aid_file__commission_on__isnull=False).order_by()
    rows = counted.values_list("aid_file__commission_on").annotate(
        Count("pk"), Count("aid_decision__agreed_at")
    )
    numbers = {day: (files, decided) for day, files, decided in rows}
    days = [
        CommissionDay(day, fund.files_until(day), *numbers.get(day, (0, 0)))
        for day in sorted({*fund.commissions, *numbers})
    ]
    past = [one for one in reversed(days) if one.on < on]
    return CommissionDays(tuple(one for one in days if one.on >= on), tuple(past[:PAST_SHOWN]))


def commission_of(agent: AgentViewer, day: date, *, network: str, now: datetime) -> Commission | None:
    """One of them with its files, which is noted for each person; None for a day that is none.

    Seven queries, and the note; `MOST_LISTED` files at most.
    """
    need(agent, Right.HANDLE_SOCIAL_FUND)
    fund = the_fund()
    if fund is None:
        return None
    of_day = list(_whole(_requests(agent).filter(aid_file__commission_on=day)))
    if day not in fund.commissions and not of_day:
        return None
    waiting = list(_whole(_without_commission(agent))) if _is_next(fund, day, now) else []
    near = too_near(agent, [*of_day, *waiting])
    _note(agent, (one for one in (*of_day, *waiting) if one.pk not in near), network=network, now=now)
    return Commission(
        on=day,
        files_until=fund.files_until(day),
        files=tuple(_file(one, is_near=one.pk in near) for one in of_day),
        waiting=tuple(_file(one, is_near=one.pk in near) for one in waiting),
    )


def _is_next(fund: SocialFund, day: date, now: datetime) -> bool:
    return fund.commission_for(timezone.localdate(now)) == day


def _requests(agent: AgentViewer) -> QuerySet[Request]:
    """What this agent sees of the fund; what its sender took back is looked at by nobody."""
    seen = Request.objects.filter(within_sight(agent), kind=RequestKind.SOCIAL_FUND)
    return seen.exclude(state=RequestState.WITHDRAWN)


def _without_commission(agent: AgentViewer) -> QuerySet[Request]:
    still = _requests(agent).exclude(state__in=FINAL_STATES)
    return still.filter(aid_file__commission_on__isnull=True)


def _whole(rows: QuerySet[Request]) -> QuerySet[Request]:
    named = RequestFile.objects.exclude(piece="").only("piece", "request")
    whole = rows.select_related("sender", "aid_file", "aid_decision")
    return whole.prefetch_related(Prefetch("files", named)).order_by("received_at", "pk")[:MOST_LISTED]


def _note(agent: AgentViewer, rows: Iterable[Request], *, network: str, now: datetime) -> None:
    consulted(
        Reader(agent.id, ReaderKind.AGENT, agent.full_name, agent.role),
        (Reading(one.sender_id, Seen.REQUEST, one.pk) for one in rows),
        # It names no fund: who reads over the member's shoulder learns nothing.
        reason=kept_reason("preparation"),
        network=network,
        now=now,
    )


@reason_kind("preparation")
def _preparation() -> str:
    return _("Préparation de la réponse à votre demande")


def _file(request: Request, *, is_near: bool) -> CommissionFile:
    kept: AidFile | None = getattr(request, "aid_file", None)
    decided: AidDecision | None = None if is_near else getattr(request, "aid_decision", None)
    wanted = papers_of_aid(request.type)
    there = papers_there(kept, pieces=(one.piece for one in request.files.all()))
    return CommissionFile(
        reference=request.reference,
        sender="" if is_near else request.sender.full_name,
        aid=labels_of(request.category, request.type)[1],
        received_on=timezone.localdate(request.received_at),
        state=request.state,
        papers=len(wanted),
        missing=tuple(one for one in wanted if one.id not in there),
        outcome=decided.outcome if decided else "",
        amount=decided.amount if decided else 0,
        is_agreed=decided is not None and decided.agreed_at is not None,
    )
