"""What is left of each allowance of a person, and when the next glasses and hearing aids are covered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from entraide.reimbursement.acts import Vocabulary
from entraide.reimbursement.care import Care, CareLine, Situation
from entraide.reimbursement.complementary.cover import Cover, Enrolment
from entraide.reimbursement.complementary.guarantees import Allowance, Contract, Guarantee, Period, SharedBy
from entraide.reimbursement.complementary.limits import key_of, period_of, size_of
from entraide.reimbursement.complementary.renewal import RENEWED, next_renewal
from entraide.reimbursement.counters import Counters
from entraide.reimbursement.money import Words
from entraide.reimbursement.parameters.book import ParameterBook

_YEAR = 12
"""Months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """One allowance: cents and acts that are left of how many; None where the table sets no such limit.

    `last` is the last day of the running period, None for a rolling one.
    """

    label: Words
    contract: Words
    amount: int | None
    of_amount: int | None
    acts: int | None
    of_acts: int | None
    last: date | None

    @property
    def is_touched(self) -> bool:
        """Something of it was used."""
        return (self.acts, self.amount) != (self.of_acts, self.of_amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """The first day on which the next delivery is covered in full."""

    hearing: bool
    on: date


def counted_acts(cover: Cover, vocabulary: Vocabulary) -> frozenset[str]:
    """Acts that an allowance of these contracts or a renewal looks at: no other line moves what is left."""
    limited = _limited(cover)
    return _acts_of(limited, vocabulary) | _of_families(RENEWED, vocabulary)


def acts_of_one_year(cover: Cover, vocabulary: Vocabulary) -> frozenset[str]:
    """Those of them that count within one civil year alone: what was before it moves nothing in it.

    A renewal looks back for years, and so does an allowance of several years, of the contract's own years or
    of the months before the care.
    """
    longer = [each for each in _limited(cover) if not _is_of_one_year(each)]
    lasting = _acts_of(longer, vocabulary) | _of_families(RENEWED, vocabulary)
    return counted_acts(cover, vocabulary) - lasting


def _limited(cover: Cover) -> list[Guarantee]:
    """Every guarantee with an allowance, of all versions of all contracts."""
    return [
        guarantee
        for enrolment in cover.enrolments
        for contract in enrolment.versions
        for guarantee in contract.guarantees
        if guarantee.allowance is not None
    ]


def _is_of_one_year(guarantee: Guarantee) -> bool:
    allowance = guarantee.allowance
    return allowance is not None and allowance.period is Period.CALENDAR and allowance.months == _YEAR


def _acts_of(guarantees: list[Guarantee], vocabulary: Vocabulary) -> frozenset[str]:
    families = frozenset[str]().union(*(each.families for each in guarantees))
    return _of_families(families, vocabulary).union(*(each.acts for each in guarantees))


def _of_families(families: frozenset[str], vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(code for code, act in vocabulary.procedures.items() if act.family.code in families)


def remaining_of(cover: Cover, situation: Situation, counters: Counters, on: date) -> tuple[Remaining, ...]:
    """In the order of the contracts and of their tables. What a whole family shares is left out."""
    return tuple(
        each
        for enrolment in cover.enrolments
        if (contract := enrolment.on(on)) is not None
        for each in _of_contract(contract, enrolment, situation, counters, on)
    )


def renewals_of(
    situation: Situation, counters: Counters, book: ParameterBook, on: date
) -> tuple[Renewal, ...]:
    """Glasses, then hearing aids, of those once delivered: the day from which all their elements are due."""
    found = []
    for hearing in (False, True):
        prefix = f"{'hearing' if hearing else 'glasses'}:{situation.person}:"
        days = [
            day
            for key in counters.entries()
            if key.startswith(prefix) and (day := counters.latest(key, until=on))
        ]
        if days:
            next_day = _next(max(days), situation, book, on, hearing=hearing)
            found.append(Renewal(hearing=hearing, on=next_day))
    return tuple(found)


def _of_contract(
    contract: Contract, enrolment: Enrolment, situation: Situation, counters: Counters, on: date
) -> Iterator[Remaining]:
    labels: dict[str, list[Words]] = {}
    allowances: dict[str, Allowance] = {}
    for guarantee in contract.guarantees:
        allowance = guarantee.allowance
        if allowance is not None and allowance.shared_by is SharedBy.BENEFICIARY:
            allowances[allowance.name] = allowance
            labels.setdefault(allowance.name, []).append(guarantee.label)
    for name, allowance in allowances.items():
        first, last = period_of(allowance, on=on, since=enrolment.since)
        used = counters.used(
            key_of(allowance, contract.number, person=situation.person, family=""), first, last
        )
        size = size_of(allowance, on=on, since=enrolment.since)
        yield Remaining(
            label=Words(
                ", ".join(words.fr for words in labels[name]), ", ".join(words.en for words in labels[name])
            ),
            contract=contract.label,
            amount=None if size is None else max(0, size - used.amount),
            of_amount=size,
            acts=None if allowance.acts is None else max(0, allowance.acts - used.units),
            of_acts=allowance.acts,
            last=None if allowance.period is Period.ROLLING else last,
        )


def _next(last: date, situation: Situation, book: ParameterBook, on: date, *, hearing: bool) -> date:
    """By the age of that next day: a child of fifteen waits as an adult once sixteen."""
    day = next_renewal(last, _care(situation, on), book, hearing=hearing)
    return next_renewal(last, _care(situation, max(on, day)), book, hearing=hearing)


def _care(situation: Situation, day: date) -> Care:
    return Care(line=CareLine(id="next", act="", on=day, fee=0), situation=situation)
