"""Asking the social fund for help: a request that only its sender and the fund's people read (SOC-01)."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.domain.requests.call_backs import number_to_call
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.enums import RequestKind
from entraide.portal.domain.requests.pieces import paper_named
from entraide.portal.domain.social_fund.agenda import answer_day, the_fund
from entraide.profiles import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class AidWish:
    """What is asked. `aid`: the id of its type; amounts in cents; `phone` blank: no call is wished.

    `without`: ids of papers that are not there.
    """

    aid: str
    situation: str
    amount: int | None
    resources: int | None
    phone: str
    without: tuple[str, ...]


def papers_of_aid(type_id: str) -> tuple[Paper, ...]:
    """The papers that this aid needs, in the order of the profile."""
    fund = the_fund()
    aid = fund.aid_named(type_id) if fund else None
    found = [paper_named(one) for one in aid.papers] if aid else []
    return tuple(one for one in found if one is not None)


def ask_aid(viewer: Viewer, wish: AidWish, *, sent: Sent) -> str:
    """Stores the request and gives its reference; one person asks for each kind of aid once at a time.

    Raises AlreadyOpen, or DomainError with the field. Nobody asks in somebody else's name.
    """
    fund = the_fund()
    if fund is None or fund.aid_named(wish.aid) is None or viewer.helping is not None:
        raise DomainError(_("Cette aide ne peut pas être demandée ici : appelez-nous."))
    if not wish.situation.strip():
        raise DomainError(_("Dites-nous en quelques mots ce qui se passe."), field="situation")
    phone = number_to_call(wish.phone) if wish.phone else ""
    told = (
        ("aid_amount", "" if wish.amount is None else str(wish.amount)),
        ("resources", "" if wish.resources is None else str(wish.resources)),
        ("call_phone", phone),
        ("without", ",".join(wish.without)),
    )
    asked = Asked(
        kind=RequestKind.SOCIAL_FUND,
        answers=tuple(one for one in told if one[1]),
        subject=f"social fund {wish.aid} {viewer.person_id}",
        needs_files=False,
        promised_on=answer_day(fund, on=timezone.localdate(sent.now)),
    )
    return send_deposit(
        viewer,
        category=fund.category,
        type=wish.aid,
        concerns=viewer.person_id,
        description=wish.situation,
        request_key=sent.request_key,
        language=sent.language,
        now=sent.now,
        posted=sent.posted,
        asked=asked,
    ).reference
