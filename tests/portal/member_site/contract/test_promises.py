"""Every form of a guarantee as a sentence (docs/guarantees.md, PROF-07)."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from entraide.portal.domain.contracts.enums import CoverageTier
from entraide.portal.domain.contracts.guarantee_table import HeldTable, TablePart
from entraide.portal.domain.contracts.queries import ContractFile
from entraide.portal.member_site.contract.promises import promises_of
from entraide.profiles import Text
from entraide.reimbursement import Guarantee
from entraide.reimbursement.complementary.guarantees import (
    Allowance,
    Counts,
    Form,
    Per,
    Period,
    Scope,
    SharedBy,
)
from entraide.reimbursement.complementary.rows import GuaranteeRow
from entraide.reimbursement.money import Words
from tests.portal.domain.claims.tables import tables_of

ON = date(2026, 11, 22)
(TABLE,) = tables_of("C40SOCLE")["C40SOCLE"]
LINE = replace(
    TABLE.guarantees[0],
    form=Form.FLAT,
    rate=0,
    amount=2_500,
    per=Per.ACT,
    includes=frozenset(),
    allowance=None,
)
LIMIT = Allowance(
    name="x", amount=None, acts=3, months=12, period=Period.CALENDAR, shared_by=SharedBy.BENEFICIARY,
    counts=Counts.EXCESS, first_year=None,
)  # fmt: skip


def said(*lines: Guarantee | None, responsible: bool = True, **row: Any) -> list[tuple[str, ...]]:
    """What each contract is said to pay: the sentence, then its limits."""
    told = {"no_cost": False, "has_base": True, "floors": ("M1",)} | row
    found = GuaranteeRow(
        heading="everyday", label=Words("Soin", "Care"), lines=lines, families=(), acts=(), **told
    )
    contract = ContractFile(
        id=uuid4(), number="C", label=Text("C", "C"), plan=Text("C", "C"), tier=CoverageTier.BASE,
        subscribed_on=ON, ended_on=None, in_force=True, people=(),
    )  # fmt: skip
    held = HeldTable(contract, replace(TABLE, responsible=responsible), ())
    part = TablePart(ON, ON, ON, held=(held,) * len(lines), without_table=(), headings=())
    return [
        tuple(each.replace("\N{NO-BREAK SPACE}", " ") for each in (one.words, *one.limits))
        for one in promises_of(found, part)
    ]


def base(rate: int = 13_000, *includes: Scope) -> Guarantee:
    return replace(LINE, form=Form.PERCENT_OF_BASE, rate=rate, includes=frozenset(includes))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (base(13_000, Scope.AMO), "130 % du tarif de référence, Sécurité sociale comprise."),
        (base(3_000), "30 % du tarif de référence, en plus de la Sécurité sociale."),
        (
            replace(LINE, form=Form.PERCENT_OF_COPAYMENT, rate=10_000),
            "Toute la part du tarif que la Sécurité sociale ne paie pas (ticket modérateur).",
        ),
        (
            replace(LINE, form=Form.PERCENT_OF_COPAYMENT, rate=5_000),
            "50 % de la part du tarif que la Sécurité sociale ne paie pas (ticket modérateur).",
        ),
        (LINE, "25,00 €."),
        (replace(LINE, per=Per.DAY), "25,00 € par jour."),
        (replace(LINE, per=Per.NIGHT), "25,00 € par nuit."),
        (replace(LINE, per=Per.SESSION), "25,00 € par séance."),
        (replace(LINE, per=Per.SEMESTER), "25,00 € par semestre."),
        (replace(LINE, per=Per.EAR), "25,00 € par oreille."),
        (replace(LINE, per=Per.EYE), "25,00 € par œil."),
        (replace(LINE, per=Per.EQUIPMENT), "25,00 € par équipement (monture et deux verres)."),
        (replace(LINE, per=Per.YEAR), "25,00 € par an."),
        (replace(LINE, form=Form.ACTUAL_COST), "Frais réels : tout ce qui reste à payer."),
        (
            replace(LINE, form=Form.BASE_PLUS, rate=10_000, amount=30_000, includes=frozenset({Scope.AMO})),
            "100 % du tarif de référence et 300,00 €, Sécurité sociale comprise.",
        ),
    ],
)
def test_each_form_has_its_sentence(line: Guarantee, words: str) -> None:
    assert said(line) == [(words,)]


def test_a_percent_of_the_monthly_ceiling_is_told_in_euros_of_the_day() -> None:
    """PMSS of 2026: 4 005 euros."""
    line = replace(LINE, form=Form.PERCENT_OF_PMSS, rate=500, per=Per.NIGHT)

    assert said(line) == [("5 % du plafond mensuel de la Sécurité sociale par nuit (soit 200,25 €).",)]


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (LIMIT, "Au plus 3 fois par an et par personne."),
        (replace(LIMIT, shared_by=SharedBy.FAMILY), "Au plus 3 fois par an pour toute la famille."),
        (replace(LIMIT, months=24), "Au plus 3 fois par période de 2 années civiles et par personne."),
        (
            replace(LIMIT, period=Period.CONTRACT),
            "Au plus 3 fois par année de contrat et par personne.",
        ),
        (replace(LIMIT, period=Period.ROLLING, months=6), "Au plus 3 fois sur 6 mois et par personne."),
        (
            replace(LIMIT, amount=50_000, acts=None),
            "Au plus 500,00 € par an et par personne, au-delà du ticket modérateur.",
        ),
        (
            replace(LIMIT, amount=50_000, counts=Counts.ALL),
            "Au plus 3 fois et 500,00 € par an et par personne.",
        ),
    ],
)
def test_each_limit_has_its_sentence(limit: Allowance, words: str) -> None:
    assert said(replace(LINE, allowance=limit)) == [("25,00 €.", words)]


def test_care_without_a_base_has_no_copayment_to_go_beyond() -> None:
    line = replace(LINE, allowance=replace(LIMIT, amount=7_500, acts=None))

    assert said(line, has_base=False) == [("25,00 €.", "Au plus 75,00 € par an et par personne.")]


def test_the_first_year_and_the_waiting_period_are_limits_too() -> None:
    line = replace(LINE, allowance=replace(LIMIT, first_year=20_000), waiting_months=6)

    assert said(line)[0][2:] == (
        "La première année du contrat : 200,00 € au plus.",
        "Après 6 mois de contrat.",
    )


def test_a_second_contract_says_what_its_level_includes() -> None:
    first = base(13_000, Scope.AMO)

    assert said(first, base(20_000, Scope.AMO, Scope.PREVIOUS))[1] == (
        "200 % du tarif de référence, Sécurité sociale et contrat précédent compris.",
    )
    assert said(first, replace(LINE, includes=frozenset({Scope.PREVIOUS})))[1] == (
        "25,00 €, contrat précédent compris.",
    )
    assert said(first, LINE)[1] == ("25,00 €, en plus du contrat précédent.",)
    assert said(first, None)[1] == ("Rien de plus.",)


def test_an_option_alone_has_no_contract_before_it() -> None:
    assert said(base(20_000, Scope.AMO, Scope.PREVIOUS)) == [
        ("200 % du tarif de référence, Sécurité sociale comprise.",)
    ]


def test_after_the_actual_cost_nothing_is_left_for_the_next_contract() -> None:
    whole = replace(LINE, form=Form.ACTUAL_COST)

    assert said(whole, LINE)[1] == ("Rien à ajouter : tout est déjà payé.",)
    assert said(replace(whole, allowance=LIMIT), LINE)[1] != ("Rien à ajouter : tout est déjà payé.",)
    assert said(replace(whole, waiting_months=3), LINE)[1] != ("Rien à ajouter : tout est déjà payé.",)


def test_no_cost_care_is_the_law_whatever_the_line_says() -> None:
    """M3"""
    nothing_to_pay = "Tout ce que la Sécurité sociale ne paie pas : vous n’avez rien à payer."

    assert said(base(20_000, Scope.AMO), LINE, no_cost=True) == [
        (nothing_to_pay,),
        ("Rien à ajouter : tout est déjà payé.",),
    ]
    assert said(LINE, no_cost=True, responsible=False) == [("25,00 €.",)]


def test_without_a_line_the_law_is_told_where_there_is_one() -> None:
    assert said(None) == [("Ce que la loi impose, sans rien de plus.",)]
    assert said(None, floors=()) == [("Rien de prévu.",)]


def test_the_sentences_exist_in_english() -> None:
    with translation.override("en"):
        line = replace(LINE, per=Per.SESSION, allowance=replace(LIMIT, acts=1))

        assert said(line) == [("€25.00 for each session.", "At most 1 time a year and person.")]
