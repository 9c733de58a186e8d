"""`entraide unfreeze` as an operator runs it (A23)."""

import pytest
from django.utils import timezone

from entraide.portal.config.cli import main
from entraide.portal.domain.access.actions.safety import freeze, make_safety_link
from entraide.portal.domain.access.enums import Change
from entraide.portal.foundation.accounts.models import Account
from tests.conftest import Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen(household: Household) -> Account:
    account = Account.objects.get(pk=household.primary.account_id)
    now = timezone.now()
    freeze(token=make_safety_link(account, change=Change.NEW_BROWSER, now=now), now=now)
    return account


def test_a_frozen_access_opens_again_with_a_new_password(
    frozen: Account, household: Household, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["unfreeze", household.primary.number]) == 0

    frozen.refresh_from_db()
    assert (frozen.frozen_at, frozen.must_reset) == (None, True)
    told = capsys.readouterr().out
    assert "new password" in told
    assert "enrols again" in told


@pytest.mark.parametrize("number", ["30041828", "12345678", "30041831", "é"])
def test_what_is_not_frozen_is_refused_in_one_line(
    frozen: Account, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["unfreeze", number]) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"entraide: {number}: ")
    assert told.err.count("\n") == 1


def test_wrong_use_ends_with_2() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["unfreeze"])
    assert ended.value.code == 2
