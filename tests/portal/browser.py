"""A signed-in member before the web server as it runs (`processes.web_server`)."""

import http.client
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import enter

ANSWER_SECONDS = 120


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Browser:
    """What a signed-in member's browser sends to the web server as it runs."""

    def __init__(self, person: Beneficiary, port: int) -> None:
        client = enter(Client(enforce_csrf_checks=True), person)
        client.get("/depot/")
        self.token = client.cookies["csrf"].value
        self.cookies = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
        self.port = port

    def post(self, path: str, fields: dict[str, Any]) -> tuple[int, str]:
        """The status and where the answer leads."""
        answer = self.send(path, fields)
        return answer.status, answer.headers.get("Location", "")

    def send(self, path: str, fields: dict[str, Any]) -> Answer:
        body = encode_multipart(BOUNDARY, {**fields, "csrfmiddlewaretoken": self.token})
        return self._ask("POST", path, body)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        line = http.client.HTTPConnection("localhost", self.port, timeout=ANSWER_SECONDS)
        try:
            line.request(
                method, path, body=body, headers={"Cookie": self.cookies, "Content-Type": MULTIPART_CONTENT}
            )
            answer = line.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            line.close()
