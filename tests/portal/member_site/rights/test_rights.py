"""/droits/ and /droits/journal/: what is mine by right, and who consulted my file (A69, B-11, B-12)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.consultations.actions import Reader, Reading, consulted, consulted_by_relative
from entraide.portal.domain.consultations.enums import Outcome, ReaderKind, Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household

SignIn = Callable[[Client, Beneficiary], Client]
EMPTY = "Personne d’autre que vous n’a consulté votre dossier."
AGENT = Reader(uuid4(), ReaderKind.AGENT, "Ada Aron", "handler")


def page(client: Client, address: str = "/droits/journal/", *, english: bool = False) -> str:
    headers = {"Accept-Language": "en"} if english else {}
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\xa0", " ").split())


@pytest.fixture
def read(household: Household, viewer: Viewer) -> None:
    """Anne read Bruno's amounts and Elsa's care; an agent opened Anne's file."""
    now = timezone.now()
    readings = [Reading(household.spouse.pk, Seen.AMOUNTS), Reading(household.child.pk, Seen.CARE)]
    consulted_by_relative(viewer, readings, network="192.0.2.9", now=now)
    own = [Reading(household.primary.pk, Seen.CARE)]
    consulted(AGENT, own, reason="Votre appel du 3 mars", network="192.0.2.8", now=now)
    drain()


def test_the_page_of_rights_leads_to_journal_and_copy_and_keeps_its_words(member_client: Client) -> None:
    words = page(member_client, "/droits/")

    for expected in (
        'href="/droits/journal/"',
        'href="/droits/mes-donnees/"',
        "Médiateur de la Mutualité Française",
        "un mois après votre demande",
        "10 jours ouvrables",
    ):
        assert expected in words


def test_nobody_read_my_file_is_said(member_client: Client) -> None:
    assert EMPTY in page(member_client)


def test_what_an_agent_opened_is_told_in_words_with_the_reason(member_client: Client, read: None) -> None:
    words = page(member_client)

    assert "Ada Aron, de votre mutuelle (Gestion des demandes), a consulté vos soins remboursés." in words
    assert "Motif : Votre appel du 3 mars" in words
    assert "192.0.2" not in words


def test_what_was_refused_is_told_as_such(member_client: Client, household: Household) -> None:
    consulted(
        AGENT, [Reading(household.primary.pk, Seen.BANK)], reason="Contrôle", network="",
        outcome=Outcome.REFUSED, now=timezone.now(),
    )  # fmt: skip
    drain()

    assert "a voulu consulter vos coordonnées bancaires : l’accès a été refusé." in page(member_client)


def test_a_spouse_sees_who_read_theirs(
    client: Client, household: Household, sign_in: SignIn, read: None
) -> None:
    words = page(sign_in(client, household.spouse))

    told = (
        "Anne Vautrin (assuré principal) a consulté les montants versés pour vous, sans le détail des soins."
    )
    assert told in words
    assert "Elsa" not in words
    assert "Ada Aron" not in words


def test_a_parent_reads_the_journal_of_a_child(
    member_client: Client, household: Household, read: None
) -> None:
    words = page(member_client, f"/droits/journal/?person={household.child.pk}")

    assert "Vous avez consulté les soins d’Elsa." in words
    assert "Ada Aron" not in words


@pytest.mark.parametrize("role", ["spouse", "adult_child", "teen"])
def test_the_journal_of_an_adult_or_of_a_child_from_16_is_theirs(
    member_client: Client, household: Household, role: str, read: None
) -> None:
    person = getattr(household, role)

    assert member_client.get(f"/droits/journal/?person={person.pk}").status_code == 404
    assert person.full_name not in page(member_client)


def test_someone_elses_journal_is_not_found(
    client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn, read: None
) -> None:
    sign_in(client, stranger)

    for person in household.people:
        assert client.get(f"/droits/journal/?person={person.pk}").status_code == 404
    assert EMPTY in page(client)


@pytest.mark.parametrize("asked", ["x", "00000000-0000-4000-8000-000000000000", "1' OR 1=1"])
def test_a_person_who_is_not_there_is_not_found(member_client: Client, asked: str) -> None:
    assert member_client.get("/droits/journal/", {"person": asked}).status_code == 404


def test_newest_first_and_in_pages(member_client: Client, household: Household) -> None:
    for number in range(25):
        at = timezone.now() - timedelta(days=25 - number)
        consulted(
            AGENT, [Reading(household.primary.pk, Seen.CARE)], reason=f"N°{number}.", network="", now=at
        )
    drain()

    first, second = page(member_client), page(member_client, "/droits/journal/?page=2")

    assert first.index("N°24.") < first.index("N°23.")
    assert "N°14." not in first
    assert "N°14." in second
    assert "Page 1 sur 3" in first


def test_the_words_are_there_in_english(member_client: Client, household: Household, read: None) -> None:
    assert "Ada Aron of your mutual" in page(member_client, english=True)
    child = page(member_client, f"/droits/journal/?person={household.child.pk}", english=True)
    assert "You read the care of Elsa." in child


def test_every_kind_of_reading_has_its_words(member_client: Client, household: Household) -> None:
    readings = [Reading(person.pk, seen) for person in (household.primary, household.child) for seen in Seen]
    consulted(AGENT, readings, reason="Essai", network="", now=timezone.now())
    drain()

    for whose in ("", f"&person={household.child.pk}"):
        pages = [page(member_client, f"/droits/journal/?page={number}{whose}") for number in (1, 2)]
        assert sum(one.count("), a consulté ") for one in pages) == len(Seen)


@pytest.mark.parametrize("size", [1, 60])
def test_the_number_of_questions_does_not_grow(
    member_client: Client,
    household: Household,
    size: int,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    readings = [Reading(household.primary.pk, Seen.REQUEST, uuid4()) for _ in range(size)]
    consulted(AGENT, readings, reason="Essai", network="", now=timezone.now())
    drain()
    assert Consultation.objects.count() == size

    with django_assert_max_num_queries(5):  # type: ignore[attr-defined]
        page(member_client)


@pytest.mark.parametrize("address", ["/droits/", "/droits/journal/"])
def test_anonymous_goes_to_sign_in(client: Client, db: None, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/connexion/?next=")


@pytest.mark.parametrize("address", ["/droits/", "/droits/journal/"])
def test_posting_is_not_allowed(member_client: Client, address: str) -> None:
    assert member_client.post(address).status_code == 405
