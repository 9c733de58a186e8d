"""What is seen changes at midnight in France, the past included, in winter and in summer (A39)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.claims.models import Statement
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.members.models import Beneficiary, CareConsent, Delegation
from tests.conftest import Household
from tests.portal.clock import SetClock, clock, last_minute, midnight
from tests.portal.domain.claims.care import Care, pay
from tests.portal.member_site.reimbursements.pdf_text import text_of
from tests.portal.member_site.sharing.conftest import SignIn, delegate

__all__ = ["clock"]
pytestmark = pytest.mark.django_db
# At midnight in France it is still the day before in UTC: one hour in winter, two in summer.
WINTER, SUMMER = date(2027, 1, 15), date(2027, 7, 15)
CARE = "Docteur Elstir"
both_seasons = pytest.mark.parametrize("day", [WINTER, SUMMER], ids=["winter", "summer"])
SeenAt = Callable[..., str]


@pytest.fixture
def seen_at(clock: SetClock, sign_in: SignIn) -> SeenAt:
    """A page as a person reads it at a moment, `after` something was pressed."""

    def look(person: Beneficiary, at: datetime, page: str, after: str = "") -> str:
        clock(at)
        client = sign_in(Client(), person)
        if after:
            client.post(after)
        answer = client.get(page)
        content = answer.getvalue()
        words = text_of(content) if content.startswith(b"%PDF") else content.decode("utf-8", "replace")
        return f"{answer.status_code} {answer.headers.get('Content-Disposition', '')} {words}"

    return look


def care_of(person: Beneficiary, day: date) -> str:
    """One payment of one line; the address of the line."""
    line = Care(
        person=person, kind="dental", charged=4200, amo=2520, amc=1680, rate=60, professional=CARE,
        label="Détartrage", claim="S3", day=day,
    )  # fmt: skip
    payment = pay(person.member, line, on=day, payee="professional", name=CARE)
    return f"/remboursements/{payment.lines.get().pk}"


@both_seasons
def test_a_sixteenth_birthday_closes_list_detail_papers_and_journal(
    household: Household, seen_at: SeenAt, day: date
) -> None:
    Beneficiary.objects.filter(pk=household.child.pk).update(birth_date=day.replace(year=day.year - 16))
    line = care_of(household.child, day - timedelta(days=20))
    statement = Statement.objects.get()
    before, after = last_minute(day - timedelta(days=1)), midnight(day)
    pages = ["/remboursements/", f"{line}/", f"{line}.pdf", f"/releves/{statement.pk}.pdf"]
    journal = f"/droits/journal/?person={household.child.pk}"

    for page in pages:
        words = seen_at(household.primary, before, page)
        assert CARE in words or "Détartrage" in words, page
    assert seen_at(household.primary, before, journal).startswith("200")
    for page in pages:
        words = seen_at(household.primary, after, page)
        assert CARE not in words
        assert "Détartrage" not in words
    assert seen_at(household.primary, after, f"{line}/").startswith("404")
    assert seen_at(household.primary, after, f"{line}.pdf").startswith("404")
    assert seen_at(household.primary, after, journal).startswith("404")
    assert "16,80" in seen_at(household.primary, after, "/remboursements/").replace("\xa0", " ")


@both_seasons
def test_a_sixteenth_birthday_empties_search_and_the_kinds_to_choose_from(
    household: Household, seen_at: SeenAt, day: date
) -> None:
    Beneficiary.objects.filter(pk=household.child.pk).update(birth_date=day.replace(year=day.year - 16))
    care_of(household.child, day - timedelta(days=20))

    assert 'value="dental"' in seen_at(
        household.primary, last_minute(day - timedelta(days=1)), "/remboursements/"
    )
    assert 'value="dental"' not in seen_at(household.primary, midnight(day), "/remboursements/")
    assert CARE not in seen_at(household.primary, midnight(day), "/remboursements/?kind=dental")


@both_seasons
def test_an_eighteenth_birthday_closes_identity_account_and_simulator(
    household: Household, seen_at: SeenAt, day: date
) -> None:
    Beneficiary.objects.filter(pk=household.teen.pk).update(birth_date=day.replace(year=day.year - 18))
    before, after = last_minute(day - timedelta(days=1)), midnight(day)
    simulator = "/simulation/generaliste/"
    bank = f"/banque/{household.teen.pk}/"

    assert seen_at(household.primary, before, bank).startswith("200")
    assert seen_at(household.primary, after, bank).startswith("404")
    assert str(household.teen.pk) in seen_at(household.primary, before, simulator)
    assert str(household.teen.pk) not in seen_at(household.primary, after, simulator)


@both_seasons
@pytest.mark.parametrize("what", ["cover", "contract"])
def test_who_leaves_the_contract_is_no_longer_seen_the_next_day(
    household: Household, seen_at: SeenAt, day: date, what: str
) -> None:
    his = Care(person=household.spouse, amc=15731, charged=20000, amo=0)
    pay(household.member, his, on=day - timedelta(days=30))
    if what == "cover":
        Coverage.objects.filter(beneficiary=household.spouse).update(ends_on=day)
    else:
        other = Contract.objects.create(
            member=household.member, number="C41", label_fr="x", label_en="x", tier="base", plan_fr="x",
            plan_en="x", subscribed_on=date(2018, 1, 1), ended_on=day,
        )  # fmt: skip
        Coverage.objects.filter(beneficiary=household.spouse).update(contract=other)

    assert "157,31" in seen_at(household.primary, last_minute(day), "/remboursements/")
    for page in ("/remboursements/", "/releves/"):
        assert "157,31" not in seen_at(household.primary, midnight(day + timedelta(days=1)), page)


@both_seasons
def test_consent_and_parenthood_end_with_the_cover(household: Household, seen_at: SeenAt, day: date) -> None:
    Beneficiary.objects.filter(pk=household.child.pk).update(
        parents=f"{household.primary.number}|{household.spouse.number}", birth_date=date(2018, 3, 15)
    )
    care_of(household.child, day - timedelta(days=20))
    Coverage.objects.filter(beneficiary=household.spouse).update(ends_on=day)

    assert CARE in seen_at(household.spouse, last_minute(day), "/remboursements/")
    assert CARE not in seen_at(household.spouse, midnight(day + timedelta(days=1)), "/remboursements/")


@both_seasons
def test_help_ends_after_its_last_day(
    household: Household, stranger: Beneficiary, seen_at: SeenAt, day: date
) -> None:
    care_of(household.spouse, day - timedelta(days=20))
    delegation = delegate(household.spouse, stranger)
    Delegation.objects.update(ends_on=day)
    opening = f"/droits/aidants/{delegation.pk}/ouvrir/"

    assert CARE in seen_at(stranger, last_minute(day), "/remboursements/", opening)
    assert CARE not in seen_at(stranger, midnight(day + timedelta(days=1)), "/remboursements/", opening)
    assert timezone.localdate() == day + timedelta(days=1)


@both_seasons
def test_the_giver_s_coming_of_age_opens_sharing_at_midnight(
    household: Household, seen_at: SeenAt, day: date
) -> None:
    Beneficiary.objects.filter(pk=household.adult_child.pk).update(birth_date=day.replace(year=day.year - 18))
    link = "/droits/aidants/nouveau/"

    assert link not in seen_at(
        household.adult_child, last_minute(day - timedelta(days=1)), "/droits/partage/"
    )
    assert link in seen_at(household.adult_child, midnight(day), "/droits/partage/")
    assert not CareConsent.objects.exists()
