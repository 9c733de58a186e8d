"""The lines of the demo: amounts that add up, public rates by the date of care (domain §1)."""

from collections import defaultdict
from datetime import date
from typing import get_args

import pytest

from entraide.demo import tariffs
from entraide.demo.acts import Act, shares
from entraide.demo.people import age_on
from entraide.formats.money import parse_cents
from entraide.profiles import Text
from entraide.profiles.shapes import CareKind
from tests.demo.conftest import ON, Rows


def act(**details: object) -> Act:
    settings = {
        "kind": "consultation",
        "code": "G",
        "label": Text("Consultation", "Visit"),
        "professional": "Dr Hélène Vasseur",
        "rate": 70,
    } | details
    return Act(**settings)


def of_kind(rows: Rows, *codes: str) -> Rows:
    return [row for row in rows if row["act_code"] in codes]


@pytest.mark.parametrize(
    ("case", "amo", "amc", "left"),
    [
        (act(charged=3000, base=3000, withheld=200), 1900, 900, 200),
        (act(charged=2650, base=2650, withheld=100), 1755, 795, 100),
        (act(charged=5000, base=3150, withheld=200, target=4725), 2005, 2520, 475),
        (act(charged=1613, base=1613, rate=60, withheld=100), 868, 645, 100),
        (act(charged=1383, base=1383, rate=65, withheld=100), 799, 484, 100),
        (act(charged=50000, base=12000, rate=60, target=50000), 7200, 42800, 0),
        (act(charged=95000, base=40000, rate=60, target=95000), 24000, 71000, 0),
        (act(charged=8600, base=0, rate=0, target=8600), 0, 8600, 0),
        (act(charged=150, base=150, rate=65, withheld=200), 0, 52, 98),
    ],
)
def test_the_worked_examples_of_the_law_come_out_to_the_cent(case, amo, amc, left):
    """Domain §1.7."""
    paid = shares(case)

    assert (paid.amo, paid.amc, paid.left) == (amo, amc, left)


def test_what_each_pays_adds_up_to_the_price(demo):
    for row in demo.rows("payment_lines"):
        charged, base, amo, amc, left = (
            parse_cents(row[name]) for name in ("charged", "base", "amo", "amc", "left")
        )
        assert charged == amo + amc + left
        assert min(charged, base, amo, amc, left) >= 0
        assert base <= charged
        assert 0 <= int(row["rate"]) <= 100


def test_every_kind_of_care_occurs(demo):
    """REMB-01: an icon per kind of care."""
    assert {row["kind"] for row in demo.rows("payment_lines")} == set(get_args(CareKind))


def test_the_rarer_events_are_there(demo):
    codes = {row["act_code"] for row in demo.rows("payment_lines")}

    assert {"PF0", "PJ", "FJ", "SHO", "ADC", "VSL", "OST", "TO", "PA"} <= codes
    assert codes & {"OPT", "M01"}
    assert codes & {"PAZ", "PAU"}


def test_nobody_is_cared_for_before_being_covered_nor_after_today(demo):
    covered_from: dict[str, str] = {}
    for row in demo.rows("coverages"):
        number = row["beneficiary_number"]
        covered_from[number] = min(row["starts_on"], covered_from.get(number, "9999"))

    for row in demo.rows("payment_lines"):
        assert covered_from[row["beneficiary_number"]] <= row["care_date"] <= ON.isoformat()


def test_the_visit_follows_the_tariff_of_its_day(demo, earlier):
    """Domain §1.6; children under six, who pay a supplement, are left out."""
    born = {row["beneficiary_number"]: row["birth_date"] for row in demo.rows("beneficiaries")}
    days_at: dict[str, list[str]] = defaultdict(list)
    for row in of_kind(demo.rows("payment_lines") + earlier.rows("payment_lines"), "G"):
        if born[row["beneficiary_number"]] < "2015":
            days_at[row["charged"]].append(row["care_date"])

    assert set(days_at) == {"25.00", "26.50", "30.00"}
    assert max(days_at["25.00"]) < "2023-11-01" <= min(days_at["26.50"])
    assert max(days_at["26.50"]) < "2024-12-22" <= min(days_at["30.00"])


def test_dental_care_changes_its_rate_on_15_october_2023(earlier, demo):
    rows = of_kind(earlier.rows("payment_lines") + demo.rows("payment_lines"), "C", "SDE", "PF0")

    assert {row["rate"] for row in rows if row["care_date"] < "2023-10-15"} == {"70"}
    assert {row["rate"] for row in rows if row["care_date"] >= "2023-10-15"} == {"60"}


def test_the_participation_doubles_on_15_may_2024_and_spares_the_young(demo, earlier):
    born = {row["beneficiary_number"]: row["birth_date"] for row in demo.rows("beneficiaries")}
    rows = of_kind(demo.rows("payment_lines") + earlier.rows("payment_lines"), "G", "TCG")

    for row in rows:
        care = date.fromisoformat(row["care_date"])
        age = age_on(care, birth_date=date.fromisoformat(born[row["beneficiary_number"]]))
        due = 0 if age < 18 else tariffs.at(tariffs.PARTICIPATION, care)
        # Less than due once the year's 50 euros are reached.
        assert parse_cents(row["left"]) <= due
        assert parse_cents(row["left"]) == due or age >= 18


def test_no_one_leaves_more_than_the_yearly_limit_to_the_participation(demo):
    kinds = {"consultation", "laboratory", "imaging"}
    left: dict[tuple[str, str], int] = defaultdict(int)
    for row in demo.rows("payment_lines"):
        if row["kind"] in kinds:
            left[row["beneficiary_number"], row["care_date"][:4]] += parse_cents(row["left"])

    assert max(left.values()) <= tariffs.YEARLY_CAP


def test_a_stay_is_charged_day_by_day_across_a_change_of_price():
    """Domain §1.7 row 14: 27 February to 2 March 2026, two days at 20 and two at 23."""
    assert tariffs.hospital_days(date(2026, 2, 27), nights=3) == 8600


def test_a_claim_is_one_persons_care_on_one_day(demo):
    claims = defaultdict(set)
    for row in demo.rows("payment_lines"):
        claims[row["claim_number"]].add((row["beneficiary_number"], row["care_date"], row["kind"]))

    assert all(len(facts) == 1 for facts in claims.values())
