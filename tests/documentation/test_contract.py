"""docs/contract.md says what the program does: commands, settings, addresses, fields."""

import argparse
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from entraide.portal.config import cli
from entraide.portal.config.env import EnvironmentFault, read_environment
from entraide.portal.foundation.web.public import is_public
from tests.documentation.pages import (
    DOCS,
    PORTAL,
    ROOT,
    blocks_of,
    name_of,
    pages,
    quoted,
    rows,
    section,
    text_of,
)

CONTRACT = DOCS / "contract.md"
_COMMANDS = list(rows(section(CONTRACT, "Commands")))
_ADDRESSES = list(rows(section(CONTRACT, "Addresses")))


# Commands


def subcommands() -> dict[str, argparse.ArgumentParser]:
    parser = cli._parser()
    (choices,) = [one.choices for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    return dict(choices)


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """The options of a command and of its own commands."""
    own = {name for one in parser._actions for name in one.option_strings} - {"-h", "--help"}
    inner = [one.choices for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    return own.union(*(options_of(one) for choices in inner for one in choices.values()))


def told_commands() -> dict[str, str]:
    """Each command of the table, with the rest of its row."""
    found = {}
    for command, *rest in _COMMANDS:
        name = re.fullmatch(r"`entraide ([\w-]+)`", command)
        if name:
            found[name[1]] = " ".join(rest)
    return found


def test_the_contract_names_every_command_and_no_other():
    assert set(told_commands()) == set(subcommands())


def test_every_command_can_be_run():
    assert set(cli._COMMANDS) == set(subcommands())


@pytest.mark.parametrize("name", sorted(subcommands()))
def test_the_contract_names_every_option_of_a_command_and_no_other(name):
    told = set(re.findall(r"--[a-z-]+", told_commands()[name]))

    assert told == options_of(subcommands()[name])


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_command_of_a_page_exists_with_its_options(page):
    calls = re.findall(r"(?:bin/|`|^)entraide ([a-z-]+)([^`\n]*)", text_of(page), re.MULTILINE)
    unknown = [name for name, _rest in calls if name not in {*subcommands(), "export"}]
    wrong = [
        (name, option)
        for name, rest in calls
        if name in subcommands()
        for option in re.findall(r"--[a-z-]+", rest)
        if option not in options_of(subcommands()[name])
    ]

    assert unknown == []
    assert wrong == []


# Targets of make


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_contract_names_every_target_of_make_and_no_other():
    told = {command.strip("`").removeprefix("make ") for command, *_rest in _COMMANDS if "`make " in command}

    assert told == targets()


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_target_of_make_that_a_page_names_exists(page):
    code = quoted(text_of(page)) + [line for block in blocks_of(page) for line in block.text.splitlines()]
    named = {found[1] for line in code if (found := re.match(r"make ([a-z-]+)", line))}

    assert named - targets() == set()


# Settings


class Recorder(Mapping[str, str]):
    """An empty environment that remembers what was looked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@pytest.fixture(scope="module")
def settings_read() -> set[str]:
    recorder = Recorder()
    with pytest.raises(EnvironmentFault):
        read_environment(recorder, root=ROOT)
    return recorder.asked


def test_the_contract_names_every_setting_and_no_other(settings_read):
    told = {name for first, *_rest in rows(section(CONTRACT, "Settings")) for name in quoted(first)}

    assert told == {name for name in settings_read if not name.endswith("_FILE")}


def test_every_setting_can_come_from_a_file(settings_read):
    plain = {name for name in settings_read if not name.endswith("_FILE")}

    assert {f"{name}_FILE" for name in plain} == settings_read - plain


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_setting_that_a_page_names_is_read(page, settings_read):
    named = set(re.findall(r"\b(?:ENTRAIDE_[A-Z_]+|[A-Z]+_URL)\b", text_of(page))) - {"TEST_DATABASE_URL"}

    assert named - settings_read == set()


def test_the_settings_without_a_default_are_those_whose_absence_stops_the_start():
    with pytest.raises(EnvironmentFault) as refusal:
        read_environment({}, root=ROOT)
    missing = {fault.split(":")[0] for fault in refusal.value.faults if "found nothing" in fault}
    without_default = {
        name
        for first, default, *_rest in rows(section(CONTRACT, "Settings"))
        if default == "none"
        for name in quoted(first)
    }

    assert missing == without_default


# Addresses


def routes(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, route)
        else:
            yield route, one


def plain(address: str) -> str:
    """An address without the names of its variable parts."""
    return re.sub(r"<[^>]*>", "<>", address)


def served() -> dict[str, URLPattern]:
    return {plain(route): pattern for route, pattern in routes(get_resolver())}


def told_addresses() -> dict[str, tuple[str, str]]:
    """Each address of the contract, with who may open it and its fields."""
    return {plain(address.strip("`")): (who, fields) for address, who, fields in _ADDRESSES}


def test_the_contract_names_every_address_and_no_other():
    assert len(told_addresses()) > 50
    assert set(told_addresses()) == set(served())


def test_no_address_is_named_twice():
    assert len(told_addresses()) == len(_ADDRESSES)


def test_the_contract_says_rightly_who_may_open_each_address():
    wrong = {
        address: who
        for address, (who, _fields) in told_addresses().items()
        if (who in {"anyone", "demo"}) != is_public(served()[address].callback)
    }

    assert wrong == {}


def test_the_addresses_of_the_demo_are_there_in_the_demo_only(client, settings):
    settings.ENTRAIDE = replace(settings.ENTRAIDE, demo=False)
    demo = [address for address, (who, _fields) in told_addresses().items() if who == "demo"]
    plain_ones = [address for address in demo if "<" not in address]

    assert len(plain_ones) > 5
    assert {client.get(address).status_code for address in plain_ones} == {404}


def test_every_field_of_the_contract_is_read_by_a_page():
    sources = "\n".join(path.read_text(encoding="utf-8") for path in _sources_of_pages())
    forms = [fields for who, fields in told_addresses().values() if who != "demo" and "status" not in fields]
    named = {name for fields in forms for name in quoted(fields) if re.fullmatch(r"[a-z_0-9]{3,}", name)}

    assert len(named) > 20
    assert {name for name in named if not re.search(rf"\b{name}\b", sources)} == set()


def _sources_of_pages() -> list[Path]:
    folders = ("member_site", "agent_site", "foundation/forms")
    return [path for folder in folders for path in (PORTAL / folder).rglob("*.py")]
