"""Every golden case, to the cent; the expected amounts are worked out by hand in the files."""

import pytest

from entraide.reimbursement import CareError, Counters, load_parameters, reimburse
from tests.reimbursement.cases import Case, care_of, cases, cents, contracts, cover_of

CASES = cases()
CONTRACTS = contracts()
NAMES = ("base", "gross", "withheld", "amo", "amc", "left")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.title}")
def test_golden_case(case: Case) -> None:
    counters, cover = Counters(), cover_of(case, CONTRACTS)
    for number, table in enumerate(case.lines, 1):
        if "reverse" in table:
            counters = counters.reverse(table["reverse"])
            continue
        care = care_of(case, table, number)
        if "refused" in table:
            with pytest.raises(CareError) as refusal:
                reimburse(care, cover, counters, load_parameters())
            assert table["refused"] in {fault.place for fault in refusal.value.faults}
            continue
        expected = dict(table["expect"])
        found = reimburse(care, cover, counters, load_parameters())
        counters = counters.record(found)

        assert {name: getattr(found, name) for name in NAMES} == {
            name: cents(expected[name]) for name in NAMES
        }
        assert set(expected.get("rules", [])) <= set(found.rules)
        assert not set(expected.get("without", [])) & set(found.rules)
        if "shares" in expected:
            assert [share.amount for share in found.shares] == [cents(each) for each in expected["shares"]]


def test_there_are_enough_cases_and_each_says_why() -> None:
    assert len(CASES) >= 200
    assert len({(case.file, case.title) for case in CASES}) == len(CASES)
    assert all(case.why for case in CASES)
