"""Tables of guarantees are refused before go-live, with the place and the reason (issue: unlawful tables)."""

from collections.abc import Callable

from entraide.profiles import load_profile
from tests.profiles.conftest import MUTUALS, Copy

TABLES = "guarantees/2026.toml"


def test_each_mutual_of_the_repository_has_tables_for_the_contracts_of_its_people() -> None:
    for slug in ("mese", "mieux-etre"):
        profile = load_profile(MUTUALS / slug)
        held = {each.number for household in profile.demo.households for each in household.contracts}
        assert held <= set(profile.guarantees)


def test_an_unlawful_table_stops_the_start(copy_of: Callable[[str], Copy]) -> None:
    mutual = copy_of("mese")
    mutual.change(TABLES, "third_party_payment = true", "third_party_payment = false")
    (fault,) = mutual.faults()
    assert fault.file == TABLES
    assert "(M7)" in fault.expected


def test_a_guarantee_without_its_amount_is_refused_with_its_place(copy_of: Callable[[str], Copy]) -> None:
    mutual = copy_of("mese")
    mutual.change(TABLES, 'amount = "50.00"\n', "")
    (fault,) = mutual.faults()
    assert fault.file == TABLES
    assert "amount" in fault.key


def test_two_tables_of_one_contract_may_not_hold_on_the_same_day(copy_of: Callable[[str], Copy]) -> None:
    """Two prices for one day."""
    mutual = copy_of("mese")
    words = (mutual.folder / TABLES).read_text(encoding="utf-8").replace("2020-01-01", "2027-01-01")
    (mutual.folder / "guarantees" / "2027.toml").write_text(words, encoding="utf-8")
    faults = mutual.faults()
    assert {fault.file for fault in faults} == {"guarantees/2027.toml"}
    assert all("valid_until" in fault.expected for fault in faults)


def test_a_file_of_tables_is_named_for_its_year(copy_of: Callable[[str], Copy]) -> None:
    mutual = copy_of("mese")
    (mutual.folder / "guarantees" / "next.toml").write_text("", encoding="utf-8")
    (fault,) = mutual.faults()
    assert fault.found == '"next"'


def test_a_mutual_without_tables_still_starts(copy_of: Callable[[str], Copy]) -> None:
    mutual = copy_of("mese")
    (mutual.folder / TABLES).unlink()
    assert load_profile(mutual.folder).guarantees == {}
