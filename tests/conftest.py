"""Personas and tools that every test may use."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from entraide.portal.domain.access.models import TermsAcceptance
from entraide.portal.domain.access.sessions import member_span, open_session
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.accounts.hashers import PepperedArgon2
from entraide.portal.foundation.accounts.models import Account, FormerPassword
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.session_store import fingerprint
from entraide.portal.foundation.web.sessions import AREA, FRESH_FACTOR, MEMBERS, TERMS
from entraide.portal.notifications.models import Delivery
from tests.portal.kept_rows import let_rows_go_between_tests

# How quickly values are drawn says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile(
    "entraide", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("entraide")

PASSWORD = "Tilleul-2019-bleu"
# What a hash costs in the portal, on purpose.
COST_OF_A_HASH = {name: getattr(PepperedArgon2, name) for name in ("memory_cost", "time_cost")}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-with-database", action="store_true", help="leave out what asks no database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a second database, what needs none has nothing new to say."""
    if not config.getoption("--only-with-database"):
        return
    without = [one for one in items if not asks_the_database(one)]
    config.hook.pytest_deselected(items=without)
    items[:] = [one for one in items if asks_the_database(one)]


def asks_the_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or bool(
        {"db", "transactional_db"}.intersection(fixtures)
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A file, not memory: threads of a test must see one database.

    With `--reuse-db`, a copy of the file that TEST_DATABASE_TABLES names, whose tables are made already.
    """
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        file = django_settings.ENTRAIDE.data_dir / "test.sqlite3"
        database["TEST"]["NAME"] = str(file)
        if tables := os.environ.get("TEST_DATABASE_TABLES"):
            shutil.copyfile(tables, file)


@pytest.fixture(scope="session", autouse=True)
def light_passwords() -> Iterator[None]:
    """The hasher of the portal without its cost: thousands of tests sign in, few are about hashing."""
    with pytest.MonkeyPatch.context() as patch:
        for name, least in {"memory_cost": 8, "time_cost": 1}.items():
            patch.setattr(PepperedArgon2, name, least)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        let_rows_go_between_tests()


@pytest.fixture(autouse=True)
def vault_dir() -> Path:
    """Where the library's files are, inside the folder of this test run."""
    folder = django_settings.ENTRAIDE.data_dir / "files" / "library"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A command makes its process speak English; the test after it hears French again."""
    yield
    translation.deactivate()


@dataclass
class Household:
    """One family: each knows what it may see of the others, and strangers see nothing."""

    member: Member
    primary: Beneficiary
    spouse: Beneficiary
    adult_child: Beneficiary
    teen: Beneficiary
    child: Beneficiary
    contract: Contract

    @property
    def people(self) -> list[Beneficiary]:
        return [self.primary, self.spouse, self.adult_child, self.teen, self.child]


def years_ago(years: int, *, days: int = 40) -> date:
    """A birth date that makes that age today, `days` days after the birthday."""
    day = timezone.localdate() - timedelta(days=days)
    return day.replace(year=day.year - years, day=min(day.day, 28))


def make_person(
    member: Member, number: str, relationship: str, first: str, *, born: date, **more: str
) -> Beneficiary:
    person = Beneficiary(
        member=member,
        number=number,
        relationship=relationship,
        civility=more.pop("civility", "mme"),
        last_name=more.pop("last_name", "Vautrin"),
        first_name=first,
        birth_date=born,
        birth_department=more.pop("birth_department", "38"),
        nir=more.get("nir", ""),
        nir_index=django_settings.ENTRAIDE.keys.blind_index("nir", more.pop("nir", number)),
        scheme_code="01",
        fund_code="381",
        office_code="0000",
        claim_feed=more.pop("claim_feed", "on"),
        email=more.pop("email", f"{first.lower()}@example.org"),
        mobile=more.pop("mobile", "+33639980101"),
        postcode="38000",
        city="Grenoble",
        **more,
    )
    person.save(force_insert=True)
    return person


@lru_cache(maxsize=8)
def hashed_once(password: str) -> str:
    """The personas' passwords are hashed once for all tests."""
    return make_password(password)


def give_account(person: Beneficiary, *, password: str = PASSWORD) -> Account:
    hashed = hashed_once(password)
    account = Account.objects.create(
        identifier=person.number, password=hashed, password_set_at=timezone.now()
    )
    FormerPassword.objects.create(account=account, password=hashed, set_at=timezone.now())
    person.account = account
    person.save(update_fields=["account"])
    return account


@pytest.fixture
def household(db: None) -> Household:
    """Anne Vautrin, insured with her husband, a grown daughter, a son of 17 and a girl of 8."""
    member = Member.objects.create(number="30041827", segment=_segment(0), joined_on=date(2018, 1, 1))
    primary = make_person(
        member, "30041827", "primary_insured", "Anne", born=years_ago(44), nir="284013818500187",
        iban="FR7630006000011234567890189", bic="AGRIFRPP", account_holder="Anne Vautrin",
    )  # fmt: skip
    people = {
        "spouse": make_person(member, "30041828", "spouse", "Bruno", born=years_ago(46), civility="m"),
        "adult_child": make_person(member, "30041829", "child", "Chloé", born=years_ago(20)),
        "teen": make_person(member, "30041830", "child", "Denis", born=years_ago(17), civility="m"),
        "child": make_person(member, "30041831", "child", "Elsa", born=years_ago(8)),
    }
    contract = Contract.objects.create(
        member=member, number="C40SOCLE", label_fr="Contrat santé", label_en="Health contract", tier="base",
        plan_fr="Socle", plan_en="Base", subscribed_on=date(2018, 1, 1),
    )  # fmt: skip
    for person in [primary, *people.values()]:
        Coverage.objects.create(contract=contract, beneficiary=person, starts_on=date(2018, 1, 1))
    for person in [primary, people["spouse"], people["adult_child"]]:
        give_account(person)
    return Household(member=member, primary=primary, contract=contract, **people)


@pytest.fixture
def stranger(db: None) -> Beneficiary:
    """Someone of another family, who must see nothing of this one."""
    member = Member.objects.create(number="30099999", segment=_segment(-1), joined_on=date(2020, 1, 1))
    person = make_person(
        member, "30099999", "primary_insured", "Zoé", born=years_ago(70), last_name="Quemeneur",
        iban="FR7630006000019876543210187",
    )  # fmt: skip
    give_account(person)
    return person


def _segment(position: int) -> str:
    return django_settings.PROFILE.segments[position].id


def enter(client: Client, person: Beneficiary) -> Client:
    """Signs a person in, both steps passed and terms accepted, without walking the pages."""
    terms = django_settings.PROFILE.terms
    TermsAcceptance.objects.get_or_create(
        account=person.account,
        version=terms.version,
        digest=terms.digest,
        defaults={"language": "fr", "accepted_at": timezone.now()},
    )
    client.force_login(person.account)
    session = client.session
    session[AREA], session[TERMS] = MEMBERS, terms.digest
    session[FRESH_FACTOR] = int(time.time())
    session.save()
    open_session(
        account=person.account, key=fingerprint(session), label="Firefox|linux", network="192.0.2.1",
        span=member_span(), now=timezone.now(),
    )  # fmt: skip
    return client


@pytest.fixture
def sign_in() -> Callable[[Client, Beneficiary], Client]:
    return enter


@pytest.fixture
def member_client(household: Household, sign_in: Callable[[Client, Beneficiary], Client]) -> Client:
    return sign_in(Client(), household.primary)


@pytest.fixture
def viewer(household: Household) -> Viewer:
    """Anne, as queries and actions see her."""
    found = viewer_of(household.primary.account_id)
    assert found is not None
    return found


@dataclass(frozen=True)
class Post:
    """One message that was written: its notice, its words."""

    notice: str
    to: str
    body: str


@pytest.fixture
def sent() -> Callable[[], list[Post]]:
    """Everything written to people so far, oldest first."""

    def read() -> list[Post]:
        drain()
        return [Post(one.notice, one.to, one.body) for one in Delivery.objects.order_by("created_at")]

    return read


@pytest.fixture
def policy(settings: LazySettings) -> Callable[..., None]:
    """Changes the security part of the profile for one test."""

    def change(**values: Any) -> None:
        security = replace(settings.PROFILE.security, **values)
        settings.PROFILE = replace(settings.PROFILE, security=security)

    return change


@pytest.fixture
def whole_database() -> Callable[[], str]:
    """Every row of every table as text, to look for what must not be there."""

    def dump() -> str:
        found = []
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    found += [
                        bytes(cell).decode("latin-1") if isinstance(cell, (bytes, memoryview)) else str(cell)
                        for cell in row
                    ]
        return "\n".join(found)

    return dump
