"""The pages of the door on a phone and on a wide screen, each with its errors; every kind of human check."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import portal as portals
from tests.browser.portal import Portal, link_in
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
IE11 = "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko"
both_widths = pytest.mark.parametrize("width", [390, 1280])


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The first mutual, with the machine's work as the check of both places."""
    folder = tmp_path_factory.mktemp("working")
    slug = sorted(one.parent.name for one in (ROOT / "mutuals").glob("*/profile.toml"))[0]
    shutil.copytree(ROOT / "mutuals", folder / "mutuals")
    profile = folder / "mutuals" / slug / "profile.toml"
    lines = profile.read_text(encoding="utf-8").splitlines()
    changed = [
        f'{line.partition(" =")[0]} = "proof_of_work"' if line.startswith("check_at_") else line
        for line in lines
    ]
    profile.write_text("\n".join(changed), encoding="utf-8")
    running, process = portals.start(slug, folder / "data", mutuals=folder / "mutuals")
    yield running
    process.terminate()
    process.wait(timeout=30)


def answer(walker: Walker) -> None:
    first, _plus, second = walker.page.locator("#question").inner_text().split()
    walker.fill(answer=str(int(first) + int(second)))


@both_widths
def test_each_page_of_the_door_can_be_read_with_its_errors_and_its_help_open(
    browser: Browser, portal: Portal, width: int
) -> None:
    """ACT-01…05, PWD-01…05, AUTH-11: labels, hints, errors tied and announced, folds, the phone."""
    walker = Walker(browser, portal, width=width)
    account = next(one for one in portal.accounts() if one["role"] == "spouse" and one["email"])
    walker.go("/connexion/")
    open_folds(walker)
    walker.look("door-sign-in")
    walker.go("/premiere-connexion/")
    walker.fill(nir="12", birth_date="31/02/1954", birth_department="20Z")
    walker.press("Recevoir mon lien")
    open_folds(walker)
    walker.look("door-activate", expect_status_noise=True)
    walker.go("/mot-de-passe-oublie/")
    walker.fill(member_number=account["member_number"], answer="1")
    walker.press("Recevoir le lien")
    assert walker.page.locator(".error-summary").evaluate("one => one === document.activeElement")
    walker.look("door-forgotten", expect_status_noise=True)
    mails = portal.count_sent(account["email"], channel="email")
    answer(walker)
    walker.press("Recevoir le lien")
    open_folds(walker)
    walker.look("door-sent")
    mail = portal.sent_to(account["email"], channel="email", after=mails) if width == 390 else None
    if mail is not None:
        walker.go(link_in(mail["body"]))
        walker.fill(birth_date="01/01/1990", new_password1="court", new_password2="courte")
        open_folds(walker)
        walker.look("door-set")
    walker.go(f"/mot-de-passe/{'0' * 32}/")
    open_folds(walker)
    walker.look("door-over", expect_status_noise=True)
    walker.go("/mot-de-passe/enregistre/")
    walker.look("door-stored")
    walker.close()


@both_widths
def test_the_check_of_sign_in_reads_its_question_aloud_and_says_what_is_wrong(
    browser: Browser, portal: Portal, width: int
) -> None:
    """AUTH-04, X5"""
    walker = Walker(browser, portal, width=width)
    account = portal.account("member")
    walker.go("/connexion/")
    walker.fill(member_number=account["member_number"], password=account["password"])
    walker.press("Me connecter")
    speaker = walker.page.get_by_role("button", name="Écouter la question")
    assert speaker.is_visible()
    assert str(speaker.get_attribute("data-speak")).startswith("Combien font ")
    speaker.click()
    walker.look("check")
    walker.fill(answer="1")
    walker.press("Valider ma réponse")
    assert walker.page.locator(".error-summary").evaluate("one => one === document.activeElement")
    assert "id_answer_error" in str(walker.page.locator("[name=answer]").get_attribute("aria-describedby"))
    walker.look("check-refused", expect_status_noise=True)
    if walker.page.locator("[name=choice]").count():
        walker.page.locator(".image").first.click()
        walker.press("Valider mes images")
        walker.look("check-pictures-refused", expect_status_noise=True)
    walker.close()


@both_widths
def test_the_machine_works_while_one_types_and_nothing_more_is_asked(
    browser: Browser, working: Portal, width: int
) -> None:
    """X5: proof of work at both places, without a word from the person."""
    walker = Walker(browser, working, width=width)
    account = [one for one in working.accounts() if one["role"] == "member"][0 if width == 390 else 1]
    walker.go("/mot-de-passe-oublie/")
    walker.fill(member_number=account["member_number"])
    walker.press("Recevoir le lien")
    walker.page.wait_for_selector("h1:has-text('Regardez vos e-mails')")
    walker.go("/connexion/")
    walker.fill(member_number=account["member_number"], password=account["password"])
    walker.press("Me connecter")
    assert walker.path() == "/connexion/verification/"
    walker.look("work")
    walker.page.get_by_role("button", name="Continuer").click()
    walker.page.wait_for_url("**/connexion/code/")
    walker.close()


def test_without_scripts_the_question_is_the_way(browser: Browser, working: Portal) -> None:
    """X5: never a script only."""
    walker = Walker(browser, working, width=390, scripts=False)
    account = working.account("spouse")
    walker.go("/connexion/")
    walker.fill(member_number=account["member_number"], password=account["password"])
    walker.press("Me connecter")
    assert not walker.page.get_by_role("button", name="Continuer").is_visible()
    assert not walker.page.get_by_role("button", name="Écouter la question").is_visible()
    walker.look("work")
    answer(walker)
    walker.press("Valider ma réponse")
    assert walker.path() == "/connexion/code/"
    walker.close()


@both_widths
def test_the_mails_can_be_looked_at_one_by_one(browser: Browser, portal: Portal, width: int) -> None:
    """The gallery of mails: the list, each text, each HTML."""
    walker = Walker(browser, portal, width=width)
    walker.go("/composants/mails/")
    walker.look("mails")
    links = walker.page.eval_on_selector_all(
        "a[href^='/composants/mails/'][href$='/fr/']", "all => all.map(one => one.getAttribute('href'))"
    )
    assert len(links) > 10
    for link in links:
        walker.go(link)
        walker.look(f"mail{link.replace('/', '-')}")
    walker.go("/composants/mails/account_link/fr/html/")
    assert walker.page.locator("h1").inner_text() == "Création de votre mot de passe"
    walker.close()


@both_widths
def test_the_plain_page_for_old_browsers_can_be_read(browser: Browser, portal: Portal, width: int) -> None:
    """PLAT-02"""
    walker = Walker(browser, portal, width=width)
    walker.go("/navigateur/")
    walker.look("old-browser")
    walker.close()
    context = browser.new_context(base_url=portal.address, user_agent=IE11, java_script_enabled=False)
    page = context.new_page()
    page.goto("/depot/")
    assert page.locator("h1").inner_text() == "Votre navigateur est trop ancien"
    context.close()


def open_folds(walker: Walker) -> None:
    walker.page.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true; })")
