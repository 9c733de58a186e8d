"""What members wrote of the answers that they got, for who leads the teams: words, and nobody's name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.policies import need
from entraide.portal.domain.requests.catalogue import labels_of
from entraide.portal.domain.requests.enums import CONFIDENTIAL
from entraide.portal.domain.requests.models import Satisfaction
from entraide.profiles import Text

MOST_SHOWN = 10
# Sealed words cannot be asked for in SQL: among so many opinions a few have some.
_MOST_READ = 100
_LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """Words of a member on a kind of request; neither who nor which one."""

    score: int
    words: str
    at: datetime
    type: Text


def latest_words(agent: AgentViewer, *, now: datetime) -> tuple[OpinionLine, ...]:
    """The newest opinions of the last 30 days that say something, nothing confidential. One query."""
    need(agent, Right.READ_FIGURES)
    rows = (
        Satisfaction.objects.filter(at__gt=now - _LOOKED_BACK, at__lte=now)
        .exclude(request__kind__in=CONFIDENTIAL)
        .select_related("request")
        .only("score", "words", "at", "request__category", "request__type")
        .order_by("-at", "-pk")[:_MOST_READ]
    )
    said = [one for one in rows if one.words.strip()]
    return tuple(
        OpinionLine(one.score, one.words, one.at, labels_of(one.request.category, one.request.type)[1])
        for one in said[:MOST_SHOWN]
    )
