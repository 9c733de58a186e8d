"""What people of the demo send, each by the action of its own form."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.complaints import CATEGORY as COMPLAINTS
from entraide.portal.domain.requests.complaints import Complaint, complain
from entraide.portal.domain.requests.demo import hold_demo_paper
from entraide.portal.domain.requests.messages import send_message
from entraide.portal.domain.social_fund.asking import AidWish, ask_aid

_AID = 48_000


def may_send(viewer: Viewer, type_id: str) -> bool:
    """A mutual may keep a reason to write to some segments; everything else is for everybody."""
    deposit = settings.PROFILE.deposit
    reasons = {one.id for one in deposit.reasons_for(viewer.segment)}
    return type_id in reasons or type_id not in {one.id for one in deposit.messages.types}


def send(viewer: Viewer, type_id: str, *, words: str, paper: bytes, now: datetime) -> str:
    """Sends `words`, and a paper where the type needs one; gives the reference."""
    deposit = settings.PROFILE.deposit
    category = next(one for one in deposit.categories if type_id in {each.id for each in one.types})
    sent = Sent(comment=words, request_key=uuid4(), language="fr", now=now)
    if category.by_message:
        return send_message(viewer, reason=type_id, concerns=viewer.person_id, sent=sent)
    if category.id == COMPLAINTS:
        return complain(viewer, Complaint(type=type_id, wish="Une réponse écrite."), sent=sent)
    hold_demo_paper(viewer, request_key=sent.request_key, name=f"{type_id}.pdf", content=paper, now=now)
    fund = settings.PROFILE.social_fund
    if fund is not None and category.id == fund.category:
        wish = AidWish(aid=type_id, situation=words, amount=_AID, resources=None, phone="", without=())
        return ask_aid(viewer, wish, sent=sent)
    return send_deposit(
        viewer,
        category=category.id,
        type=type_id,
        concerns=viewer.person_id,
        description=words,
        request_key=sent.request_key,
        language=sent.language,
        now=now,
    ).reference
