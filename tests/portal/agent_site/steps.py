"""The ways of an agent through their door, as tests walk them."""

import html
import re
import time
from typing import Any

from django.http import HttpResponse
from django.test import Client

from entraide.portal.domain.agents.models import Agent
from entraide.portal.foundation.web.session_store import SessionStore
from entraide.portal.foundation.web.sessions import FRESH_FACTOR
from tests.portal.agents import AGENT_PASSWORD, app_code

DOOR, CODE, HOME = "/gestion/connexion/", "/gestion/connexion/code/", "/gestion/"
SECURITY = "/gestion/securite/"


def type_password(
    client: Client, identifier: str, *, password: str = AGENT_PASSWORD, source: str = "192.0.2.1"
) -> Any:
    return client.post(DOOR, {"identifier": identifier, "password": password}, REMOTE_ADDR=source)


def come_in(client: Client, agent: Agent, *, password: str = AGENT_PASSWORD, steps_later: int = 0) -> Any:
    """Password and app; the second code of a test is `steps_later=1`."""
    assert type_password(client, agent.account.identifier, password=password).headers["Location"] == CODE
    return client.post(CODE, {"code": app_code(steps_later=steps_later)})


def grow_stale(client: Client) -> Client:
    """The last proof of this session is five minutes old: too old for a sensitive act."""
    session = SessionStore(client.cookies["entraide-gestion"].value)
    session[FRESH_FACTOR] = int(time.time()) - 300
    session.save()
    return client


def words(response: HttpResponse) -> str:
    """What a reader sees in the main part of a page."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main is not None
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


def neutral(response: HttpResponse) -> tuple[int, str, list[str]]:
    """All that tells one refusal from another: what differs by chance is left out."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    body = re.sub(r'(name="identifier") value="[^"]*"', r"\1", body)
    return response.status_code, body, sorted(response.headers)
