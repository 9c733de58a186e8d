"""Whose care the viewer may know of, decided before any line leaves the database (security 2.4, A36).

Two cuts: people, by the sight that `members/policies.py` gives of each on that day; and lines, because one
that is marked confidential is known to the patient alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least

from entraide.formats.iban import last_four
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.claims.paid_lines import PaidLine
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.members.models import Beneficiary, CareConsent
from entraide.portal.domain.members.policies import Relative, Sight, may_see_identity, sight_of_care
from entraide.portal.domain.members.queries import as_person, rank_in_family
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
    # The one whose confidential care the reader knows: their own. None for who reads for somebody else.
    own: UUID | None
    # The one member whose name may stand as payee; None: whoever was paid.
    only_payee: str | None = None

    @property
    def open_lines(self) -> Q:
        """All but confidential care; of people whom `detailed` and `amount_only` let the reader know of."""
        return Q(confidential=False) | Q(beneficiary_id=self.own)

    def detailed_lines(self) -> QuerySet[PaymentLine]:
        return PaymentLine.objects.filter(self.open_lines, beneficiary_id__in=self.detailed)

    def known_lines(self) -> QuerySet[PaymentLine]:
        """Everything that counts for this viewer; an amount of nothing would tell of care alone."""
        is_amount = Q(beneficiary_id__in=self.amount_only) & ~Q(amc=0)
        return PaymentLine.objects.filter(self.open_lines, Q(beneficiary_id__in=self.detailed) | is_amount)

    def knows(self, line: PaidLine) -> bool:
        """Whether a line that is loaded already is one of `known_lines`."""
        if line.confidential and line.beneficiary_id != self.own:
            return False
        if line.beneficiary_id in self.amount_only:
            return line.amc != 0
        return line.beneficiary_id in self.detailed


def family_of(viewer: Viewer, *, on: date) -> Family:
    """One query. Sight is that of the day: a sixteenth birthday closes the past too (A39)."""
    return family_among(viewer, relatives_of(viewer), on=on)


def relatives_of(viewer: Viewer) -> list[Beneficiary]:
    """Everybody of the viewer's membership `with_ties`, in the order of the family. One query."""
    people = with_ties(Beneficiary.objects.filter(member_id=viewer.member_id), consents_to=viewer)
    return sorted(people, key=rank_in_family)


def with_ties(people: QuerySet[Beneficiary], *, consents_to: Reader | None) -> QuerySet[Beneficiary]:
    """The same people with what `family_among` asks of each: until when they are covered, and consents.

    `consents_to`: the reader whom they may have let know the details of their care; None: nobody.
    """
    endless = Value(date.max, output_field=DateField())
    covers = Coverage.objects.filter(beneficiary=OuterRef("pk")).annotate(
        last=Least(Coalesce("ends_on", endless), Coalesce("contract__ended_on", endless))
    )
    given = CareConsent.objects.filter(
        giver=OuterRef("pk"), reader_id=consents_to.person_id if consents_to else None, withdrawn_at=None
    )
    return people.annotate(
        covered_until=Subquery(covers.order_by("-last").values("last")[:1]), consents=Exists(given)
    )


def family_among(reader: Reader, people: Iterable[Beneficiary], *, on: date) -> Family:
    """The same among people of the reader's membership that are loaded already, `with_ties`."""
    found = list(people)
    relatives = {one.pk: _relative(one) for one in found}
    own = relatives.get(reader.person_id)
    sights = {key: sight_of_care(reader, one, own=own, on=on) for key, one in relatives.items()}
    visible = [one for one in found if sights[one.pk] is not Sight.NONE]
    names = {one.pk: PersonName(one.pk, one.first_name, one.full_name) for one in visible}
    return Family(
        people=names,
        detailed=frozenset(one.pk for one in visible if sights[one.pk] is Sight.FULL),
        amount_only=frozenset(one.pk for one in visible if sights[one.pk] is Sight.AMOUNT_ONLY),
        account_ends=frozenset(
            last_four(one.iban)
            for one in found
            if one.iban and may_see_identity(reader, as_person(one), on=on)
        ),
        own=reader.person_id if reader.helping is None else None,
        # A helper learns nobody else's name, not even of the one whose account is paid.
        only_payee=names[reader.person_id].full_name if reader.helping is not None else None,
    )


def _relative(one: Beneficiary) -> Relative:
    return Relative(
        as_person(one),
        parents=frozenset(one.parents.split("|")),
        consents=one.consents,  # type: ignore[attr-defined]
        covered_until=one.covered_until,  # type: ignore[attr-defined]
    )


def oneself_of(viewer: Viewer) -> Family:
    """The viewer alone, as if nobody else were on the contract: for what leaves with them (A79)."""
    own = Beneficiary.objects.get(pk=viewer.person_id)
    return Family(
        people={own.pk: PersonName(own.pk, own.first_name, own.full_name)},
        detailed=frozenset({own.pk}),
        amount_only=frozenset(),
        account_ends=frozenset({last_four(own.iban)} if own.iban else ()),
        own=own.pk,
        only_payee=own.full_name,
    )
