"""Who searches unusually often, and who opens the file of a colleague (A70)."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.bank.policies import Somebody, agent_as_somebody
from entraide.portal.domain.consultations.actions import Note
from entraide.portal.domain.handling.events import ColleagueOpened, ManySearches
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.events.facts import publish

_DAY = timedelta(days=1)
log = structlog.get_logger()


def watch_colleagues(note: Note) -> None:
    """Sounds the alarm when an agent opens what is about somebody who works here too. In a transaction.

    By name or address, as far as two accounts tell: homonyms sound it as well, and a person looks.
    """
    people = Beneficiary.objects.filter(pk__in={one.person for one in note.readings})
    read = [Somebody(one.full_name, one.email) for one in people]
    others = Agent.objects.filter(ended_at=None).exclude(pk=note.reader.id)
    for other in others:
        if not any(agent_as_somebody(other).is_also(one) for one in read):
            continue
        # As long as a key may be.
        both = f"{note.reader.id.hex}{other.pk.hex}"
        if limits.count("desk colleague", both, per=_DAY, now=note.at) == 1:
            log.error("desk.colleague_opened", reader=str(note.reader.id))
            publish(ColleagueOpened(reader=note.reader.id))


def watch_search(agent: AgentViewer, *, way: str, now: datetime) -> None:
    """Counts a search, those by health number apart, and sounds each alarm once a day. In a transaction."""
    policy = settings.PROFILE.security
    allowed = {"all": policy.agent_searches_per_day}
    if way == "nir":
        allowed[way] = policy.agent_nir_searches_per_day
    for name, most in allowed.items():
        if limits.count(f"desk searches {name}", str(agent.id), per=_DAY, now=now) == most + 1:
            log.error("desk.many_searches", agent=str(agent.id), way=name, searches=most)
            publish(ManySearches(actor=agent.account_id, way=name, searches=most))
