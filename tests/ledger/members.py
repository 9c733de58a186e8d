"""Members who send papers and reply to questions, each in a thread, and try again until they are answered."""

import http.client
import io
import queue
import random
import re
import threading
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from entraide.portal.domain.members.models import Member
from tests.conftest import enter, give_account, make_person, years_ago
from tests.ledger.book import Book, Entry

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ANSWER_SECONDS = 30
BETWEEN_TRIES_SECONDS = (0.1, 0.5)
BETWEEN_SENDINGS_SECONDS = (0.0, 0.3)
# Which of the sendings are pressed once more after their answer.
AGAIN = 0.15
# What a member begins: papers, or words with one.
REQUESTS = ("deposit", "message")
# A photo of so many points a side: noise, so that no two are alike.
SIDE = 150


class NoForm(Exception):
    """The page of the form was another page."""


@dataclass(frozen=True)
class Person:
    """What the browser of a signed-in member knows."""

    id: str
    cookies: str


def people(count: int) -> list[Person]:
    """Members of one mutual, each of a family of their own, signed in."""
    return [_person(f"3100{place:04d}") for place in range(count)]


def _person(number: str) -> Person:
    segment = settings.PROFILE.segments[0].id
    member = Member.objects.create(number=number, segment=segment, joined_on=years_ago(5))
    email = f"member-{number}@example.org"
    one = make_person(member, number, "primary_insured", "Camille", born=years_ago(40), email=email)
    give_account(one)
    kept = enter(Client(), one).cookies.items()
    return Person(str(one.pk), "; ".join(f"{name}={morsel.value}" for name, morsel in kept))


class Sender(threading.Thread):
    """One member: sends until `over`, then only finishes what is open; `gone` ends even that."""

    def __init__(
        self, person: Person, *, port: int, book: Book, over: threading.Event, gone: threading.Event
    ) -> None:
        super().__init__(name=person.id, daemon=True)
        self.person, self.port, self.book, self.over, self.gone = person, port, book, over, gone
        self.questions: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.chance = random.Random(person.id)
        self.cookies, self.token = person.cookies, ""

    def run(self) -> None:
        while not self.over.is_set():
            self.send_until_answered(self._entry(self.chance.choice(REQUESTS)))
            self._reply_to_all()
            self.over.wait(self.chance.uniform(*BETWEEN_SENDINGS_SECONDS))
        self._reply_to_all()

    def _reply_to_all(self) -> None:
        while not self.questions.empty():
            self.send_until_answered(self._entry("reply", self.questions.get()))

    def new_key(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def _entry(self, kind: str, reference: str = "") -> Entry:
        key = self.new_key()
        points = self.chance.randbytes(SIDE * SIDE * 3)
        photo = io.BytesIO()
        Image.frombytes("RGB", (SIDE, SIDE), points).save(photo, "JPEG")
        name = f"photo-{key[:8]}.jpg"
        sender = self.person.id
        return self.book.open(Entry(key, kind, sender, name, photo.getvalue(), asked_in=reference))

    def send_until_answered(self, entry: Entry, *, again: float = AGAIN) -> None:
        """The same key and content at each try; `again`: how likely it is pressed once more afterwards."""
        while not self.gone.is_set() and not entry.answered:
            self._try(entry)
            self.gone.wait(0 if entry.answered else self.chance.uniform(*BETWEEN_TRIES_SECONDS))
        if entry.answered and self.chance.random() < again:
            self._try(entry)

    def _try(self, entry: Entry) -> None:
        entry.tries += 1
        try:
            self.token = self.token or self._new_token()
            status, location = self._post(entry)
        except NoForm as refused:
            self.book.count(str(refused))
            return
        except (OSError, http.client.HTTPException) as error:
            self.book.count(type(error).__name__)
            return
        self.book.count(str(status))
        if status == http.HTTPStatus.SEE_OTHER:
            entry.answered = True
            entry.references.add(location.split("/")[2])

    def _new_token(self) -> str:
        status, head, body = self._ask("GET", "/depot/", b"")
        found = _CSRF.search(body)
        if status != http.HTTPStatus.OK or found is None:
            raise NoForm(f"no form: {status}")
        for cookie in head.get_all("Set-Cookie") or []:
            self.cookies = f"{self.person.cookies}; {cookie.split(';')[0]}"
        return found[1]

    def _post(self, entry: Entry) -> tuple[int, str]:
        category = settings.PROFILE.deposit.categories[0]
        photo = io.BytesIO(entry.content)
        photo.name = entry.name
        fields = {"csrfmiddlewaretoken": self.token, "request_key": entry.key, "files": photo}
        if entry.kind == "deposit":
            path, about = "/depot/", self.person.id
            fields |= {"category": category.id, "type": category.types[0].id, "beneficiary": about}
            fields |= {"description": f"Envoi {entry.key}", "action": "send"}
        elif entry.kind == "message":
            reason = settings.PROFILE.deposit.reasons_for(settings.PROFILE.segments[0].id)[0]
            path = "/contact/"
            fields |= {"reason": reason.id, "beneficiary": self.person.id, "message": f"Message {entry.key}"}
        else:
            path = f"/demandes/{entry.asked_in}/repondre/"
            fields |= {"words": f"Réponse {entry.key}"}
        status, head, _body = self._ask("POST", path, encode_multipart(BOUNDARY, fields))
        return status, head.get("Location", "")

    def _ask(self, method: str, path: str, body: bytes) -> tuple[int, http.client.HTTPMessage, str]:
        line = http.client.HTTPConnection("localhost", self.port, timeout=ANSWER_SECONDS)
        head = {"Cookie": self.cookies, "Content-Type": MULTIPART_CONTENT}
        try:
            line.request(method, path, body=body or None, headers=head)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")
        finally:
            line.close()
