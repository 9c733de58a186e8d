"""How the contracts of a membership can end, and what was asked already; the first argument is who asks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from entraide.portal.domain.contracts.enums import CoverageTier
from entraide.portal.domain.contracts.queries import ContractFile, contracts_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.enums import RequestKind, RequestState
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.termination.policies import may_terminate
from entraide.profiles import Ending

# After these the contract goes on.
_GOES_ON = (RequestState.REFUSED, RequestState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedEnd:
    """A termination that was asked and not taken back. `reference`: for who sent it, blank for the others.

    `is_confirmed`: somebody of the mutual has confirmed it.
    """

    reference: str
    last_day: date
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnd:
    """Somebody whose cover ends with this contract; `last_day` is earlier where it ended before by itself."""

    name: str
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractEnd:
    """A contract in force, and what ending it today would do.

    `along`: the contracts that complete it and end with it; `others_go_on`: one at least stays. `people` is
    empty where its member cannot end it.
    """

    contract: ContractFile
    ending: Ending
    along: tuple[ContractFile, ...]
    others_go_on: bool
    people: tuple[PersonEnd, ...]
    asked: AskedEnd | None

    @property
    def may_be_asked(self) -> bool:
        """Nobody asked it, no end is on file, and the law leaves it to the member."""
        return self.ending.last_day is not None and self.asked is None and self.contract.ended_on is None


def contract_ends(viewer: Viewer, *, on: date) -> list[ContractEnd]:
    """The viewer's contracts in force, base first; none for who does not hold them. Three queries."""
    if not may_terminate(viewer):
        return []
    held = [one for one in contracts_of(viewer, on=on) if one.in_force]
    asked = _asked_ends(viewer)
    return [_end_of(viewer, one, held, asked.get(one.number), on=on) for one in held]


def contract_end_of(viewer: Viewer, contract_id: UUID, *, on: date) -> ContractEnd | None:
    """One of them; None when it is not there, is over, or is not the viewer's to end."""
    return next((one for one in contract_ends(viewer, on=on) if one.contract.id == contract_id), None)


def asked_end_of(viewer: Viewer, contract: ContractFile) -> AskedEnd | None:
    """The termination of a contract that the viewer sees. One query."""
    return _asked_ends(viewer).get(contract.number)


def _asked_ends(viewer: Viewer) -> dict[str, AskedEnd]:
    """By contract number, the contracts that end along included; the latest one counts."""
    rows = Request.objects.filter(kind=RequestKind.TERMINATION, sender__member_id=viewer.member_id)
    found: dict[str, AskedEnd] = {}
    for one in rows.exclude(state__in=_GOES_ON).order_by("received_at"):
        told = dict(json.loads(one.answers))
        end = AskedEnd(
            reference=one.reference if one.sender_id == viewer.person_id else "",
            last_day=date.fromisoformat(told["ends_on"]),
            is_confirmed=one.state == RequestState.DONE,
        )
        numbers = [told["ended_contract"], *filter(None, told.get("ended_along", "").split(", "))]
        found.update(dict.fromkeys(numbers, end))
    return found


def _end_of(
    viewer: Viewer, contract: ContractFile, held: Sequence[ContractFile], asked: AskedEnd | None, *, on: date
) -> ContractEnd:
    ending = settings.PROFILE.termination.ending_of(
        segment=viewer.segment, tier=contract.tier.value, subscribed_on=contract.subscribed_on, told_on=on
    )
    last_day = ending.last_day
    along = _along(contract, held) if last_day else ()
    return ContractEnd(
        contract=contract,
        ending=ending,
        along=along,
        others_go_on=len(held) > 1 + len(along),
        people=_people(contract, last_day=last_day, on=on) if last_day else (),
        asked=asked,
    )


def _along(contract: ContractFile, held: Sequence[ContractFile]) -> tuple[ContractFile, ...]:
    """What completes a base contract does not outlive the last one."""
    bases = [one for one in held if one.tier is CoverageTier.BASE]
    if [one.id for one in bases] != [contract.id]:
        return ()
    return tuple(one for one in held if one.id != contract.id and one.ended_on is None)


def _people(contract: ContractFile, *, last_day: date, on: date) -> tuple[PersonEnd, ...]:
    return tuple(
        PersonEnd(name=one.full_name, last_day=min(one.ends_on or last_day, last_day))
        for one in contract.people
        if one.ends_on is None or one.ends_on >= on
    )
