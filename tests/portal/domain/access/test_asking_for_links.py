"""What somebody with stolen civil data can do with the two forms that send links (A1, A7)."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.access.actions.links import RESETS_PER_DAY, Claimed, ask_activation, ask_reset
from entraide.portal.domain.access.models import PasswordLink
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household

NOW = timezone.now()
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def activate(person: Beneficiary, *, at: datetime = NOW, source: str = "192.0.2.1", nir: str = "") -> None:
    claimed = Claimed(
        nir=nir or person.nir,
        birth_date=person.birth_date,
        birth_department=person.birth_department,
        last_name=person.last_name,
        first_name=person.first_name,
    )
    ask_activation(claimed, source=source, language="fr", now=at)


def links() -> int:
    return PasswordLink.objects.count()


def test_the_activation_form_sends_one_link_a_minute_whatever_the_network(household: Household) -> None:
    """A7: who knows a member's civil data must not fill her mailbox, nor end each link before it is read."""
    for turn in range(12):
        activate(household.primary, source=f"198.51.100.{turn}")
    assert links() == 1

    activate(household.primary, at=NOW + MINUTE, source="198.51.100.99")
    assert links() == 2


def test_both_forms_share_the_links_of_a_day(household: Household) -> None:
    """A7: five a day for one person, not five by each form."""
    for turn in range(RESETS_PER_DAY + 3):
        activate(household.primary, at=NOW + turn * MINUTE, source=f"198.51.100.{turn}")
    ask_reset(household.primary.number, source="192.0.2.9", language="fr", now=NOW + timedelta(hours=2))
    assert links() == RESETS_PER_DAY

    ask_reset(household.primary.number, source="192.0.2.9", language="fr", now=NOW + timedelta(days=1))
    assert links() == RESETS_PER_DAY + 1


def test_a_network_that_asks_too_much_does_not_use_up_the_links_of_a_member(household: Household) -> None:
    """A7"""
    for turn in range(20):
        ask_reset(f"2000{turn:04d}", source="203.0.113.1", language="fr", now=NOW)
    for turn in range(10):
        ask_reset(household.primary.number, source="203.0.113.1", language="fr", now=NOW + turn * MINUTE)
    assert links() == 0

    ask_reset(household.primary.number, source="192.0.2.9", language="fr", now=NOW + 11 * MINUTE)
    assert links() == 1


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("form", ["activation", "reset"])
def test_asking_for_an_unknown_person_does_the_work_of_a_known_one(
    household: Household, form: str, frozen: bool
) -> None:
    """A1: as many jobs, and the same statements but for the one that keeps the link."""
    if frozen:
        Account.objects.update(frozen_at=NOW)

    def ask(*, known: bool) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            if form == "activation":
                activate(household.primary, nir="" if known else "299099999999999")
            else:
                number = household.primary.number if known else "99999999"
                ask_reset(number, source="192.0.2.1", language="fr", now=NOW)
        return [one["sql"].split(" ")[0] for one in asked.captured_queries]

    unknown, jobs = ask(known=False), Job.objects.count()
    known = ask(known=True)

    assert jobs == 1
    assert Job.objects.count() == 2
    assert len(known) - len(unknown) in {0, 1}


def test_a_lost_number_comes_back_without_asking_for_another_password(household: Household) -> None:
    """ACT-03: who knows the password only needs the number; the link stays for who does not."""
    activate(household.primary)
    drain()

    mail = Delivery.objects.get()
    assert (mail.notice, mail.subject) == ("number_link", "Votre numéro d’adhérent")
    assert household.primary.number in mail.body
    assert "Il reste le même" in mail.body
    assert "/mot-de-passe/" in mail.body
