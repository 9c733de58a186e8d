"""Articles, webinars and events at the desk: written, seen before, published (PREV-01, PREV-02, B-14)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.publications.models import Edition
from tests.portal.agent_site.test_requests import signed_in
from tests.portal.member_site.requests.conftest import text_of

DESK = "/gestion/publications/"
TODAY = timezone.localdate()


@pytest.fixture
def supervisor(db: None) -> Client:
    return signed_in(Role.SUPERVISOR, "Maud Cendrier")


def written(client: Client, kind: str, **changes: Any) -> Any:
    values = {
        "request_key": str(uuid4()), "title_fr": "Bien dormir", "title_en": "", "body_en": "",
        "body_fr": "Un début.\r\n\r\n## Le soir\r\n- lire", "theme": "sleep",
        "segments": [one.id for one in settings.PROFILE.segments], "last_day": "",
        "first_day": f"{TODAY:%d/%m/%Y}", "day": f"{TODAY + timedelta(days=6):%d/%m/%Y}",
        "starts": "18:30", "ends": "19h15", "capacity": "",
        "place": "Agence du centre" if kind == "evenement" else "",
        "live_url": "https://direct.example.org/a" if kind == "webinaire" else "",
    }  # fmt: skip
    return client.post(f"{DESK}{kind}/", values | changes)


def act(client: Client, page: str, what: str = "publish", number: int = 1) -> Any:
    return client.post(f"{page}agir/", {"act": what, "number": str(number)})


@pytest.mark.parametrize(
    ("kind", "seen_at"),
    [("article", "articles"), ("webinaire", "rendez-vous"), ("evenement", "rendez-vous")],
)
def test_what_is_written_is_seen_before_and_reaches_members_once_published(
    agent_client: Client, supervisor: Client, member_client: Client, kind: str, seen_at: str
) -> None:
    page = written(agent_client, kind).headers["Location"]
    identity = page.rstrip("/").rsplit("/", 1)[1]
    member_page = f"/prevention/{seen_at}/{identity}/"
    preview = text_of(supervisor.get(page))
    assert "<h4>Le soir</h4>" in preview
    assert member_client.get(member_page).status_code == 404

    assert act(supervisor, page).status_code == 303

    assert "<h2>Le soir</h2>" in text_of(member_client.get(member_page))
    assert "Bien dormir" in text_of(member_client.get("/prevention/"))
    assert act(supervisor, page, "withdraw").status_code == 303
    assert member_client.get(member_page).status_code == 404


def test_a_webinar_keeps_its_moments_as_they_were_typed(agent_client: Client) -> None:
    page = written(agent_client, "webinaire", capacity="40").headers["Location"]

    edition = Edition.objects.get()
    assert edition.starts_at is not None
    assert edition.ends_at is not None
    assert f"{timezone.localtime(edition.starts_at):%H:%M}" == "18:30"
    assert edition.ends_at - edition.starts_at == timedelta(minutes=45)
    form = text_of(agent_client.get(f"{page}modifier/"))
    for value in ("18:30", "19:15", "40", "https://direct.example.org/a"):
        assert f'value="{value}"' in form


def test_the_desk_sees_how_many_registered_and_not_who(
    agent_client: Client, supervisor: Client, member_client: Client
) -> None:
    page = written(agent_client, "webinaire").headers["Location"]
    act(supervisor, page)
    identity = page.rstrip("/").rsplit("/", 1)[1]
    member_client.post(f"/prevention/rendez-vous/{identity}/agir/", {"act": "register"})

    shown = text_of(supervisor.get(page))

    assert "<dt>Inscriptions</dt><dd>1</dd>" in shown


@pytest.mark.parametrize(
    ("kind", "changes", "field", "words"),
    [
        ("article", {"theme": "astrologie"}, "theme", "Choisissez dans la liste"),
        ("article", {"body_fr": ""}, "body_fr", "Écrivez le texte en français"),
        ("webinaire", {"starts": "tantôt"}, "starts", "Écrivez l’heure comme 18:30"),
        ("webinaire", {"day": "demain"}, "day", "Écrivez la date en chiffres"),
        ("webinaire", {"day": "01/01/0001", "starts": "00:00"}, "day", "Vérifiez l’année"),
        ("webinaire", {"day": "31/12/9999"}, "day", "Vérifiez l’année"),
        ("evenement", {"last_event_day": "06/12/0226"}, "last_event_day", "Vérifiez l’année"),
        ("webinaire", {"ends": "18:00"}, "ends", "La fin vient après le début"),
        ("webinaire", {"live_url": "http://direct.example.org"}, "live_url", "commence par https://"),
        ("webinaire", {"replay_url": "javascript:alert(1)"}, "replay_url", "commence par https://"),
        ("webinaire", {"capacity": "0"}, "capacity", "Écrivez un nombre de places"),
        ("evenement", {"place": ""}, "place", "Écrivez où a lieu"),
        (
            "evenement",
            {"last_event_day": f"{TODAY + timedelta(days=40):%d/%m/%Y}"},
            "last_event_day",
            "quinze jours",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_stored(
    agent_client: Client, kind: str, changes: dict[str, str], field: str, words: str
) -> None:
    response = written(agent_client, kind, **changes)

    assert response.status_code == 422
    body = text_of(response)
    part = body.split(f'id="id_{field}_error"')[1].split("</div>")[0]
    assert words in part
    assert "Bien dormir" in body
    assert not Edition.objects.exists()


@pytest.mark.parametrize("kind", ["article", "webinaire", "evenement"])
def test_a_role_that_answers_nobody_writes_nothing(kind: str, db: None) -> None:
    payer = signed_in(Role.PAYER, "Paul Cendrier")

    assert payer.get(f"{DESK}{kind}/").status_code == 403
    assert written(payer, kind).status_code == 403
    assert Client().get(f"{DESK}{kind}/").status_code == 302
