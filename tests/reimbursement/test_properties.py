"""What must hold for any person, any care and any contract."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.reimbursement import (
    Breakdown,
    Care,
    Contract,
    Counters,
    Cover,
    Situation,
    load_parameters,
    price_in_order,
    reimburse,
)
from entraide.reimbursement.complementary.cover import Enrolment
from entraide.reimbursement.complementary.guarantees import Form
from entraide.reimbursement.examples import examples_for
from entraide.reimbursement.money import portion
from tests.reimbursement.strategies import CONTRACTS, covers, histories, lines, situations

BOOK = load_parameters()
_ADULT = Situation(person="p1", born_on=date(1980, 1, 1))


def priced(history: tuple[list[Care], Cover]) -> tuple[list[Breakdown], Counters]:
    cares, cover = history
    # A cover whose tables begin after the care is refused; that has its own test.
    starts = max((each.versions[0].valid_from for each in cover.enrolments), default=date.min)
    cares = [each for each in cares if each.line.on >= starts]
    return price_in_order(cares, cover, Counters(), BOOK)


@given(histories())
def test_the_shares_and_what_is_left_make_the_price(history):
    for each in priced(history)[0]:
        assert each.fee == each.amo + each.amc + each.left


@given(histories())
def test_nobody_gets_more_than_was_paid_and_what_is_withheld_stays(history):
    for each in priced(history)[0]:
        assert 0 <= each.amo <= each.fee
        assert all(share.amount >= 0 for share in each.shares)
        assert each.left >= each.withheld >= 0


@given(histories())
def test_the_base_the_share_and_the_copayment_agree_to_the_cent(history):
    for each in priced(history)[0]:
        assert 0 <= each.gross <= each.base <= each.fee
        assert each.amo == each.gross - each.withheld


@given(histories())
def test_the_steps_tell_the_same_story_as_the_amounts(history):
    for each in priced(history)[0]:
        paid = [step.amount for step in each.steps if step.kind == "paid"]
        assert paid == [share.amount for share in each.shares]
        assert each.steps[0].amount == each.fee
        assert each.steps[-1].amount == each.left
        assert all(step.words.fr and step.words.en for step in each.steps)


@given(histories(), st.data())
def test_a_reversal_restores_every_counter(history, data):
    breakdowns, after = priced(history)
    if not breakdowns:
        return
    number = data.draw(st.integers(0, len(breakdowns) - 1))
    without = Counters()
    for each in breakdowns[:number] + breakdowns[number + 1 :]:
        without = without.record(each)

    assert after.reverse(breakdowns[number].line) == without


@given(histories())
def test_reversing_everything_leaves_nothing(history):
    breakdowns, after = priced(history)
    for each in breakdowns:
        after = after.reverse(each.line)

    assert after == Counters()


@given(histories(), st.randoms())
def test_the_order_in_which_lines_arrive_does_not_matter(history, drawn):
    """Caps follow the order of care, whatever the order of import."""
    cares, cover = history
    first = priced((cares, cover))
    shuffled = list(cares)
    drawn.shuffle(shuffled)

    assert priced((shuffled, cover)) == first


@given(histories())
def test_counters_do_not_depend_on_the_order_of_recording(history):
    breakdowns, after = priced(history)
    backwards = Counters()
    for each in reversed(breakdowns):
        backwards = backwards.record(each)

    assert backwards == after


@given(situations, lines(), covers())
def test_caps_of_the_year_are_never_exceeded(situation, line, cover):
    day = date(2026, 1, 5)
    line = replace(line, act="B", on=day, quantity=4, fee=50_000, base=50_000)
    counters, total = Counters(), 0
    for number in range(10):
        care = Care(line=replace(line, id=str(number), on=date(2026, 1, 5 + number)), situation=situation)
        found = reimburse(care, cover, counters, BOOK)
        counters, total = counters.record(found), total + found.withheld

    assert total <= 5_000


@given(lines(), st.integers(0, 40_000), st.integers(0, 20_000))
def test_a_higher_level_never_pays_less(line, rate, more):
    low, high = (_percent(each) for each in (rate, rate + more))
    care = Care(line=line, situation=_ADULT)

    assert reimburse(care, high, Counters(), BOOK).amc >= reimburse(care, low, Counters(), BOOK).amc


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (["C40SOCLE"], ["C40SOCLE", "C40ZPREMIUM"]),
        (["I70ESSENTIEL"], ["I70ESSENTIEL", "I70ZCONFORT"]),
        (["ME-EQUILIBRE"], ["ME-EQUILIBRE", "ME-RENFORT"]),
        (["ME-EQUILIBRE"], ["ME-SERENITE"]),
    ],
)
def test_a_higher_level_never_pays_less_in_the_tables_of_examples(low, high):
    tables = [examples_for(_cover(names), BOOK, date(2026, 11, 22)) for names in (low, high)]

    for less, more in zip(*tables, strict=True):
        assert less.example == more.example
        assert more.breakdown.amc >= less.breakdown.amc, less.example.id


@given(st.integers(0, 10**9), st.integers(0, 10_000))
def test_a_portion_is_rounded_half_up(cents, rate):
    exact = cents * rate
    assert 2 * exact - 10_000 < 2 * portion(cents, rate) * 10_000 <= 2 * exact + 10_000


def _cover(names: list[str]) -> Cover:
    return Cover(
        enrolments=tuple(Enrolment(versions=(CONTRACTS[name],), since=date(2020, 1, 1)) for name in names),
        family="family",
    )


def _percent(rate: int) -> Cover:
    table: Contract = CONTRACTS["F-BR150"]
    guarantees = tuple(replace(each, rate=rate, form=Form.PERCENT_OF_BASE) for each in table.guarantees)
    return Cover(
        enrolments=(Enrolment(versions=(replace(table, guarantees=guarantees),), since=date(2015, 1, 1)),)
    )
