"""What a complaint may name, from which day its clocks run, and when the mediator may be asked (B-12)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.complaints import (
    MAX_WISH,
    Clocks,
    Complaint,
    clocks_of,
    complain,
    complaint_types,
    mediator_after,
)
from entraide.portal.domain.requests.models import Request
from tests.conftest import Household

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def told(comment: str = "Personne ne m’a rappelée.") -> Sent:
    return Sent(comment=comment, request_key=uuid4(), language="fr", now=timezone.now())


@pytest.fixture
def complaint() -> Complaint:
    return Complaint(type=complaint_types()[0].id, wish="")


@pytest.fixture
def husband(household: Household) -> Viewer:
    found = viewer_of(household.spouse.account_id)  # type: ignore[arg-type]
    assert found is not None
    return found


def refused(viewer: Viewer, complaint: Complaint, sent: Sent) -> str | None:
    with pytest.raises(DomainError) as refusal:
        complain(viewer, complaint, sent=sent)
    return refusal.value.field


def test_nobody_complains_about_what_another_one_sent(
    viewer: Viewer, husband: Viewer, complaint: Complaint
) -> None:
    """A36: answered like a request that is not there."""
    his = complain(husband, complaint, sent=told())

    assert refused(viewer, replace(complaint, request=his), told()) == "about"
    assert refused(viewer, replace(complaint, request="MESE-2222-2222"), told()) == "about"
    assert [one.reference for one in Request.objects.all()] == [his]
    assert complain(husband, replace(complaint, request=his), sent=told()) != his


def test_a_complaint_needs_words_and_a_wish_of_bounded_length(viewer: Viewer, complaint: Complaint) -> None:
    assert refused(viewer, complaint, told(" \n ")) == "comment"
    assert refused(viewer, replace(complaint, wish="x" * (MAX_WISH + 1)), told()) == "wish"
    assert refused(viewer, replace(complaint, type="facture"), told()) == "subject"
    assert not Request.objects.exists()
    assert complain(viewer, replace(complaint, wish="x" * MAX_WISH), sent=told())


def test_the_clocks_run_from_the_day_on_which_it_was_sent_here() -> None:
    """Half past midnight of 1 July in France; ten days without Sundays and the national day."""
    sent_at = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)

    assert clocks_of(sent_at) == Clocks(date(2026, 7, 13), date(2026, 9, 1))
    assert clocks_of(sent_at + timedelta(days=5)).acknowledge_by == date(2026, 7, 18)


@pytest.mark.parametrize(
    ("kind", "state", "late", "is_open"),
    [
        ("complaint", "received", 0, False),
        ("complaint", "received", 1, True),
        ("complaint", "waiting_for_member", 1, True),
        ("complaint", "done", -30, True),
        ("complaint", "refused", -30, True),
        ("complaint", "withdrawn", 1, False),
        ("deposit", "done", 1, False),
        ("claim", "refused", 1, False),
    ],
)
def test_the_mediator_is_named_after_the_answer_or_from_the_day_after_the_last(
    kind: str, state: str, late: int, *, is_open: bool
) -> None:
    found = mediator_after(kind=kind, state=state, due_on=TODAY - timedelta(days=late), on=TODAY)

    assert found == (settings.PROFILE.mediator if is_open else None)
