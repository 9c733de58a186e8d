"""What an agent's search finds, however a name is written (B-14)."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.finding import understood
from entraide.portal.domain.handling.queries import search
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.members.name_keys import is_called
from entraide.portal.domain.requests.models import Request
from tests.conftest import Household, make_person, years_ago
from tests.portal.bank import Staff
from tests.portal.domain.handling.conftest import MONDAY, Asked
from tests.portal.domain.handling.test_queries import many, plan_of


def found(staff: Staff, text: str) -> list[str]:
    return [one.reference for one in search(staff.handler, text, now=MONDAY)]


def test_a_request_is_found_by_reference_number_name_and_health_number(
    asked: Asked, staff: Staff, household: Household, stranger: Beneficiary
) -> None:
    request, other = asked(), asked(stranger, state="done")
    nir = _whole("284013818500187")
    household.primary.nir_index = settings.ENTRAIDE.keys.blind_index("nir", nir)
    household.primary.save()

    assert found(staff, request.reference.lower()) == [request.reference]
    assert found(staff, "30041827") == [request.reference]
    assert found(staff, nir) == [request.reference]
    assert found(staff, "vaut") == [request.reference]
    assert found(staff, "quEme") == [other.reference]
    assert found(staff, "Personne") == []


def _whole(number: str) -> str:
    """With the key that goes with it."""
    return number[:13] + f"{97 - int(number[:13]) % 97:02d}"


def test_what_somebody_sent_for_another_is_found_under_both(
    asked: Asked, staff: Staff, household: Household
) -> None:
    request = asked(household.spouse, concerns=household.child)
    Beneficiary.objects.filter(pk=household.spouse.pk).update(
        nir_index=settings.ENTRAIDE.keys.blind_index("nir", _whole("184013818500187"))
    )

    for text in ("3004 1828", "30041831", "30041827", _whole("184013818500187"), "Elsa V", "Bruno V"):
        assert found(staff, text) == [request.reference], text


@pytest.mark.parametrize(
    ("last", "first", "typed"),
    [
        ("Lefèvre", "Zoé", ["lefevre", "LEFÈVRE", "zoe", "Zoé Lefèvre", "Lefèvre Zoé", "le  fèvre"]),
        ("Éluard", "Jean-Noël", ["eluard", "Éluard", "jean noel", "JEAN-NOËL E"]),
        ("D’Arcey", "Anaïs", ["d'arcey", "d arcey", "Darcey", "anais d’arcey"]),
    ],
)
def test_a_name_is_found_however_it_is_written(db: None, last: str, first: str, typed: list[str]) -> None:
    member = Member.objects.create(number="30077777", segment="x", joined_on=date(2020, 1, 1))
    person = make_person(
        member,
        "30077777",
        "primary_insured",
        first,
        born=years_ago(50),
        last_name=last,
        email="a@example.org",
    )

    for text in typed:
        assert list(Beneficiary.objects.filter(is_called(text))) == [person], text
    assert not Beneficiary.objects.filter(is_called(last[1:])).exists()
    assert not Beneficiary.objects.filter(is_called("’ -")).exists()


def test_among_twenty_thousand_people_a_name_is_read_from_its_index(
    household: Household, staff: Staff
) -> None:
    many_people(household.child, 20_000)
    many(household, 2_000)
    requests = list(Request.objects.all())
    for one, person in zip(requests, Beneficiary.objects.order_by("pk"), strict=False):
        one.sender = one.concerns = person
    Request.objects.bulk_update(requests, ["sender", "concerns"], batch_size=200)
    with connection.cursor() as cursor:
        # As the database does by itself between two transactions.
        cursor.execute("ANALYZE")

    plan = plan_of(lambda: list(understood("Fictif12345").requests.values("reference")))[0]

    assert Beneficiary.objects.filter(is_called("N12345 fictif")).count() == 1
    assert "by_last_name" in plan
    assert "by_first_name" in plan
    for table in ("members_beneficiary", "requests_request"):
        assert f"Seq Scan on {table}" not in plan
        assert f"SCAN {table}'" not in plan


def many_people(like: Beneficiary, number: int) -> None:
    """Copies of one, called N1 Fictif1 and so on: by the database, since row by row is slow."""
    is_sqlite = connection.vendor == "sqlite"
    new = {
        "id": "printf('%%032x', n)" if is_sqlite else "lpad(to_hex(n), 32, '0')::uuid",
        "number": "CAST(40000000 + n AS varchar(20))",
        "account_id": "NULL",
        "last_name_key": "'fictif' || n || 'n' || n",
        "first_name_key": "'n' || n || 'fictif' || n",
    }
    columns = [field.column for field in Beneficiary._meta.concrete_fields]
    rows = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)"
    wanted = ", ".join(new.get(one, one) for one in columns)
    pk = like.pk.hex if is_sqlite else like.pk
    with connection.cursor() as cursor:
        cursor.execute(
            f"{rows} INSERT INTO members_beneficiary ({', '.join(columns)}) "
            f"SELECT {wanted} FROM members_beneficiary, numbers WHERE id = %s",
            [number, pk],
        )


def test_people_of_before_are_found_once_the_migration_has_passed(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = import_module("entraide.portal.domain.members.migrations.0008_fill_name_keys")
    Beneficiary.objects.update(last_name_key="", first_name_key="")
    # More batches than one.
    monkeypatch.setattr(fill, "BATCH", 2)

    fill.fill(apps, None)

    assert Beneficiary.objects.filter(is_called("vautrin")).count() == len(household.people)
    assert list(Beneficiary.objects.filter(is_called("chloe"))) == [household.adult_child]


@pytest.mark.parametrize("text", ["Va", "d’a"])
def test_two_letters_are_too_few(staff: Staff, text: str) -> None:
    with pytest.raises(DomainError, match="trois lettres"):
        search(staff.handler, text, now=MONDAY)
