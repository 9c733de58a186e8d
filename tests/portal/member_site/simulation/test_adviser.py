"""Asking an adviser: one request with the estimate, the quote and a message, sent once (REMB-05, B-01)."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request, RequestFile
from tests.conftest import Household, Post
from tests.portal.domain.requests.samples import pdf, picture
from tests.portal.domain.simulations.printed_quotes import dental
from tests.portal.member_site.access.steps import words
from tests.portal.member_site.simulation.asking import crown, form, key_in, upload

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Beneficiary], Client]
ASK = crown("conseiller/")
QUOTE_ALONE = "/simulation/devis/conseiller/"


def ask(client: Client, address: str = ASK, **fields: object) -> HttpResponse:
    return client.post(address, form(**({"message": "Est-ce le moins cher ?"} | fields)))


def names(request: Request) -> list[str]:
    return sorted(one.name for one in request.files.all())


def test_the_page_shows_what_the_adviser_receives(member_client: Client) -> None:
    shown = words(member_client.get(ASK))

    assert "Ce que le conseiller reçoit" in shown
    assert "Couronne dentaire" in shown
    assert "Pour Anne Vautrin" in shown
    assert "Numéro de la dent" in shown


def test_one_request_holds_estimate_quote_and_message_and_can_be_followed(
    member_client: Client, household: Household, sent: Callable[[], list[Post]]
) -> None:
    """B-01: reference, receipt, acknowledgement, follow-up."""
    response = ask(member_client, files=[upload(dental()), upload(picture("JPEG"), "photo.jpg")])

    request = Request.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == f"/demandes/{request.reference}/?envoye=1"
    assert (request.category, request.type) == ("quote", "quote-dental")
    assert (request.sender_id, request.concerns_id) == (household.primary.pk, household.primary.pk)
    assert request.description == "Est-ce le moins cher ?"
    assert names(request) == ["devis.pdf", "estimation-couronne.pdf", "photo.jpg"]
    page = member_client.get(response.headers["Location"])
    assert request.reference in words(page)
    assert [one.notice for one in sent()] == ["deposit_received"]


def test_the_estimate_that_is_sent_is_the_one_of_the_page(member_client: Client) -> None:
    ask(member_client)
    request = Request.objects.get()
    held = request.files.get()

    sent_paper = member_client.get(f"/demandes/{request.reference}/fichiers/{held.pk}/").getvalue()
    paper = member_client.get(crown("estimation.pdf")).content

    assert sent_paper == paper


def test_it_concerns_the_child_for_whom_it_was_worked_out(
    member_client: Client, household: Household
) -> None:
    ask(member_client, f"{crown('conseiller/')}&person={household.child.pk}")

    assert Request.objects.get().concerns_id == household.child.pk


def test_a_second_click_sends_once(member_client: Client, sent: Callable[[], list[Post]]) -> None:
    key = str(uuid4())
    answers = [ask(member_client, request_key=key, files=[upload(dental())]) for _click in range(2)]

    assert len({one.headers["Location"] for one in answers}) == 1
    assert Request.objects.count() == 1
    assert RequestFile.objects.count() == 2
    assert len(sent()) == 1


def test_another_message_under_the_same_key_is_a_conflict_and_loses_nothing(member_client: Client) -> None:
    key = str(uuid4())
    ask(member_client, request_key=key)

    again = ask(member_client, request_key=key, message="Autre question", files=[upload(dental())])

    reference = Request.objects.get().reference
    assert again.status_code == 409
    assert reference in words(again)
    assert "Autre question" in again.content.decode()
    assert "devis.pdf" in words(again)
    fresh = key_in(again)
    assert fresh != key
    assert ask(member_client, request_key=fresh, message="Autre question").status_code == 303
    assert "devis.pdf" in names(Request.objects.exclude(reference=reference).get())


def test_another_file_under_the_same_key_is_a_conflict_and_stays(member_client: Client) -> None:
    key = str(uuid4())
    ask(member_client, request_key=key, files=[upload(dental())])

    again = ask(member_client, request_key=key, files=[upload(picture("PNG"), "ordonnance.png")])

    assert again.status_code == 409
    assert "ordonnance.png" in words(again)
    assert "ordonnance.png" not in names(Request.objects.get())


def test_a_bad_file_is_told_and_the_good_ones_stay(member_client: Client) -> None:
    key = str(uuid4())
    refused = ask(member_client, request_key=key, files=[upload(dental()), upload(pdf()[:-40], "abime.pdf")])

    assert refused.status_code == 422
    assert "abîmé ou incomplet" in words(refused)
    assert not Request.objects.exists()
    assert "devis.pdf" in words(refused)
    held = RequestFile.objects.get()
    removed = ask(member_client, request_key=key, action=f"remove:{held.pk}")
    assert removed.status_code == 200
    assert not RequestFile.objects.exists()


def test_a_message_that_is_too_long_is_told_and_stays(member_client: Client) -> None:
    response = ask(member_client, message="x" * 2001)

    assert response.status_code == 422
    assert "2 000 signes au plus" in words(response).replace("\xa0", " ")
    assert "x" * 2001 in response.content.decode()
    assert not RequestFile.objects.exists()


def test_a_quote_that_was_not_read_goes_alone_and_says_which_and_for_whom(
    member_client: Client, household: Household
) -> None:
    page = member_client.get(QUOTE_ALONE)
    fields = {"type": "quote-hearing", "person": str(household.child.pk), "files": [upload(dental())]}

    response = ask(member_client, QUOTE_ALONE, **fields)

    request = Request.objects.get()
    assert "De quel devis s’agit-il" in words(page)
    assert response.status_code == 303
    assert (request.type, request.concerns_id) == ("quote-hearing", household.child.pk)
    assert names(request) == ["devis.pdf"]


def test_a_quote_alone_needs_its_file_its_kind_and_somebody_of_the_family(
    member_client: Client, household: Household, stranger: Beneficiary
) -> None:
    whole = {"type": "quote-dental", "person": str(household.primary.pk), "files": [upload(dental())]}

    no_file = ask(member_client, QUOTE_ALONE, **(whole | {"files": []}))
    no_kind = ask(member_client, QUOTE_ALONE, **(whole | {"type": ""}))
    other = ask(member_client, QUOTE_ALONE, **(whole | {"person": str(stranger.pk)}))

    assert [one.status_code for one in (no_file, no_kind, other)] == [422, 422, 422]
    assert "Ajoutez au moins un fichier." in words(no_file)
    assert not Request.objects.exists()


def test_a_file_that_was_kept_after_the_upload_is_sent(member_client: Client) -> None:
    key = str(uuid4())
    member_client.post(
        "/simulation/devis/fichier/", {"request_key": key, "files": upload(dental()), "keep": "on"}
    )

    ask(member_client, f"{ASK}&quote_file={key}", request_key=key)

    assert names(Request.objects.get()) == ["devis.pdf", "estimation-couronne.pdf"]


def test_the_key_of_a_file_that_was_sent_gives_a_new_form(member_client: Client) -> None:
    key = str(uuid4())
    ask(member_client, request_key=key)

    page = member_client.get(f"{ASK}&quote_file={key}")

    assert key_in(page) != key


def test_the_key_of_somebody_elses_file_shows_nothing_of_it(
    client: Client, member_client: Client, stranger: Beneficiary, sign_in: SignIn
) -> None:
    key = str(uuid4())
    member_client.post(
        "/simulation/devis/fichier/", {"request_key": key, "files": upload(dental()), "keep": "on"}
    )

    page = sign_in(client, stranger).get(f"{QUOTE_ALONE}?quote_file={key}")

    assert page.status_code == 200
    assert "devis.pdf" not in page.content.decode()


def test_answers_without_a_result_go_back_to_their_questions(member_client: Client) -> None:
    for kind, query in (("couronne", "tooth=99"), ("devis", "act_1=CD")):
        response = member_client.get(f"/simulation/{kind}/conseiller/?{query}")
        assert response.headers["Location"] == f"/simulation/{kind}/?{query}"


def test_a_mutual_that_takes_no_quotes_has_no_such_page(
    member_client: Client, settings: LazySettings
) -> None:
    deposit = settings.PROFILE.deposit
    others = tuple(each for each in deposit.categories if each.id != "quote")
    settings.PROFILE = replace(settings.PROFILE, deposit=replace(deposit, categories=others))

    assert member_client.get(ASK).status_code == 404
    assert "conseiller/" not in member_client.get(crown()).content.decode()


def test_a_case_that_does_not_exist_is_not_found(member_client: Client) -> None:
    assert member_client.get("/simulation/voyance/conseiller/").status_code == 404


@pytest.mark.parametrize("address", [ASK, QUOTE_ALONE])
def test_without_a_session_the_page_leads_to_sign_in(client: Client, address: str) -> None:
    for answer in (client.get(address), client.post(address)):
        assert answer.headers["Location"].startswith("/connexion/")


@pytest.mark.parametrize("address", [ASK, QUOTE_ALONE])
def test_the_page_takes_no_other_method(member_client: Client, address: str) -> None:
    assert member_client.put(address).status_code == 405


def test_nobody_asks_about_a_person_of_another_family(member_client: Client, stranger: Beneficiary) -> None:
    """The address of somebody else's simulation is refused before anything is sent."""
    response = ask(member_client, f"{ASK}&person={stranger.pk}")

    assert response.status_code == 302
    assert not Request.objects.exists()
