"""A mutual with an account, and runs made in one line."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings

from entraide.portal.domain.payment_runs.models import PaymentRun, ProfessionalAccount
from entraide.portal.domain.payment_runs.ordering import order_run
from entraide.portal.domain.payment_runs.preparing import prepare_run
from entraide.profiles import DebtorBank
from tests.portal.domain.claims.tables import tables

__all__ = ["tables"]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
PAY_ON = date(2026, 11, 24)
PROFESSIONAL = "381234567"


@pytest.fixture
def bank(settings: LazySettings, tables: None) -> None:
    """The mutual pays from the account of the standard's example."""
    debtor = DebtorBank(holder="Mutuelle d’essai", iban="FR1420041010050500013M02606")
    settings.PROFILE = replace(settings.PROFILE, bank=debtor)


@pytest.fixture
def practice(db: None) -> ProfessionalAccount:
    """A practice that is paid in third-party payment."""
    return ProfessionalAccount.objects.create(
        number=PROFESSIONAL, name="Cabinet Amandier", iban="FR7630004000031234567890143", bic="",
        account_holder="SCM Amandier",
    )  # fmt: skip


def prepared(*, pay_on: date = PAY_ON, now: datetime = NOW) -> PaymentRun:
    return prepare_run(pay_on=pay_on, now=now)


def ordered(*, pay_on: date = PAY_ON, now: datetime = NOW) -> PaymentRun:
    """A run that is ordered at once."""
    run = prepared(pay_on=pay_on, now=now)
    order_run(run, now=now)
    run.refresh_from_db()
    return run
