"""What somebody received: every source, in order, and nobody else's (PROF-07, DOC-01, A36, A39, A40)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from entraide.portal.domain.claims.models import Statement
from entraide.portal.domain.contracts.models import Contract
from entraide.portal.domain.correspondence.enums import ReceivedKind
from entraide.portal.domain.correspondence.received import (
    PER_PAGE,
    received_by,
    recipient_of,
    what_was_received,
)
from entraide.portal.domain.correspondence.rows import Received
from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import Household, years_ago
from tests.portal.bank import viewer_for
from tests.portal.domain.claims.all_statements import all_statements_of
from tests.portal.domain.claims.care import Care, pay
from tests.portal.domain.correspondence.history import (
    answer,
    ask,
    change_account,
    export_ready,
    many_years,
)
from tests.portal.domain.library.shelf import put

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def received(person: Beneficiary, *, now: datetime = NOW, **wanted: Any) -> list[Received]:
    """Everything, page after page."""
    recipient, page, found = recipient_of(viewer_for(person), now=now), 1, []
    while True:
        shown = received_by(recipient, page=page, **wanted)
        found += shown.object_list
        if not shown.has_next():
            return found
        page += 1


def kinds(person: Beneficiary, **wanted: Any) -> list[str]:
    return [one.kind for one in received(person, **wanted)]


@pytest.fixture
def without_tables(household: Household) -> None:
    """A contract of which the portal has no table, so that tests count what they made themselves."""
    Contract.objects.update(number="INCONNU")


@pytest.mark.usefixtures("without_tables")
def test_everything_of_every_source_stands_in_one_list_newest_first(
    household: Household, vault_dir: Path
) -> None:
    anne = household.primary
    pay(household.member, Care(person=anne), on=date(2026, 3, 4))
    put("Attestation", vault_dir=vault_dir, member=household.member, published_on=date(2026, 5, 1))
    sent = ask(anne, at=datetime(2026, 6, 1, 9, tzinfo=UTC))
    answer(sent, "waiting_for_member", at=datetime(2026, 7, 1, 9, tzinfo=UTC))
    answer(sent, "done", at=datetime(2026, 8, 1, 9, tzinfo=UTC))
    change_account(anne, person=anne, state="applied", at=datetime(2026, 9, 1, 9, tzinfo=UTC))
    export_ready(anne, until=timezone.now() + timedelta(days=1))

    found = received(anne, now=timezone.now())

    assert [(one.kind, one.state) for one in found] == [
        ("export", ""), ("answer", "applied"), ("answer", "done"), ("answer", "waiting_for_member"),
        ("receipt", ""), ("document", ""), ("statement", ""),
    ]  # fmt: skip
    assert [one.on for one in found] == sorted((one.on for one in found), reverse=True)
    assert {one.kind for one in found} == set(ReceivedKind) - {"guarantees", "decision", "enclosure"}


def test_a_table_of_guarantees_is_there_for_each_year_of_the_contract(household: Household) -> None:
    """PROF-07: from the first day that it served, and none of a year to come."""
    Contract.objects.update(subscribed_on=date(2025, 4, 1))

    found = received(household.primary, kind=ReceivedKind.GUARANTEES)

    assert [(one.number, one.on) for one in found] == [(2026, date(2026, 1, 1)), (2025, date(2025, 4, 1))]
    assert {one.id for one in found} == {household.contract.pk}


def test_a_contract_that_ended_has_no_table_afterwards(household: Household) -> None:
    Contract.objects.update(subscribed_on=date(2024, 1, 1), ended_on=date(2024, 12, 31))

    assert [one.number for one in received(household.primary, kind=ReceivedKind.GUARANTEES)] == [2024]


def test_a_child_has_the_tables_of_their_own_cover_alone(household: Household) -> None:
    household.adult_child.coverages.all().delete()

    assert received(household.adult_child, kind=ReceivedKind.GUARANTEES) == []
    assert received(household.spouse, kind=ReceivedKind.GUARANTEES)


@pytest.mark.usefixtures("paid")
def test_statements_are_those_of_the_page_of_statements_with_the_same_ranks(household: Household) -> None:
    """A40: for each reader."""
    for number, day in {"A": date(2025, 7, 9), "B": date(2025, 7, 23), "C": date(2025, 7, 30)}.items():
        whose = household.spouse if number == "A" else household.primary
        pay(household.member, Care(person=whose), on=day, statement=number)

    for person in (household.primary, household.spouse, household.adult_child):
        expected = all_statements_of(viewer_for(person), on=NOW.date())
        found = received(person, kind=ReceivedKind.STATEMENT)
        assert [(one.id, one.number) for one in found] == [(one.id, one.rank) for one in expected]
    assert [one.number for one in received(household.spouse, year=2025, kind=ReceivedKind.STATEMENT)] == [1]


@pytest.mark.usefixtures("without_tables")
def test_a_stranger_and_a_relative_find_nothing_of_it(
    household: Household, stranger: Beneficiary, vault_dir: Path
) -> None:
    """A36, matrix 2.4: papers are for their sender and whom they concern; the member's for the primary."""
    anne, bruno = household.primary, household.spouse
    pay(household.member, Care(person=anne), on=date(2026, 3, 4))
    put("Attestation", vault_dir=vault_dir, member=household.member)
    answer(ask(anne, at=NOW, concerns=household.teen), "done", at=NOW)
    change_account(anne, person=anne, state="refused", at=NOW)
    export_ready(anne, until=NOW + timedelta(days=1))

    assert len(received(anne)) == 6
    for other in (bruno, household.adult_child, stranger):
        assert received(other, now=NOW) == []


@pytest.mark.usefixtures("without_tables")
def test_an_account_that_is_no_longer_ours_to_see_leaves_the_list(household: Household) -> None:
    """A39: the day a child is eighteen."""
    denis = household.teen
    change_account(household.primary, person=denis, state="applied", at=NOW)
    assert kinds(household.primary) == ["answer"]

    Beneficiary.objects.filter(pk=denis.pk).update(birth_date=years_ago(18))

    assert kinds(household.primary, now=timezone.now()) == []


@pytest.mark.usefixtures("without_tables")
def test_the_answer_to_a_request_about_somebody_is_theirs_too(household: Household) -> None:
    """Matrix 2.4; the receipt is the sender's proof."""
    answer(ask(household.primary, at=NOW, concerns=household.spouse), "done", at=NOW)

    (found,) = received(household.spouse)

    assert (found.kind, found.state, found.by) == ("answer", "done", household.primary.pk)
    assert kinds(household.adult_child) == []


@pytest.mark.usefixtures("without_tables")
@pytest.mark.parametrize("state", ["asked", "cancelled"])
def test_a_change_that_waits_or_that_was_cancelled_is_no_answer(household: Household, state: str) -> None:
    change_account(household.primary, person=household.primary, state=state, at=NOW)

    assert kinds(household.primary) == []


@pytest.mark.usefixtures("without_tables")
def test_an_export_is_there_while_it_can_be_taken(household: Household) -> None:
    export_ready(household.primary, until=NOW)

    assert kinds(household.primary, now=NOW - timedelta(seconds=1)) == ["export"]
    assert kinds(household.primary, now=NOW) == []


@pytest.mark.usefixtures("without_tables")
def test_a_moment_counts_for_its_day_in_france(household: Household) -> None:
    """Midnight Europe/Paris: half past eleven in the evening, universal time, is the next day, and year."""
    ask(household.primary, at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))

    assert [one.on for one in received(household.primary, year=2026)] == [date(2026, 1, 1)]
    assert received(household.primary, year=2025) == []


@pytest.mark.usefixtures("without_tables")
def test_the_filters_offer_what_there_is(household: Household) -> None:
    pay(household.member, Care(person=household.primary), on=date(2024, 3, 4))
    ask(household.primary, at=NOW)

    found = what_was_received(recipient_of(viewer_for(household.primary), now=NOW))

    assert (found.kinds, found.years) == (("statement", "receipt"), (2026, 2024))


def test_ten_years_are_cut_into_pages_by_the_database(
    household: Household, vault_dir: Path, django_assert_num_queries: Callable[[int], Any]
) -> None:
    """Speed: 5,000 lines and 400 files; nothing comes twice, nothing is lost, three questions for a page."""
    many_years(household.primary, vault_dir=vault_dir, lines=5000, files=400, until=NOW.date())
    viewer = viewer_for(household.primary)

    with django_assert_num_queries(3):
        recipient = recipient_of(viewer, now=timezone.now())
        years = what_was_received(recipient).years
        page = received_by(recipient, page=7)

    assert len(page.object_list) == PER_PAGE
    whole = received(household.primary, now=timezone.now())
    assert len(whole) == len(set(whole)) == page.paginator.count
    assert Statement.objects.count() == sum(one.kind == "statement" for one in whole) == 240
    assert sum(one.kind == "receipt" for one in whole) == 200
    assert list(years) == sorted({one.on.year for one in whole}, reverse=True)
