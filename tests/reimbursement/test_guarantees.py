"""Tables of guarantees: read strictly, and refused when they are unlawful, with every fault."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from entraide.reimbursement import DataError, Sector, load_contracts, load_parameters
from entraide.reimbursement.complementary.guarantees import Counts, CoverageTier, Form
from entraide.reimbursement.complementary.validator import faults_of
from tests.reimbursement.cases import ROOT
from tests.reimbursement.strategies import CONTRACTS

BOOK, TODAY = load_parameters(), date(2026, 11, 22)
TABLES = sorted((ROOT / "mutuals").glob("*/guarantees/*.toml"))
LAWFUL = CONTRACTS["C40SOCLE"]
HEAD = """
[[contract]]
number = "T1"
label = { fr = "Essai", en = "Test" }
tier = "base"
valid_from = 2026-01-01
"""
LINE = """
[[contract.guarantee]]
id = "g"
label = { fr = "Essai", en = "Test" }
"""


def faults(tmp_path, text: str) -> list[str]:
    path = tmp_path / "table.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_contracts(path)
    return [str(fault) for fault in error.value.faults]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('families = ["gp"]\nform = "flat"', "guarantee[g].amount: found nothing, expected an amount"),
        ('families = ["gp"]\nform = "percent_of_base"', "guarantee[g].rate: found nothing, expected a rate"),
        (
            'families = ["gp"]\nform = "flat"\nrate = "10 %"\namount = "1.00"',
            "guarantee[g].rate: found an unknown key",
        ),
        ('families = ["xyz"]\nform = "actual_cost"', 'guarantee[g].families: found "xyz"'),
        ('form = "actual_cost"', "expected the families or acts that it is about"),
        ('families = ["gp"]\nform = "free"', 'guarantee[g].form: found "free"'),
        ('acts = ["G"]\nform = "flat"\namount = "-1.00"', 'guarantee[g].amount: found "-1.00"'),
        (
            'acts = ["G"]\nform = "actual_cost"\nallowance = { name = "a" }',
            "an amount, a number of acts, or both",
        ),
        (
            'acts = ["G"]\nform = "actual_cost"\nallowance = { name = "a", acts = 1, months = 18 }',
            "whole years",
        ),
        ('acts = ["G"]\nform = "actual_cost"\nsectors = ["two"]', 'guarantee[g].sectors: found "two"'),
        ('acts = "G"\nform = "actual_cost"', 'guarantee[g].acts: found "G", expected a list'),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(tmp_path, line, expected):
    assert any(expected in fault for fault in faults(tmp_path, HEAD + LINE + line))


def test_every_fault_of_a_table_comes_at_once(tmp_path):
    found = faults(
        tmp_path, HEAD.replace('tier = "base"', 'tier = "ground"\ncolour = "red"') + LINE + 'form = "flat"'
    )

    assert len(found) == 4


def test_overlapping_allowances_are_refused(tmp_path):
    text = HEAD
    for number, (act, amount) in enumerate([("OST", "80.00"), ("DIE", "90.00")]):
        text += LINE.replace('"g"', f'"g{number}"')
        text += (
            f'acts = ["{act}"]\nform = "actual_cost"\nallowance = {{ name = "soft", amount = "{amount}" }}\n'
        )

    assert any('found another size of "soft"' in fault for fault in faults(tmp_path, text))


def test_one_id_twice_is_refused(tmp_path):
    line = LINE + 'acts = ["G"]\nform = "actual_cost"\n'

    assert any("found the same id twice" in fault for fault in faults(tmp_path, HEAD + line + line))


def test_a_file_without_contract_is_refused(tmp_path):
    assert faults(tmp_path, "") == ["table.toml: contract: found nothing, expected at least one contract"]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.parts[-3])
def test_the_tables_of_the_mutuals_are_lawful(path):
    contracts = load_contracts(path)
    bases = [each for each in contracts if each.tier is CoverageTier.BASE]
    options = [each for each in contracts if each.tier is CoverageTier.OPTION]

    assert bases
    for base in bases:
        assert faults_of([base], BOOK, TODAY) == ()
    for base, option in product(bases, options):
        assert faults_of([base, option], BOOK, TODAY) == ()


def test_every_contract_of_the_demo_households_has_its_table():
    for path in TABLES:
        text = (path.parents[1] / "demo.toml").read_text(encoding="utf-8")
        for contract in load_contracts(path):
            assert f'"{contract.number}"' in text


def changed(identifier: str, **changes):
    guarantees = tuple(
        replace(each, **changes) if each.id == identifier else each for each in LAWFUL.guarantees
    )
    return replace(LAWFUL, guarantees=guarantees)


def without(identifier: str):
    return replace(LAWFUL, guarantees=tuple(each for each in LAWFUL.guarantees if each.id != identifier))


LITTLE = {"frame": 2_999, "lens-simple": 1_000}
UNLAWFUL = {
    "M1 a family is missing": (without("copayments"), "(M1)"),
    "M1 under the co-payment": (changed("gp", rate=9_999), "(M1)"),
    "M1 half of the co-payment": (changed("drugs", rate=5_000), "(M1)"),
    "M1 a doctor outside the scheme": (changed("specialist-other", rate=9_000), "(M1)"),
    "M1 a waiting period": (changed("dental-other", waiting_months=6), "none on what must be paid (M1)"),
    "M1 an allowance that counts the co-payment": (
        changed("dental-other", allowance=replace(
            next(g.allowance for g in LAWFUL.guarantees if g.id == "dental-other"), counts=Counts.ALL)),
        'counts = "excess" (M1)',
    ),
    "M2 no daily charge": (without("daily"), "(M2)"),
    "M2 a limit of days": (
        changed("daily", allowance=next(g.allowance for g in LAWFUL.guarantees if g.id == "sessions")),
        "no limit (M2)",
    ),
    "M2 no emergency charge": (without("charges"), "(M2)"),
    "M3 no no-cost crown": (without("dental-no-cost"), "(M3)"),
    "M3 no no-cost glasses": (without("glasses-no-cost"), "(M3)"),
    "M3 no no-cost hearing aid": (without("hearing-no-cost"), "(M3)"),
    "M4 too little for glasses": (
        replace(LAWFUL, guarantees=tuple(
            replace(g, amount=LITTLE.get(g.id, g.amount)) for g in LAWFUL.guarantees
        )),
        "(M4)",
    ),
    "M6 no wheelchair": (without("rental-and-wigs"), "(M6)"),
    "M7 no third-party payment": (replace(LAWFUL, third_party_payment=False), "(M7)"),
    "N1 contributions": (changed("prevention", families=frozenset({"withheld"})), "(N1)"),
    "N2 the increase": (replace(LAWFUL, pays_increase=True), "(N2)"),
    "N4 no gap": (changed("specialist-other", rate=11_001), "(N4)"),
    "N4 above the base": (
        replace(changed("specialist", rate=30_000), guarantees=tuple(
            replace(g, rate={"specialist": 30_000, "specialist-other": 20_001}.get(g.id, g.rate))
            for g in LAWFUL.guarantees)),
        "(N4)",
    ),
    "N4 no level inside the scheme": (
        changed("specialist", sectors=frozenset({Sector.NON_OPTAM})), "(N4)"),
    "N5 a dear frame": (changed("frame", amount=10_001), "(N5)"),
    "N5 dear lenses": (changed("lens-simple", amount=20_000), "(N5)"),
    "N6 a dear hearing aid": (changed("hearing", amount=86_001), "(N6)"),
    "N6 actual cost": (changed("hearing", form=Form.ACTUAL_COST), "(N6)"),
    "PMSS in an individual contract": (
        replace(changed("room", form=Form.PERCENT_OF_PMSS, rate=100), group=False),
        "euros, in an individual",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNLAWFUL)
def test_an_unlawful_table_is_refused(name):
    contract, expected = UNLAWFUL[name]

    assert any(expected in fault.expected for fault in faults_of([contract], BOOK, TODAY))


@pytest.mark.parametrize(
    "contract",
    [
        changed("specialist-other", rate=11_000),
        changed("frame", amount=10_000),
        changed("hearing", amount=86_000),
        changed("lens-simple", amount=18_000),
        changed("gp", rate=10_000),
        replace(changed("room", form=Form.PERCENT_OF_PMSS, rate=100), group=True),
    ],
    ids=["N4 at the limit", "N5 frame", "N6", "N5 lenses", "M1", "PMSS for a group"],
)
def test_a_table_at_the_limit_is_lawful(contract):
    assert faults_of([contract], BOOK, TODAY) == ()


def test_a_line_behind_another_one_is_refused():
    behind = replace(LAWFUL, guarantees=(*LAWFUL.guarantees, replace(LAWFUL.guarantees[9], id="again")))

    found = faults_of([behind], BOOK, TODAY)

    assert [fault.key for fault in found] == ["contract[C40SOCLE].guarantee[again]"]


def test_another_contract_may_do_as_it_likes():
    free = replace(CONTRACTS["N300"], pays_increase=True)

    assert faults_of([free], BOOK, TODAY) == ()


def test_an_option_is_judged_with_its_base():
    option = replace(
        CONTRACTS["C40ZPREMIUM"],
        guarantees=tuple(
            replace(each, includes=frozenset()) if each.id == "frame" else each
            for each in CONTRACTS["C40ZPREMIUM"].guarantees
        ),
    )

    assert any("(N5)" in fault.expected for fault in faults_of([LAWFUL, option], BOOK, TODAY))
    assert not any("(N5)" in fault.expected for fault in faults_of([option], BOOK, TODAY))
