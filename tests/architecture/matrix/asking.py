"""Asking an address as somebody, and comparing answers; what an answer changes is undone after it."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pikepdf import PdfError

from tests.architecture.matrix.family import World
from tests.architecture.matrix.grids import AGENTS, Grid
from tests.architecture.matrix.rules import SHOWN, SHOWN_AT_THE_DESK, Rule
from tests.portal.member_site.reimbursements.pdf_text import text_of

# What may be written for who is refused: that their session goes on, and what it tells them.
_OF_THE_SESSION = ("django_session", "access_opensession")
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# What differs between two answers to the same question.
_ONE_TIME = (
    (re.compile(r'(name="(?:csrfmiddlewaretoken|request_key)" value=)"[^"]*"'), r"\1"),
    (re.compile(r"remove:[\w-]+"), "remove"),
    (re.compile(r"(Référence à donner\W+)\w+"), r"\1"),
)


@dataclass(frozen=True)
class Target:
    """One address of a rule with the object that it names; `owner` is `page` where it names none."""

    name: str
    owner: str
    path: str
    missing: str


def targets(name: str, rule: Rule, world: World) -> Iterator[Target]:
    """The address once for each owner of such an object, or once in all."""
    query = f"?{rule.query}" if rule.query else ""
    if not rule.of:
        yield Target(name, "page", reverse(name, args=rule.args) + query, "")
        return
    missing = reverse(name, args=world.missing(rule.of)) + query
    for owner, args in world.args[rule.of].items():
        yield Target(name, owner, reverse(name, args=args) + query, missing)


@contextmanager
def undone() -> Iterator[list[str]]:
    """Whatever the block does to the database is taken back; gives the tables that it writes to."""
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = _WRITES.match(sql)
        if found and found[1] not in _OF_THE_SESSION:
            written.append(found[1])
        return execute(sql, params, many, context)

    mark = transaction.savepoint()
    try:
        with connection.execute_wrapper(watch):
            yield written
    finally:
        transaction.savepoint_rollback(mark)


@contextmanager
def browser_of(world: World, role: str) -> Iterator[Client]:
    """The role's browser, with the cookies that it had before, whatever the block answers."""
    client = world.clients[role]
    cookies = client.cookies.copy()
    try:
        yield client
    finally:
        client.cookies = cookies


def content_of(answer: HttpResponse) -> bytes:
    return bytes(answer.getvalue())


def words_of(answer: HttpResponse) -> str:
    """What can be read in an answer, PDFs included; no-break spaces as spaces."""
    content = content_of(answer)
    try:
        text = text_of(content) if content.startswith(b"%PDF") else content.decode("utf-8", "replace")
    except PdfError:
        text = content.decode("latin-1")
    return html.unescape(text).replace("\xa0", " ").replace("\u202f", " ")


def marks_in(world: World, answer: HttpResponse) -> set[tuple[str, str]]:
    """The kinds of data that the answer shows, each with whose they are."""
    if answer.status_code in {403, 404}:
        # It may repeat the address that was asked for; that it tells no more, `told` looks after.
        return set()
    words = words_of(answer)
    return {
        (kind, owner)
        for kind, owners in world.marks.items()
        for owner, marks in owners.items()
        if any(mark in words for mark in marks)
    }


def shown(world: World, role: str) -> set[tuple[str, str]]:
    """Kind of data and whose they are, as the matrix lets the role see them."""
    return {
        (kind, owner)
        for kind, grid in (SHOWN_AT_THE_DESK if role in AGENTS else SHOWN).items()
        for owner in grid.let_in(role, world.marks.get(kind, ()))
    }


def told(answer: HttpResponse, path: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body, without what names the address asked for or serves once."""
    headers = {
        name: _plain(value, path) for name, value in answer.headers.items() if name != "Content-Length"
    }
    cookies = sorted(answer.cookies)
    return (
        answer.status_code,
        headers | {"cookies": str(cookies)},
        _plain(content_of(answer).decode("utf-8", "replace"), path),
    )


def _plain(text: str, path: str) -> str:
    text = text.replace(path, "ADDRESS").replace(path.replace("/", "%2F"), "ADDRESS")
    for pattern, instead in _ONE_TIME:
        text = pattern.sub(instead, text)
    return text


def finding(grid: Grid, role: str, target: Target, method: str, answer: HttpResponse) -> str:
    """What is wrong with the answer; blank when it is the one of the matrix."""
    wanted = grid.answer(role, target.owner)
    location = answer.headers.get("Location", "")
    if wanted.is_met_by(answer.status_code, location):
        return ""
    got = f"{answer.status_code}{'>' + location if location else ''}"
    cell = grid.cell(role, target.owner)
    return f"{role} {method} {target.name} of {target.owner}: {got} instead of {cell}"
