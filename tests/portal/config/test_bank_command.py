"""`entraide bank`: the flow walked without a desk (A71, A73)."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from entraide.portal.config.cli import BANK_REFUSALS, main
from entraide.portal.domain.bank.enums import RefusalReason
from entraide.portal.domain.bank.models import AccountChange
from tests.conftest import Household
from tests.portal.bank import NEW, account_of, ask, make_staff, viewer_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(household: Household) -> AccountChange:
    make_staff()
    return ask(viewer_for(household.primary), now=timezone.now() - timedelta(hours=73))


def test_checked_and_settled_the_new_account_is_used(
    change: AccountChange, household: Household, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bank", "list"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert (listed["reference"], listed["approvals"], listed["second_needed"]) == (change.reference, [], [])
    assert NEW not in str(listed)

    assert main(["bank", "check", change.reference.lower(), "--agent", "Paul@example.org"]) == 0
    assert "that is enough" in capsys.readouterr().out
    assert main(["bank", "settle"]) == 0

    assert account_of(household.primary) == NEW
    assert f"{change.reference}: applied" in capsys.readouterr().out


def test_a_second_agent_approves(change: AccountChange, capsys: pytest.CaptureFixture[str]) -> None:
    main(["bank", "check", change.reference, "--agent", "paul@example.org"])

    assert main(["bank", "approve", change.reference, "--agent", "paul@example.org"]) == 1
    assert "somebody other than" in capsys.readouterr().err.lower()
    assert main(["bank", "approve", change.reference, "--agent", "sam@example.org"]) == 0


def test_a_refusal_has_a_reason(change: AccountChange) -> None:
    refused = ["bank", "refuse", change.reference, "--agent", "paul@example.org", "--reason"]

    assert main([*refused, "holder_mismatch"]) == 0

    assert AccountChange.objects.get().refusal == "holder_mismatch"


def test_a_stranger_an_unknown_reference_and_a_wrong_role_are_refused(
    change: AccountChange, capsys: pytest.CaptureFixture[str]
) -> None:
    for reference, email in (
        (change.reference, "nobody@example.org"),
        ("MESE-0000-0000", "paul@example.org"),
        (change.reference, "hugo@example.org"),
    ):
        assert main(["bank", "check", reference, "--agent", email]) == 1
        assert capsys.readouterr().err.startswith("entraide: ")


def test_the_reasons_of_the_command_are_those_of_an_agent() -> None:
    by_program = {RefusalReason.ACCOUNT_MOVED, RefusalReason.NO_LONGER_ALLOWED}

    assert set(BANK_REFUSALS) == {one.value for one in set(RefusalReason) - by_program}
