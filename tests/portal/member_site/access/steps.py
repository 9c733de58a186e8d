"""The steps of the door, as a browser takes them."""

import html
import re

from django.http import HttpResponse
from django.test import Client

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.human import Challenge
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import PASSWORD

HOME, SIGN_IN, CHECK, MOBILE, CODE = (
    "/",
    "/connexion/",
    "/connexion/verification/",
    "/connexion/mobile/",
    "/connexion/code/",
)


def type_password(
    client: Client, number: str, *, password: str = PASSWORD, next_page: str = "", source: str = "192.0.2.1"
) -> HttpResponse:
    values = {"member_number": number, "password": password, "next": next_page}
    return client.post(SIGN_IN, values, REMOTE_ADDR=source)


def challenge_of(client: Client) -> Challenge:
    client.get(CHECK)
    assert "challenge" in client.session, "the check waits for an answer"
    return Challenge.stored(client.session["challenge"])


def answer_question(client: Client) -> HttpResponse:
    challenge = challenge_of(client)
    return client.post(CHECK, {"answer": challenge.first + challenge.second})


def newest_code() -> str:
    """The last code written to anyone."""
    drain()
    newest = Delivery.objects.filter(notice__endswith="_code").order_by("-created_at").first()
    assert newest is not None
    return re.findall(r"\b[0-9]{6}\b", newest.body)[0]


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def come_to_the_code(client: Client, person: Beneficiary, *, next_page: str = "") -> str:
    """Password and human check passed; returns the code that arrived."""
    assert type_password(client, person.number, next_page=next_page).headers["Location"] == CHECK
    assert answer_question(client).headers["Location"] == CODE
    return newest_code()


def come_in(client: Client, person: Beneficiary, *, next_page: str = "") -> HttpResponse:
    return client.post(CODE, {"code": come_to_the_code(client, person, next_page=next_page)})


def neutral(response: HttpResponse) -> tuple[int, str, dict[str, str]]:
    """An answer without what differs by chance: the CSRF token, the number that was typed."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    body = re.sub(r'value="[0-9]{8}"', 'value="number"', body)
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return response.status_code, body, headers


def words(response: HttpResponse) -> str:
    """The visible words of a page, in one line."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
