"""Everyday cases on the engine that pays (B-03, REMB-05, X12)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.simulations.answers import Answers, Ears, Fees, Material
from entraide.portal.domain.simulations.cases import CASES
from entraide.portal.domain.simulations.levels import cover_levels
from entraide.portal.domain.simulations.simulate import Simulation, simulate
from entraide.portal.domain.simulations.subjects import Subject, visitor
from entraide.reimbursement import (
    Care,
    CareLine,
    Counters,
    LensClass,
    Sector,
    load_parameters,
    load_vocabulary,
    reimburse,
)
from tests.portal.domain.simulations.conftest import TODAY

Under = Callable[..., Subject]
SPECIALIST = {"act": "CS", "price": 60_00}
STAY = {"stay_price": 900_00, "room_price": 70_00, "surgeon_price": 450_00, "surgeon_base": 250_00}
EVERYDAY: list[tuple[str, dict[str, Any]]] = [
    ("generaliste", {}),
    ("generaliste", {"outside": True}),
    ("specialiste", {"fees": Fees.UNKNOWN, **SPECIALIST}),
    ("medicaments", {"act": "PH7", "price": 25_00, "quantity": 3}),
    ("analyses", {"price": 40_00}),
    ("imagerie", {"act": "ADI", "price": 60_00, "base": 45_00, "fees": Fees.UNKNOWN}),
    ("kinesitherapie", {"price": 16_13, "quantity": 12}),
    ("hospitalisation", {"nights": 3, "fees": Fees.UNKNOWN, **STAY}),
    ("hospitalisation", {"nights": 0, "stay_price": 900_00}),
    ("couronne", {"tooth": 26}),
    ("couronne", {"tooth": 11, "material": Material.CERAMIC}),
    ("lunettes", {"right": LensClass.COMPLEX, "left": LensClass.VERY_COMPLEX}),
    ("aides-auditives", {"act": "AU2", "ears": Ears.BOTH}),
    ("medecines-douces", {"act": "OST", "price": 60_00, "quantity": 5}),
]


def ask(case: str, subject: Subject, *, on: date = TODAY, **answers: Any) -> Simulation:
    return simulate(CASES[case], Answers(on=on, **answers), subject, ())


def shares(found: Simulation) -> tuple[int, int, int]:
    """Health insurance, mutual, left; of the first scenario."""
    total = found.main.total
    return total.amo, total.amc, total.left


def test_a_visit_costs_what_the_engine_that_pays_says(under: Under) -> None:
    """B-03, X12: the same line given to the engine gives the same cents, the same steps."""
    subject = under("R150")
    line = CareLine(id="00", act="CS", on=TODAY, fee=60_00, sector=Sector.NON_OPTAM)

    paid = reimburse(
        Care(line=line, situation=subject.situation), subject.cover, Counters(), load_parameters()
    )
    found = ask("specialiste", subject, fees=Fees.FREE, **SPECIALIST)

    assert found.main.lines[0].breakdown == paid


@pytest.mark.parametrize(
    ("fees", "price", "expected"),
    [
        (Fees.NONE, None, (20_05, 9_45, 2_00)),
        (Fees.MODERATE, 50_00, (20_05, 25_20, 4_75)),
        (Fees.FREE, 60_00, (15_50, 15_00, 29_50)),
    ],
)
def test_a_specialist_is_priced_in_each_sector(
    under: Under, fees: Fees, price: int | None, expected: tuple[int, int, int]
) -> None:
    """REMB-05: the worked examples of the public tariffs, to the cent."""
    assert shares(ask("specialiste", under("R150"), act="CS", fees=fees, price=price)) == expected


def test_a_gp_visit_without_a_price_is_at_the_tariff_of_the_day(under: Under) -> None:
    assert shares(ask("generaliste", under("R100"))) == (19_00, 9_00, 2_00)
    assert shares(ask("generaliste", under("R100"), on=date(2024, 5, 10))) == (17_55, 7_95, 1_00)


def test_a_child_pays_no_flat_contribution(under: Under) -> None:
    assert ask("generaliste", under("R100", age=8)).main.left == 0


def test_not_knowing_what_the_doctor_charges_shows_both_the_lower_first(under: Under) -> None:
    """REMB-05"""
    found = ask("specialiste", under("R150"), fees=Fees.UNKNOWN, **SPECIALIST)

    assert [each.fees for each in found.scenarios] == [Fees.MODERATE, Fees.FREE]
    assert found.scenarios[0].result.left < found.scenarios[1].result.left


def test_two_answers_with_the_same_figures_are_shown_once(under: Under) -> None:
    """A stay without a surgeon costs the same whatever a surgeon would charge."""
    found = ask("hospitalisation", under("R150"), fees=Fees.UNKNOWN, nights=2, stay_price=900_00)

    assert len(found.scenarios) == 1


def test_beside_a_visit_with_excess_fees_stands_a_doctor_without(under: Under) -> None:
    found = ask("specialiste", under("R150"), fees=Fees.FREE, **SPECIALIST)

    assert found.other_way is not None
    assert found.other_way.left == 2_00
    assert ask("specialiste", under("R150"), act="CS").other_way is None


def test_beside_a_crown_at_a_free_price_stands_the_one_that_costs_nothing(under: Under) -> None:
    """B-03, INFO-03: on a molar, zirconia is no-cost care since 2026."""
    found = ask("couronne", under("R100"), tooth=26, price=600_00)
    before = ask("couronne", under("R100"), tooth=26, price=600_00, on=date(2025, 11, 22))

    assert found.main.left > 0
    assert found.other_way is not None
    assert found.other_way.left == 0
    assert found.other_way.lines[0].label.fr == "Couronne zircone sur molaire"
    assert before.other_way is not None
    assert before.other_way.lines[0].label.fr == "Couronne métallique"


def test_a_no_cost_crown_has_nothing_cheaper_beside_it(under: Under) -> None:
    found = ask("couronne", under("R100"), tooth=11)

    assert found.main.left == 0
    assert found.is_no_cost
    assert found.other_way is None


def test_beside_glasses_stands_the_no_cost_pair_at_95_euros(under: Under) -> None:
    """INFO-02"""
    found = ask("lunettes", under("R100"), frame_price=140_00, right_price=100_00, left_price=100_00)

    assert found.other_way is not None
    total = found.other_way.total
    assert (total.fee, total.amo, total.amc, total.left) == (95_00, 17_10, 77_90, 0)


def test_a_part_of_glasses_that_is_not_bought_is_not_counted(under: Under) -> None:
    found = ask("lunettes", under("R100"), frame_price=0, right_price=100_00, left_price=100_00)

    assert found.main.total.fee == 200_00
    assert found.other_way is not None
    assert found.other_way.total.fee == 65_00


def test_beside_a_class_2_hearing_aid_stands_class_1_at_950_euros(under: Under) -> None:
    """INFO-04"""
    found = ask("aides-auditives", under("R100"), act="AU2", price=1500_00)

    assert found.other_way is not None
    total = found.other_way.total
    assert (total.fee, total.amo, total.amc, total.left) == (950_00, 240_00, 710_00, 0)


def test_sessions_use_an_allowance_one_after_the_other(under: Under) -> None:
    """Four sessions of 30 € are paid, the fifth is not; equal sessions are shown once."""
    found = ask("medecines-douces", under("F-SESSION"), act="OST", price=50_00, quantity=5)

    assert [(line.count, line.breakdown.amc) for line in found.main.lines] == [(4, 30_00), (1, 0)]
    assert found.main.left == 130_00


def test_what_was_used_before_counts(under: Under) -> None:
    """B-03: a person whose four sessions of the year are used pays the fifth alone."""
    fresh = under("F-SESSION")
    before = ask("medecines-douces", fresh, act="OST", price=50_00, quantity=1)
    used = fresh.counters
    for number in range(4):
        used = used.add(before.main.lines[0].breakdown.movements, line=f"past-{number}")

    found = ask("medecines-douces", replace(fresh, counters=used), act="OST", price=50_00, quantity=1)

    assert before.main.left == 20_00
    assert found.main.left == 50_00


def test_glasses_bought_last_year_are_renewed_too_early() -> None:
    """N5: the engine knows the day of the last pair."""
    level = cover_levels(settings.PROFILE.guarantees, on=TODAY)[0]
    fresh = visitor(age=40, level=level, today=TODAY)
    bought = ask("lunettes", fresh)
    used = fresh.counters
    for line in bought.main.lines:
        used = used.add(line.breakdown.movements, line="bought")

    found = ask("lunettes", replace(fresh, counters=used), on=date(2027, 6, 1))

    assert any("trop tôt" in step.words.fr for line in found.main.lines for step in line.steps)
    assert found.due_from == date(TODAY.year + 2, TODAY.month, TODAY.day)
    assert bought.due_from is None


def test_each_physiotherapy_session_has_its_deductible(under: Under) -> None:
    """Twelve sessions on days of their own: the cap of the day does not hide eleven deductibles."""
    found = ask("kinesitherapie", under("R100"), price=16_13, quantity=12)

    assert found.main.total.withheld == 12_00
    assert found.main.left == 12_00


def test_a_stay_owes_a_daily_charge_for_each_day_and_no_more_than_the_law(under: Under) -> None:
    """With a major procedure the charge is owed in full: three nights, four days of 23 €."""
    found = ask("hospitalisation", under("R150"), nights=3, fees=Fees.FREE, **STAY)
    charges = {line.label.fr: line.breakdown.fee for line in found.main.lines}

    assert charges["Forfait journalier hospitalier"] == 4 * 23_00
    assert charges["Chambre particulière, 3 nuits"] == 3 * 70_00
    assert charges["Frais de séjour"] == 3 * 900_00


def test_the_charge_of_a_major_procedure_takes_the_place_of_the_copayment(under: Under) -> None:
    """It is no price of its own: health insurance pays so much less of the stay."""
    stay = {"nights": 2, "stay_price": 800_00, "surgeon_price": 450_00, "surgeon_base": 250_00}

    total = ask("hospitalisation", under("R150"), fees=Fees.FREE, **stay).main.total

    assert total.fee == 2 * 800_00 + 3 * 23_00 + 450_00
    assert total.amo == 2 * 800_00 + 250_00 - 32_00
    assert total.left == 125_00


def test_sessions_over_the_end_of_a_year_are_counted_by_year(under: Under) -> None:
    """Each year has its own allowances: four sessions are paid in each."""
    answers = {"act": "OST", "price": 50_00, "quantity": 10, "on": date(2026, 12, 18)}

    found = ask("medecines-douces", under("F-SESSION"), **answers).main

    assert found.by_year == {2026: 5, 2027: 5}
    assert found.total.amc == 8 * 30_00


def test_each_lens_says_for_which_eye_it_is(under: Under) -> None:
    labels = [line.label.fr for line in ask("lunettes", under("R100")).main.lines]

    assert [each.rpartition(", ")[2] for each in labels[1:]] == ["œil droit", "œil gauche"]


def test_a_cheaper_way_stands_beside_only_when_it_leaves_less(under: Under) -> None:
    at_tariff = ask("specialiste", under("R150"), act="CS", fees=Fees.MODERATE, price=31_50)
    dearer = ask("specialiste", under("R150"), fees=Fees.FREE, **SPECIALIST)

    assert at_tariff.other_way is not None
    assert at_tariff.cheaper_way is None
    assert dearer.cheaper_way is dearer.other_way


def test_the_daily_charge_is_set_off_against_the_copayment_of_the_stay(under: Under) -> None:
    """CSS art. L174-4: 20 % of 900 € a day is more than 23 €; only the day of discharge owes it."""
    found = ask("hospitalisation", under("R150"), nights=3, stay_price=900_00)
    charges = {line.label.fr: line.breakdown.fee for line in found.main.lines}

    assert charges["Forfait journalier hospitalier"] == 23_00


def test_leaving_the_care_pathway_costs_more(under: Under) -> None:
    assert ask("generaliste", under("R100"), outside=True).main.left == 14_00


@pytest.mark.parametrize(("case", "answers"), EVERYDAY)
def test_every_case_adds_up_and_says_why(under: Under, case: str, answers: dict[str, Any]) -> None:
    """B-03: price = health insurance + mutual + left, by line and in total; every figure is dated."""
    found = ask(case, under("R150"), **answers)

    for scenario in found.scenarios:
        result = scenario.result
        total = result.total
        assert total.fee == total.amo + total.amc + total.left
        assert total.left == sum(line.breakdown.left * line.count for line in result.lines)
        assert all(line.steps[0].kind in {"spend", "copayment"} for line in result.lines)
        assert all(line.steps[-1].kind == "left" for line in result.lines)
        assert all(figure.source and figure.first <= TODAY for figure in result.figures)


def test_every_act_of_every_case_is_in_the_vocabulary() -> None:
    for case in CASES.values():
        assert set(case.acts) <= set(load_vocabulary().procedures), case.id


def test_the_figures_that_the_engine_read_come_with_their_day_and_source(under: Under) -> None:
    """X12"""
    figures = {each.key: each for each in ask("generaliste", under("R100")).main.figures}

    assert figures["tariff.gp"].value == 30_00
    assert figures["tariff.gp"].first == date(2024, 12, 22)
    assert figures["tariff.gp"].source


def test_a_base_that_is_supposed_does_not_pass_for_one_of_the_fund(under: Under) -> None:
    found = ask("analyses", under("R100"), price=40_00)
    words = " ".join(step.words.fr for line in found.main.lines for step in line.steps)

    assert found.supposes_base
    assert "pour cette estimation" in words
    assert "caisse" not in words


@pytest.mark.parametrize(
    ("case", "answers", "field"),
    [
        ("analyses", {}, "price"),
        ("specialiste", {"act": "CS", "fees": Fees.FREE}, "price"),
        ("couronne", {"tooth": 26, "material": Material.CERAMIC}, "material"),
        ("lunettes", {"frame_price": 0, "right_price": 0, "left_price": 0}, "frame_price"),
        ("hospitalisation", {"surgeon_price": 400_00}, "surgeon_base"),
        ("hospitalisation", {"surgeon_base": 400_00, "stay_price": 800_00}, "surgeon_price"),
        ("hospitalisation", {"nights": 0}, "stay_price"),
        ("analyses", {"price": 40_00, "on": date(1990, 1, 1)}, "on"),
    ],
)
def test_what_cannot_be_priced_names_the_answer_to_put_right(
    under: Under, case: str, answers: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        ask(case, under("R100"), **answers)

    assert refusal.value.field == field
    assert refusal.value.message
