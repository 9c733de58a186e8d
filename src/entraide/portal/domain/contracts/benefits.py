"""A person as the reimbursement engine sees them: their situation, and the tables of their contracts."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from entraide.portal.domain.contracts.enums import CoverageTier
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.reimbursement import Cover, Enrolment, Situation

_TIERS = (CoverageTier.BASE, CoverageTier.OPTION, CoverageTier.TOP_UP)


@dataclass(frozen=True, slots=True)
class Insured:
    """`without_table`: contracts of the person whose guarantees the mutual has not written as data."""

    situation: Situation
    cover: Cover
    without_table: tuple[str, ...]


def insured(person_id: UUID) -> Insured:
    """Contracts pay in the order base, option, top-up. Two queries; the caller has checked who asks.

    Everybody counts as under the general scheme: the management system does not say who is under the
    local scheme of Alsace-Moselle.
    """
    return insured_people([person_id])[person_id]


def insured_viewer(viewer: Viewer) -> Insured:
    """The same of who asks, in one query: who they are is known."""
    rows = Coverage.objects.filter(beneficiary_id=viewer.person_id).select_related("contract")
    return _insured(viewer.person_id, viewer.birth_date, viewer.member_id, list(rows))


def insured_people(ids: Collection[UUID]) -> dict[UUID, Insured]:
    """The same for many people, in two queries; raises `Beneficiary.DoesNotExist` when one is not there."""
    people = {
        each.pk: each for each in Beneficiary.objects.only("birth_date", "member_id").filter(pk__in=ids)
    }
    if len(people) < len(set(ids)):
        raise Beneficiary.DoesNotExist
    covers: dict[UUID, list[Coverage]] = defaultdict(list)
    for row in Coverage.objects.filter(beneficiary_id__in=ids).select_related("contract"):
        covers[row.beneficiary_id].append(row)
    return {key: _insured(key, one.birth_date, one.member_id, covers[key]) for key, one in people.items()}


def _insured(person_id: UUID, born_on: date, member_id: UUID, found: list[Coverage]) -> Insured:
    rows = sorted(found, key=lambda one: (_TIERS.index(CoverageTier(one.contract.tier)), one.starts_on))
    tables = settings.PROFILE.guarantees
    return Insured(
        situation=Situation(person=str(person_id), born_on=born_on),
        cover=Cover(
            enrolments=tuple(
                Enrolment(versions=tables[one.contract.number], since=one.starts_on, until=one.ends_on)
                for one in rows
                if one.contract.number in tables
            ),
            family=str(member_id),
        ),
        without_table=tuple(one.contract.number for one in rows if one.contract.number not in tables),
    )
