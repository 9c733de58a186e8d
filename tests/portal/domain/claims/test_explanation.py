"""Why this amount (B-02): the story of the engine, or nothing but the facts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings

from entraide.portal.domain.claims.explanation import Explained, explanation_of
from entraide.portal.domain.claims.models import Payment, PaymentLine
from entraide.portal.domain.claims.queries import claim_of
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.reimbursement import StepKind
from tests.conftest import Household
from tests.portal.domain.claims.care import Care, pay

pytestmark = pytest.mark.usefixtures("tables")
TODAY = date(2026, 11, 22)
PAID_ON = date(2026, 11, 12)


def told(viewer: Viewer, payment: Payment) -> tuple[Explained, ...]:
    line = payment.lines.order_by("reference").first()
    assert line is not None
    found = explanation_of(viewer, line.pk, on=TODAY)
    assert found is not None
    return found


def rules(explained: Explained) -> list[str]:
    return [step.rule for step in explained.steps]


def test_a_visit_is_told_from_its_price_to_what_is_left(household: Household, viewer: Viewer) -> None:
    """B-02, domain §1.7: 30 = 19 + 9 + 2."""
    (visit,) = told(viewer, pay(household.member, Care(person=household.primary), on=PAID_ON))

    assert visit.agrees
    assert [(step.kind, step.amount) for step in visit.steps] == [
        (StepKind.SPEND, 3000),
        (StepKind.BASE, 3000),
        (StepKind.COMPULSORY, 2100),
        (StepKind.WITHHELD, 200),
        (StepKind.COPAYMENT, 900),
        (StepKind.GUARANTEE, 900),
        (StepKind.PAID, 900),
        (StepKind.POLICY, 200),
        (StepKind.LEFT, 200),
    ]
    assert visit.contracts["C40SOCLE"].en == "Base health contract"
    assert visit.note is not None
    assert "dont 2,00" in visit.note.fr


def test_the_rule_is_that_of_the_law_where_the_law_alone_comes_to_the_amounts(
    household: Household, viewer: Viewer
) -> None:
    """The tariff of the day with its source, and not only what the fund said."""
    (visit,) = told(viewer, pay(household.member, Care(person=household.primary), on=PAID_ON))

    assert "base.tariff" in rules(visit)
    assert all(step.source for step in visit.steps if step.kind is StepKind.BASE)


def test_where_no_tariff_is_public_the_base_of_the_fund_is_told(household: Household, viewer: Viewer) -> None:
    test = Care(
        person=household.primary,
        kind="laboratory",
        act="B",
        charged=1500,
        base=1500,
        rate=60,
        amo=700,
        amc=600,
    )
    (analysis,) = told(viewer, pay(household.member, test, on=PAID_ON))

    assert analysis.agrees
    assert "base.given" in rules(analysis)


def test_a_limit_that_was_reached_is_told(household: Household, viewer: Viewer) -> None:
    """B-02: three sessions a year, and this is the fourth."""
    sessions = [
        Care(person=household.primary, kind="alternative", act="OST", charged=5500, base=0, rate=0, amo=0,
             amc=amc, day=date(2026, month, 3), claim=f"O{month}")
        for month, amc in ((2, 2500), (4, 2500), (6, 2500), (8, 0))
    ]  # fmt: skip
    payment = pay(household.member, *sessions, on=PAID_ON)
    fourth = payment.lines.get(amc=0)

    found = explanation_of(viewer, fourth.pk, on=TODAY)

    assert found is not None
    assert "count" in rules(found[0])
    assert found[0].steps[-1].amount == 5500


def test_each_contract_is_named_with_what_it_paid(household: Household, viewer: Viewer) -> None:
    option = Contract.objects.create(
        member=household.member, number="C40ZPREMIUM", label_fr="Option", label_en="Option", tier="option",
        plan_fr="Confort", plan_en="Comfort", subscribed_on=date(2019, 1, 1),
    )  # fmt: skip
    Coverage.objects.create(
        contract=option, beneficiary=household.primary, starts_on=option.subscribed_on, ends_on=None
    )
    visit = Care(
        person=household.primary, kind="specialist", act="CS", charged=5500, base=3150, amo=2005, amc=3295,
        details={"sector": "optam"},
    )  # fmt: skip

    (explained,) = told(viewer, pay(household.member, visit, on=PAID_ON))

    paid = [(step.contract, step.amount) for step in explained.steps if step.kind is StepKind.PAID]
    assert paid == [("C40SOCLE", 1890), ("C40ZPREMIUM", 1405)]


def test_a_pair_of_glasses_is_told_element_by_element(household: Household, viewer: Viewer) -> None:
    pair = {"lens_right": "simple", "lens_left": "simple"}
    glasses = [
        Care(person=household.primary, kind="optical", act="MONA", charged=3000, base=900, rate=60, amo=540,
             amc=2460, details=pair),
        *(
            Care(person=household.primary, kind="optical", act="VERA", charged=3250, base=975, rate=60,
                 amo=585, amc=2665, details=pair | {"side": side})
            for side in ("right", "left")
        ),
    ]  # fmt: skip

    found = told(viewer, pay(household.member, *glasses, on=PAID_ON))

    assert [each.agrees for each in found] == [True, True, True]
    assert all(each.steps[-1].amount == 0 for each in found)


def test_a_stay_with_its_flat_charge_is_paid_in_full(household: Household, viewer: Viewer) -> None:
    """The charge of the same bill says that the procedure was a major one (CSS art. R160-16)."""
    stay = {"stay_from": date(2026, 5, 4), "stay_until": date(2026, 5, 6), "ward": "general"}
    common = {"person": household.primary, "kind": "hospital", "day": date(2026, 5, 4), "details": stay}
    lines = [
        Care(act="PJ", charged=100000, base=100000, rate=100, amo=100000, amc=0, **common),
        Care(act="PAS", charged=3200, base=0, rate=0, amo=0, amc=3200, **common),
        Care(act="FJ", charged=6900, base=0, rate=0, amo=0, amc=6900, **common),
        Care(act="CHP", charged=17000, base=0, rate=0, amo=0, amc=10000,
             **common | {"details": stay | {"quantity": 2}}),
    ]  # fmt: skip

    found = told(viewer, pay(household.member, *lines, on=PAID_ON))

    assert [each.agrees for each in found] == [True] * 4
    assert "rate.major" in rules(found[0])


@pytest.mark.parametrize(
    "changed",
    [{"amc": 1000}, {"act": "XYZ"}, {"amo": 1950, "amc": 850}, {"rate": 65}, {"details": {"withheld": 100}}],
    ids=["another share", "an unknown act", "another share of the fund", "another rate", "withheld"],
)
def test_what_the_engine_does_not_come_to_is_not_told(
    household: Household, viewer: Viewer, changed: dict[str, Any]
) -> None:
    """B-02: nothing false is shown; the stored amounts stay as they are."""
    visit = replace(Care(person=household.primary), **changed)

    (explained,) = told(viewer, pay(household.member, visit, on=PAID_ON))

    assert not explained.agrees
    assert explained.steps == ()
    assert explained.line.shares.amc == visit.amc


def test_a_correction_is_not_told(household: Household, viewer: Viewer) -> None:
    back = Care(person=household.primary, charged=-3000, base=-3000, amo=-1900, amc=-900)

    (explained,) = told(viewer, pay(household.member, back, on=PAID_ON))

    assert not explained.agrees


def test_without_the_table_of_a_contract_nothing_is_told(
    household: Household, viewer: Viewer, settings: LazySettings
) -> None:
    settings.PROFILE = replace(settings.PROFILE, guarantees={})

    (explained,) = told(viewer, pay(household.member, Care(person=household.primary), on=PAID_ON))

    assert not explained.agrees


def test_an_option_without_a_table_leaves_everything_untold(household: Household, viewer: Viewer) -> None:
    """What it would have paid is unknown, even where the other contract comes to the amounts."""
    option = Contract.objects.create(
        member=household.member, number="OTHER", label_fr="Option", label_en="Option", tier="option",
        plan_fr="Confort", plan_en="Comfort", subscribed_on=date(2019, 1, 1),
    )  # fmt: skip
    Coverage.objects.create(contract=option, beneficiary=household.primary, starts_on=date(2019, 1, 1))

    (explained,) = told(viewer, pay(household.member, Care(person=household.primary), on=PAID_ON))

    assert not explained.agrees


def test_glasses_renewed_too_early_remember_those_of_the_year_before(
    household: Household, viewer: Viewer
) -> None:
    """CSS art. R871-2: only the co-payment before two years are over."""
    pair = {"lens_right": "simple", "lens_left": "simple"}
    first = Care(person=household.primary, kind="optical", act="MONA", charged=3000, base=900, rate=60,
                 amo=540, amc=2460, day=date(2025, 10, 1), claim="O1", details=pair)  # fmt: skip
    again = replace(first, amc=360, day=date(2026, 2, 2), claim="O2")
    payment = pay(household.member, first, again, on=PAID_ON)

    found = explanation_of(viewer, payment.lines.get(claim_number="O2").pk, on=TODAY)

    assert found is not None
    assert "N5.renewal" in rules(found[0])


def test_the_yearly_cap_of_what_is_withheld_is_told(household: Household, viewer: Viewer) -> None:
    """CSS art. L160-13: fifty euros a year, and twenty-five visits have taken them."""
    visits = [
        Care(person=household.primary, day=date(2026, 1, 1 + number), claim=f"V{number:02d}",
             amo=2100 - withheld, details={"withheld": withheld})
        for number, withheld in enumerate([200] * 25 + [0])
    ]  # fmt: skip
    payment = pay(household.member, *visits, on=PAID_ON)

    found = explanation_of(viewer, payment.lines.get(claim_number="V25").pk, on=TODAY)

    assert found is not None
    assert "withheld.cap_year" in rules(found[0])


def test_without_a_cover_nothing_is_told(household: Household, viewer: Viewer) -> None:
    Coverage.objects.filter(beneficiary=household.primary).delete()
    unpaid = Care(person=household.primary, amc=0)

    (explained,) = told(viewer, pay(household.member, unpaid, on=PAID_ON))

    assert not explained.agrees


def test_a_line_that_is_not_told_hides_no_other(household: Household, viewer: Viewer) -> None:
    odd = Care(person=household.primary, amc=800, professional="Docteur Bouleau")

    found = told(viewer, pay(household.member, Care(person=household.primary), odd, on=PAID_ON))

    assert [each.agrees for each in found] == [True, False]


def test_the_lines_are_those_of_the_page_in_its_order(household: Household, viewer: Viewer) -> None:
    days = (date(2026, 11, 4), date(2026, 11, 2), date(2026, 11, 3))
    payment = pay(household.member, *(Care(person=household.primary, day=day) for day in days), on=PAID_ON)
    line = payment.lines.get(care_date=days[0])

    found = explanation_of(viewer, line.pk, on=TODAY)
    claim = claim_of(viewer, line.pk, on=TODAY)

    assert found is not None
    assert claim is not None
    assert [each.line for each in found] == list(claim.lines)


@pytest.mark.parametrize("role", ["spouse", "adult_child", "teen"])
def test_the_care_of_another_adult_is_not_told(
    household: Household, viewer: Viewer, paid: None, role: str
) -> None:
    """A36"""
    theirs = PaymentLine.objects.filter(beneficiary=getattr(household, role)).first()
    assert theirs is not None

    assert explanation_of(viewer, theirs.pk, on=TODAY) is None


def test_the_others_of_the_same_payment_and_claim_number_stay_out(
    household: Household, viewer: Viewer
) -> None:
    """A36: a management system that numbers the claims of each person from one."""
    payment = pay(household.member, Care(person=household.primary), Care(person=household.spouse), on=PAID_ON)
    hers = payment.lines.get(beneficiary=household.primary)

    found = explanation_of(viewer, hers.pk, on=TODAY)

    assert found is not None
    assert [each.line.id for each in found] == [hers.pk]


def test_the_spouse_reads_the_story_of_their_own_care(household: Household, paid: None) -> None:
    viewer = viewer_of(household.spouse.account_id)
    assert viewer is not None
    line = PaymentLine.objects.filter(beneficiary=household.spouse).first()
    assert line is not None

    assert explanation_of(viewer, line.pk, on=TODAY) is not None


@pytest.mark.parametrize("count", [1, 40])
def test_five_queries_whatever_the_number_of_lines(
    household: Household, viewer: Viewer, count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    lines = (Care(person=household.primary, claim=f"S{n}") for n in range(count))
    line = pay(household.member, *lines, on=PAID_ON).lines.order_by("-claim_number").first()
    assert line is not None

    with django_assert_num_queries(5):
        explanation_of(viewer, line.pk, on=TODAY)
