"""What is left of a person's allowances, for those who see their care in full (B-06)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from entraide.portal.domain.adjudication.history import used_by_person
from entraide.portal.domain.claims.sight import PersonName, family_of
from entraide.portal.domain.contracts.benefits import insured, insured_viewer
from entraide.portal.domain.members.viewer import Viewer
from entraide.reimbursement import Cover, load_parameters, load_vocabulary
from entraide.reimbursement.complementary.remaining import (
    Remaining,
    Renewal,
    acts_of_one_year,
    counted_acts,
    remaining_of,
    renewals_of,
)


@dataclass(frozen=True, slots=True)
class Allowances:
    """Empty when no contract of the person limits anything and nothing was delivered yet."""

    person: PersonName
    remaining: tuple[Remaining, ...]
    renewals: tuple[Renewal, ...]

    @property
    def touched(self) -> tuple[Remaining, ...]:
        """Those of which something was used."""
        return tuple(one for one in self.remaining if one.is_touched)


def allowances_of(viewer: Viewer, person_id: UUID, *, on: date) -> Allowances | None:
    """None for somebody whose care is their own (A36), or whose contracts have no table.

    Five queries, three for oneself.
    """
    name = _name_of(viewer, person_id, on=on)
    if name is None:
        return None
    person = insured_viewer(viewer) if person_id == viewer.person_id else insured(person_id)
    if not person.cover.enrolments:
        return None
    counters = used_by_person(
        person_id,
        person,
        until=on,
        only=_what_counts(person.cover, on=on),
        confidential=_is_own(viewer, person_id),
    )
    return Allowances(
        person=name,
        remaining=remaining_of(person.cover, person.situation, counters, on),
        renewals=renewals_of(person.situation, counters, load_parameters(), on),
    )


def _what_counts(cover: Cover, *, on: date) -> Q:
    """Lines that can still matter on that day; years of care that cannot are not read."""
    vocabulary, new_year = load_vocabulary(), date(on.year, 1, 1)
    acts, of_year = counted_acts(cover, vocabulary), acts_of_one_year(cover, vocabulary)
    # A stay over New Year is one bill: its lines are priced together.
    this_year = Q(care_date__gte=new_year) | Q(stay_until__gte=new_year)
    return Q(act_code__in=acts - of_year) | Q(this_year, act_code__in=of_year)


def _is_own(viewer: Viewer, person_id: UUID) -> bool:
    return person_id == viewer.person_id and viewer.helping is None


def _name_of(viewer: Viewer, person_id: UUID, *, on: date) -> PersonName | None:
    """The person, if the viewer sees their care in full."""
    if person_id == viewer.person_id:
        return PersonName(viewer.person_id, viewer.first_name, viewer.full_name)
    family = family_of(viewer, on=on)
    return family.people[person_id] if person_id in family.detailed else None
