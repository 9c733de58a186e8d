"""The pages of the card and the certificate, and their papers (CARD-01…03, B-07)."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.utils import timezone
from PIL import Image

from entraide.formats.card_code import check_card_code, read_keys
from entraide.portal.domain.card.actions.replacing import replace_cards
from entraide.portal.domain.card.checking import CHECKS_AN_HOUR
from entraide.portal.domain.card.models import CardSeries
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.cards import carded
from tests.portal.member_site.reimbursements.pdf_text import text_of as words_of
from tests.portal.member_site.requests.conftest import text_of

__all__ = ["carded"]
pytestmark = pytest.mark.usefixtures("carded")
PAGE, PAPER, CHECK = "/carte/", "/carte.pdf", "/carte/verifier/"


def printed(paper: bytes, *, dpi: int = 150) -> Image.Image:
    """The first page as a printer or a screen would show it."""
    picture: Image.Image = pypdfium2.PdfDocument(paper)[0].render(scale=dpi / 72).to_pil()
    return picture


def code_on(paper: bytes) -> str:
    """What another program reads in the picture of the page."""
    (found,) = zxingcpp.read_barcodes(printed(paper))
    return str(found.text)


def test_the_card_shows_the_five_items_the_domains_and_the_mark(member_client: Client) -> None:
    """CARD-02"""
    page = text_of(member_client.get(PAGE))

    for words in ("N° AMC", "Type de convention", "CSR", "N° adhérent", "Validité", "Contrat responsable"):
        assert words in page
    for words in ("390820058", "30041827", "Anne Vautrin", "PHAR", "HOSP", "PEC", "Spécimen"):
        assert words in page


def test_the_menu_leads_to_everything_that_can_be_done_with_it(
    member_client: Client, household: Household
) -> None:
    """CARD-01"""
    page = member_client.get(PAGE).content.decode()

    person = household.primary.pk
    for address in (
        f"/carte.pdf?person={person}", f"/carte/envoyer/?person={person}", "/carte/renvoi/",
        f"/carte/remplacer/{person}/", "/attestation/",
    ):  # fmt: skip
        assert f'href="{address}' in page


def test_the_page_of_another_person_is_theirs_and_is_noted(
    member_client: Client, household: Household
) -> None:
    """A68"""
    page = text_of(member_client.get(PAGE, {"person": str(household.spouse.pk)}))
    drain()

    assert "Bruno Vautrin" in page
    assert "n° personnel 30041828" in page
    noted = Consultation.objects.get(person=household.spouse)
    assert (noted.seen, noted.reader) == (Seen.CARD, household.primary.pk)


def test_the_card_of_a_stranger_is_no_choice(member_client: Client, stranger: Beneficiary) -> None:
    """A36"""
    asked = {"person": str(stranger.pk)}

    assert member_client.get(PAGE, asked).status_code == 422
    assert member_client.get(PAPER, asked).status_code == 404
    assert member_client.get("/attestation.pdf", asked).status_code == 404


@pytest.mark.parametrize("typed", ["demain", "31/02/2026", "01/01/0202", "31/12/2099"])
def test_a_day_that_cannot_be_is_said_beside_its_field(member_client: Client, typed: str) -> None:
    for page in (PAGE, "/attestation/"):
        answer = member_client.get(page, {"on": typed})

        assert answer.status_code == 422
        assert f'value="{typed}"' in answer.content.decode()
        assert 'id="id_on_error"' in answer.content.decode()
    assert member_client.get(PAPER, {"on": typed}).status_code == 404


def test_a_day_without_cover_has_no_card_and_says_so(member_client: Client) -> None:
    asked = {"on": "31/12/2017"}

    assert "Pas de carte à cette date" in text_of(member_client.get(PAGE, asked))
    assert member_client.get(PAPER, asked).status_code == 404


def test_the_paper_is_one_tagged_page_with_the_words_of_the_card(member_client: Client) -> None:
    answer = member_client.get(PAPER)
    paper = answer.getvalue() if hasattr(answer, "getvalue") else answer.content

    words = words_of(paper)
    with pikepdf.open(BytesIO(paper)) as opened:
        assert len(opened.pages) == 1
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.Root.Lang) == "fr"
    for one in ("Recto", "Verso", "Anne Vautrin", "390820058", "PHAR", "Contrat responsable"):
        assert one in words
    assert "filename" in answer.headers["Content-Disposition"]
    assert "Vautrin" not in answer.headers["Content-Disposition"]


def test_the_same_card_gives_the_same_bytes(member_client: Client) -> None:
    assert member_client.get(PAPER).content == member_client.get(PAPER).content


def test_a_long_name_and_empty_domains_keep_to_one_page(member_client: Client, household: Household) -> None:
    household.primary.first_name, household.primary.last_name = (
        "Marie-Bérengère " * 4,
        "de La Rochefoucauld " * 3,
    )
    household.primary.save()

    paper = member_client.get(PAPER).content

    with pikepdf.open(BytesIO(paper)) as opened:
        assert len(opened.pages) == 1
    assert code_on(paper)


def test_the_qr_of_the_paper_is_read_by_another_program_and_proves_the_card(
    member_client: Client, client: Client
) -> None:
    """B-07: from the picture of the page, with the public keys alone."""
    link = code_on(member_client.get(PAPER).content)
    keys = read_keys(client.get("/carte/verifier/cles.txt").content.decode())

    claims = check_card_code(link, keys=keys, on=timezone.localdate())

    assert link.startswith("http://localhost")
    assert link.partition("#")[0].endswith(CHECK)
    assert (claims.name, claims.number) == ("Anne Vautrin", "30041827")


def test_the_qr_of_the_page_is_that_of_the_paper(member_client: Client) -> None:
    link = code_on(member_client.get(PAPER).content)

    assert link in text_of(member_client.get(PAGE))


# The check, without an account


def test_anybody_checks_a_card_without_an_account(member_client: Client) -> None:
    link = code_on(member_client.get(PAPER).content)

    answer = Client().post(CHECK, {"code": link})

    page = text_of(answer)
    assert answer.status_code == 200
    assert "Cette carte est valable aujourd’hui" in page
    assert "Anne Vautrin" in page
    assert "284013818500187" not in answer.content.decode()


def test_a_refused_card_says_why(member_client: Client, viewer: Viewer, household: Household) -> None:
    link = code_on(member_client.get(PAPER).content)
    forged = link[:-3] + ("AAA" if not link.endswith("AAA") else "BBB")
    visitor = Client()

    replace_cards(viewer, household.primary.pk, request_key=uuid4(), language="fr", now=timezone.now())
    replaced = visitor.post(CHECK, {"code": link})
    false = visitor.post(CHECK, {"code": forged[:-1] + "A"})
    nothing = visitor.post(CHECK, {"code": "bonjour"})

    assert [one.status_code for one in (replaced, false, nothing)] == [422] * 3
    assert "Cette carte a été remplacée" in text_of(replaced)
    assert "Cette carte est fausse" in text_of(false)
    assert "Anne Vautrin" not in text_of(false)
    assert "Ce n’est pas le code d’une carte" in text_of(nothing)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", " ", "x" * 5000])
def test_what_cannot_be_a_code_is_refused_beside_its_field(client: Client, code: str) -> None:
    answer = client.post(CHECK, {"code": code})

    assert answer.status_code == 422
    assert 'id="id_code_error"' in answer.content.decode()


@pytest.mark.django_db
def test_too_many_checks_of_one_network_are_told(client: Client) -> None:
    now = timezone.now()
    for _try in range(CHECKS_AN_HOUR):
        limits.count("card check", "127.0.0.1", per=timedelta(hours=1), now=now)

    answer = client.post(CHECK, {"code": "EC1"})

    assert answer.status_code == 429
    assert "Trop de vérifications" in text_of(answer)


# The certificate


def test_the_certificate_names_everybody_covered_with_their_contracts(
    member_client: Client, household: Household
) -> None:
    page = text_of(member_client.get("/attestation/"))
    words = words_of(member_client.get("/attestation.pdf").content)

    for one in household.people:
        assert one.full_name in page
        assert one.full_name in words
    assert "depuis le 1er janvier 2018" in page
    assert "depuis le 1er janvier 2018" in words


def test_the_certificate_of_one_person_names_nobody_else(member_client: Client, household: Household) -> None:
    words = words_of(member_client.get("/attestation.pdf", {"person": str(household.child.pk)}).content)

    assert "Elsa Vautrin" in words
    assert "Bruno" not in words


def test_a_child_with_an_access_finds_their_own_alone(
    client: Client, household: Household, sign_in: object
) -> None:
    """Security 2.4"""
    sign_in(client, household.adult_child)  # type: ignore[operator]

    for page in (PAGE, "/attestation/"):
        words = text_of(client.get(page))
        assert "Chloé Vautrin" in words
        assert "Bruno" not in words
    assert client.get(PAPER, {"person": str(household.primary.pk)}).status_code == 404


def test_who_has_left_is_not_on_the_certificate_of_today(member_client: Client, household: Household) -> None:
    Coverage.objects.filter(beneficiary=household.spouse).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )

    words = words_of(member_client.get("/attestation.pdf").content)

    assert "Bruno" not in words
    assert "Elsa" in words


# Replacing


def test_a_card_is_replaced_after_a_page_that_asks_and_a_mail_says_so(
    member_client: Client, household: Household, sent: object
) -> None:
    page = f"/carte/remplacer/{household.teen.pk}/"
    shown = member_client.get(page)

    answer = member_client.post(page, {"request_key": str(uuid4())})

    assert shown.status_code == 200
    assert answer.status_code == 302
    assert CardSeries.objects.get().person == household.teen
    told = sent()  # type: ignore[operator]
    assert {(one.notice, one.to) for one in told} == {
        ("cards_replaced", household.primary.email),
        ("cards_replaced", household.teen.email),
    }


def test_without_its_key_nothing_is_replaced(member_client: Client, household: Household) -> None:
    answer = member_client.post(f"/carte/remplacer/{household.primary.pk}/", {})

    assert answer.status_code == 422
    assert not CardSeries.objects.exists()


def test_the_card_of_another_adult_is_not_replaced(member_client: Client, household: Household) -> None:
    page = f"/carte/remplacer/{household.spouse.pk}/"

    assert member_client.get(page).status_code == 404
    assert member_client.post(page, {"request_key": str(uuid4())}).status_code == 404
