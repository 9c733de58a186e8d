"""What agents find on the first day of a demo: requests of the last weeks, and what waits for a decision.

Everything is done by the actions of the house, at moments that are past; nobody is told of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from entraide.demo import demo_accounts, demo_agents
from entraide.demo.desk import DemoAct, DemoDesk, DemoRequest, demo_desk
from entraide.demo.papers import example_paper
from entraide.portal.config.demo_sending import may_send, send
from entraide.portal.domain.agents.queries import agent_named
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.bank.asking import ask_change
from entraide.portal.domain.figures.counting import count_delays
from entraide.portal.domain.handling import actions
from entraide.portal.domain.handling.queries import Wanted
from entraide.portal.domain.list_exports.actions import ask_list
from entraide.portal.domain.members.queries import as_viewer, person_by_number
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.publications.drafts import Draft
from entraide.portal.domain.publications.enums import PublicationKind
from entraide.portal.domain.publications.publishing import publish_edition
from entraide.portal.domain.publications.writing import write
from entraide.portal.domain.requests.delays import working_days_after
from entraide.portal.domain.requests.demo import hold_demo_paper
from entraide.portal.domain.requests.enums import ANSWERED_STATES, By, Move, RequestKind
from entraide.portal.domain.requests.life import Hand, make_move
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.replying import rate, reply, withdraw
from entraide.portal.domain.social_fund.filing import ask_for_missing, keep_file, missing_of
from entraide.portal.foundation.events.facts import DISPATCH_JOB
from entraide.portal.foundation.tasks.models import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cast:
    """Who acts in the demo. `paper`: the PDF that everybody sends."""

    desk: DemoDesk
    senders: tuple[Viewer, ...]
    handler: AgentViewer
    supervisor: AgentViewer
    fund: AgentViewer | None
    paper: bytes
    now: datetime

    def sender(self, who: int) -> Viewer:
        return self.senders[who % len(self.senders)]


def open_demo_desk(*, now: datetime) -> None:
    """Fills the desk of a demo in which nobody has asked for anything yet; else nothing happens."""
    if Request.objects.exists():
        return
    with transaction.atomic(), _told_to_nobody():
        found = _cast(now)
        for place, one in enumerate(found.desk.requests):
            _live(found, one, place=place)
        _ask_change(found)
        _ask_list(found)
        _publish(found)
        _announce(found)
        count_delays(now=now)


@contextmanager
def _told_to_nobody() -> Iterator[None]:
    """No mail leaves for what is past: the facts stay in the journal, what reacts to them is not asked."""
    before = list(Job.objects.filter(kind=DISPATCH_JOB).values_list("pk", flat=True))
    yield
    Job.objects.filter(kind=DISPATCH_JOB).exclude(pk__in=before).delete()


def _cast(now: datetime) -> _Cast:
    on = timezone.localdate(now)
    accounts = [one for one in demo_accounts(settings.PROFILE, on=on) if one.activated]
    first = accounts[0].household
    others = [one for one in accounts if one.household != first] or accounts
    people = (person_by_number(one.member_number) for one in others)
    agents = {one.role: agent_named(one.identifier) for one in reversed(demo_agents(settings.PROFILE))}
    handler, supervisor = agents["handler"], agents["supervisor"]
    assert handler is not None
    assert supervisor is not None
    return _Cast(
        desk=demo_desk(settings.PROFILE),
        senders=tuple(as_viewer(one) for one in people if one is not None),
        handler=handler,
        supervisor=supervisor,
        fund=agents.get("social_fund"),
        paper=example_paper(settings.PROFILE, on=on),
        now=now,
    )


def _live(cast: _Cast, one: DemoRequest, *, place: int) -> None:
    """One request, up to where it stands today."""
    sender, came = cast.sender(one.who), _came(cast, one, place=place)
    if not may_send(sender, one.type):
        return
    reference = send(sender, one.type, words=cast.desk.words.sent_with(one.type), paper=cast.paper, now=came)
    request, at = Request.objects.get(reference=reference), came
    if request.kind == RequestKind.SOCIAL_FUND:
        _prepare_file(cast, request, at=came + timedelta(hours=3))
        return
    agent = cast.supervisor if place % 4 == 0 else cast.handler
    for act in one.acts:
        day = working_days_after(timezone.localdate(came), act.day)
        hour = time(9 + (place + act.day) % 8, (place * 17) % 60)
        at = max(at + timedelta(minutes=25), timezone.make_aware(datetime.combine(day, hour)))
        if at > cast.now:
            return
        _do(cast, act, request, agent, sender, at=at)
    request.refresh_from_db()
    is_answered = request.state in ANSWERED_STATES
    if one.score is not None and is_answered and (told_at := at + timedelta(hours=5)) <= cast.now:
        words = cast.desk.words.rated if one.score > 3 else ""
        rate(sender, reference, score=one.score, words=words, now=told_at)


def _came(cast: _Cast, one: DemoRequest, *, place: int) -> datetime:
    """By day and in the evening, as people write; what would come later today came a moment ago."""
    day = timezone.localdate(cast.now) - timedelta(days=one.days_ago)
    moment = timezone.make_aware(datetime.combine(day, time(8 + (place * 7) % 13, (place * 13) % 60)))
    return min(moment, cast.now - timedelta(minutes=15 * (1 + place % 5)))


def _do(
    cast: _Cast, act: DemoAct, request: Request, agent: AgentViewer, sender: Viewer, *, at: datetime
) -> None:
    reference, words = request.reference, cast.desk.words
    match act.verb:
        case "check":
            make_move(request.pk, move=Move.CHECK, hand=Hand(by=By.SYSTEM), now=at)
        case "take":
            actions.take(agent, reference, now=at)
        case "ask":
            actions.ask(agent, reference, words=words.asked, now=at)
            actions.note(agent, reference, words=words.noted, now=at)
        case "reply":
            reply(sender, reference, words=words.replied, request_key=uuid4(), now=at)
        case "answer":
            actions.answer(agent, reference, words=words.answered, now=at)
        case "refuse":
            actions.refuse(agent, reference, code=_reason(request, act.reason), now=at)
        case "withdraw":
            withdraw(sender, reference, now=at)


def _reason(request: Request, wished: str) -> str:
    """Another mutual has reasons of its own."""
    fitting = [one.id for one in settings.PROFILE.desk.refusals_for(request.type, kind=request.kind)]
    return wished if wished in fitting else fitting[0]


def _prepare_file(cast: _Cast, request: Request, *, at: datetime) -> None:
    """The fund's first file is whole and on the agenda, the second waits for papers, others for a look."""
    fund, number = settings.PROFILE.social_fund, Request.objects.filter(kind=request.kind).count()
    papers = [one.id for one in missing_of(request, None)]
    if fund is None or cast.fund is None or at > cast.now:
        return
    if number == 1:
        coming = next(iter(fund.after(timezone.localdate(at))), None)
        keep_file(cast.fund, request.reference, there=papers, commission=coming, now=at)
    if number == 2:
        keep_file(cast.fund, request.reference, there=papers[:1], commission=None, now=at)
        ask_for_missing(cast.fund, request.reference, now=at)


def _ask_change(cast: _Cast) -> None:
    told, key = cast.desk.account_change, uuid4()
    at = cast.now - timedelta(hours=told.hours_ago)
    primary = [one for one in cast.senders if one.is_primary]
    if not primary:
        return
    viewer = primary[told.who % len(primary)]
    hold_demo_paper(viewer, request_key=key, name="rib.pdf", content=cast.paper, now=at)
    ask_change(
        viewer, person_id=None, iban=told.iban, bic="", holder=viewer.full_name, request_key=key,
        language="fr", now=at,
    )  # fmt: skip


def _ask_list(cast: _Cast) -> None:
    told = cast.desk.list_export
    ask_list(
        cast.handler, Wanted(due_before=timezone.localdate(cast.now)), reason=told.reason,
        request_key=uuid4(), language="fr", now=cast.now - timedelta(hours=told.hours_ago),
    )  # fmt: skip


def _publish(cast: _Cast) -> None:
    for one in cast.desk.publications:
        at = cast.now - timedelta(days=one.days_ago)
        draft = Draft(
            title_fr=one.title_fr, title_en=one.title_en, body_fr=one.body_fr, body_en=one.body_en,
            tells=False, first_day=timezone.localdate(at),
        )  # fmt: skip
        written = write(cast.handler, PublicationKind.NEWS, draft, request_key=uuid4(), now=at)
        if one.is_public:
            publish_edition(cast.supervisor, written, number=1, now=at + timedelta(hours=2))


def _announce(cast: _Cast) -> None:
    """Webinars and events, written two weeks ago."""
    at = cast.now - timedelta(days=14)
    for one in cast.desk.meetings:
        day = timezone.localdate(cast.now) + timedelta(days=one.days_ahead)
        # Agencies are closed at the weekend.
        day += timedelta(days=8 - day.isoweekday() if day.isoweekday() > 5 else 0)
        starts_at = timezone.make_aware(datetime.combine(day, time(one.hour)))
        draft = Draft(
            title_fr=one.title_fr, title_en=one.title_en, body_fr=one.body_fr, body_en=one.body_en,
            theme=one.theme, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=one.minutes),
            place=one.place, live_url=one.live_url, replay_url=one.replay_url,
            capacity=one.capacity or None, tells=False, first_day=timezone.localdate(at),
        )  # fmt: skip
        written = write(cast.handler, PublicationKind(one.kind), draft, request_key=uuid4(), now=at)
        publish_edition(cast.supervisor, written, number=1, now=at + timedelta(hours=2))
