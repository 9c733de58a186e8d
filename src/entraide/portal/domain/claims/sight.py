"""Whose care the viewer may know of, decided before any line leaves the database (security 2.4, A36)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from entraide.formats.iban import last_four
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import Sight, may_see_identity, sight_of_care
from entraide.portal.domain.members.queries import as_person, people_of
from entraide.portal.domain.members.viewer import Reader, Viewer


@dataclass(frozen=True, slots=True)
class PersonName:
    """Someone of the household, as reimbursements name them."""

    id: UUID
    first_name: str
    full_name: str


@dataclass(frozen=True, slots=True)
class Family:
    """The people of whom the viewer sees the care (`detailed`) or only what was paid (`amount_only`)."""

    people: dict[UUID, PersonName]
    detailed: frozenset[UUID]
    amount_only: frozenset[UUID]
    account_ends: frozenset[str]
    # The one member whose name may stand as payee; None: whoever was paid.
    only_payee: str | None = None

    def detailed_lines(self) -> QuerySet[PaymentLine]:
        return PaymentLine.objects.filter(beneficiary_id__in=self.detailed)

    def known_lines(self) -> QuerySet[PaymentLine]:
        """Everything that counts for this viewer; an amount of nothing would tell of care alone."""
        is_amount = Q(beneficiary_id__in=self.amount_only) & ~Q(amc=0)
        return PaymentLine.objects.filter(Q(beneficiary_id__in=self.detailed) | is_amount)

    def knows(self, line: PaymentLine) -> bool:
        """Whether a line that is loaded already is one of `known_lines`."""
        if line.beneficiary_id in self.amount_only:
            return line.amc != 0
        return line.beneficiary_id in self.detailed


def family_of(viewer: Viewer, *, on: date) -> Family:
    """One query. Sight is that of the day: a sixteenth birthday closes the past too (A39)."""
    return family_among(viewer, people_of(viewer), on=on)


def family_among(reader: Reader, people: Iterable[Beneficiary], *, on: date) -> Family:
    """The same among people of the reader's membership that are loaded already."""
    found = list(people)
    sights = {one.pk: sight_of_care(reader, as_person(one), on=on) for one in found}
    visible = [one for one in found if sights[one.pk] is not Sight.NONE]
    return Family(
        people={one.pk: PersonName(one.pk, one.first_name, one.full_name) for one in visible},
        detailed=frozenset(one.pk for one in visible if sights[one.pk] is Sight.FULL),
        amount_only=frozenset(one.pk for one in visible if sights[one.pk] is Sight.AMOUNT_ONLY),
        account_ends=frozenset(
            last_four(one.iban)
            for one in found
            if one.iban and may_see_identity(reader, as_person(one), on=on)
        ),
    )


def oneself_of(viewer: Viewer) -> Family:
    """The viewer alone, as if nobody else were on the contract: for what leaves with them (A79)."""
    own = next(one for one in people_of(viewer) if one.pk == viewer.person_id)
    return Family(
        people={own.pk: PersonName(own.pk, own.first_name, own.full_name)},
        detailed=frozenset({own.pk}),
        amount_only=frozenset(),
        account_ends=frozenset({last_four(own.iban)} if own.iban else ()),
        only_payee=own.full_name,
    )
