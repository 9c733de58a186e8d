"""The first factor of whoever has proved the password alone: one, and with a password that serves (A25)."""

from datetime import datetime
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from entraide.portal.domain.access.enums import FactorKind
from entraide.portal.domain.access.factors.adding import add_factor
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=timezone.get_default_timezone())


def account_of_somebody() -> Account:
    return Account.objects.create(
        identifier=f"{uuid4().hex[:8]}@example.org", password="hash", password_set_at=NOW
    )


def add(account: Account, *, only_if_none: bool = True) -> Factor:
    factor = Factor(account=account, kind=FactorKind.TOTP, name="Application", secret="{}")
    with transaction.atomic():
        return add_factor(factor, language="fr", now=NOW, only_if_none=only_if_none)


@pytest.mark.django_db
def test_the_first_factor_is_stored_and_the_second_asks_for_more_than_the_password() -> None:
    account = account_of_somebody()
    add(account)

    with pytest.raises(DomainError, match="a changé entre-temps"):
        add(account)
    add(account, only_if_none=False)
    assert Factor.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"password": "another hash"}, {"must_reset": True}])
def test_a_password_that_was_reset_meanwhile_adds_none(change: dict[str, object]) -> None:
    """A18: the reset came between the page's look at the account and the storing."""
    account = account_of_somebody()
    Account.objects.filter(pk=account.pk).update(**change)

    with pytest.raises(DomainError, match="a changé entre-temps"):
        add(account)
    assert not Factor.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_parallel_first_factors_one_is_stored() -> None:
    """A8"""
    account, together = account_of_somebody(), Barrier(4)
    refused: list[str] = []

    def try_one() -> None:
        try:
            together.wait()
            add(account)
        except DomainError as error:
            refused.append(error.message)
        finally:
            connection.close()

    threads = [Thread(target=try_one) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Factor.objects.count() == 1
    assert len(refused) == 3
