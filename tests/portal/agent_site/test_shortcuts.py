"""The keys of the desk: one list of them, and whether they act, for each agent (B-14, WCAG 2.1.4)."""

import re
from pathlib import Path

import pytest
from django.test import Client

from entraide.portal import agent_site
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.foundation.events.models import Entry
from tests.portal.agent_site.steps import HOME, words
from tests.portal.agents import sign_in_agent

LIST = "/gestion/raccourcis/"
MODULE = "js/shortcuts"
# In templates key="…" of a button or a card, data-key="…" elsewhere; in forms an attribute of the widget.
DECLARED = re.compile(r"""\bkey="([^"{]+)"|"data-key": "([^"]+)\"""")
ROWS = {"j", "k", "o"}


def declared() -> set[str]:
    """Every key that an element of a page says is its own."""
    folder = Path(agent_site.__file__).parent
    sources = [*folder.rglob("*.html"), *folder.rglob("forms.py")]
    found = [pair for one in sources for pair in DECLARED.findall(one.read_text())]
    return {key for pair in found for key in "".join(pair).split(",")}


def explained(page: str) -> set[str]:
    """The keys of a page's list, without the pairs that links of the list declare themselves."""
    main = page[page.index("<main") : page.index("</main>")]
    return set(re.findall(r'data-works="([^"]+)"', main))


def test_every_key_of_the_desk_is_explained_in_its_list_and_no_other(agent_client: Client) -> None:
    page = agent_client.get(LIST).content.decode()

    assert explained(page) - ROWS == declared() - {"/"}
    assert 'data-key="g s,/"' in page


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.HANDLER, ["g q", "g s,/"]),
        (Role.SUPERVISOR, ["g q", "g s,/", "g f"]),
        (Role.SECURITY_ADMIN, []),
    ],
)
def test_a_role_is_led_to_its_own_pages_alone(handler: Agent, role: Role, shown: list[str]) -> None:
    Agent.objects.update(role=role)

    page = sign_in_agent(Client(), handler).get(LIST).content.decode()

    assert re.findall(r'<a href="[^"]+" data-key="(g [^"]+)"', page.partition("</main>")[0]) == shown


def test_keys_turned_off_stay_off_in_another_browser_until_turned_on(
    handler: Agent, agent_client: Client
) -> None:
    assert acting(agent_client)

    done = agent_client.post(LIST, {"shortcuts": "off"}, follow=True)
    agent_client.post(LIST, {"shortcuts": "off"})
    elsewhere = sign_in_agent(Client(), handler)

    assert "Les raccourcis clavier sont désactivés." in words(done)
    assert not acting(elsewhere)
    elsewhere.post(LIST, {"shortcuts": "on"})
    assert acting(elsewhere)
    assert [one.data["on"] for one in Entry.objects.filter(kind="ShortcutsChosen")] == [False, True]


def acting(client: Client) -> bool:
    """Whether a page brings the script, and with it the dialog that it opens."""
    answer = client.get(HOME)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert (MODULE in page) == ("data-shortcuts>" in page)
    return MODULE in page


@pytest.mark.parametrize("body", [{}, {"shortcuts": "perhaps"}])
def test_a_choice_that_is_none_changes_nothing_and_says_what_to_do(
    handler: Agent, agent_client: Client, body: dict[str, str]
) -> None:
    answer = agent_client.post(LIST, body)

    assert answer.status_code == 422
    assert "Choisissez si les raccourcis sont activés ou désactivés." in words(answer)
    handler.refresh_from_db()
    assert handler.uses_shortcuts
