"""The explanation: ordered steps, each with its rule, its source and a sentence in both languages."""

from datetime import date

import pytest

from entraide.reimbursement import (
    Care,
    CareLine,
    Counters,
    Cover,
    Enrolment,
    Situation,
    StepKind,
    load_parameters,
    reimburse,
)
from entraide.reimbursement.complementary.renewal import next_renewal
from entraide.reimbursement.examples import examples_for
from entraide.reimbursement.money import euros, parse_amount, parse_rate, percent, portion
from entraide.reimbursement.rules import RULES
from tests.reimbursement.strategies import CONTRACTS

BOOK = load_parameters()
ADULT = Situation(person="p1", born_on=date(1980, 2, 29))


def cover(*names: str) -> Cover:
    return Cover(
        enrolments=tuple(Enrolment(versions=(CONTRACTS[name],), since=date(2015, 1, 1)) for name in names)
    )


def visit(**changes):
    line = {"id": "1", "act": "G", "on": date(2025, 2, 1), "fee": 3000} | changes
    return reimburse(Care(line=CareLine(**line), situation=ADULT), cover("R100"), Counters(), BOOK)


def test_the_steps_come_in_the_order_of_the_story():
    assert [step.kind for step in visit().steps] == [
        StepKind.SPEND,
        StepKind.BASE,
        StepKind.COMPULSORY,
        StepKind.WITHHELD,
        StepKind.COPAYMENT,
        StepKind.GUARANTEE,
        StepKind.PAID,
        StepKind.POLICY,
        StepKind.LEFT,
    ]


def test_each_step_says_its_amount_its_source_and_its_sentence():
    step = next(step for step in visit().steps if step.kind is StepKind.COMPULSORY)

    assert step.amount == 2100
    assert step.source == "service-public.fr, 22/12/2024"
    assert step.words.fr == "Taux de l’acte, 70\u00a0%\u00a0: 21,00\u00a0€."
    assert step.words.en == "Rate of the act, 70%: €21.00."


def test_the_steps_of_a_contract_name_it():
    assert {step.contract for step in visit().steps} == {"", "R100"}


def test_the_display_tells_the_contribution_apart():
    shown = visit().display()

    assert (shown.spend, shown.amo, shown.amc, shown.left, shown.not_refundable) == (
        3000,
        1900,
        900,
        200,
        200,
    )
    assert shown.note is not None
    assert "2,00\u00a0€ non remboursables" in shown.note.fr
    assert "€2.00 cannot be refunded" in shown.note.en


def test_nothing_is_said_of_a_contribution_that_is_not_there():
    assert visit(act="CD", fee=2300).display().note is None


def test_every_rule_has_a_sentence_in_both_languages():
    assert all(rule.words.fr and rule.words.en for rule in RULES.values())


@pytest.mark.parametrize(
    ("cents", "french", "english"),
    [
        (0, "0,00\u00a0€", "€0.00"),
        (5, "0,05\u00a0€", "€0.05"),
        (123450, "1\u202f234,50\u00a0€", "€1,234.50"),
        (-300, "-3,00\u00a0€", "-€3.00"),
    ],
)
def test_amounts_are_written_as_people_write_them(cents, french, english):
    assert euros(cents) == (french, english)


@pytest.mark.parametrize(
    ("rate", "french", "english"),
    [(7000, "70\u00a0%", "70%"), (1327, "13,27\u00a0%", "13.27%"), (150, "1,5\u00a0%", "1.5%")],
)
def test_rates_are_written_as_people_write_them(rate, french, english):
    assert percent(rate) == (french, english)


@pytest.mark.parametrize("text", ["26.5", "26,50", "1 000.00", "+1.00", "-1.00", "", "1.000", "٣.00"])
def test_an_amount_has_one_spelling(text):
    assert parse_amount(text) is None


@pytest.mark.parametrize(("text", "rate"), [("70 %", 7000), ("1.5%", 150), ("13.27 %", 1327), ("70", None)])
def test_a_rate_has_its_sign(text, rate):
    assert parse_rate(text) == rate


@pytest.mark.parametrize(
    ("cents", "rate", "part"), [(1, 5_000, 1), (1, 4_999, 0), (3, 1_666, 0), (3, 1_667, 1), (0, 7_000, 0)]
)
def test_half_a_cent_goes_up_and_less_goes_down(cents, rate, part):
    assert portion(cents, rate) == part


def test_the_next_glasses_can_be_announced():
    care = Care(line=CareLine(id="1", act="MONB", on=date(2026, 1, 10), fee=0), situation=ADULT)

    assert next_renewal(date(2026, 1, 10), care, BOOK, hearing=False) == date(2028, 1, 10)
    assert next_renewal(date(2026, 1, 10), care, BOOK, hearing=True) == date(2030, 1, 10)


@pytest.mark.parametrize(
    ("age", "birthday"), [(4, date(1984, 2, 29)), (18, date(1998, 3, 1)), (20, date(2000, 2, 29))]
)
def test_a_birthday_on_29_february(age, birthday):
    assert ADULT.birthday(age) == birthday
    assert ADULT.age_on(birthday) == age
    assert ADULT.age_on(date.fromordinal(birthday.toordinal() - 1)) == age - 1


def test_counters_are_values():
    empty, used = Counters(), Counters().record(visit())

    assert empty == Counters()
    assert used != empty
    assert hash(used) == hash(Counters(used.entries()))
    assert used.used("participation:p1", date(2025, 1, 1), date(2025, 12, 31)).amount == 200
    assert "participation:p1" in repr(used)


def test_the_table_of_examples_shows_todays_figures():
    rows = {
        row.example.id: row.breakdown for row in examples_for(cover("C40SOCLE"), BOOK, date(2026, 11, 22))
    }

    assert (rows["gp"].fee, rows["gp"].amo, rows["gp"].amc, rows["gp"].left) == (3000, 1900, 900, 200)
    assert (rows["crown-no-cost"].fee, rows["crown-no-cost"].amc, rows["crown-no-cost"].left) == (
        51500,
        44300,
        0,
    )
    assert (rows["hearing-1"].fee, rows["hearing-1"].amo, rows["hearing-1"].left) == (95000, 24000, 0)
    assert rows["daily-charge"].amc == 2300
    assert rows["braces"].base == 19350


def test_the_table_of_examples_shows_the_figures_of_an_earlier_day():
    rows = {row.example.id: row.breakdown for row in examples_for(cover("C40SOCLE"), BOOK, date(2023, 12, 1))}

    assert rows["gp"].fee == 2650
    assert rows["crown-no-cost"].fee == 50000
