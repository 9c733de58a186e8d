"""/droits/mes-donnees/: a copy of all my data (A79, B-12)."""

import io
import re
import zipfile
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.sessions import FRESH_FACTOR
from tests.conftest import Household

SignIn = Callable[[Client, Beneficiary], Client]
PAGE = "/droits/mes-donnees/"


def words(response: HttpResponse) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def ask(client: Client, key: str = "") -> HttpResponse:
    found = re.search(r'name="request_key" value="([^"]+)"', client.get(PAGE).content.decode())
    assert key or found
    return client.post(PAGE, {"request_key": key or found[1]})  # type: ignore[index]


def grow_stale(client: Client) -> None:
    session = client.session
    session[FRESH_FACTOR] = 0
    session.save()


@pytest.fixture
def ready(member_client: Client) -> str:
    """The address of Anne's copy."""
    ask(member_client)
    drain()
    return f"{PAGE}{DataExport.objects.get().pk}.zip"


def test_asking_shows_the_progress_then_the_copy(member_client: Client) -> None:
    answer = ask(member_client)
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    under_way = words(member_client.get(PAGE))
    drain()
    done = words(member_client.get(PAGE))

    assert "Votre copie se prépare" in under_way
    assert "<progress" in under_way
    assert "Préparer ma copie" not in under_way
    assert "Votre copie est prête" in done
    assert "Télécharger mes données" in done


def test_the_copy_is_a_zip_that_no_cache_keeps_and_comes_once(member_client: Client, ready: str) -> None:
    answer = member_client.post(ready)

    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="mes-donnees-')
    assert "no-store" in answer.headers["Cache-Control"]
    assert int(answer.headers["Content-Length"]) == len(content)
    assert "donnees.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert member_client.post(ready).status_code == 404
    assert "Copie téléchargée" in words(member_client.get(PAGE))


def test_without_a_fresh_proof_nothing_is_asked_or_taken(member_client: Client, ready: str) -> None:
    """A32"""
    grow_stale(member_client)

    for address, data in ((PAGE, {"request_key": str(uuid4())}), (ready, {})):
        answer = member_client.post(address, data)
        assert (
            answer.headers["Location"].startswith("/connexion/confirmer/")
            or "next=" in answer.headers["Location"]
        )
    assert DataExport.objects.get().state == "ready"
    assert "confirmez d’abord que c’est vous" in words(member_client.get(PAGE))
    assert "Télécharger mes données" not in words(member_client.get(PAGE))


def test_the_page_says_so_before_asking_too(member_client: Client) -> None:
    grow_stale(member_client)

    shown = words(member_client.get(PAGE))

    assert "Confirmer, puis demander ma copie" in shown
    assert "request_key" not in shown


def test_someone_elses_copy_is_not_found(
    client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn, ready: str
) -> None:
    """A36"""
    for person in (household.spouse, stranger):
        other = sign_in(Client(), person)
        assert other.post(ready).status_code == 404
        assert "Votre copie est prête" not in words(other.get(PAGE))
    assert DataExport.objects.get().state == "ready"


def test_the_same_form_twice_asks_once(member_client: Client) -> None:
    key = str(uuid4())

    assert [ask(member_client, key).status_code for _ in range(2)] == [302, 302]

    assert DataExport.objects.count() == 1


def test_a_second_copy_while_one_waits_is_refused_clearly(member_client: Client, ready: str) -> None:
    answer = member_client.post(PAGE, {"request_key": str(uuid4())})

    assert answer.status_code == 422
    assert "déjà en préparation ou prête" in words(answer)
    assert DataExport.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "1"])
def test_a_form_without_a_good_key_stores_nothing(member_client: Client, key: str) -> None:
    answer = member_client.post(PAGE, {"request_key": key})

    assert answer.status_code == 422
    assert "Rien n’a été demandé" in words(answer)
    assert not DataExport.objects.exists()


def test_the_copy_is_pressed_for_never_followed(member_client: Client, ready: str) -> None:
    """A56: opening an address changes nothing."""
    assert member_client.get(ready).status_code == 405
    assert DataExport.objects.get().state == "ready"


def test_a_copy_that_is_damaged_is_said(
    member_client: Client, ready: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    DataExport.objects.update(stored_name="00" * 20)

    answer = member_client.post(ready, follow=True)

    assert "Cette copie est abîmée" in words(answer)
    assert "Préparer ma copie" in words(answer)


def test_the_page_exists_in_english(member_client: Client) -> None:
    answer = member_client.get(PAGE, headers={"Accept-Language": "en"})

    assert "Take away a copy of my data" in words(answer)


def test_the_page_asks_few_questions(
    member_client: Client, ready: str, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with django_assert_max_num_queries(4):  # type: ignore[attr-defined]
        member_client.get(PAGE)


def test_anonymous_goes_to_sign_in(client: Client, ready: str) -> None:
    assert Client().get(PAGE).headers["Location"].startswith("/connexion/?next=")
    assert Client().post(ready).headers["Location"].startswith("/connexion/")


def test_another_method_is_refused(member_client: Client) -> None:
    assert member_client.put(PAGE).status_code == 405
