"""The pieces of a request in the viewer of the desk (A44, A46, A47, A68, A75, B-14)."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.storage import vault
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.agent_site.test_requests import page_of, signed_in
from tests.portal.domain.correspondence.history import ask
from tests.portal.domain.handling.conftest import reference
from tests.portal.domain.requests.samples import GOOD, pdf
from tests.portal.member_site.requests.conftest import text_of

PIECES = {
    "facture.pdf": ("application/pdf", pdf(pages=3)),
    "photo.jpg": ("image/jpeg", GOOD["photo.jpg"]),
    "iphone.heic": ("image/heic", GOOD["iphone.heic"]),
}


@pytest.fixture
def request_(household: Household) -> Request:
    """A bill of three pages, a photo, and a photo of a telephone."""
    request = ask(household.primary, at=timezone.now(), files=tuple(PIECES))
    Request.objects.filter(pk=request.pk).update(reference=reference(8))
    for place, file in enumerate(sorted(request.files.all(), key=lambda one: list(PIECES).index(one.name))):
        media_type, content = PIECES[file.name]
        kept = vault().keep([content])
        file.media_type, file.stored_name, file.size = media_type, kept.name, kept.size
        file.kept_at = timezone.now() + timedelta(seconds=place)
        file.save()
    request.refresh_from_db()
    return request


def piece(request: Request, name: str) -> RequestFile:
    return next(one for one in request.files.all() if one.name == name)


def picture_of(request: Request, name: str, number: int = 1) -> str:
    return page_of(request, f"pieces/{piece(request, name).pk}/{number}.jpg")


def test_the_pieces_stand_beside_the_request(agent_client: Client, request_: Request) -> None:
    """B-14: one screen; a link shows another piece on the same page, and the original is a link too."""
    photo = piece(request_, "photo.jpg").pk
    first = text_of(agent_client.get(page_of(request_)))
    other = text_of(agent_client.get(page_of(request_), {"piece": photo}))

    assert f'src="{picture_of(request_, "facture.pdf")}"' in first
    assert f'href="{page_of(request_)}?piece={photo}&page=1&zoom=#pieces"' in first
    assert f'src="{picture_of(request_, "photo.jpg")}"' in other
    assert f'href="{page_of(request_, f"pieces/{photo}/")}"' in other


def test_after_an_error_the_links_of_the_viewer_lead_to_the_request(
    agent_client: Client, request_: Request
) -> None:
    refused = text_of(agent_client.post(page_of(request_, "agir/"), {"act": "ask", "words": ""}))

    assert f'href="{page_of(request_)}?piece=' in refused
    assert 'href="?' not in refused


def test_the_first_piece_is_shown_and_the_others_are_a_link_away(
    agent_client: Client, request_: Request
) -> None:
    page = text_of(agent_client.get(page_of(request_, "pieces/")))

    assert f'src="{picture_of(request_, "facture.pdf")}"' in page
    assert 'alt="Page 1 sur 3 du fichier facture.pdf"' in page
    assert page.count('aria-current="true"') == 1
    for name in PIECES:
        assert f"piece={piece(request_, name).pk}" in page
    assert page.count("<h1") == 1


def test_pages_and_size_are_links_that_keep_the_rest_of_the_address(
    agent_client: Client, request_: Request
) -> None:
    bill = piece(request_, "facture.pdf").pk
    second = text_of(agent_client.get(page_of(request_, "pieces/"), {"piece": bill, "page": 2}))
    large = text_of(agent_client.get(page_of(request_, "pieces/"), {"piece": bill, "page": 3, "zoom": 1}))

    assert f'src="{picture_of(request_, "facture.pdf", 2)}"' in second
    assert f'href="{page_of(request_, "pieces/")}?piece={bill}&page=1&zoom=#pieces"' in second
    assert f'href="{page_of(request_, "pieces/")}?piece={bill}&page=3&zoom=#pieces"' in second
    assert f'href="{page_of(request_, "pieces/")}?piece={bill}&page=2&zoom=1#pieces"' in second
    assert "pieces__sheet--zoomed" in large
    assert "Ajuster à la largeur" in large
    assert f'href="{page_of(request_, "pieces/")}?piece={bill}&page=2&zoom=1#pieces"' in large
    assert "Page suivante" not in large


@pytest.mark.parametrize("name", PIECES)
def test_a_page_is_a_picture_drawn_anew_and_never_the_file(
    agent_client: Client, request_: Request, name: str
) -> None:
    answer = agent_client.get(picture_of(request_, name))

    assert Image.open(io.BytesIO(answer.content)).format == "JPEG"
    assert answer.content != PIECES[name][1]
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"
    original = agent_client.get(page_of(request_, f"pieces/{piece(request_, name).pk}/"))
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(original.streaming_content) == PIECES[name][1]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("state", "words"),
    [("received", "En cours de contrôle"), ("error", "En cours de contrôle"), ("infected", "Virus trouvé")],
)
def test_what_the_antivirus_keeps_closed_is_named_and_not_opened(
    agent_client: Client, request_: Request, state: str, words: str
) -> None:
    """A47: not by agents either; the journal tells of nothing that was not shown."""
    bill = piece(request_, "facture.pdf")
    RequestFile.objects.filter(pk=bill.pk).update(scan_state=state)

    page = text_of(agent_client.get(page_of(request_, "pieces/")))

    assert words in page
    assert picture_of(request_, "facture.pdf") not in page
    assert page_of(request_, f"pieces/{bill.pk}/") not in page
    for closed in (picture_of(request_, "facture.pdf"), page_of(request_, f"pieces/{bill.pk}/")):
        answer = agent_client.get(closed)
        assert (answer.status_code, answer.headers["Location"]) == (302, page_of(request_))
    drain()
    assert not Consultation.objects.filter(object_id=bill.pk).exists()


def test_what_cannot_be_drawn_is_left_to_the_download(agent_client: Client, request_: Request) -> None:
    bill = piece(request_, "facture.pdf")
    RequestFile.objects.filter(pk=bill.pk).update(stored_name=vault().keep([b"%PDF-1.7 cut"]).name)

    page = text_of(agent_client.get(page_of(request_, "pieces/")))

    assert "ne peut pas être affiché ici" in page
    assert page_of(request_, f"pieces/{bill.pk}/") in page
    assert agent_client.get(picture_of(request_, "facture.pdf")).status_code == 404


def test_the_member_reads_in_their_journal_what_was_shown(
    agent_client: Client, member_client: Client, request_: Request
) -> None:
    """A69: one line for a piece however many of its pages are turned, none for one that was only listed."""
    for number in (1, 2, 3):
        agent_client.get(page_of(request_, "pieces/"), {"page": number})
        agent_client.get(picture_of(request_, "facture.pdf", number))
    drain()

    rows = Consultation.objects.filter(reader_kind="agent", seen="document")
    assert [one.object_id for one in rows] == [piece(request_, "facture.pdf").pk]
    assert "Inès Belmont" in text_of(member_client.get("/droits/journal/"))


def test_roles_without_care_read_no_piece(request_: Request) -> None:
    for role in set(Role) - {Role.HANDLER, Role.SUPERVISOR}:
        other = signed_in(role)
        for address in (page_of(request_, "pieces/"), picture_of(request_, "photo.jpg")):
            # Whoever is there for the social fund reads care, and sees no other requests.
            expected = 404 if role == Role.SOCIAL_FUND else 403
            assert other.get(address).status_code == expected, role


def test_what_is_not_there_and_what_is_of_ones_family_is_404(
    agent_client: Client, request_: Request, household: Household
) -> None:
    relative = signed_in(Role.SUPERVISOR, household.spouse.full_name)
    for address in (page_of(request_, "pieces/"), picture_of(request_, "photo.jpg")):
        assert relative.get(address).status_code == 404
    elsewhere = ask(household.primary, at=timezone.now(), files=())
    Request.objects.filter(pk=elsewhere.pk).update(reference=reference(9))
    photo = piece(request_, "photo.jpg").pk
    for part in ("pieces/", f"pieces/{photo}/1.jpg"):
        assert agent_client.get(f"/gestion/demandes/{reference(9)}/{part}").status_code == 404
        assert agent_client.get(f"/gestion/demandes/TEST-0000-0000/{part}").status_code == 404
    assert agent_client.get(page_of(request_, f"pieces/{uuid4()}/1.jpg")).status_code == 404
    assert agent_client.get(picture_of(request_, "photo.jpg", 2)).status_code == 404


def test_an_address_that_names_no_piece_or_page_shows_the_nearest(
    agent_client: Client, request_: Request
) -> None:
    wrong = text_of(agent_client.get(page_of(request_, "pieces/"), {"piece": "x", "page": "99"}))

    assert f'src="{picture_of(request_, "facture.pdf", 3)}"' in wrong


def test_doors_and_methods(member_client: Client, agent_client: Client, request_: Request) -> None:
    for address in (page_of(request_, "pieces/"), picture_of(request_, "photo.jpg")):
        assert Client().get(address).headers["Location"].startswith("/gestion/connexion/")
        assert member_client.get(address).headers["Location"].startswith("/gestion/connexion/")
        assert agent_client.post(address).status_code == 405


def test_the_viewer_asks_little_and_speaks_english(
    agent_client: Client, request_: Request, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    agent_client.get(page_of(request_, "pieces/"))
    with django_assert_max_num_queries(12):
        agent_client.get(page_of(request_, "pieces/"))
    with django_assert_max_num_queries(12):
        agent_client.get(picture_of(request_, "facture.pdf"))
    agent_client.post("/gestion/langue/", {"language": "en", "next": "/gestion/"})
    page = text_of(agent_client.get(page_of(request_, "pieces/"), headers={"accept-language": "en"}))

    assert "Download the original" in page
    assert "Next page" in page
