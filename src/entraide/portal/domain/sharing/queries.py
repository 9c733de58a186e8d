"""What a person shares, with whom, and whom they help; the first argument is who asks."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from entraide.portal.domain.access.sessions import may_come_in
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.members.models import Beneficiary, CareConsent, Delegation
from entraide.portal.domain.members.queries import as_viewer
from entraide.portal.domain.members.viewer import HELPER, Helping, Viewer
from entraide.portal.domain.sharing.consents import readers_to_choose


@dataclass(frozen=True, slots=True)
class SharedCare:
    """Somebody who may read the viewer's care in detail, since when."""

    id: UUID
    reader: str
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """A delegation as one of the two sees it: `name` is the other one's. Over after `ends_on`."""

    id: UUID
    name: str
    scopes: tuple[HelpScope, ...]
    ends_on: date
    is_accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """All that is open today. `may_share`: the adults who could still be let read the viewer's care."""

    shared: tuple[SharedCare, ...]
    may_share: tuple[Beneficiary, ...]
    helpers: tuple[Help, ...]
    helped: tuple[Help, ...]


def sharing_of(viewer: Viewer, *, on: date) -> Sharing:
    """Three queries."""
    given = CareConsent.objects.filter(giver_id=viewer.person_id, withdrawn_at=None)
    live = list(given.select_related("reader").order_by("given_at"))
    readers = {one.reader_id for one in live}
    rows = Delegation.objects.filter(
        Q(giver_id=viewer.person_id) | Q(helper_id=viewer.person_id), ended_at=None, ends_on__gte=on
    )
    found = list(rows.select_related("giver", "helper").order_by("given_at"))
    return Sharing(
        shared=tuple(SharedCare(one.pk, one.reader.full_name, one.given_at) for one in live),
        may_share=tuple(one for one in readers_to_choose(viewer, on=on) if one.pk not in readers),
        helpers=tuple(_help(one, one.helper) for one in found if one.giver_id == viewer.person_id),
        helped=tuple(_help(one, one.giver) for one in found if one.helper_id == viewer.person_id),
    )


def _help(one: Delegation, other: Beneficiary) -> Help:
    return Help(
        id=one.pk,
        name=other.full_name,
        scopes=tuple(scope for scope in HelpScope if scope in one.scope_set),
        ends_on=one.ends_on,
        is_accepted=one.accepted_at is not None,
    )


def helped_viewer(viewer: Viewer, delegation_id: UUID, *, on: date) -> Viewer | None:
    """The file of who asked the viewer to help, as a viewer who sees that person's own part and no more.

    None unless it is accepted, not ended, not over, and the person's own access stands. One query.
    """
    rows = Delegation.objects.filter(
        pk=delegation_id,
        helper_id=viewer.person_id,
        accepted_at__isnull=False,
        ended_at=None,
        ends_on__gte=on,
    )
    found = rows.select_related("giver__member", "giver__account").first()
    if found is None or viewer.helping is not None:
        return None
    giver = found.giver
    if giver.account is None or not may_come_in(giver.account, giver.member, on=on):
        return None
    return replace(
        as_viewer(giver),
        account_id=viewer.account_id,
        relationship=HELPER,
        helping=Helping(
            delegation_id=found.pk,
            helper_id=viewer.person_id,
            helper_name=viewer.full_name,
            scopes=found.scope_set,
            until=found.ends_on,
        ),
    )
