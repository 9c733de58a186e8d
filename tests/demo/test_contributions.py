"""Contributions of the demo: every sum comes from the scale of the documents."""

import re
from collections import defaultdict

from entraide.demo import sheets
from entraide.demo.contributions import (
    DEBIT_DAY,
    MONTHLY,
    OPTION_PERCENT,
    contributions_of,
    payers_of,
    schedule_of,
)
from entraide.demo.people import households
from tests.demo.conftest import ON


def test_who_pays_through_an_employer_has_no_schedule(profile, demo):
    """COT-02"""
    people = households(profile, on=ON)
    paying = {each.member.number for each in payers_of(profile, people)}

    assert paying
    assert {row["member_number"] for row in demo.rows("contributions")} == paying
    for each in people:
        segment = next(one for one in profile.segments if one.id == each.details.segment)
        assert (each.member.number in paying) == (segment.contribution_note is None)


def test_every_month_of_a_year_is_asked_once(profile):
    """What failed and is asked again does not count twice."""
    people = {each.member.number: each for each in households(profile, on=ON)}
    asked = defaultdict(list)
    for line in contributions_of(profile, tuple(people.values()), on=ON):
        if line.state != "replaced":
            asked[line.member_number, line.year].append(line.due_on.month)

    for (number, year), months in asked.items():
        joined = people[number].details.joined_on
        first = joined.month + (joined.day > DEBIT_DAY) if joined.year == year else 1
        assert sorted(months) == list(range(first, 13))


def test_the_amount_of_a_single_person_is_that_of_the_scale(profile):
    alone = [each for each in payers_of(profile, households(profile, on=ON)) if len(each.people) == 1]

    assert alone
    for each in alone:
        age = each.member.age_on(ON.replace(month=1, day=1))
        base = next(cents for _, oldest, cents in MONTHLY if age <= oldest)
        with_option = len(each.details.contracts) > 1
        expected = base + base * OPTION_PERCENT // 100 if with_option else base
        assert {line.amount for line in schedule_of(profile, each, year=ON.year, on=ON)} == {expected}


def test_the_paper_and_the_page_show_the_same_schedule(profile, demo):
    payer = payers_of(profile, households(profile, on=ON))[0]
    (section,) = sheets.schedule(ON.year, schedule_of(profile, payer, year=ON.year, on=ON))

    rows = [
        row
        for row in demo.rows("contributions")
        if row["member_number"] == payer.member.number and row["year"] == str(ON.year)
    ]
    assert [re.sub(r"\D", "", day) for day, _ in section.rows] == [
        "".join(reversed(row["due_on"].split("-"))) for row in rows
    ]
    assert [amount for _, amount in section.rows] == [
        sheets.euros(int(row["amount"].replace(".", ""))) for row in rows
    ]


def test_there_is_a_debit_that_failed_one_that_was_asked_again_and_a_late_payment(profile, demo):
    rows = demo.rows("contributions")

    assert {"due", "paid", "failed", "replaced"} == {row["state"] for row in rows}
    assert any(row["state"] == "due" and row["due_on"] < ON.isoformat() for row in rows)
    assert {row["method"] for row in rows} >= {"direct_debit", "transfer"}
