"""Role × object × method, from the URL table itself (A35, A36, A37; security 2.4): nothing to find."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.architecture.addresses import addresses
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
from tests.architecture.matrix.bodies import body_of
from tests.architecture.matrix.family import World, tables, world
from tests.architecture.matrix.grids import ROLES, Answer, Grid
from tests.architecture.matrix.rules import RULES
from tests.architecture.test_addresses import ONLY_POST, TAKES_POST

__all__ = ["tables", "world"]
FILES = ("-pdf", ":file", ":receipt", "-paper", "-calendar")
every_role = pytest.mark.parametrize("role", ROLES)


def test_every_address_has_a_rule() -> None:
    """A35: who adds a page says here who gets which answer."""
    for address in addresses():
        assert address.name in RULES, (
            f'the address "{address.name}" ({address.example}) has no rule: say in '
            "tests/architecture/matrix/rules.py who may open it and whose objects it names, beside matrix 2.4"
        )


def test_every_rule_is_of_an_address_and_of_its_methods() -> None:
    names = {one.name for one in addresses()}
    assert set(RULES) <= names, "rules of addresses that are gone"
    for name, rule in RULES.items():
        if rule.steps:
            continue
        assert (rule.get is None) == (name in ONLY_POST), f"{name}: GET or not?"
        assert (rule.post is not None) == (name in TAKES_POST) or not rule.of, f"{name}: POST or not?"


def test_an_address_with_an_id_names_the_kind_of_its_object() -> None:
    """An id without its kind would be asked with nobody's object."""
    for address in addresses():
        rule = RULES[address.name]
        if "00000000-0000-4000" in address.example and not rule.steps:
            assert rule.of, f"{address.name}: which kind of object does its id name?"


@every_role
def test_each_role_reads_what_the_matrix_gives_it_and_nothing_else(world: World, role: str) -> None:
    """GET, HEAD, and GET of a part of a file; what is refused is told as what is missing.

    On all pages together, a role finds the marks of those whom the matrix names, and no others.
    """
    wrong: list[str] = []
    seen: set[tuple[str, str]] = set()
    for target, grid in _all(world, "get"):
        with browser_of(world, role) as client:
            answer = client.get(target.path)
            found = marks_in(world, answer)
            wrong += _reading(client, role, target, grid, answer)
        wrong += [
            f"{role} reads {kind} of {whose} on {target.path}" for kind, whose in found - shown(world, role)
        ]
        seen |= found

    wrong += [f"{role} finds {kind} of {whose} nowhere" for kind, whose in shown(world, role) - seen]
    assert not wrong, "\n" + "\n".join(wrong)


def _all(world: World, method: str) -> Iterator[tuple[Target, Grid]]:
    for name, rule in RULES.items():
        grid = rule.get if method == "get" else rule.post
        if grid is not None:
            for target in targets(name, rule, world):
                yield target, grid


def _reading(client: Client, role: str, target: Target, grid: Grid, answer: HttpResponse) -> list[str]:
    found = [finding(grid, role, target, "GET", answer)]
    if grid.answer(role, target.owner).is_refusal and target.missing:
        missing = client.get(target.missing)
        if told(answer, target.path) != told(missing, target.missing):
            found.append(f"{role} GET {target.name} of {target.owner} is not answered like a missing one")
    found.append(finding(grid, role, target, "HEAD", client.head(target.path)))
    if target.name.endswith(FILES):
        part = client.get(target.path, headers={"Range": "bytes=0-9"})
        found.append(finding(grid, role, target, "GET a part of", part))
    return [one for one in found if one]


@every_role
def test_each_role_sends_what_the_matrix_gives_it_and_nothing_else(world: World, role: str) -> None:
    """POST with a complete form; who is refused writes nothing, and is told what a missing one tells."""
    wrong = [one for target, grid in _all(world, "post") for one in _sending(world, role, target, grid)]

    assert not wrong, "\n" + "\n".join(wrong)


def _sending(world: World, role: str, target: Target, grid: Grid) -> Iterator[str]:
    with browser_of(world, role) as client:
        data = body_of(target.name, client, target.path)
        with undone() as written:
            answer = client.post(target.path, data)
        yield from filter(None, [finding(grid, role, target, "POST", answer)])
        wanted = grid.answer(role, target.owner)
        if wanted.changes_nothing and written:
            yield f"{role} POST {target.name} of {target.owner} wrote {sorted(set(written))}"
        if wanted.is_refusal and target.missing:
            with undone():
                missing = client.post(target.missing, body_of(target.name, client, target.missing))
            if told(answer, target.path) != told(missing, target.missing):
                yield f"{role} POST {target.name} of {target.owner} is not answered like a missing one"


def test_a_page_that_takes_no_post_takes_none_of_anybodys_object(world: World) -> None:
    """A60"""
    for name, rule in RULES.items():
        client: Client = world.clients["handler" if name.startswith("agents:") else "primary"]
        if rule.of and rule.post is None:
            for target in targets(name, rule, world):
                assert client.post(target.path).status_code == 405, target.path


def test_a_cell_says_status_target_and_refusal() -> None:
    assert Answer.of("-") == Answer((404,), "", True)
    assert Answer.of("-302>/securite/") == Answer((302,), "/securite/", True)
    assert Answer.of("303>/demandes/").is_met_by(303, "/demandes/MESE-1/")
    assert not Answer.of("303>/demandes/").is_met_by(303, "/autre/")
