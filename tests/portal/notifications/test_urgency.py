"""Codes leave before everything that nobody waits for in front of the screen."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import transaction

from entraide.portal.domain.access.events import CodeSent, PasswordSet
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("purpose", "notice"), [("sign_in", "sign_in_code"), ("email_proof", "email_code")])
def test_a_code_overtakes_the_mails_that_were_asked_for_before_it(
    household: Household, by: Callable[[str], list[str]], purpose: str, notice: str
) -> None:
    person = household.primary
    with transaction.atomic():
        for _number in range(5):
            publish(PasswordSet(actor=person.account_id, about=person.pk, purpose="change", language="fr"))
        publish(
            CodeSent(about=person.pk, code_id=uuid4(), purpose=purpose, language="fr"),
            secrets={"code": "271828", "mobile": ""},
        )

    drain()

    expected = [notice, *["password_set"] * 5]
    assert by("created_at") == expected
    assert by("sent_at") == expected


@pytest.fixture
def by() -> Callable[[str], list[str]]:
    """The notices in the order of a moment: when they were written, when they left."""

    def read(moment: str) -> list[str]:
        return list(Delivery.objects.order_by(moment).values_list("notice", flat=True))

    return read
