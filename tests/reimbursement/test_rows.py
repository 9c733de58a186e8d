"""Tables side by side say what the engine pays, care by care."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from entraide.reimbursement import Contract, load_contracts, load_vocabulary
from entraide.reimbursement.complementary.rows import HEADINGS, GuaranteeRow, rows_of

FILES = sorted((Path(__file__).parents[2] / "mutuals").glob("*/guarantees/*.toml"))
ON = date(2026, 11, 22)
TABLES = {each.number: each for file in FILES for each in load_contracts(file)}
BASE, OPTION = TABLES["C40SOCLE"], TABLES["C40ZPREMIUM"]


def row(rows: tuple[GuaranteeRow, ...], label: str) -> GuaranteeRow:
    (found,) = (one for one in rows if one.label.fr == label)
    return found


def ids(one: GuaranteeRow) -> list[str | None]:
    return [line and line.id for line in one.lines]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda one: one.number)
def test_every_line_of_a_table_is_shown_once_under_a_heading(table: Contract):
    """PROF-07: nothing that a mutual promises stays unsaid, and nothing is said twice."""
    shown = [line.id for one in rows_of([table], ON) for line in one.lines if line]

    assert sorted(shown) == sorted(line.id for line in table.guarantees)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda one: one.number)
def test_a_line_alone_keeps_the_words_of_the_table(table: Contract):
    for one in rows_of([table], ON):
        if one.lines[0]:
            assert one.label == one.lines[0].label


def test_headings_stand_in_the_order_of_the_common_table():
    found = [HEADINGS.index(one.heading) for one in rows_of([BASE, OPTION], ON)]

    assert found == sorted(found)
    assert set(found) == set(range(len(HEADINGS)))


def test_a_broad_line_meets_each_narrow_one():
    """One lens line of the option completes two of the base."""
    rows = rows_of([BASE, OPTION], ON)

    assert ids(row(rows, "Verre de classe B, deux verres simples")) == ["lens-simple", "lens"]
    assert ids(row(rows, "Verre de classe B, un verre complexe ou très complexe")) == ["lens-complex", "lens"]


def test_what_is_left_of_a_broad_line_is_named_by_its_families():
    narrow = replace(next(one for one in OPTION.guarantees if one.id == "specialist"))
    narrow = replace(narrow, families=frozenset({"imaging"}))
    rows = rows_of([BASE, replace(OPTION, guarantees=(narrow,))], ON)

    assert ids(row(rows, "Médecins spécialistes, Actes techniques médicaux")) == ["specialist", None]


def test_what_a_line_leaves_out_of_its_own_family_says_other_cases():
    room = next(one for one in BASE.guarantees if one.id == "room")
    rows = rows_of([replace(BASE, guarantees=(room,))], ON)

    assert ids(row(rows, "Chambre particulière, autres cas")) == [None]


def test_the_first_line_about_an_act_is_the_one_that_is_shown():
    """As the engine reads a table (docs/guarantees.md)."""
    first = next(one for one in BASE.guarantees if one.id == "gp")
    second = replace(first, id="gp-more", rate=20_000)
    rows = rows_of([replace(BASE, guarantees=(first, second))], ON)

    assert not [one for one in rows if "gp-more" in ids(one)]


def test_no_cost_care_is_told_by_the_basket_of_the_day():
    """Wigs entered it on 1 January 2026 (decree 2025-1131)."""

    def families(on: date) -> set[str]:
        return {
            code
            for one in rows_of([BASE], on)
            if one.no_cost and ids(one) == ["rental-and-wigs"]
            for code in one.families
        }

    assert families(ON) == {"wheelchair", "wig"}
    assert families(date(2025, 12, 15)) == {"wheelchair"}


def test_what_the_law_asks_stands_on_each_row_of_a_responsible_contract_only():
    rows = rows_of([BASE], ON)

    assert row(rows, "Forfait journalier hospitalier").floors == ("M2",)
    assert row(rows, "Généralistes").floors == ("M1",)
    assert row(rows, "Médecines douces").floors == ()
    assert row(rows, "Homéopathie").floors == ()
    assert not any(one.floors for one in rows_of([replace(BASE, responsible=False)], ON))


def test_every_family_of_the_vocabulary_has_its_place():
    families = {code for one in rows_of([BASE], ON) for code in one.families}

    assert families == {one.code for one in load_vocabulary().families.values() if one.heading}
