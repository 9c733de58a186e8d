"""For whom: somebody of the viewer's household, or a visitor who says an age and a level of cover."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from entraide.portal.domain.adjudication.history import counters_of
from entraide.portal.domain.contracts.benefits import insured
from entraide.portal.domain.members.policies import Relative, Sight, may_simulate_for, sight_of_care
from entraide.portal.domain.members.queries import as_person, people_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.levels import CoverLevel
from entraide.reimbursement import Counters, Cover, Situation
from entraide.reimbursement.dates import add_months

VISITOR_AGE = 40
_VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class SimulatedPerson:
    """Somebody for whom the viewer may simulate."""

    id: UUID
    full_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The person as the engine sees them. `knows_past`: what was used of caps and allowances counts.

    `without_table`: contracts of the person that cannot be computed.
    """

    situation: Situation
    cover: Cover
    counters: Counters
    knows_past: bool
    without_table: tuple[str, ...] = ()

    @property
    def is_visitor(self) -> bool:
        """Somebody of whom nothing is known but an age and a level."""
        return self.situation.person == _VISITOR

    def level_id(self, on: date) -> str:
        """The contracts in force that day, as the levels of the mutual name them."""
        return ",".join(each.number for each in self.cover.enrolments if each.on(on) is not None)


def people_to_simulate_for(viewer: Viewer, *, on: date) -> list[SimulatedPerson]:
    """Oneself first, then one's children under 18."""
    people = [one for one in people_of(viewer) if may_simulate_for(viewer, as_person(one), on=on)]
    people.sort(key=lambda one: one.pk != viewer.person_id)
    return [SimulatedPerson(one.pk, one.full_name) for one in people]


def subject_of(viewer: Viewer, person_id: UUID, *, today: date) -> Subject | None:
    """Cover and situation on file, and what care until today has used; None when it is not for this viewer.

    What a child of 16 or 17 has used would tell of care that stays between them and their doctor.
    """
    person = next((as_person(one) for one in people_of(viewer) if one.pk == person_id), None)
    if person is None or not may_simulate_for(viewer, person, on=today):
        return None
    found = insured(person_id)
    open_to_viewer = sight_of_care(viewer, Relative(person), on=today) is Sight.FULL
    is_own = person_id == viewer.person_id
    used = counters_of(person_id, until=today, confidential=is_own) if open_to_viewer else Counters()
    return Subject(
        situation=found.situation,
        cover=found.cover,
        counters=used,
        knows_past=open_to_viewer,
        without_table=found.without_table,
    )


def visitor(*, age: int, level: CoverLevel, today: date) -> Subject:
    """Somebody of that age on that day with that level of cover, who has used nothing of it yet."""
    return Subject(
        situation=Situation(person=_VISITOR, born_on=add_months(today, -12 * age)),
        cover=level.cover(_VISITOR),
        counters=Counters(),
        knows_past=False,
    )
