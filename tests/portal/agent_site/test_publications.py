"""News and documents: written at the desk, shown as members see them, published (B-14, DOC-02, DOC-03)."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings, settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.publications.models import Deed, Edition, Publication
from entraide.portal.domain.publications.storage import vault
from tests.conftest import Household
from tests.portal.agent_site.test_requests import signed_in
from tests.portal.domain.requests.samples import GOOD
from tests.portal.member_site.requests.conftest import text_of, upload

LIST, NEWS, DOCUMENT = (
    "/gestion/publications/",
    "/gestion/publications/actualite/",
    "/gestion/publications/document/",
)
SignIn = Callable[[Client, Beneficiary], Client]
TITLE, BODY = (
    "Un nouveau centre optique",
    "Il ouvre lundi.\r\n\r\nVoir https://exemple.fr/centre pour y aller.",
)


@pytest.fixture
def supervisor(db: None) -> Client:
    return signed_in(Role.SUPERVISOR, "Maud Cendrier")


def kept() -> int:
    """How many files lie in the vault of publications."""
    return sum(one.is_file() for one in vault().folder.rglob("*"))


def segments() -> list[str]:
    return [one.id for one in settings.PROFILE.segments]


def written(client: Client, address: str = NEWS, **changes: Any) -> Any:
    values = {
        "request_key": str(uuid4()), "title_fr": TITLE, "title_en": "", "body_fr": BODY, "body_en": "",
        "segments": segments(), "first_day": f"{timezone.localdate():%d/%m/%Y}", "last_day": "",
    }  # fmt: skip
    return client.post(address, values | changes)


def put(client: Client, **changes: Any) -> Any:
    values = {"document_kind": "guide", "title_fr": "Guide des lunettes", "file": upload()}
    return written(client, DOCUMENT, **(values | changes))


def act(client: Client, page: str, what: str = "publish", number: int = 1) -> Any:
    return client.post(f"{page}agir/", {"act": what, "number": str(number)})


def online(author: Client, publisher: Client, write: Callable[..., Any] = written, **changes: Any) -> str:
    """The page at the desk of something that was written and published."""
    page: str = write(author, **changes).headers["Location"]
    assert act(publisher, page).status_code == 303
    return page


def test_news_reach_members_once_a_second_person_has_published_them(
    agent_client: Client, supervisor: Client, member_client: Client
) -> None:
    page = written(agent_client).headers["Location"]
    assert TITLE not in text_of(member_client.get("/"))
    preview = text_of(supervisor.get(page))
    assert "Version 1 écrite par Inès Belmont" in preview

    assert act(supervisor, page).status_code == 303

    home, whole = text_of(member_client.get("/")), text_of(member_client.get("/actualites/"))
    assert TITLE in home
    assert "Lire la suite" in home
    assert '<a href="https://exemple.fr/centre" rel="noopener">' in whole
    # What the preview showed is what the member reads.
    article = whole[whole.index('<p class="news__words">Il ouvre') :].split("</article>")[0]
    assert article in preview
    assert "Version 1 publiée par Maud Cendrier" in text_of(supervisor.get(page))


def test_where_the_profile_asks_for_two_nobody_publishes_their_own(
    settings: LazySettings, supervisor: Client, member_client: Client
) -> None:
    """A78"""
    page = written(supervisor).headers["Location"]
    for is_by_two, status in ((True, 422), (False, 303)):
        desk = dataclasses.replace(settings.PROFILE.desk, publish_by_two=is_by_two)
        settings.PROFILE = dataclasses.replace(settings.PROFILE, desk=desk)

        assert act(supervisor, page).status_code == status

    assert TITLE in text_of(member_client.get("/"))


def test_a_change_is_not_seen_before_it_is_published_and_is_published_as_it_was_read(
    agent_client: Client, supervisor: Client, member_client: Client
) -> None:
    page = online(agent_client, supervisor)
    assert 'value="Un nouveau centre optique"' in text_of(agent_client.get(f"{page}modifier/"))

    assert written(agent_client, f"{page}modifier/", title_fr="Le centre ouvre mardi").status_code == 303
    assert TITLE in text_of(member_client.get("/"))
    stale = act(supervisor, page, number=1)
    assert stale.status_code == 422
    assert "relisez-la avant de publier" in text_of(stale)
    assert act(supervisor, page, number=2).status_code == 303

    home = text_of(member_client.get("/"))
    assert TITLE not in home
    assert "Le centre ouvre mardi" in home
    assert act(supervisor, page, "withdraw").status_code == 303
    assert "Le centre ouvre mardi" not in text_of(member_client.get("/"))
    assert list(Deed.objects.values_list("kind", "edition__number")) == [
        ("published", 1), ("published", 2), ("withdrawn", 2),
    ]  # fmt: skip
    assert "Retirée" in text_of(agent_client.get(LIST))


def test_only_its_segment_sees_it_from_its_first_day_to_its_last(
    agent_client: Client, supervisor: Client, member_client: Client, household: Household
) -> None:
    page, today = online(agent_client, supervisor), timezone.localdate()
    edition = Edition.objects.get()
    for values, is_seen in (
        ({"segments": f",{household.member.segment},"}, True),
        ({"segments": ",ailleurs,"}, False),
        ({"segments": "", "last_day": today - timedelta(days=1)}, False),
        ({"first_day": today + timedelta(days=1), "last_day": None}, False),
    ):
        for name, value in values.items():
            setattr(edition, name, value)
        edition.save()

        assert (TITLE in text_of(member_client.get("/"))) == is_seen
        assert (TITLE in text_of(member_client.get("/actualites/"))) == is_seen
    # The preview is that of the first day.
    assert "Sur leur accueil" in text_of(supervisor.get(page))


def test_what_an_agent_types_is_text_and_english_readers_are_told_it_is_french(
    agent_client: Client, supervisor: Client, member_client: Client
) -> None:
    online(agent_client, supervisor, body_fr="<script>alert(1)</script> et [a](javascript:x)")
    online(agent_client, supervisor, title_fr="Deux langues", title_en="Two languages", body_en="In English.")

    page = member_client.get("/actualites/", headers={"accept-language": "en"}).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript' not in page
    assert f'lang="fr">{TITLE}' in page
    assert page.count("In French only") == 1
    assert "Two languages" in page
    assert "Deux langues" not in page


def test_a_document_joins_the_shelf_of_its_segment_and_opens_there(
    agent_client: Client, supervisor: Client, member_client: Client, stranger: Beneficiary, sign_in: SignIn
) -> None:
    other = sign_in(Client(), stranger)
    page = put(agent_client, segments=[stranger.member.segment]).headers["Location"]
    address = f"/documents/{Publication.objects.get().pk}.pdf"
    assert supervisor.get(f"{page}document.pdf").content == GOOD["facture.pdf"]
    assert other.get(address).status_code == 404

    assert act(supervisor, page).status_code == 303

    assert address in text_of(other.get("/documents/information/"))
    assert b"".join(other.get(address)) == GOOD["facture.pdf"]  # type: ignore[arg-type]
    is_shared = len(segments()) == 1
    assert (address in text_of(member_client.get("/documents/information/"))) == is_shared
    assert member_client.get(address).status_code == (200 if is_shared else 404)


def test_a_document_keeps_its_file_when_only_its_title_changes(
    agent_client: Client, supervisor: Client, member_client: Client
) -> None:
    page = online(agent_client, supervisor, put)

    changed = put(agent_client, title_fr="Guide des montures", file="", segments=segments())
    again = written(agent_client, f"{page}modifier/", title_fr="Guide des montures", document_kind="guide")

    assert changed.status_code == 422
    assert again.status_code == 303
    assert act(supervisor, page, number=2).status_code == 303
    assert "Guide des montures" in text_of(member_client.get("/documents/information/"))
    assert len(set(Edition.objects.values_list("stored_name", flat=True))) == 1


@pytest.mark.parametrize(
    ("name", "told"),
    [("photo.jpg", "Choisissez un PDF"), ("abimee.pdf", "est abîmé"), ("", "Choisissez le PDF à publier.")],
)
def test_a_file_that_is_no_sound_pdf_is_refused_and_nothing_is_kept(
    agent_client: Client, name: str, told: str
) -> None:
    file = upload(name, b"%PDF-1.7 cut" if name == "abimee.pdf" else None) if name else ""
    before = kept()

    answer = put(agent_client, file=file)

    assert answer.status_code == 422
    assert told in text_of(answer)
    assert 'value="Guide des lunettes"' in text_of(answer)
    assert not Publication.objects.exists()
    assert kept() == before


def test_what_is_missing_is_told_and_kept(agent_client: Client) -> None:
    answer = written(agent_client, title_fr="", body_en="Only this", first_day="demain", segments=[])
    half = written(agent_client, body_en="Only this")
    backwards = written(agent_client, last_day="01/01/2020")

    assert (answer.status_code, half.status_code, backwards.status_code) == (422, 422, 422)
    page = text_of(answer)
    for told in (
        "Écrivez le titre en français.",
        "Choisissez au moins un destinataire.",
        "comme 10/01/2027.",
    ):
        assert told in page
    assert "Only this</textarea>" in page
    assert "Donnez le titre et le texte en anglais, ou aucun des deux." in text_of(half)
    assert "Le dernier jour vient après le premier." in text_of(backwards)
    assert not Publication.objects.exists()


def test_the_same_form_is_stored_once_and_other_words_under_its_key_are_refused(agent_client: Client) -> None:
    key = str(uuid4())

    first, again = written(agent_client, request_key=key), written(agent_client, request_key=key)
    other = written(agent_client, request_key=key, title_fr="Autre chose")

    assert first.headers["Location"] == again.headers["Location"]
    assert other.status_code == 409
    assert "Autre chose" in text_of(other)
    assert Edition.objects.count() == 1


def test_who_may_write_and_who_may_publish(agent_client: Client) -> None:
    """A75: a handler writes, a supervisor publishes, the others see none of it."""
    page = written(agent_client).headers["Location"]
    pages = (LIST, NEWS, DOCUMENT, page, f"{page}modifier/", f"{page}document.pdf")

    for role in (Role.READER, Role.PAYER, Role.DPO, Role.SECURITY_ADMIN):
        assert {signed_in(role).get(one).status_code for one in pages} == {403}
    assert act(agent_client, page).status_code == 403
    assert "Publier cette version" not in text_of(agent_client.get(page))
    assert Client().get(LIST).headers["Location"].startswith("/gestion/connexion/")
    assert agent_client.get(f"{LIST}{uuid4()}/").status_code == 404
    assert agent_client.get(f"{page}document.pdf").status_code == 404
    assert act(signed_in(Role.SUPERVISOR), page, "burn").status_code == 422
    assert agent_client.put(NEWS).status_code == 405
    assert agent_client.get(f"{page}agir/").status_code == 405


def test_a_long_list_takes_few_questions_and_is_in_english_too(
    agent_client: Client, supervisor: Client
) -> None:
    """A77"""
    for number in range(15):
        online(agent_client, supervisor, title_fr=f"Nouvelle {number}")
    agent_client.post("/gestion/langue/", {"language": "en", "next": LIST})

    with CaptureQueriesContext(connection) as asked:
        page = text_of(agent_client.get(LIST))

    assert len(asked) <= 12
    assert "News and documents" in page
    assert "Nouvelle 14" in page


def test_a_file_that_the_antivirus_does_not_read_is_marked_in_the_list_and_says_whom_to_tell(
    agent_client: Client,
) -> None:
    put(agent_client)
    Edition.objects.update(scan_state="received", at=timezone.now() - timedelta(minutes=16))

    assert "Antivirus en retard" in text_of(agent_client.get(LIST))
    page = text_of(agent_client.get(f"{LIST}{Publication.objects.get().pk}/"))
    assert "L’antivirus tarde à lire ce fichier." in page
