"""The part of a request's page that is about a hospital stay; the desk's page shows it as it is."""

from dataclasses import dataclass

from django.utils import timezone

from entraide.formats import phone
from entraide.portal.agent_site.hospital.forms import RefuseForm, SendAgainForm
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.opening import OpenRequest
from entraide.portal.domain.hospital_cover.asking import KIND
from entraide.portal.domain.hospital_cover.departments import department_label
from entraide.portal.domain.hospital_cover.enums import LetterChannel
from entraide.portal.domain.hospital_cover.looking import CoverFile, SentLetter, cover_file
from entraide.portal.domain.requests.enums import FINAL_STATES


@dataclass(slots=True, kw_only=True)
class Decision:
    """What `_decision.html` shows. `fax` and `to`, where the letter goes, as people read them.

    `refusal`: why nothing was done.
    """

    cover: CoverFile
    department: str
    fax: str
    to: str
    form: SendAgainForm
    refusing: RefuseForm
    may_decide: bool
    refusal: str = ""


def decision_on(agent: AgentViewer, opened: OpenRequest) -> Decision | None:
    """The decision on a request that this agent has just opened; None when it is about no hospital stay."""
    is_of_the_kind = opened.type_id == KIND[1]
    cover = cover_file(agent, opened.reference, now=timezone.now()) if is_of_the_kind else None
    if cover is None:
        return None
    return Decision(
        cover=cover,
        department=department_label(cover.stay.department) if cover.stay.department else "",
        fax=phone.national(cover.stay.fax) if cover.stay.fax else "",
        to=_shown(cover.letter),
        form=SendAgainForm(initial=_last_address(cover.letter)),
        refusing=RefuseForm(),
        may_decide=may(agent.role, Right.ANSWER_REQUESTS) and opened.state not in FINAL_STATES,
    )


def _last_address(letter: SentLetter | None) -> dict[str, str]:
    return {"channel": letter.channel.value, "to": _shown(letter)} if letter else {}


def _shown(letter: SentLetter | None) -> str:
    if letter is None:
        return ""
    return phone.national(letter.to) if letter.channel == LetterChannel.FAX else letter.to
