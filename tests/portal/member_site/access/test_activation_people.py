"""Activation for everybody: where people are born, how they write, what a copy brings (ACT-01, A3)."""

import logging
from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from entraide.formats import nir as nirs
from entraide.portal.domain.access.models import PasswordLink
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Limit
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.member_site.access.steps import neutral, words

ACTIVATE, FORGOTTEN = "/premiere-connexion/", "/mot-de-passe-oublie/"
pytestmark = pytest.mark.django_db
Newcomer = Callable[..., Beneficiary]


@pytest.fixture
def newcomer(household: Household) -> Newcomer:
    """Denis, who never had an account, born where and when the test says."""

    def born(department: str, commune: str, *, on: date = date(1984, 1, 15), **more: str) -> Beneficiary:
        made = nirs.make(
            sex=1,
            year=on.year,
            month=on.month,
            department=more.pop("nir_department", department),
            commune=commune,
            order=42,
        )
        person = household.teen
        person.nir, person.nir_index = made.value, settings.ENTRAIDE.keys.blind_index("nir", made.value)
        person.birth_date, person.birth_department = on, department
        for name, value in more.items():
            setattr(person, name, value)
        person.save()
        return person

    return born


def ask(person: Beneficiary, **changes: object) -> HttpResponse:
    values: dict[str, object] = {
        "nir": person.nir,
        "birth_date": person.birth_date.strftime("%d/%m/%Y"),
        "birth_department": person.birth_department,
        "last_name": person.last_name,
        "first_name": person.first_name,
        **changes,
    }
    return Client().post(ACTIVATE, values, REMOTE_ADDR="192.0.2.1")


def links() -> int:
    return PasswordLink.objects.count()


@pytest.mark.parametrize(
    ("department", "commune", "born", "typed"),
    [
        ("2A", "004", date(1986, 2, 3), "2A"),
        ("2A", "004", date(1986, 2, 3), "2a"),
        ("2B", "033", date(1990, 7, 8), " 2b "),
        ("20", "004", date(1955, 3, 4), "20"),
        ("20", "004", date(1955, 3, 4), "2A"),
        ("99", "352", date(1970, 5, 6), "99"),
        ("971", "05", date(1970, 5, 6), "971"),
        ("974", "11", date(1970, 5, 6), "974"),
        ("988", "18", date(1970, 5, 6), "988"),
        ("01", "053", date(1948, 9, 9), "1"),
        ("38", "185", date(1956, 2, 29), "38"),
        ("38", "185", date(2000, 2, 29), "038"),
    ],
)
def test_wherever_and_whenever_one_is_born_a_link_leaves(
    newcomer: Newcomer, department: str, commune: str, born: date, typed: str
) -> None:
    """A3: Corsica before and after 1976, abroad, overseas, 29 February."""
    person = newcomer(department, commune, on=born)

    assert ask(person, birth_department=typed).status_code == 200
    assert links() == 1


def test_the_department_inside_the_number_is_accepted_where_the_file_knows_another(
    newcomer: Newcomer,
) -> None:
    """ACT-01: the real department, or the one of the number."""
    person = newcomer("69", "185", nir_department="38")
    ask(person, birth_department="38")
    Limit.objects.all().delete()
    ask(person, birth_department="69")

    assert links() == 2


@pytest.mark.parametrize("born", ["29/02/1955", "30/02/1956", "29/02/1900", "31/04/1956"])
def test_a_day_that_does_not_exist_is_said_at_its_field(newcomer: Newcomer, born: str) -> None:
    response = ask(newcomer("38", "185"), birth_date=born)

    assert response.status_code == 422
    assert "Écrivez la date" in words(response)
    assert 'aria-describedby="id_birth_date_helptext id_birth_date_error"' in response.content.decode()


@pytest.mark.parametrize(
    "write",
    [
        lambda number: " ".join(number),
        lambda number: ".".join(number),
        lambda number: "\u00a0".join(number),
        lambda number: "\u202f".join(number),
        lambda number: "-".join(number),
        lambda number: "".join(chr(ord(one) + 0xFEE0) for one in number),
        lambda number: f"\ufeff{number[:7]}\u200b{number[7:]}\u200e",
    ],
    ids=["spaces", "dots", "no-break spaces", "narrow spaces", "hyphens", "wide figures", "unseen marks"],
)
def test_a_number_is_understood_however_it_is_copied(newcomer: Newcomer, write: Callable[[str], str]) -> None:
    person = newcomer("2A", "004", on=date(1986, 2, 3))

    assert ask(person, nir=write(person.nir)).status_code == 200
    assert links() == 1


@pytest.mark.parametrize(
    ("on_file", "typed"),
    [
        ({"last_name": "LE GOFF-MARTIN"}, {"last_name": "Le Goff Martin"}),
        ({"last_name": "D’ARCY"}, {"last_name": "d'arcy"}),
        ({"last_name": "Lefèvre"}, {"last_name": "LEFEVRE"}),
        ({"last_name": "Cœur"}, {"last_name": "coeur"}),
        ({"last_name": "Vautrin"}, {"last_name": "V\u0430utrin"}),
        ({"last_name": "Vautrin", "birth_name": "Durand"}, {"last_name": "durand"}),
        ({"first_name": "Jean-Pierre"}, {"first_name": "jean pierre"}),
        ({"first_name": "Élodie"}, {"first_name": "E\u0301LODIE"}),
    ],
)
def test_a_name_is_understood_however_it_is_written(
    newcomer: Newcomer, on_file: dict[str, str], typed: dict[str, str]
) -> None:
    """A3: accents, hyphens, double names, apostrophes, letters that look alike, birth name."""
    person = newcomer("38", "185", **on_file)

    assert ask(person, **typed).status_code == 200
    assert links() == 1


@pytest.mark.parametrize("name", ["Vautrin-Durand", "Vautri", "", "Vautrin Vautrin"])
def test_half_a_name_or_another_one_brings_no_link_and_the_same_page(newcomer: Newcomer, name: str) -> None:
    """A1"""
    person = newcomer("38", "185")
    right = neutral(ask(person))
    wrong = neutral(ask(person, last_name=name or "X"))

    assert wrong == right
    assert links() == 1


@pytest.mark.parametrize("field", ["last_name", "first_name", "nir", "birth_date", "birth_department"])
@pytest.mark.parametrize("added", ["\r\nBcc: all@example.org", "\nSubject: x", "\u2028To: x@example.org"])
def test_a_line_break_in_a_field_reaches_no_header_of_a_mail(
    newcomer: Newcomer, field: str, added: str
) -> None:
    """A53: what is typed is compared and never written."""
    person = newcomer("38", "185")
    values = {"birth_date": "15/01/1984", "birth_department": "38"}
    before = values.get(field) or getattr(person, field)

    response = ask(person, **{field: before + added})

    assert response.status_code in {200, 422}
    assert "Bcc" not in str(response.headers)
    drain()
    for mail in Delivery.objects.all():
        assert mail.to == person.email
        assert "example.org" not in mail.subject


@pytest.mark.parametrize("field", ["nir", "birth_date", "birth_department", "last_name", "first_name"])
def test_a_field_that_comes_twice_is_refused(newcomer: Newcomer, field: str) -> None:
    """A60"""
    person = newcomer("38", "185")
    values = {"nir": person.nir, "birth_date": "15/01/1984", "birth_department": "38"}
    first = values.get(field) or getattr(person, field)

    assert ask(person, **{field: [first, "x"]}).status_code == 400
    assert links() == 0


def test_a_set_password_form_with_a_field_twice_is_refused(newcomer: Newcomer) -> None:
    """A60"""
    ask(newcomer("38", "185"))
    drain()
    path = "/mot-de-passe/" + Delivery.objects.get().body.partition("/mot-de-passe/")[2].split()[0]

    assert Client().post(path, {"birth_date": ["15/01/1984", "x"]}).status_code == 400
    assert Client().get(path, {"a": ["1", "2"]}).status_code == 400


@pytest.mark.parametrize("address", [ACTIVATE, FORGOTTEN, f"/mot-de-passe/{'0' * 32}/"])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_another_method_is_refused(db: None, address: str, method: str) -> None:
    """A60"""
    assert Client().generic(method, address).status_code == 405


@pytest.mark.parametrize(
    "token",
    ["0" * 32, "x", "0" * 4000, "%00", "%0d%0aSet-Cookie:a=b", "..%2f..%2f", "é", "💥", "' OR 1=1 --"],
)
def test_an_unknown_token_is_answered_like_a_used_one(db: None, token: str) -> None:
    one, known = Client().get(f"/mot-de-passe/{token}/"), Client().get(f"/mot-de-passe/{'1' * 32}/")

    assert one.status_code == 404
    assert "Set-Cookie" not in str(one.headers)
    # A path of several parts is no link at all.
    if "%2f" not in token:
        assert words(one) == words(known)


def test_nothing_that_was_typed_reaches_the_log(
    newcomer: Newcomer, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """A66: neither number, name nor birth date, known or unknown."""
    person = newcomer("38", "185")
    with caplog.at_level(logging.DEBUG):
        ask(person)
        ask(person, last_name="Zzyzx-Introuvable")
        ask(person, nir="1 84 01 38 185 042 99")
        ask(person, last_name=["Zzyzx-Introuvable", "x"])
    heard = caplog.text + "".join(capsys.readouterr())

    for secret in (person.nir, person.nir[:13], "Zzyzx", "15/01/1984", person.email):
        assert secret not in heard


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    changed=st.dictionaries(
        st.sampled_from(["birth_department", "last_name", "first_name"]),
        st.text(min_size=1, max_size=20).filter(str.strip),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_is_wrong_the_page_is_the_same_or_says_so_at_a_field(
    newcomer: Newcomer, changed: dict[str, str]
) -> None:
    """A1: 200 is one page for known and unknown; 422 comes from the form of what was typed alone."""
    person = newcomer("38", "185")
    known, unknown = ask(person, **changed), ask(person, **changed, nir="299093818500162")

    assert known.status_code == unknown.status_code
    assert known.status_code in {200, 422}
    if known.status_code == 200:
        assert neutral(known) == neutral(unknown)
    else:
        assert words(known) == words(unknown)
    assert connection.is_usable()
