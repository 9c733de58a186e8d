"""What an agent is told of a care that was claimed, paid or received already (DEP-04, B-14, A68)."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.consultations.reasons import reason_in_words
from entraide.portal.domain.handling.care_doubles import CareDoubles, care_doubles_of
from entraide.portal.domain.handling.opening import open_request
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.bank import Staff, agent
from tests.portal.domain.claims.care import Care, pay
from tests.portal.domain.claims.tables import tables
from tests.portal.domain.handling.conftest import MONDAY, Asked
from tests.portal.feeds import take_in, visit

__all__ = ["tables"]
CARE_DAY = MONDAY.date() - timedelta(days=9)


def claimed(asked: Asked, *people: Any, day: date = CARE_DAY, amount: int = 3000, **more: Any) -> Request:
    answers = [["care_date", day.isoformat()], ["amount", str(amount)]]
    request = asked(*people, kind="claim", **more)
    request.answers = json.dumps(answers)
    request.save()
    return request


def found(who: AgentViewer, request: Request) -> CareDoubles:
    opened = open_request(who, request.reference, network="192.0.2.1", now=MONDAY)
    assert opened is not None
    return care_doubles_of(who, opened, network="192.0.2.1", now=MONDAY)


def test_other_claims_are_told_whoever_sent_them_while_they_ask_for_something(
    asked: Asked, staff: Staff, household: Household
) -> None:
    request = claimed(asked)
    same = claimed(asked, household.spouse, concerns=household.primary)
    for over in ("refused", "withdrawn"):
        claimed(asked, state=over)
    claimed(asked, amount=3001)
    claimed(asked, day=CARE_DAY - timedelta(days=1))
    claimed(asked, household.spouse)

    assert found(staff.handler, request).claims == (same.reference,)
    assert found(staff.handler, same).claims == (request.reference,)


def test_a_paid_line_is_told_with_its_payment_and_noted(
    asked: Asked, staff: Staff, household: Household
) -> None:
    request = claimed(asked, household.spouse)
    payment = pay(household.member, Care(day=CARE_DAY, person=household.spouse), on=MONDAY.date())
    pay(household.member, Care(day=CARE_DAY, person=household.primary), on=MONDAY.date())

    (double,) = found(staff.handler, request).lines
    drain()

    line = double.line
    assert line is not None
    assert (double.day, line.payment) == (MONDAY.date(), payment.reference)
    assert (line.professional, line.charged, line.amc) == ("Docteur Amandier", 3000, 900)
    noted = Consultation.objects.get(seen="care")
    assert (noted.person, noted.object_id) == (household.spouse, PaymentLine.objects.get(payment=payment).pk)
    assert reason_in_words(noted.reason) == f"Traitement de la demande {request.reference}"


def test_a_line_of_the_feed_that_waits_is_told(
    asked: Asked, staff: Staff, tables: None, tmp_path: Path
) -> None:
    take_in(tmp_path, visit(1))
    received = AdjudicatedLine.objects.get()
    request = claimed(asked, day=received.care_date, amount=received.charged)

    (double,) = found(staff.handler, request).lines

    line = double.line
    assert line is not None
    assert (line.payment, line.reference, line.charged) == ("", received.reference, received.charged)
    assert double.day == timezone.localdate(received.feed.taken_in_at)


@pytest.mark.parametrize("role", [Role.READER, Role.PAYER])
def test_who_reads_no_care_is_told_of_none(asked: Asked, household: Household, role: Role) -> None:
    request = claimed(asked)
    claimed(asked)
    pay(household.member, Care(day=CARE_DAY, person=household.primary), on=MONDAY.date())

    who = agent("r@example.org", "Rose Delmas", role)

    assert found(who, request) == CareDoubles()


def test_another_kind_of_request_asks_nothing(asked: Asked, staff: Staff) -> None:
    assert found(staff.handler, asked()) == CareDoubles()
