"""Contracts and whom they cover; the first argument is who asks (PROF-01, PROF-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from entraide.portal.domain.contracts.enums import CoverageTier
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.contracts.policies import sees_whole_contract
from entraide.portal.domain.members.viewer import Viewer
from entraide.profiles import Text

_TIERS = (CoverageTier.BASE, CoverageTier.OPTION, CoverageTier.TOP_UP)
_RANKS = ("primary_insured", "spouse", "child")


@dataclass(frozen=True, slots=True)
class CoveredPerson:
    """Someone covered by a contract: name, role, period. `opens`: the viewer has a page about them."""

    id: UUID
    full_name: str
    relationship: str
    starts_on: date
    ends_on: date | None
    opens: bool


@dataclass(frozen=True, slots=True)
class ContractFile:
    """A contract as its reader may see it."""

    id: UUID
    number: str
    label: Text
    plan: Text
    tier: CoverageTier
    subscribed_on: date
    ended_on: date | None
    in_force: bool
    people: tuple[CoveredPerson, ...]


@dataclass(frozen=True, slots=True)
class CoverPeriod:
    """From when to when one person is covered by one contract."""

    contract_id: UUID
    contract_number: str
    contract_label: Text
    starts_on: date
    ends_on: date | None


def contracts_of(viewer: Viewer, *, on: date) -> list[ContractFile]:
    """The base contract first, then what completes it. Two queries."""
    rows: dict[UUID, list[Coverage]] = {}
    for row in _coverages(viewer):
        rows.setdefault(row.contract_id, []).append(row)
    files = [_file(one, rows.get(one.pk, []), viewer, on=on) for one in contracts_seen_by(viewer)]
    return sorted(files, key=lambda one: (not one.in_force, _TIERS.index(one.tier), one.number))


def contracts_seen_by(viewer: Viewer) -> QuerySet[Contract]:
    """All of the membership for the primary insured and the spouse; for a child those of their own cover."""
    contracts = Contract.objects.filter(member_id=viewer.member_id)
    if sees_whole_contract(viewer):
        return contracts
    return contracts.filter(pk__in=_coverages(viewer).values("contract_id"))


def contract_of(viewer: Viewer, contract_id: UUID, *, on: date) -> ContractFile | None:
    """One of the viewer's contracts; None when it is not there, or not for this viewer (A36)."""
    return next((one for one in contracts_of(viewer, on=on) if one.id == contract_id), None)


def cover_of(viewer: Viewer, person_id: UUID) -> list[CoverPeriod]:
    """The contracts that cover one person, of those the viewer may see."""
    rows = _coverages(viewer).filter(beneficiary_id=person_id).select_related("contract")
    return [
        CoverPeriod(
            contract_id=row.contract_id,
            contract_number=row.contract.number,
            contract_label=Text(row.contract.label_fr, row.contract.label_en),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows.order_by("starts_on", "contract__number")
    ]


def is_covered(person_id: UUID, *, on: date) -> bool:
    """Whether a contract covers this person on that day. The caller has checked who asks."""
    return coverages_on([person_id], on=on).exists()


def coverages_on(people: Sequence[UUID], *, on: date) -> QuerySet[Coverage]:
    """The covers of these people in force on that day, contracts included."""
    rows = Coverage.objects.filter(beneficiary_id__in=people, starts_on__lte=on).select_related("contract")
    not_over = Q(ends_on=None) | Q(ends_on__gte=on)
    return rows.filter(not_over, Q(contract__ended_on=None) | Q(contract__ended_on__gte=on))


def _coverages(viewer: Viewer) -> QuerySet[Coverage]:
    rows = Coverage.objects.filter(contract__member_id=viewer.member_id).select_related("beneficiary")
    return rows if sees_whole_contract(viewer) else rows.filter(beneficiary_id=viewer.person_id)


def _file(contract: Contract, rows: list[Coverage], viewer: Viewer, *, on: date) -> ContractFile:
    rows.sort(key=lambda row: (_RANKS.index(row.beneficiary.relationship), row.beneficiary.birth_date))
    return ContractFile(
        id=contract.pk,
        number=contract.number,
        label=Text(contract.label_fr, contract.label_en),
        plan=Text(contract.plan_fr, contract.plan_en),
        tier=CoverageTier(contract.tier),
        subscribed_on=contract.subscribed_on,
        ended_on=contract.ended_on,
        in_force=contract.ended_on is None or contract.ended_on >= on,
        people=tuple(_covered(row, viewer) for row in rows),
    )


def _covered(row: Coverage, viewer: Viewer) -> CoveredPerson:
    return CoveredPerson(
        id=row.beneficiary_id,
        full_name=row.beneficiary.full_name,
        relationship=row.beneficiary.relationship,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        opens=viewer.is_primary or row.beneficiary_id == viewer.person_id,
    )
