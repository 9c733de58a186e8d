"""Whose cards there are, and what they say on a day; the first argument is who asks (CARD-01…03)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from entraide.portal.domain.card.models import FIRST_SERIES, CardSeries
from entraide.portal.domain.card.policies import may_replace_card, may_see_card
from entraide.portal.domain.contracts.enums import CoverageTier
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.contracts.queries import coverages_on
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import as_person, rank_in_family
from entraide.portal.domain.members.viewer import Viewer
from entraide.profiles import CardDomain, Text
from entraide.reimbursement import Contract

_TIERS = (CoverageTier.BASE, CoverageTier.OPTION, CoverageTier.TOP_UP)


@dataclass(frozen=True, slots=True)
class CardCell:
    """What one domain of care opens: a percentage of the base, "PEC", or nothing (blank)."""

    code: str
    label: Text
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardContract:
    """A contract as a certificate tells it: since when this person is covered, and until when."""

    number: str
    label: Text
    plan: Text
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCard:
    """A person's card for a day. It holds from `starts_on` to `ends_on`, both in the year of that day.

    `number` is the person's own, `member_number` the membership's; `responsible`: every contract is, by its
    table; `series`: cards of an older one are void.
    """

    person_id: UUID
    name: str
    birth_date: date
    birth_rank: int
    number: str
    member_number: str
    starts_on: date
    ends_on: date
    contracts: tuple[CardContract, ...]
    responsible: bool
    cells: tuple[CardCell, ...]
    series: int


@dataclass(frozen=True, slots=True)
class CardPerson:
    """Somebody whose card the viewer sees; `may_replace`: and may make void."""

    id: UUID
    name: str
    may_replace: bool


def people_with_card(viewer: Viewer, *, on: date) -> list[CardPerson]:
    """Oneself first, covered on that day or not. One query."""
    people = Beneficiary.objects.filter(member_id=viewer.member_id)
    seen = [one for one in people if may_see_card(viewer, as_person(one))]
    ranked = sorted(seen, key=lambda one: (one.pk != viewer.person_id, *rank_in_family(one)))
    return [
        CardPerson(one.pk, one.full_name, may_replace_card(viewer, as_person(one), on=on)) for one in ranked
    ]


def recipients_of(viewer: Viewer) -> list[CardPerson]:
    """To whom a card may be sent without typing an address: people of the contract who have one on file."""
    people = Beneficiary.objects.filter(member_id=viewer.member_id)
    seen = [one for one in people if one.email and may_see_card(viewer, as_person(one))]
    ranked = sorted(seen, key=lambda one: (one.pk == viewer.person_id, *rank_in_family(one)))
    return [CardPerson(one.pk, one.full_name, may_replace=False) for one in ranked]


def card_of(viewer: Viewer, person_id: UUID, *, on: date) -> CoverageCard | None:
    """What the contracts say on that day; None when the person is not covered, or not for this viewer."""
    return next(iter(cards_of(viewer, [person_id], on=on)), None)


def cards_of(viewer: Viewer, people: Sequence[UUID], *, on: date) -> list[CoverageCard]:
    """Those of these people who are covered on that day and whose card the viewer sees, in their order.

    Three queries, however many they are.
    """
    rows = Beneficiary.objects.filter(pk__in=people, member_id=viewer.member_id).select_related("member")
    seen = [one for one in rows if may_see_card(viewer, as_person(one))]
    return _cards(sorted(seen, key=lambda one: people.index(one.pk)), on=on)


def card_for(person: Beneficiary, *, on: date) -> CoverageCard | None:
    """The card of a person, whoever asks: the caller has checked it. Two queries."""
    return next(iter(_cards([person], on=on)), None)


def _cards(people: Sequence[Beneficiary], *, on: date) -> list[CoverageCard]:
    here = [one for one in people if one.member.left_on is None or one.member.left_on >= on]
    ids = [one.pk for one in here]
    covers = defaultdict[UUID, list[Coverage]](list)
    for cover in coverages_on(ids, on=on):
        covers[cover.beneficiary_id].append(cover)
    series = _series_of(ids)
    return [
        _card(one, covers[one.pk], series.get(one.pk, FIRST_SERIES), on=on) for one in here if covers[one.pk]
    ]


def _card(person: Beneficiary, covers: list[Coverage], series: int, *, on: date) -> CoverageCard:
    covers = sorted(covers, key=lambda one: _TIERS.index(CoverageTier(one.contract.tier)))
    tables = [_table(one, on=on) for one in covers]
    starts_on, ends_on = _validity(covers, tables, left_on=person.member.left_on, on=on)
    return CoverageCard(
        person_id=person.pk,
        name=person.full_name,
        birth_date=person.birth_date,
        birth_rank=person.birth_rank,
        number=person.number,
        member_number=person.member.number,
        starts_on=starts_on,
        ends_on=ends_on,
        contracts=tuple(_contract(one) for one in covers),
        responsible=all(one is not None and one.responsible for one in tables),
        cells=_cells(covers, tables),
        series=series,
    )


def series_of(person_id: UUID) -> int:
    """The series whose cards are valid."""
    return _series_of([person_id]).get(person_id, FIRST_SERIES)


def _series_of(people: Sequence[UUID]) -> dict[UUID, int]:
    """Of those whose first series was replaced."""
    rows = CardSeries.objects.filter(person_id__in=people).values("person_id")
    return {one["person_id"]: one["latest"] for one in rows.annotate(latest=Max("number"))}


def _table(cover: Coverage, *, on: date) -> Contract | None:
    versions = settings.PROFILE.guarantees.get(cover.contract.number, ())
    return next((one for one in versions if one.in_force(on)), None)


def _validity(
    covers: Sequence[Coverage], tables: Sequence[Contract | None], *, left_on: date | None, on: date
) -> tuple[date, date]:
    """The days of the year on which all of this is so, as far as it is known."""
    begins = [date(on.year, 1, 1)]
    ends = [date(on.year, 12, 31), left_on]
    for cover, table in zip(covers, tables, strict=True):
        begins += [cover.starts_on, cover.contract.subscribed_on]
        ends += [cover.ends_on, cover.contract.ended_on]
        if table is not None:
            begins.append(table.valid_from)
            ends.append(table.valid_until)
    return min(max(begins), on), min(one for one in ends if one is not None)


def _contract(cover: Coverage) -> CardContract:
    contract = cover.contract
    ends = [one for one in (cover.ends_on, contract.ended_on) if one is not None]
    return CardContract(
        number=contract.number,
        label=Text(contract.label_fr, contract.label_en),
        plan=Text(contract.plan_fr, contract.plan_en),
        starts_on=max(cover.starts_on, contract.subscribed_on),
        ends_on=min(ends, default=None),
    )


def _cells(covers: Sequence[Coverage], tables: Sequence[Contract | None]) -> tuple[CardCell, ...]:
    """A contract whose table says that it pays no professional directly opens nothing."""
    paying = [
        cover.contract.number
        for cover, table in zip(covers, tables, strict=True)
        if table is None or table.third_party_payment
    ]
    return tuple(_cell(domain, paying) for domain in settings.PROFILE.card.domains)


def _cell(domain: CardDomain, contracts: Sequence[str]) -> CardCell:
    """What completes the base contract stands in the place of what the base opens."""
    levels = [shown for one in contracts if (shown := domain.shown_for(one))]
    return CardCell(domain.code, domain.label, levels[-1] if levels else "")
