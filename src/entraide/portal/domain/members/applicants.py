"""Who is printed on a membership form: the first argument is who asks."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from entraide.formats import nir
from entraide.portal.domain.members.policies import may_see_identity
from entraide.portal.domain.members.queries import as_person, people_of
from entraide.portal.domain.members.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """One person as the form names them; `masked_nir` is blank where the viewer does not see it."""

    id: UUID
    civility: str
    last_name: str
    birth_name: str
    first_name: str
    birth_date: date
    relationship: str
    masked_nir: str


def applicants(viewer: Viewer, *, on: date) -> list[Applicant]:
    """The viewer's membership as they see it, the primary insured first. One query."""
    return [
        Applicant(
            id=one.pk,
            civility=one.civility,
            last_name=one.last_name,
            birth_name=one.birth_name if one.pk == viewer.person_id else "",
            first_name=one.first_name,
            birth_date=one.birth_date,
            relationship=one.relationship,
            masked_nir=_masked(one.nir) if may_see_identity(viewer, as_person(one), on=on) else "",
        )
        for one in people_of(viewer)
    ]


def _masked(number: str) -> str:
    return nir.mask(number) if number else ""
