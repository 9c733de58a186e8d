"""How many teleconsultations of a year people used, for who sees their care in full (TELE-03, B-06)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from entraide.portal.domain.claims.sight import PersonName, family_of
from entraide.portal.domain.contracts.queries import coverages_on
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.teleconsultations.models import Teleconsultation
from entraide.profiles import Partner


@dataclass(frozen=True, slots=True)
class Counter:
    """What one person used of the limit; `used` may be more than it."""

    person: PersonName
    used: int
    limit: int

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """Those of a calendar year. `told_until`: how far the partner told it; None: nothing of that year yet."""

    partner: Partner
    year: int
    told_until: date | None
    people: tuple[Counter, ...]

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    @property
    def starts_again_on(self) -> date:
        return date(self.year + 1, 1, 1)

    @property
    def told_of(self) -> frozenset[UUID]:
        """Of whom something is known; nobody where the partner told nothing."""
        return frozenset(one.person.id for one in self.people) if self.told_until else frozenset()


def counters_of(viewer: Viewer, partner: Partner, *, on: date) -> Counters | None:
    """Of everybody covered that day whose care the viewer sees in full (A36).

    None where the partner has no limit. Two queries.
    """
    if _limit_of(partner) == 0:
        return None
    family = family_of(viewer, on=on)
    names = {key: name for key, name in family.people.items() if key in family.detailed}
    return _counters(viewer, partner, names, on=on)


def counter_of(viewer: Viewer, partner: Partner | None, person_id: UUID, *, on: date) -> Counters | None:
    """Of one person alone; None where nothing is counted, or not for this viewer.

    Two queries, one for oneself.
    """
    if partner is None or _limit_of(partner) == 0:
        return None
    if person_id == viewer.person_id:
        names = {person_id: PersonName(person_id, viewer.first_name, viewer.full_name)}
    else:
        family = family_of(viewer, on=on)
        names = {key: family.people[key] for key in family.detailed & {person_id}}
    found = _counters(viewer, partner, names, on=on) if names else None
    return found if found and found.people else None


def _limit_of(partner: Partner) -> int:
    return partner.teleconsultations.yearly_limit if partner.teleconsultations else 0


def _counters(viewer: Viewer, partner: Partner, names: Mapping[UUID, PersonName], *, on: date) -> Counters:
    told = Teleconsultation.objects.filter(partner=partner.id)
    own = viewer.person_id if viewer.helping is None else None
    counted = told.filter(
        Q(confidential=False) | Q(person_id=own),
        person=OuterRef("pk"),
        consulted_on__year=on.year,
        consulted_on__lte=on,
        cancelled=False,
    )
    covers = coverages_on(list(names), on=on).filter(beneficiary=OuterRef("pk"))
    people = Beneficiary.objects.filter(Exists(covers), pk__in=names).annotate(
        used=Coalesce(Subquery(counted.values("person").annotate(times=Count("id")).values("times")), 0),
        until=Subquery(told.order_by("-told_until").values("told_until")[:1]),
    )
    rows = {key: (used, until) for key, used, until in people.values_list("pk", "used", "until")}
    until = next((until for _used, until in rows.values()), None)
    limit = _limit_of(partner)
    return Counters(
        partner=partner,
        year=on.year,
        told_until=until if until and until.year == on.year else None,
        people=tuple(Counter(name, rows[key][0], limit) for key, name in names.items() if key in rows),
    )
