"""Who may see a doctor from afar, and by which way (TELE-02); the first argument is who asks."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from entraide.formats import nir
from entraide.portal.domain.contracts.queries import coverages_on
from entraide.portal.domain.handover.policies import consults_through_us
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import as_person, people_of
from entraide.portal.domain.members.viewer import Viewer


class Way(Enum):
    """Handed over by us, by a way of their own, or none: no contract covers the person today."""

    HANDED_OVER = "handed_over"
    OWN = "own"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What stands about somebody in the list: for oneself, and the primary insured's children under 18.

    `nir` is masked (X10); `fund` is blank where none is on file.
    """

    birth_date: date
    nir: str
    fund: str
    covered_from: date | None
    covered_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultant:
    """Somebody who may see a doctor. `identity` is None for an adult who is not the viewer."""

    person_id: UUID
    name: str
    relationship: str
    is_viewer: bool
    way: Way
    identity: Identity | None


def consultants(viewer: Viewer, *, on: date) -> list[Consultant]:
    """Everyone of the membership for the primary insured, only oneself for the others. Two queries."""
    people = people_of(viewer)
    covers: dict[UUID, list[tuple[date, date | None]]] = {}
    for row in coverages_on([one.pk for one in people], on=on):
        covers.setdefault(row.beneficiary_id, []).append((row.starts_on, row.ends_on))
    return [_consultant(viewer, one, covers.get(one.pk, []), on=on) for one in people]


def consultant(viewer: Viewer, person_id: UUID, *, on: date) -> Consultant | None:
    """One of them; None when there is no such person, or not for this viewer."""
    return next((one for one in consultants(viewer, on=on) if one.person_id == person_id), None)


def _consultant(
    viewer: Viewer, person: Beneficiary, covers: list[tuple[date, date | None]], *, on: date
) -> Consultant:
    through_us = consults_through_us(viewer, as_person(person), on=on)
    is_viewer = person.pk == viewer.person_id
    if not covers:
        way = Way.NONE
    else:
        way = Way.HANDED_OVER if through_us else Way.OWN
    return Consultant(
        person_id=person.pk,
        name=person.full_name,
        relationship=person.relationship,
        is_viewer=is_viewer,
        way=way,
        identity=_identity(person, covers) if through_us or is_viewer else None,
    )


def _identity(person: Beneficiary, covers: list[tuple[date, date | None]]) -> Identity:
    ends = [until for _since, until in covers]
    return Identity(
        birth_date=person.birth_date,
        nir=nir.mask(person.nir) if person.nir else "",
        fund="-".join(one for one in (person.scheme_code, person.fund_code, person.office_code) if one),
        covered_from=min((since for since, _until in covers), default=None),
        # Open as long as one cover is.
        covered_until=None if None in ends else max((one for one in ends if one), default=None),
    )
