"""A day at the desk in two browsers: a member sends, an agent asks, the member replies, the agent answers."""

import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.portal import Portal
from tests.browser.test_agents import next_code
from tests.browser.test_journey import choose
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.mark.parametrize("portal", ["first"], indirect=True)
def test_a_photo_is_sent_a_paper_asked_for_and_the_answer_read(
    browser: Browser, portal: Portal, tmp_path: Path
) -> None:
    """B-04, B-14, DEP-01: each step in the browser of who takes it."""
    account = next(one for one in portal.accounts() if one["role"] == "member" and one["activated"])
    member, agent = Walker(browser, portal, width=390), Walker(browser, portal, width=1280)
    member.sign_in(account, account["password"])
    photo = picture(tmp_path)

    reference = send(member, photo)
    enter(agent, portal.account("supervisor"))
    open_from_the_queue(agent, reference)
    mails = portal.count_sent(account["email"], channel="email")
    paper = ask_for_a_paper(agent)
    assert reference in portal.sent_to(account["email"], channel="email", after=mails)["subject"]
    reply(member, reference, paper, photo)
    mails = portal.count_sent(account["email"], channel="email")
    words = answer(agent, reference)
    assert reference in portal.sent_to(account["email"], channel="email", after=mails)["subject"]

    member.go(f"/demandes/{reference}/")
    expect(member.page.locator("main")).to_contain_text(words)
    expect(member.page.locator("main")).to_contain_text("Terminée")
    member.look("day-answered")
    member.close()
    agent.close()


def picture(folder: Path) -> Path:
    photo = folder / "facture.jpg"
    Image.effect_noise((600, 800), 60).convert("RGB").save(photo, "JPEG")
    return photo


def send(member: Walker, photo: Path) -> str:
    member.go("/depot/")
    choose(member)
    member.page.set_input_files("input[name=files]", photo)
    member.fill(description="Facture de ma séance, payée.")
    member.press("Envoyer mon document")
    return member.path().split("/")[2]


def enter(agent: Walker, account: dict[str, Any]) -> None:
    """With a code of the app that no other walk has used."""
    agent.go("/gestion/")
    agent.fill(identifier=account["member_number"], password=account["password"])
    agent.press("Continuer")
    agent.fill(code=next_code(account))
    agent.press("Entrer")
    if agent.path() != "/gestion/":
        time.sleep(31 - time.time() % 30)
        agent.fill(code=next_code(account))
        agent.press("Entrer")
        # That of another walk was refused, as it must be: nothing is wrong with this page.
        agent.troubles.clear()
    assert agent.path() == "/gestion/"


def look_both_ways(agent: Walker, name: str) -> None:
    for size in (NARROW, WIDE):
        agent.page.set_viewport_size(size)
        agent.look(f"{name}-{size['width']}")


def open_from_the_queue(agent: Walker, reference: str) -> None:
    agent.page.get_by_role("link", name="Demandes à traiter").click()
    look_both_ways(agent, "day-queue")
    line = agent.page.locator(f"main a[href='/gestion/demandes/{reference}/']")
    while not line.count():
        agent.page.get_by_role("link", name="Demandes suivantes").click()
        agent.page.wait_for_load_state("load")
    line.click()
    agent.press("Prendre en charge")
    # The photo is beside the request, drawn.
    shown = agent.page.locator(".desk__pieces img").first
    expect(shown).to_be_visible()
    assert shown.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    look_both_ways(agent, "day-request")


def ask_for_a_paper(agent: Walker) -> str:
    """The id of the first paper of the mutual's list, ticked."""
    agent.page.get_by_text("Papiers à demander par leur nom").click()
    first = agent.page.locator("[name=papers]").first
    first.check()
    agent.fill(words="Il nous manque ce papier pour vous rembourser.")
    agent.press("Demander une pièce")
    expect(agent.page.locator("main")).to_contain_text("En attente de l’adhérent")
    look_both_ways(agent, "day-asked")
    return str(first.get_attribute("value"))


def reply(member: Walker, reference: str, paper: str, photo: Path) -> None:
    member.go(f"/demandes/{reference}/")
    expect(member.page.locator("main")).to_contain_text("Il nous manque ce papier pour vous rembourser.")
    member.look("day-question")
    member.page.get_by_role("link", name="Répondre", exact=True).click()
    member.page.set_input_files(f"[name=piece-{paper}]", photo)
    member.fill(words="Le voici.")
    member.press("Envoyer ma réponse")
    assert member.path() == f"/demandes/{reference}/"


def answer(agent: Walker, reference: str) -> str:
    """With words that are ready; gives the first line of them that the agent sees."""
    agent.go(f"/gestion/demandes/{reference}/")
    expect(agent.page.locator("main")).to_contain_text("Le voici.")
    # Those for an answer stand first.
    agent.page.locator("main a[href*='?ready=']").first.click()
    words = agent.page.input_value("[name=words]")
    assert words
    agent.press("Répondre et terminer")
    expect(agent.page.locator("main")).to_contain_text("Terminée")
    look_both_ways(agent, "day-done")
    return next(line for line in words.splitlines() if len(line) > 20)
