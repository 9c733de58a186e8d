"""`entraide agent …` as an operator runs it (A13)."""

import json
import re

import pytest

from entraide.portal.config import cli
from entraide.portal.config.cli import main
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.queries import agent_of
from tests.portal.agents import make_agent

pytestmark = pytest.mark.django_db
INVITE = ["agent", "invite", "Lea.Morvan@example.org", "--name", "Léa Morvan", "--role", "handler"]


@pytest.fixture
def ada(db: None) -> Agent:
    from django.utils import timezone  # noqa: PLC0415

    return make_agent("ada@example.org", "Ada Aron", role=Role.PAYER, since=timezone.now(), with_app=True)


def test_an_invitation_prints_its_link_and_the_link_opens(capsys, client):
    assert main(INVITE) == 0
    (path,) = re.findall(r"http://localhost:8000(/gestion/invitation/[0-9a-f]{32}/)", capsys.readouterr().out)

    assert "Léa Morvan" in client.get(path).content.decode()


def test_the_list_is_one_line_per_agent_without_any_secret(capsys, ada):
    main(INVITE)
    capsys.readouterr()
    assert main(["agent", "list"]) == 0
    out = capsys.readouterr().out
    rows = [json.loads(line) for line in out.splitlines()]

    assert [(row["identifier"], row["role"], row["waits_for_a_password"]) for row in rows] == [
        ("ada@example.org", "payer", False),
        ("lea.morvan@example.org", "handler", True),
    ]
    assert ada.account.password not in out


def test_a_reset_prints_a_link_and_with_factor_takes_the_app_off(capsys, ada):
    assert main(["agent", "reset", "ada@example.org"]) == 0
    assert Factor.objects.count() == 1
    assert main(["agent", "reset", "ada@example.org", "--factor"]) == 0

    assert Factor.objects.count() == 0
    assert capsys.readouterr().out.count("/gestion/invitation/") == 2


def test_an_end_closes_the_access(capsys, ada):
    assert main(["agent", "end", "ADA@example.org"]) == 0

    assert agent_of(ada.account_id) is None
    assert "closed" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["agent", "end", "nobody@example.org"],
        ["agent", "reset", "nobody@example.org"],
        ["agent", "invite", "nobody", "--name", "N", "--role", "dpo"],
        ["agent", "invite", "ada@example.org", "--name", "Ada", "--role", "dpo"],
    ],
)
def test_a_refusal_is_one_line_on_standard_error(capsys, ada, arguments):
    assert main(arguments) == 1
    told = capsys.readouterr()

    assert told.out == ""
    assert told.err.startswith("entraide: ")
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    "arguments",
    [["agent"], ["agent", "grant"], ["agent", "invite", "a@example.org"], [*INVITE[:-1], "king"]],
)
def test_wrong_use_ends_with_2(capsys, arguments):
    with pytest.raises(SystemExit) as end:
        main(arguments)

    assert end.value.code == 2


def test_the_roles_of_the_command_are_those_of_the_business():
    assert set(cli.AGENT_ROLES) == set(Role.values)
