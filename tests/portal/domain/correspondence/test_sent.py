"""What somebody sent: every file that left, and nobody else's (A36, A46)."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from entraide.portal.domain.correspondence.received import recipient_of
from entraide.portal.domain.correspondence.sent import (
    ACCOUNT_CHANGE,
    SentFile,
    sent_by,
    what_was_sent,
)
from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import Household, years_ago
from tests.portal.bank import viewer_for
from tests.portal.domain.correspondence.history import CATEGORY, answer, ask, change_account, hold

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def sent(person: Beneficiary, *, now: datetime = NOW, **wanted: Any) -> list[SentFile]:
    return list(sent_by(recipient_of(viewer_for(person), now=now), **wanted).object_list)


def test_each_file_stands_with_its_request_and_where_that_is(household: Household) -> None:
    request = ask(household.primary, at=NOW, files=("facture.pdf", "photo.jpg"))
    answer(request, "in_progress", at=NOW)

    first, second = sent(household.primary)

    assert [first.name, second.name] == ["facture.pdf", "photo.jpg"]
    assert (first.reference, first.state, first.on) == (request.reference, "in_progress", date(2026, 11, 22))
    assert first.type == CATEGORY.types[0].label
    assert first.size == request.files.get(pk=first.id).size


def test_the_rib_of_a_change_of_account_is_there_too(household: Household) -> None:
    change = change_account(household.primary, person=household.primary, state="asked", at=NOW)

    (found,) = sent(household.primary)

    assert (found.name, found.reference, found.state) == ("rib.pdf", change.reference, "asked")
    assert (found.type, found.account_of) == (None, household.primary.pk)


def test_the_rib_for_a_child_of_age_leads_no_longer_to_their_account(household: Household) -> None:
    """A39: what was sent stays sent; the account is the child's."""
    change_account(household.primary, person=household.teen, state="applied", at=NOW)
    assert sent(household.primary)[0].account_of == household.teen.pk

    Beneficiary.objects.filter(pk=household.teen.pk).update(birth_date=years_ago(18))

    assert sent(household.primary, now=timezone.now())[0].account_of is None


def test_a_file_of_a_form_that_was_never_sent_is_not_there(household: Household) -> None:
    hold(household.primary, "brouillon.pdf")

    assert sent(household.primary) == []


def test_nobody_else_finds_it(household: Household, stranger: Beneficiary) -> None:
    """A36, matrix 2.4."""
    ask(household.primary, at=NOW, concerns=household.spouse)
    change_account(household.primary, person=household.primary, state="asked", at=NOW)

    for other in (household.adult_child, stranger):
        assert sent(other) == []
        assert what_was_sent(recipient_of(viewer_for(other), now=NOW)).kinds == ()


def test_the_person_concerned_finds_the_files_of_a_request_about_them(household: Household) -> None:
    """Matrix 2.4; a change of account stays with who asked."""
    ask(household.primary, at=NOW, concerns=household.spouse)
    change_account(household.primary, person=household.primary, state="asked", at=NOW)
    ask(household.primary, at=NOW, files=("a-elle.pdf",))

    (found,) = sent(household.spouse)

    assert (found.name, found.sender) == ("facture.pdf", "Anne Vautrin")
    assert what_was_sent(recipient_of(viewer_for(household.spouse), now=NOW)).kinds == (CATEGORY.id,)


def test_files_are_found_by_kind_and_by_year(household: Household) -> None:
    last = settings.PROFILE.deposit.categories[-1].id
    ask(household.primary, at=NOW, files=("neuf.pdf",))
    ask(household.primary, at=datetime(2024, 5, 1, tzinfo=UTC), files=("vieux.pdf",), category=last)
    change_account(household.primary, person=household.primary, state="asked", at=NOW)

    found = what_was_sent(recipient_of(viewer_for(household.primary), now=NOW))

    assert found.kinds == (CATEGORY.id, last, ACCOUNT_CHANGE)
    assert found.years == (2026, 2024)
    assert [one.name for one in sent(household.primary, kind=last)] == ["vieux.pdf"]
    assert [one.name for one in sent(household.primary, kind=ACCOUNT_CHANGE)] == ["rib.pdf"]
    assert [one.name for one in sent(household.primary, year=2024)] == ["vieux.pdf"]


def test_a_category_that_the_mutual_dropped_can_still_be_chosen(household: Household) -> None:
    ask(household.primary, at=NOW, category="autrefois")

    assert what_was_sent(recipient_of(viewer_for(household.primary), now=NOW)).kinds == ("autrefois",)
