"""The deposit page (DEP-01, DEP-02, B-01)."""

import io
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.foundation.web import uploads
from entraide.profiles import PAGE_ADDRESSES
from tests.conftest import Household
from tests.portal.domain.requests.samples import GOOD, pdf
from tests.portal.domain.requests.test_disk_full import no_file_larger_than
from tests.portal.member_site.requests.conftest import Answers, key_in, text_of, upload

pytestmark = pytest.mark.django_db


def test_the_page_says_limits_papers_and_warning_before_anything_is_chosen(member_client: Client) -> None:
    """DEP-01, DEP-02."""
    response = member_client.get("/depot/")

    page = text_of(response)
    assert response.status_code == 200
    assert "10 fichiers au plus" in page
    assert "10 Mo au plus par fichier" in page
    assert "Au plus 250 fichiers en 24 heures." in page
    assert "Une seule sorte de demande par envoi" in page
    for category in settings.PROFILE.deposit.categories:
        if category.by_message or category.own_form:
            assert f'name="category" value="{category.id}"' not in page
            continue
        assert f'name="category" value="{category.id}"' in page
        for kind in category.types:
            if kind.own_page:
                assert f'value="{kind.id}"' not in page
                assert f'href="{PAGE_ADDRESSES[kind.own_page]}"' in page
                continue
            assert f'value="{kind.id}"' in page
            assert kind.pieces[0].fr.replace("\xa0", " ") in page.replace("&#34;", '"')


@pytest.mark.parametrize(("category", "type_id"), [("bank", "bank-contract"), ("hospital", "hospital-cover")])
def test_what_has_a_page_of_its_own_is_not_taken_as_papers(
    member_client: Client, answers: Answers, category: str, type_id: str
) -> None:
    """A71, PEC-01: an account does not change, and a hospital is not told, by a paper among others."""
    response = member_client.post("/depot/", answers(category=category, type=type_id, files=[upload()]))

    assert response.status_code == 422
    assert not Request.objects.exists()
    assert RequestFile.objects.count() == 1


def test_everything_in_one_post_leads_to_the_receipt(member_client: Client, answers: Answers) -> None:
    """DEP-01, B-01: no `action` field means send."""
    response = member_client.post("/depot/", answers(files=[upload(), upload("iphone.heic")]))

    request = Request.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == f"/demandes/{request.reference}/?envoye=1"
    assert request.description == "Ma facture"
    assert [one.name for one in request.files.all()] == ["facture.pdf", "iphone.heic"]


def test_step_by_step_without_a_script(member_client: Client, answers: Answers) -> None:
    """Files are added in two goes, one is taken off, and the rest is sent."""
    key = key_in(member_client.get("/depot/"))
    first = member_client.post(
        "/depot/", {"request_key": key, "action": "add", "files": [upload()], "description": "Tapé"}
    )
    second = member_client.post(
        "/depot/", {"request_key": key, "action": "add", "files": [upload("photo.jpg")]}
    )
    dropped = next(one for one in RequestFile.objects.all() if one.name == "facture.pdf")
    third = member_client.post("/depot/", {"request_key": key, "action": f"remove:{dropped.pk}"})

    last = member_client.post("/depot/", answers(request_key=key, files=None, action="send"))

    assert [one.status_code for one in (first, second, third, last)] == [200, 200, 200, 303]
    assert "Tapé" in text_of(first)
    assert "error-summary" not in text_of(first)
    assert key_in(first) == key
    assert "2 fichiers déjà ajoutés" in text_of(second)
    assert "1 fichier déjà ajouté" in text_of(third)
    assert [one.name for one in Request.objects.get().files.all()] == ["photo.jpg"]


def test_choosing_a_category_shows_the_form_again_without_complaint(member_client: Client) -> None:
    category = settings.PROFILE.deposit.categories[2]

    response = member_client.post(
        "/depot/", {"request_key": str(uuid4()), "action": "choose", "category": category.id}
    )

    assert response.status_code == 200
    assert f'value="{category.id}" id="id_category_2" checked' in text_of(response)
    assert "error-summary" not in text_of(response)


def test_a_link_may_choose_category_and_type(member_client: Client) -> None:
    """B-04: another page leads here with both filled in."""
    category = settings.PROFILE.deposit.categories[1]

    page = text_of(member_client.get("/depot/", {"category": category.id, "type": category.types[0].id}))

    assert f'value="{category.id}" id="id_category_1" checked' in page
    assert f'value="{category.types[0].id}" id="id_type_{category.types[0].id}" checked' in page


def test_one_bad_file_is_named_and_the_good_ones_stay(member_client: Client, answers: Answers) -> None:
    """Decision on uploads: a plain message per file, and the other files stay."""
    given = answers(files=[upload(), upload("scan.pdf", b""), upload("photo.jpg")], description="Bonjour")

    response = member_client.post("/depot/", given)

    page = text_of(response)
    assert response.status_code == 422
    assert "« scan.pdf » est vide" in page
    assert 'href="#id_files"' in page
    assert "2 fichiers déjà ajoutés" in page
    assert "Bonjour" in page
    assert not Request.objects.exists()

    again = member_client.post("/depot/", answers(request_key=given["request_key"], files=None))

    assert again.status_code == 303
    assert [one.name for one in Request.objects.get().files.all()] == ["facture.pdf", "photo.jpg"]


def test_eleven_files_are_one_too_many(member_client: Client, answers: Answers) -> None:
    files = [upload(f"page{number}.pdf", pdf(words=str(number))) for number in range(11)]

    response = member_client.post("/depot/", answers(files=files))

    assert response.status_code == 422
    assert "« page10.pdf » n’a pas été ajouté" in text_of(response)
    assert "10 fichiers déjà ajoutés" in text_of(response)


def test_a_file_above_ten_megabytes_is_refused(member_client: Client, answers: Answers) -> None:
    response = member_client.post("/depot/", answers(files=[upload("gros.pdf", bytes(10 * 1024 * 1024 + 1))]))

    assert response.status_code == 422
    assert "« gros.pdf » dépasse 10 Mo" in text_of(response)


def test_a_body_over_the_limit_is_413_with_what_was_typed(
    member_client: Client, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Contract: 413, the same page. The limit is lowered here, the reading of the body is real."""
    monkeypatch.setattr(uploads, "MAX_REQUEST_BYTES", 1000)

    response = member_client.post(
        "/depot/", answers(files=[upload("a.pdf", bytes(200_000))], description="Mot")
    )

    assert response.status_code == 413
    assert "Votre envoi est trop lourd" in text_of(response)
    assert "Mot" in text_of(response)
    assert not RequestFile.objects.exists()


def test_an_empty_form_says_what_is_missing(member_client: Client) -> None:
    response = member_client.post("/depot/", {"request_key": str(uuid4())})

    page = text_of(response)
    assert response.status_code == 422
    assert "Choisissez ce que vous voulez nous envoyer." in page
    assert "Choisissez la personne concernée." in page
    assert "Ajoutez au moins un fichier." in page


def test_a_type_of_another_category_is_tied_to_its_field(member_client: Client, answers: Answers) -> None:
    """DEP-02."""
    other = settings.PROFILE.deposit.categories[1]

    response = member_client.post("/depot/", answers(type=other.types[0].id))

    assert response.status_code == 422
    assert f'href="#types-{settings.PROFILE.deposit.categories[0].id}"' in text_of(response)


def test_a_stranger_cannot_be_the_person_concerned(
    member_client: Client, answers: Answers, stranger: object
) -> None:
    response = member_client.post("/depot/", answers(beneficiary=str(stranger.pk)))  # type: ignore[attr-defined]

    assert response.status_code == 422
    assert "Choisissez une personne de votre contrat." in text_of(response)
    assert not Request.objects.exists()


@pytest.mark.parametrize("key", [None, "", "not-a-key"])
def test_a_form_without_its_key_comes_back_with_a_new_one(
    member_client: Client, answers: Answers, key: str | None
) -> None:
    response = member_client.post("/depot/", answers(request_key=key))

    assert response.status_code == 422
    assert "Ce formulaire était incomplet" in text_of(response)
    again = member_client.post("/depot/", answers(request_key=key_in(response), files=None))
    assert again.status_code == 303


def test_the_same_post_twice_is_one_request(member_client: Client, answers: Answers) -> None:
    """Promise of idempotency."""
    key = str(uuid4())

    first = member_client.post("/depot/", answers(request_key=key))
    second = member_client.post("/depot/", answers(request_key=key))

    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert Request.objects.count() == RequestFile.objects.count() == 1


def test_the_same_key_with_other_content_is_409_and_can_be_sent_anew(
    member_client: Client, answers: Answers
) -> None:
    """Promise of idempotency: refused, with a way on; the first request stays as it was."""
    key = str(uuid4())
    member_client.post("/depot/", answers(request_key=key))
    first = Request.objects.get()

    response = member_client.post(
        "/depot/", answers(request_key=key, files=[upload("photo.jpg")], description="Autre")
    )

    page = text_of(response)
    assert response.status_code == 409
    assert f"/demandes/{first.reference}/" in page
    assert "Autre" in page
    assert key_in(response) != key
    assert Request.objects.count() == 1
    assert [one.name for one in first.files.all()] == ["facture.pdf"]

    anew = member_client.post(
        "/depot/", answers(request_key=key_in(response), files=None, description="Autre")
    )

    assert anew.status_code == 303
    assert Request.objects.count() == 2


def test_a_form_already_sent_takes_no_more_files(member_client: Client, answers: Answers) -> None:
    """The way back of the browser shows the old form: what is added goes to a new sending."""
    key = str(uuid4())
    member_client.post("/depot/", answers(request_key=key))

    response = member_client.post(
        "/depot/", {"request_key": key, "action": "add", "files": [upload("photo.jpg")]}
    )

    assert response.status_code == 409
    assert Request.objects.get().files.count() == 1
    assert "1 fichier déjà ajouté" in text_of(response)


def test_a_full_disk_is_said_and_stores_nothing(member_client: Client, answers: Answers) -> None:
    """Contract: honest refusals; nothing half stored."""
    big = pdf(words="x" * 200_000, compress_streams=False)
    given = answers(files=[upload("gros.pdf", big)], description="Gardé")

    with no_file_larger_than(len(big)):
        response = member_client.post("/depot/", given)

    assert response.status_code == 507
    assert "ne peuvent pas recevoir de fichiers" in text_of(response)
    assert "Gardé" in text_of(response)
    assert not RequestFile.objects.exists()


def test_a_dependant_sends_for_oneself_only(household: Household, sign_in: object) -> None:
    client = sign_in(Client(), household.spouse)  # type: ignore[operator]

    page = text_of(client.get("/depot/"))

    assert household.spouse.first_name in page
    assert str(household.child.pk) not in page


def test_anonymous_goes_to_sign_in(client: Client, answers: Answers) -> None:
    assert client.get("/depot/").headers["Location"].startswith("/connexion/")
    assert client.post("/depot/", answers()).headers["Location"].startswith("/connexion/")
    assert not Request.objects.exists()


def test_other_methods_are_405(member_client: Client) -> None:
    assert member_client.put("/depot/").status_code == 405


def test_a_post_without_the_csrf_token_is_refused(
    household: Household, sign_in: object, answers: Answers
) -> None:
    """A56."""
    client = sign_in(Client(enforce_csrf_checks=True), household.primary)  # type: ignore[operator]

    assert client.post("/depot/", answers()).status_code == 403
    assert not RequestFile.objects.exists()


def test_the_page_asks_the_database_little_whatever_is_held(member_client: Client) -> None:
    key = str(uuid4())

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            member_client.post("/depot/", {"request_key": key, "action": "add"})
        return len(captured)

    queries()
    empty = queries()
    files = [upload(f"page{number}.pdf", pdf(words=str(number))) for number in range(8)]
    member_client.post("/depot/", {"request_key": key, "action": "add", "files": files})

    assert queries() == empty <= 12


def test_the_page_speaks_english(member_client: Client) -> None:
    category = settings.PROFILE.deposit.categories[0]

    response = member_client.get("/depot/", headers={"Accept-Language": "en"})

    assert category.label.en in text_of(response)
    assert response.headers["Content-Language"] == "en"


def test_an_upload_in_memory_is_as_good_as_one_on_disk(member_client: Client, answers: Answers) -> None:
    source = io.BytesIO(GOOD["scan.tif"])
    source.name = "scan.tif"

    assert member_client.post("/depot/", answers(files=[source])).status_code == 303
