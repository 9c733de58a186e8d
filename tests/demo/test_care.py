"""The lines of the demo: amounts that add up, public rates by the date of care (domain §1)."""

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import get_args

from entraide.demo.people import age_on
from entraide.formats.money import parse_cents
from entraide.profiles.shapes import CareKind
from entraide.reimbursement import load_parameters, load_vocabulary
from tests.demo.conftest import ON, Rows


def of_kind(rows: Rows, *codes: str) -> Rows:
    return [row for row in rows if row["act_code"] in codes]


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

    assert {"HBLD680", "PJ", "FJ", "CHP", "ADC", "VSL", "OST", "TO", "PA"} <= codes
    assert codes & {"MONA", "MONB"}
    assert codes & {"AU1", "AU2"}


def test_every_act_is_one_that_the_engine_knows(demo, earlier):
    """B-02: each line can be explained."""
    codes = {row["act_code"] for row in demo.rows("payment_lines") + earlier.rows("payment_lines")}

    assert codes <= set(load_vocabulary().procedures)


def test_a_limit_of_the_contract_is_met(demo):
    """B-02, B-06: a year with more sessions than the contract pays for."""
    sessions = of_kind(demo.rows("payment_lines"), "OST")

    assert {row["amc"] for row in sessions} > {"0.00"}


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
    rows = of_kind(earlier.rows("payment_lines") + demo.rows("payment_lines"), "CD", "SDE", "HBLD680")

    assert {row["rate"] for row in rows if row["care_date"] < "2023-10-15"} == {"70"}
    assert {row["rate"] for row in rows if row["care_date"] >= "2023-10-15"} == {"60"}


def test_the_participation_doubles_on_15_may_2024_and_spares_the_young(demo, earlier):
    born = {row["beneficiary_number"]: row["birth_date"] for row in demo.rows("beneficiaries")}
    rows = of_kind(demo.rows("payment_lines") + earlier.rows("payment_lines"), "G", "TCG")

    for row in rows:
        care = date.fromisoformat(row["care_date"])
        age = age_on(care, birth_date=date.fromisoformat(born[row["beneficiary_number"]]))
        due = 0 if age < 18 else load_parameters().value("participation.amount", care)
        # Less than due once the year's 50 euros are reached.
        assert parse_cents(row["left"]) <= due
        assert parse_cents(row["left"]) == due or age >= 18


def test_no_one_leaves_more_than_the_yearly_limit_to_the_participation(demo):
    kinds = {"consultation", "laboratory", "imaging"}
    left: dict[tuple[str, str], int] = defaultdict(int)
    for row in demo.rows("payment_lines"):
        if row["kind"] in kinds:
            left[row["beneficiary_number"], row["care_date"][:4]] += parse_cents(row["left"])

    assert max(left.values()) <= load_parameters().value("participation.cap_year", ON)


def test_glasses_and_hearing_aids_are_never_renewed_too_early(demo, earlier):
    """Domain §2: two years for an adult's glasses, one for a child's, four for a hearing aid."""
    born = {row["beneficiary_number"]: row["birth_date"] for row in demo.rows("beneficiaries")}
    days: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in demo.rows("payment_lines") + earlier.rows("payment_lines"):
        if row["act_code"] in {"MONA", "MONB", "AU1", "AU2"}:
            days[row["beneficiary_number"], row["kind"]].add(row["care_date"])

    for (person, kind), found in days.items():
        ordered = sorted(map(date.fromisoformat, found))
        for before, after in pairwise(ordered):
            age = age_on(after, birth_date=date.fromisoformat(born[person]))
            years = 4 if kind == "hearing" else 1 if age < 18 else 2
            assert age_on(after, birth_date=before) >= years


def test_a_claim_is_one_persons_care_on_one_day(demo):
    claims = defaultdict(set)
    for row in demo.rows("payment_lines"):
        claims[row["claim_number"]].add((row["beneficiary_number"], row["care_date"], row["kind"]))

    assert all(len(facts) == 1 for facts in claims.values())
