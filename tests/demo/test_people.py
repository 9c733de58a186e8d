"""The fictitious people of the demo: right numbers, nobody real."""

import re
from datetime import date

import pytest

from entraide.demo import demo_accounts
from entraide.demo.people import age_on
from entraide.formats import departments, iban, mobile, nir
from tests.demo.conftest import ON

FICTION_PHONES = re.compile(r"(?:06 39 98|01 99 00|02 61 91|03 53 01|04 65 71|05 36 49) \d\d \d\d")
FICTION_MAIL = re.compile(r"[a-z0-9.+-]+@example\.(?:org|com|net)")


def test_every_health_insurance_number_has_the_right_key(demo):
    for row in demo.rows("beneficiaries"):
        assert nir.parse(row["nir"]).value == row["nir"]


def test_a_number_tells_the_sex_the_birth_and_its_department_of_whoever_owns_it(demo):
    for row in demo.rows("beneficiaries"):
        born = date.fromisoformat(row["birth_date"])
        if row["relationship"] == "child" and age_on(ON, birth_date=born) < 16:
            continue
        number = nir.parse(row["nir"])
        assert number.value[0] == {"m": "1", "mme": "2"}[row["civility"]]
        assert number.value[1:5] == f"{born:%y%m}"
        assert departments.same_department(
            row["birth_department"], in_file="", nir=number, birth_date=born
        ), row["birth_department"]


def test_a_child_under_sixteen_is_on_a_parents_number(demo):
    """Domain §5: a child is on a parent's NIR, told apart by birth date and rank."""
    rows = demo.rows("beneficiaries")
    for row in rows:
        if age_on(ON, birth_date=date.fromisoformat(row["birth_date"])) < 16:
            parents = {
                each["nir"]
                for each in rows
                if each["member_number"] == row["member_number"] and each["relationship"] != "child"
            }
            assert row["nir"] in parents


def test_nobody_can_be_taken_for_somebody_else(demo):
    rows = demo.rows("beneficiaries")

    assert len({row["beneficiary_number"] for row in rows}) == len(rows)
    assert len({(row["nir"], row["birth_date"], row["birth_rank"]) for row in rows}) == len(rows)


def test_the_member_is_the_primary_insured_under_the_same_number(demo):
    rows = demo.rows("beneficiaries")
    primary = {row["member_number"] for row in rows if row["relationship"] == "primary_insured"}

    assert primary == {row["member_number"] for row in demo.rows("members")}
    for row in rows:
        is_member = row["beneficiary_number"] == row["member_number"]
        assert is_member is (row["relationship"] == "primary_insured")
        assert re.fullmatch(r"\d{8}", row["beneficiary_number"])


def test_every_account_has_both_keys_and_a_test_bank(demo):
    accounts = [row for row in demo.rows("beneficiaries") if row["iban"]]

    assert accounts
    for row in accounts:
        assert iban.parse(row["iban"]) == row["iban"]
        assert row["iban"][4:9].startswith("999")
        # ISO 9362: an eighth character 0 marks a BIC that no payment can reach.
        assert iban.parse_bic(row["bic"])[7] == "0"
        assert row["account_holder"]


def test_mail_and_telephones_lead_to_nobody(demo):
    for row in demo.rows("beneficiaries"):
        assert not row["email"] or FICTION_MAIL.fullmatch(row["email"])
        assert not row["mobile"] or mobile.parse(row["mobile"]).startswith("+3363998")
        for column in ("mobile", "phone"):
            assert not row[column] or FICTION_PHONES.fullmatch(row[column])


def test_ages_match_the_relationships(demo):
    rows = demo.rows("beneficiaries")
    born_of_member = {
        row["member_number"]: date.fromisoformat(row["birth_date"])
        for row in rows
        if row["relationship"] == "primary_insured"
    }
    for row in rows:
        born = date.fromisoformat(row["birth_date"])
        assert born <= ON
        if row["relationship"] == "child":
            assert age_on(born, birth_date=born_of_member[row["member_number"]]) >= 15
        else:
            assert age_on(ON, birth_date=born) >= 18


def test_every_role_can_be_tried(profile):
    """Contract, demo helpers: the roles of the accounts page."""
    accounts = demo_accounts(profile, on=ON)

    assert {each.role for each in accounts} == {
        "member",
        "spouse",
        "adult_child",
        "not_activated",
        "no_mobile",
        "expired_password",
    }
    for each in accounts:
        assert each.activated is (each.password is not None) is (each.role != "not_activated")
        assert (each.mobile is None) is (each.role == "no_mobile")


def test_the_accounts_are_the_people_of_the_files(profile, demo):
    rows = {row["beneficiary_number"]: row for row in demo.rows("beneficiaries")}
    for each in demo_accounts(profile, on=ON):
        row = rows[each.member_number]
        assert (each.nir, each.last_name, each.first_name) == (
            row["nir"],
            row["last_name"],
            row["first_name"],
        )
        assert each.birth_date.isoformat() == row["birth_date"]
        assert departments.same_department(
            each.birth_department, in_file=row["birth_department"], nir=each.nir
        )


def test_children_born_the_same_day_have_their_own_rank(demo):
    twins: dict[tuple[str, str], list[str]] = {}
    for row in demo.rows("beneficiaries"):
        twins.setdefault((row["member_number"], row["birth_date"]), []).append(row["birth_rank"])

    for ranks in twins.values():
        assert ranks == [str(rank) for rank in range(1, len(ranks) + 1)]


@pytest.mark.parametrize(
    ("day", "age"), [(date(2026, 2, 28), 37), (date(2026, 3, 1), 38), (date(2024, 2, 29), 36)]
)
def test_whoever_is_born_on_29_february_gets_older_on_1_march(day, age):
    assert age_on(day, birth_date=date(1988, 2, 29)) == age
