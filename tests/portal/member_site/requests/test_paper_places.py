"""Each paper of a care in its own place, one care in a sending, an old prescription told (B-04, DEP-02)."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.pieces import is_outdated
from tests.conftest import Household
from tests.portal.domain.requests.samples import pdf
from tests.portal.member_site.requests.conftest import Answers, key_in, text_of, upload

pytestmark = pytest.mark.django_db
PHARMACY = {"category": "everyday-care", "type": "pharmacy", "paid": "part", "feed": "off"}
LENSES = {"category": "optical", "type": "contact-lenses-other", "paid": "all", "feed": "on"}
STATEMENT = pdf(words="decompte")
# The prescription was good until the day of care, and not one day more.
IN_TIME = {"prescription_date": "15/03/2024", "care_date": "15/03/2026"}
TOO_OLD = {"prescription_date": "14/03/2024", "care_date": "15/03/2026"}


def both_papers() -> dict[str, object]:
    return {
        "piece-statement": [upload("decompte.pdf", STATEMENT)],
        "piece-detailed-invoice": [upload("facture.pdf")],
    }


def both_lens_papers() -> dict[str, object]:
    return {"piece-prescription": [upload("photo.jpg")], "piece-invoice": [upload()]}


def pieces_of(request: Request) -> dict[str, str]:
    return {one.name: one.piece for one in request.files.all()}


def test_the_assistant_leads_to_one_place_for_each_paper(member_client: Client) -> None:
    page = text_of(member_client.get("/depot/", PHARMACY))

    assert 'name="piece-statement"' in page
    assert 'name="piece-detailed-invoice"' in page
    assert '<input type="hidden" name="type" value="pharmacy">' in page
    assert 'name="paid" value="part"' in page
    assert "/depot/pieces/?care=pharmacy&paid=part&feed=off" in page
    assert "data-kinds" not in page


@pytest.mark.parametrize(
    "changed", [{"category": "optical"}, {"paid": "beaucoup"}, {"paid": ""}, {"type": "quote-other"}]
)
def test_answers_that_do_not_go_together_leave_the_plain_deposit(
    member_client: Client, changed: dict[str, str]
) -> None:
    page = text_of(member_client.get("/depot/", {**PHARMACY, **changed}))

    assert "piece-" not in page
    assert "data-kinds" in page


def test_the_request_knows_which_file_is_which_paper(member_client: Client, answers: Answers) -> None:
    given = answers(**PHARMACY, **both_papers(), files=[upload("photo.jpg")])

    response = member_client.post("/depot/", given)

    request = Request.objects.get()
    assert response.status_code == 303
    assert pieces_of(request) == {
        "decompte.pdf": "pharmacy/statement",
        "facture.pdf": "pharmacy/detailed-invoice",
        "photo.jpg": "",
    }
    page = text_of(member_client.get(f"/demandes/{request.reference}/"))
    assert "Le décompte original de la Sécurité sociale" in page
    assert "Une partie du reste" in page


def test_a_paper_that_is_missing_is_named_and_the_one_that_came_stays(
    member_client: Client, answers: Answers
) -> None:
    given = answers(**PHARMACY, **{"piece-statement": [upload()]}, files=None)

    first = member_client.post("/depot/", given)
    page = text_of(first)
    again = answers(
        **PHARMACY,
        **{"piece-detailed-invoice": [upload("photo.jpg")]},
        files=None,
        request_key=given["request_key"],
    )
    second = member_client.post("/depot/", again)

    assert [first.status_code, second.status_code] == [422, 303]
    assert 'href="#id_piece-detailed-invoice"' in page
    assert 'href="#id_piece-statement"' not in page
    assert "Ajouté : 1 fichier" in page
    assert set(pieces_of(Request.objects.get()).values()) == {
        "pharmacy/statement",
        "pharmacy/detailed-invoice",
    }


def test_who_lacks_a_paper_says_so_and_sends(member_client: Client, answers: Answers) -> None:
    given = answers(**PHARMACY, **{"piece-statement": [upload()]}, files=None, incomplete="on")

    response = member_client.post("/depot/", given)

    assert response.status_code == 303
    page = text_of(member_client.get(response.headers["Location"]))
    assert "Envoyé sans" in page
    assert "La facture acquittée et détaillée" in page


def test_saying_so_sends_no_empty_envelope(member_client: Client, answers: Answers) -> None:
    response = member_client.post("/depot/", answers(**PHARMACY, files=None, incomplete="on"))

    assert response.status_code == 422
    assert "Ajoutez au moins un fichier" in text_of(response)
    assert not Request.objects.exists()


def test_papers_are_added_and_changed_one_after_the_other_without_a_script(member_client: Client) -> None:
    key = key_in(member_client.get("/depot/", PHARMACY))
    kept = {**PHARMACY, "request_key": key}
    member_client.post("/depot/", {**kept, "action": "add", "piece-statement": [upload()]})
    wrong = RequestFile.objects.get()
    removed = member_client.post("/depot/", {**kept, "action": f"remove:{wrong.pk}"})

    right = member_client.post("/depot/", {**kept, "action": "add", "piece-statement": [upload("photo.jpg")]})

    assert "Ajouté :" not in text_of(removed)
    assert "Ajouté : 1 fichier" in text_of(right)
    assert "error-summary" not in text_of(right)
    assert [(one.name, one.piece) for one in RequestFile.objects.all()] == [
        ("photo.jpg", "pharmacy/statement")
    ]


def test_one_file_may_be_two_papers(member_client: Client, answers: Answers) -> None:
    given = answers(
        **PHARMACY,
        **{"piece-statement": [upload()], "piece-detailed-invoice": [upload()]},
        files=None,
    )

    assert member_client.post("/depot/", given).status_code == 303
    assert Request.objects.get().files.count() == 2


def test_two_kinds_of_care_in_one_sending_are_refused_with_the_reason(
    member_client: Client, answers: Answers
) -> None:
    """DEP-02: nothing is stored, and both papers are still there to be sorted."""
    key = str(uuid4())
    member_client.post("/depot/", {**LENSES, "request_key": key, "action": "add", **both_lens_papers()})

    response = member_client.post(
        "/depot/", answers(**PHARMACY, **both_papers(), files=None, request_key=key)
    )

    page = text_of(response)
    assert response.status_code == 422
    assert "un papier pour un autre soin : Lentilles non remboursées" in page
    assert "une seconde demande" in page
    assert "2 autres fichiers ajoutés" in page
    assert not Request.objects.exists()
    for one in RequestFile.objects.filter(piece__startswith="contact-lenses-other/"):
        member_client.post("/depot/", {**PHARMACY, "request_key": key, "action": f"remove:{one.pk}"})
    assert member_client.post("/depot/", answers(**PHARMACY, files=None, request_key=key)).status_code == 303


def test_the_same_form_twice_is_one_request(member_client: Client, answers: Answers) -> None:
    given = answers(**PHARMACY, **both_papers(), files=None)
    first = member_client.post("/depot/", given)

    second = member_client.post("/depot/", {**given, **both_papers()})

    assert [first.status_code, second.status_code] == [303, 303]
    assert first.headers["Location"] == second.headers["Location"]
    assert Request.objects.count() == 1


def test_a_prescription_in_time_is_sent_with_both_days(member_client: Client, answers: Answers) -> None:
    """PIECE-06."""
    response = member_client.post("/depot/", answers(**LENSES, **both_lens_papers(), **IN_TIME, files=None))

    assert response.status_code == 303
    assert "15 mars 2024" in text_of(member_client.get(response.headers["Location"]))


def test_an_old_prescription_is_told_before_and_sent_when_the_member_insists(
    member_client: Client, answers: Answers
) -> None:
    """PIECE-06: said, not refused silently; the files stay."""
    given = answers(**LENSES, **both_lens_papers(), **TOO_OLD, files=None)

    flagged = member_client.post("/depot/", given)
    sent = member_client.post(
        "/depot/",
        answers(**LENSES, **TOO_OLD, files=None, request_key=given["request_key"], old_prescription="on"),
    )

    page = text_of(flagged)
    assert [flagged.status_code, sent.status_code] == [422, 303]
    assert "cette prescription avait plus de 24 mois" in page
    assert 'name="old_prescription"' in page
    assert 'value="14/03/2024"' in page
    assert page.count("Ajouté : 1 fichier") == 2
    assert "Envoyée quand même" in text_of(member_client.get(sent.headers["Location"]))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({}, "Tapez la date"),
        ({"prescription_date": "31/02/2026", "care_date": "15/03/2026"}, "Écrivez la date en chiffres"),
        ({"prescription_date": "01/01/2026", "care_date": "01/01/2199"}, "dans le futur"),
        ({"prescription_date": "16/03/2026", "care_date": "15/03/2026"}, "avant la prescription"),
    ],
)
def test_days_that_cannot_be_are_told(
    member_client: Client, answers: Answers, days: dict[str, str], words: str
) -> None:
    response = member_client.post("/depot/", answers(**LENSES, **both_lens_papers(), **days, files=None))

    assert response.status_code == 422
    assert words in text_of(response)
    assert not Request.objects.exists()


def test_a_prescription_counts_on_its_last_day() -> None:
    leap = date(2024, 2, 29)
    assert not is_outdated(prescribed_on=leap, care_on=date(2026, 2, 28), months=24)
    assert is_outdated(prescribed_on=leap, care_on=date(2026, 3, 1), months=24)


def test_a_bad_file_is_told_at_its_own_paper(member_client: Client, answers: Answers) -> None:
    given = answers(**PHARMACY, **{**both_papers(), "piece-statement": [upload("scan.pdf", b"")]}, files=None)

    page = text_of(member_client.post("/depot/", given))

    assert "« scan.pdf » est vide" in page
    assert 'id="id_piece-statement_error"' in page


def test_nobody_takes_the_files_of_a_stranger(
    member_client: Client, household: Household, answers: Answers, sign_in: object
) -> None:
    key = str(uuid4())
    member_client.post("/depot/", {**PHARMACY, "request_key": key, "action": "add", **both_papers()})
    other = Client()
    sign_in(other, household.adult_child)  # type: ignore[operator]

    page = text_of(other.post("/depot/", {**PHARMACY, "request_key": key, "action": "choose"}))

    assert "decompte.pdf" not in page
