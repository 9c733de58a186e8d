"""A paper from an adviser, in two browsers: enclosed, told by mail, opened, and seen as opened."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.portal import Portal
from tests.browser.test_agents_day import enter, look_both_ways, open_from_the_queue, picture, send
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser
SAID = "Voici votre formulaire : signez-le et renvoyez-le-nous."


@pytest.mark.parametrize("portal", ["first"], indirect=True)
def test_an_agent_encloses_a_paper_and_the_member_opens_it(
    browser: Browser, portal: Portal, tmp_path: Path
) -> None:
    """MSG-03, B-14."""
    account = next(one for one in portal.accounts() if one["role"] == "member" and one["activated"])
    member, agent = Walker(browser, portal, width=390), Walker(browser, portal, width=1280)
    member.sign_in(account, account["password"])
    photo = picture(tmp_path)

    reference = send(member, photo)
    enter(agent, portal.account("supervisor"))
    open_from_the_queue(agent, reference)
    mails = portal.count_sent(account["email"], channel="email")
    enclose(agent, photo.rename(tmp_path / "formulaire.jpg"))
    mail = portal.sent_to(account["email"], channel="email", after=mails)

    assert reference in mail["subject"]
    # What is enclosed may tell of an illness: the mail says that there is something, and nothing of it.
    assert "formulaire.jpg" not in mail["body"]
    assert SAID not in mail["body"]
    open_it(member, reference)
    agent.go(f"/gestion/demandes/{reference}/")
    expect(agent.page.locator("main")).to_contain_text("Ouvert la première fois le")
    look_both_ways(agent, "enclosure-opened")
    member.close()
    agent.close()


def enclose(agent: Walker, paper: Path) -> None:
    agent.fill(words=SAID)
    agent.page.get_by_text("Joindre des fichiers").click()
    agent.page.set_input_files("input[name=files]", paper)
    agent.press("Ajouter ces fichiers sans envoyer")
    expect(agent.page.locator("main")).to_contain_text("formulaire.jpg")
    assert agent.page.input_value("[name=words]") == SAID
    look_both_ways(agent, "enclosure-kept")
    agent.press("Demander une pièce")
    expect(agent.page.locator("main")).to_contain_text("En attente de l’adhérent")
    look_both_ways(agent, "enclosure-sent")


def open_it(member: Walker, reference: str) -> None:
    member.go(f"/demandes/{reference}/")
    expect(member.page.locator("main")).to_contain_text(SAID)
    member.look("enclosure-read")
    member.page.get_by_role("link", name="formulaire.jpg").first.click()
    member.page.wait_for_load_state("load")
    member.look("enclosure-shown")
    member.go("/documents/recus/")
    member.look("enclosure-among-received")
    expect(member.page.locator("main")).to_contain_text(f"Document joint, demande {reference}")
