"""Papers at the desk: a claim with its papers, and a paper asked for by its name (B-04, B-14, DEP-04)."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Message, Request, RequestFile
from tests.conftest import Household
from tests.portal.domain.correspondence.history import ask
from tests.portal.domain.handling.conftest import reference
from tests.portal.member_site.requests.conftest import key_in, text_of, upload

CLAIM = "/remboursements/demande/"


def paper(name: str) -> str:
    return next(one.label.fr for one in settings.PROFILE.pieces.papers if one.id == name)


def claim_of(
    client: Client, person: Beneficiary, care: str = "specialist-surgery", **more: object
) -> Request:
    body: dict[str, object] = {
        "care": care, "paid": "all", "feed": "off", "beneficiary": str(person.pk),
        "care_date": f"{timezone.localdate():%d/%m/%Y}", "professional": "Cabinet des Cimes",
        "amount": "54,90", "compulsory": "", "description": "", "incomplete": "on",
        "request_key": str(uuid4()), "piece-statement": [upload()],
    }  # fmt: skip
    answer = client.post(CLAIM, body | more)
    assert answer.status_code == 303, text_of(answer)
    return Request.objects.get(reference=answer.headers["Location"].split("/")[2])


@pytest.fixture
def claim(member_client: Client, household: Household) -> Request:
    """Anne paid a specialist, and sent one of the two papers."""
    return claim_of(member_client, household.primary)


def page_of(request: Request, part: str = "") -> str:
    return f"/gestion/demandes/{request.reference}/{part}"


def reply_to(request: Request) -> str:
    return f"/demandes/{request.reference}/repondre/"


def act(client: Client, request: Request, what: str, **more: Any) -> Any:
    return client.post(page_of(request, "agir/"), {"act": what, **more})


def test_a_claim_is_shown_with_its_figures_and_which_file_is_which_paper(
    agent_client: Client, claim: Request
) -> None:
    page = text_of(agent_client.get(page_of(claim)))

    assert "Demande de remboursement" in page
    assert "Cabinet des Cimes" in page
    assert "54,90 €" in page
    assert page.index(paper("statement")) < page.index("facture.pdf")
    assert paper("stamped-detailed-invoice") in page


def test_a_claim_goes_to_the_team_that_reimburses_whatever_the_care(
    member_client: Client, household: Household
) -> None:
    claim = claim_of(member_client, household.primary, "hospital-stay", **{"piece-invoice": [upload()]})

    team = next(one for one in settings.PROFILE.desk.teams if "claim" in one.kinds)
    assert (claim.category, claim.team) == ("hospital", team.id)


def test_reasons_of_a_claim_refuse_a_claim_and_nothing_else(
    agent_client: Client, member_client: Client, claim: Request, household: Household
) -> None:
    sent = ask(household.primary, at=timezone.now())
    Request.objects.filter(pk=sent.pk).update(reference=reference(7))
    sent.refresh_from_db()

    assert act(agent_client, sent, "refuse", code="paid-to-professional").status_code == 422
    assert act(agent_client, claim, "refuse", code="paid-to-professional").status_code == 303

    claim.refresh_from_db()
    sent.refresh_from_db()
    refusal = settings.PROFILE.desk.refusal_named("paid-to-professional")
    assert (claim.state, sent.state) == ("refused", "received")
    assert refusal is not None
    assert refusal.next.fr.replace("\xa0", " ") in text_of(member_client.get(f"/demandes/{claim.reference}/"))


def test_a_paper_asked_for_by_name_has_its_place_in_the_reply(
    agent_client: Client, member_client: Client, claim: Request
) -> None:
    wanted = "stamped-detailed-invoice"
    assert act(agent_client, claim, "ask", papers=[wanted]).status_code == 303

    page = text_of(member_client.get(f"/demandes/{claim.reference}/"))
    form = member_client.get(reply_to(claim))
    answer = member_client.post(
        reply_to(claim), {"words": "", "request_key": key_in(form), f"piece-{wanted}": [upload("photo.jpg")]}
    )

    assert page.count(paper(wanted)) >= 2
    assert f'name="piece-{wanted}"' in text_of(form)
    assert answer.status_code == 303
    file = RequestFile.objects.get(message__isnull=False)
    assert file.piece == f"specialist-surgery/{wanted}"
    at_the_desk = text_of(agent_client.get(page_of(claim)))
    assert at_the_desk.index(paper(wanted)) < at_the_desk.index("photo.jpg")
    claim.refresh_from_db()
    assert claim.state == "in_progress"


def test_a_paper_that_stays_away_needs_a_word(
    agent_client: Client, member_client: Client, claim: Request
) -> None:
    act(agent_client, claim, "ask", words="Il manque un papier", papers=["stamped-detailed-invoice"])
    key = key_in(member_client.get(reply_to(claim)))
    body = {"words": "", "request_key": key, "files": [upload("photo.jpg")]}

    refused = member_client.post(reply_to(claim), body)
    sent = member_client.post(reply_to(claim), {"words": "Le cabinet a fermé", "request_key": key})

    assert refused.status_code == 422
    assert "Ajoutez ce papier, ou écrivez-nous plus bas pourquoi" in text_of(refused)
    assert "photo.jpg" in text_of(refused)
    assert sent.status_code == 303
    # The photo was kept for the form, and goes with the second try.
    assert RequestFile.objects.get(message__isnull=False).piece == ""


def test_a_paper_that_the_mutual_does_not_know_is_not_asked_for(agent_client: Client, claim: Request) -> None:
    answer = act(agent_client, claim, "ask", words="Ce papier", papers=["horoscope"])

    assert answer.status_code == 422
    assert "Choisissez une ligne de la liste." in text_of(answer)
    assert "Ce papier" in text_of(answer)
    assert not Message.objects.exists()


def test_in_english_the_names_of_papers_are_english(
    agent_client: Client, member_client: Client, claim: Request
) -> None:
    act(agent_client, claim, "ask", papers=["stamped-detailed-invoice"])

    page = member_client.get(reply_to(claim), headers={"Accept-Language": "en"}).content.decode()

    label = next(
        one.label.en for one in settings.PROFILE.pieces.papers if one.id == "stamped-detailed-invoice"
    )
    assert label.replace("'", "&#39;") in page or label in page
