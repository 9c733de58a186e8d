"""Where the care of a claim stands already: other claims, payments, the feed (DEP-04, B-14).

Agents see more than the member was warned of, who learns nothing of what somebody else sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from entraide.portal.domain.adjudication.doubles import Double, DoubleKind, every_double_of
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.consultations.actions import Reader, Reading, consulted
from entraide.portal.domain.consultations.enums import ReaderKind, Seen
from entraide.portal.domain.handling.opening import OpenRequest
from entraide.portal.domain.handling.reasons import reason_of_request
from entraide.portal.domain.requests.enums import RequestKind


@dataclass(frozen=True, slots=True)
class CareDoubles:
    """`claims`: references of other requests for the same care; `lines`: where it was paid or received."""

    claims: tuple[str, ...] = ()
    lines: tuple[Double, ...] = ()


def care_doubles_of(agent: AgentViewer, found: OpenRequest, *, network: str, now: datetime) -> CareDoubles:
    """For a claim that the agent has opened; nothing for other requests, or a role that reads no care.

    Lines of care that are shown are noted in the journal of their person. Two queries, and the note.
    """
    # Blank for a role that reads no care.
    answers = dict(found.answers)
    care_on, amount = answers.get("care_date", ""), answers.get("amount", "")
    if found.kind != RequestKind.CLAIM or not (care_on and amount):
        return CareDoubles()
    doubles = every_double_of(
        found.concerns_id, care_on=date.fromisoformat(care_on), amount=int(amount), but=found.reference
    )
    claims = tuple(one.reference for one in doubles if one.kind is DoubleKind.CLAIM)
    lines = tuple(one for one in doubles if one.line)
    if lines:
        _note(agent, found, lines, network=network, now=now)
    return CareDoubles(claims, lines)


def _note(
    agent: AgentViewer, found: OpenRequest, lines: Sequence[Double], *, network: str, now: datetime
) -> None:
    consulted(
        Reader(agent.id, ReaderKind.AGENT, agent.full_name, agent.role),
        (Reading(found.concerns_id, Seen.CARE, one.line_id) for one in lines),
        reason=reason_of_request(found.reference),
        network=network,
        now=now,
    )
