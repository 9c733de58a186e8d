"""The part of a request's page that is about the social fund; the desk's page shows it as it is."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from entraide.portal.agent_site.social_fund.forms import DecisionForm, FileForm
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.opening import OpenRequest
from entraide.portal.domain.requests.catalogue import refusal_named
from entraide.portal.domain.requests.enums import FINAL_STATES, RequestKind
from entraide.portal.domain.social_fund.queries import AidAtWork, aid_at_work
from entraide.portal.foundation.web.wording import text


@dataclass(slots=True, kw_only=True)
class AidDesk:
    """What `_aid.html` shows. `refusal`: why nothing was done."""

    aid: AidAtWork
    filing: FileForm
    deciding: DecisionForm
    is_open: bool
    refusal: str = ""

    @property
    def reason(self) -> str:
        """Of a refusal that is written down; its code where the mutual dropped it."""
        code = self.aid.decision.refusal if self.aid.decision else ""
        found = refusal_named(code)
        return text(found.label) if found else code

    @property
    def is_wrong(self) -> bool:
        return bool(self.refusal or self.filing.errors or self.deciding.errors)


def aid_on(
    agent: AgentViewer, opened: OpenRequest, *, posted: QueryDict | None = None, act: str = ""
) -> AidDesk | None:
    """Of a request that this agent has just opened; None when it is none to the fund.

    `posted`: what came with `act`, for the form that it belongs to.
    """
    if opened.kind != RequestKind.SOCIAL_FUND:
        return None
    aid = aid_at_work(agent, opened.reference, on=timezone.localdate())
    if aid is None:
        return None
    chosen = aid.commission_on.isoformat() if aid.commission_on else ""
    kept: dict[str, Any] = {"papers": list(aid.there), "commission": chosen}
    days = sorted({*aid.commissions, *([aid.commission_on] if aid.commission_on else [])})
    return AidDesk(
        aid=aid,
        filing=FileForm(posted if act == "keep" else None, papers=aid.papers, commissions=days, initial=kept),
        deciding=DecisionForm(posted if act == "propose" else None, type_id=opened.type_id),
        is_open=opened.state not in FINAL_STATES,
    )
