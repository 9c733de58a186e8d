"""The fixture `paid`: a month of payments in which everybody of the family had care."""

from datetime import date

import pytest

from tests.conftest import Household
from tests.portal.domain.claims.care import Care, pay


@pytest.fixture
def paid(household: Household) -> None:
    """Anne and Elsa in full view of Anne; Bruno, Chloé and Denis have care that is theirs alone."""
    anne, bruno, member = household.primary, household.spouse, household.member
    hearing = Care(
        person=bruno, kind="hearing", charged=95000, amo=24000, amc=15000, claim="S2",
        label="Appareil auditif", label_en="Otologie", professional="Cabinet Brunoir",
    )  # fmt: skip
    dental = Care(
        person=household.child, kind="dental", charged=4200, amo=2520, amc=1680, rate=60, claim="S3",
        label="Détartrage", label_en="Scaling", professional="Docteur Elstir",
    )  # fmt: skip
    pay(member, Care(person=anne), dental, hearing, on=date(2026, 11, 12))
    pharmacy = {"kind": "pharmacy", "professional": "Pharmacie Partagée", "label": "Médicament"}
    hers = Care(person=anne, charged=1500, amo=975, amc=525, claim="S4", **pharmacy)  # type: ignore[arg-type]
    his = Care(person=bruno, charged=2000, amo=1300, amc=700, claim="S5", **pharmacy)  # type: ignore[arg-type]
    pay(member, hers, his, on=date(2026, 11, 5), payee="professional", name="Pharmacie Partagée")
    hospital = Care(
        person=household.adult_child, kind="hospital", charged=40000, amo=32000, amc=8000, claim="S6",
        label="Séjour chirurgical", professional="Clinique Chlorisse",
    )  # fmt: skip
    pay(member, hospital, on=date(2026, 10, 15), payee="professional", name="Clinique Chlorisse")
    prevention = Care(
        person=household.teen, kind="prevention", charged=2500, amo=0, amc=2500, base=0, rate=0, claim="S7",
        label="Bilan de prévention", professional="Centre Denizart",
    )  # fmt: skip
    unpaid = Care(
        person=bruno, kind="hearing", charged=1000, amo=0, amc=0, base=0, rate=0, claim="S8",
        label="Appareil auditif", professional="Cabinet Brunoir",
    )  # fmt: skip
    pay(member, prevention, on=date(2026, 10, 8), payee="professional", name="Centre Denizart")
    pay(member, unpaid, on=date(2026, 9, 10))
