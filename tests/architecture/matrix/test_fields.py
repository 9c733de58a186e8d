"""Ids that come in a field or behind a `?`, and fields that no form asked for (A37, A38)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.requests.models import RequestFile
from entraide.portal.domain.requests.storage import vault
from tests.architecture.matrix.asking import (
    Target,
    browser_of,
    finding,
    marks_in,
    shown,
    targets,
    told,
    undone,
)
from tests.architecture.matrix.bodies import Body, body_of
from tests.architecture.matrix.family import MISSING, World, tables, world
from tests.architecture.matrix.grids import MEMBERS, Grid
from tests.architecture.matrix.rules import CARD, CARE, CROWN, IDENTITY, OWN, PERSON, QUOTE, RULES

__all__ = ["tables", "world"]


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field that takes the id of an object. `stores`: the table that a refusal leaves alone; blank: all."""

    address: str
    name: str
    of: str
    grid: Grid
    args: tuple[str, ...] = ()
    query: str = ""
    posts: bool = False
    body: Callable[[str], Body] | None = None
    stores: str = ""

    @property
    def method(self) -> str:
        return "POST" if self.posts else "GET"


SIMULATED = IDENTITY.instead("200", refusal="-422")
FIELDS = (
    # Whose journal: one's own, and that of a child whose care one sees in full.
    Field(address="journal", name="person", of="person", grid=CARE),
    Field(address="reimbursements", name="person", of="person", grid=PERSON.instead("200", refusal="-422")),
    Field(
        address="simulator-case", args=("couronne",), query=CROWN, name="person", of="person", grid=SIMULATED
    ),
    Field(address="simulator-quote", query=QUOTE, name="person", of="person", grid=SIMULATED),
    Field(address="card", name="person", of="person", grid=CARD.instead("200", refusal="-422")),
    Field(address="card-pdf", name="person", of="person", grid=CARD),
    Field(address="certificate", name="person", of="person", grid=CARD.instead("200", refusal="-422")),
    Field(address="certificate-pdf", name="person", of="person", grid=CARD),
    Field(
        address="deposit", name="beneficiary", of="person", grid=PERSON.instead("303", refusal="-422"),
        posts=True, stores="requests_request",
    ),
    # The form of another is another form: its files are neither shown nor sent.
    Field(
        address="deposit", name="request_key", of="key", grid=OWN.instead("422", refusal="-422"), posts=True,
        body=lambda key: {"request_key": key, "files": []}, stores="requests_request",
    ),
    Field(
        address="deposit", name="request_key", of="key", grid=OWN.instead("200", refusal="-200"), posts=True,
        body=lambda key: {"request_key": key, "action": "choose"},
    ),
    Field(
        address="simulator-quote-adviser", name="quote_file", of="key",
        grid=OWN.instead("200", refusal="-200"),
    ),
    Field(
        address="bank", name="change", of="change", posts=True,
        grid=OWN.instead("303>/banque/", refusal="-303>/banque/"),
        body=lambda change: {"action": "cancel", "change": change},
    ),
)  # fmt: skip


@pytest.fixture
def forms_begun(world: World) -> None:
    """A file in a form that is not sent yet, and a change of account that waits, of each of them."""
    AccountChange.objects.update(state="asked", refusal="", ended_at=None)
    for owner in MEMBERS:
        kept = vault().keep([b"%PDF held"])
        file = RequestFile.objects.create(
            sender=world.people[owner], request_key=uuid4(), name=world.mark("held", owner),
            sha256=kept.sha256, media_type="application/pdf", size=kept.size, stored_name=kept.name,
            kept_at=timezone.now(),
        )  # fmt: skip
        world.keep("key", owner, file.request_key)


@pytest.mark.parametrize("role", MEMBERS)
def test_a_field_takes_no_id_that_an_address_would_refuse(world: World, forms_begun: None, role: str) -> None:
    """A37: search, filter and hidden fields; another one's id is answered like one that nobody has."""
    wrong = [one for field in FIELDS for one in _asked_with_each(world, role, field)]

    assert not wrong, "\n" + "\n".join(wrong)


def _asked_with_each(world: World, role: str, field: Field) -> Iterator[str]:
    for owner, (given, *_more) in world.args[field.of].items():
        target = Target(f"{field.address}?{field.name}", owner, str(given), str(MISSING))
        answer, written = _ask(world, role, field, target.path)
        yield from filter(None, [finding(field.grid, role, target, field.method, answer)])
        strangers = marks_in(world, answer) - shown(world, role) - {("held", role)}
        yield from (f"{role} reads {kind} of {whose} with {target}" for kind, whose in strangers)
        if field.grid.answer(role, owner).is_refusal:
            if told(answer, target.path) != told(_ask(world, role, field, target.missing)[0], target.missing):
                yield f"{role} {target} is not answered like a missing one"
            if field.stores in written or (written and not field.stores):
                yield f"{role} {target} wrote {sorted(set(written))}"


def _ask(world: World, role: str, field: Field, given: str) -> tuple[HttpResponse, list[str]]:
    path = reverse(field.address, args=field.args)
    with browser_of(world, role) as client, undone() as written:
        if not field.posts:
            return client.get(f"{path}?{field.query}&{field.name}={given}"), written
        data = body_of(field.address, client, path) if field.body is None else field.body(given)
        written.clear()
        return client.post(path, data | {field.name: given}), written


# What a form must not take from who sends it: whose it is, how it stands, what it is worth, who did it.
_UNASKED = (
    "id", "pk", "person_id", "beneficiary_id", "concerns", "concerns_id", "member", "member_id", "sender",
    "sender_id", "owner", "owner_id", "asked_by", "asked_by_id", "account", "account_id", "uploaded_by",
    "viewer", "actor",
)  # fmt: skip
_FORGED: Body = {
    "state": "applied", "status": "done", "amount": "1", "amount_cents": "1", "kept_by": "bank",
    "scope": "contract", "received_at": "2020-01-01", "promised_on": "2020-01-01", "asked_at": "2020-01-01",
    "effective_at": "2020-01-01", "relationship": "primary_insured", "role": "dpo", "is_staff": "1",
    "is_primary": "1", "segment": "x", "content_digest": "x", "stored_name": "x", "sha256": "x",
    "tier": "top_up", "language": "xx", "left_least": "0", "left_most": "0", "claim_feed": "on",
    "mobile_declared_at": "", "unwanted_mails": "x", "iban_index": "x",
}  # fmt: skip
_WITH_FORM = [
    name for name, rule in RULES.items() if rule.post is not None and not name.startswith("agents:")
]
_PASSING = {"tasks.Job", "sessions.Session", "access.OpenSession"}
_MADE = {"token_hash", "stored_name", "code_hash", "binding", "sha256", "content_digest"}
_REFERENCE = re.compile(r"MESE-\w{4}-\w{4}")
_ANY_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.mark.parametrize("name", _WITH_FORM)
def test_a_form_takes_nothing_that_it_does_not_ask(world: World, name: str) -> None:
    """A38: posted twice from the same start, once with everything that somebody might add: the same rows."""
    target = next(one for one in targets(name, RULES[name], world) if _lets_in(name, one))
    client = world.clients["primary"]
    data = body_of(name, client, target.path)
    unasked = {field: str(world.people["stranger"].pk) for field in _UNASKED} | _FORGED

    plain = _rows_after(client, target.path, data)
    forged = _rows_after(
        client, target.path, {key: one for key, one in unasked.items() if key not in data} | data
    )

    assert forged == plain


def _lets_in(name: str, target: Target) -> bool:
    grid = RULES[name].post
    return grid is not None and not grid.answer("primary", target.owner).is_refusal


def _rows_after(client: Client, path: str, data: Body) -> tuple[int, dict[str, list[str]]]:
    """The status, and every row as it stands then; ids, times and secrets made on the way count as equal."""
    for one in data.values():
        for file in one if isinstance(one, list) else [one]:
            if hasattr(file, "seek"):
                file.seek(0)
    known = {
        str(one) for model in apps.get_models() for one in model._base_manager.values_list("pk", flat=True)
    }
    with undone():
        answer = client.post(path, data)
        rows = {
            model._meta.label: sorted(_told_of(row, known) for row in model._base_manager.values())
            for model in apps.get_models()
            if model._meta.label not in _PASSING
        }
    return answer.status_code, rows


def _told_of(row: dict[str, object], known: set[str]) -> str:
    def plain(name: str, value: object) -> str:
        if isinstance(value, datetime):
            return "moment"
        if (
            isinstance(value, (bytes, memoryview))
            or name in _MADE
            or (name == "id" and isinstance(value, int))
        ):
            return "made"
        return _ANY_ID.sub(
            lambda found: found[0] if found[0] in known else "made", _REFERENCE.sub("made", str(value))
        )

    return str([(name, plain(name, value)) for name, value in row.items()])
