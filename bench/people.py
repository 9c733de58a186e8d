"""Members who can sign in: imported with their payments, one password hashed once, terms accepted."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.export import LINES_OF_A_PAYMENT, PAYMENTS_OF_A_MEMBER, mobile_of, number_of, write_export

PASSWORD = "Tilleul-2019-bleu"


@dataclass(frozen=True, slots=True)
class Person:
    """What a member knows and holds: a number, a mobile, an address of this machine."""

    place: int
    number: str
    mobile: str
    source: str


def people(count: int) -> list[Person]:
    """The same people each time, each behind a network of their own."""
    return [
        Person(place, number_of(place), mobile_of(place), f"127.{1 + place // 250}.{1 + place % 250}.7")
        for place in range(count)
    ]


def load(count: int) -> None:
    """Imports the households, a hundred payment lines each, and opens their accounts."""
    from django.conf import settings  # noqa: PLC0415 (after django.setup)

    from entraide.portal.gateways.core_system import import_folder  # noqa: PLC0415

    lines = count * PAYMENTS_OF_A_MEMBER * LINES_OF_A_PAYMENT
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as folder:
        write_export(Path(folder), lines=lines, segment=settings.PROFILE.segments[0].id)
        import_folder(Path(folder))
    _open_accounts()


def _open_accounts() -> None:
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from entraide.portal.domain.access.models import TermsAcceptance  # noqa: PLC0415
    from entraide.portal.domain.members.models import Beneficiary  # noqa: PLC0415
    from entraide.portal.foundation.accounts.models import Account, FormerPassword  # noqa: PLC0415

    hashed, now, terms = make_password(PASSWORD), timezone.now(), settings.PROFILE.terms
    persons = list(Beneficiary.objects.all())
    accounts = [
        Account(identifier=one.number, password=hashed, password_set_at=now, factor_offered_at=now)
        for one in persons
    ]
    for person, account in zip(persons, accounts, strict=True):
        person.account = account
    with transaction.atomic():
        Account.objects.bulk_create(accounts)
        Beneficiary.objects.bulk_update(persons, ["account"], batch_size=200)
        FormerPassword.objects.bulk_create(
            FormerPassword(account=one, password=hashed, set_at=now) for one in accounts
        )
        TermsAcceptance.objects.bulk_create(
            TermsAcceptance(
                account=one, version=terms.version, digest=terms.digest, language="fr", accepted_at=now
            )
            for one in accounts
        )
