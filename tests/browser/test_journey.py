"""The main job, from activation to the proof of deposit, as a newcomer walks it."""

import hashlib
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.portal import Portal, link_in
from tests.browser.walker import Walker, _e164

pytestmark = pytest.mark.browser
PASSWORD = "Bruyere-du-matin-7"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_member_walks_from_activation_to_the_receipt(
    browser: Browser, portal: Portal, width: int, tmp_path: Path
) -> None:
    """ACT-01, PWD-04, PWD-05, AUTH-01…06, AUTH-10, HOME-01…03, PROF-01…03, REMB-01, 02, DEP-01…03, B-01."""
    walker = Walker(browser, portal, width=width)
    somebody = [one for one in portal.accounts() if one["role"] == "not_activated" and one["email"]]
    # Each width has its own newcomer: a second link within the minute is refused.
    account = somebody[0 if width == 390 else 1]

    activate(walker, account)
    enter(walker, account)
    read(walker)
    send_two_files(walker, tmp_path)
    leave(walker)

    walker.close()


def activate(walker: Walker, account: dict[str, str]) -> None:
    walker.go("/")
    assert walker.path() == "/connexion/"
    walker.look("sign-in")
    walker.go("/premiere-connexion/")
    walker.press("Recevoir mon lien")
    walker.look("activate-errors", expect_status_noise=True)
    mails = walker.portal.count_sent(account["email"], channel="email")
    walker.fill(
        nir=account["nir"],
        birth_date=account["birth_date"],
        birth_department=account["birth_department"],
        last_name=account["last_name"],
        first_name=account["first_name"],
    )
    walker.look("activate")
    walker.press("Recevoir mon lien")
    walker.look("link-sent")
    mail = walker.portal.sent_to(account["email"], channel="email", after=mails)
    walker.go(link_in(mail["body"]))
    walker.fill(birth_date=account["birth_date"], new_password1="court", new_password2="court")
    walker.press("Enregistrer mon mot de passe")
    walker.look("set-password-refused", expect_status_noise=True)
    password = f"{PASSWORD}-{walker.width}"
    walker.fill(birth_date=account["birth_date"], new_password1=password, new_password2=password)
    walker.press("Enregistrer mon mot de passe")
    walker.look("password-stored")


def enter(walker: Walker, account: dict[str, str]) -> None:
    walker.go("/connexion/")
    walker.fill(member_number=account["member_number"], password="not the right one")
    walker.press("Me connecter")
    walker.look("sign-in-refused", expect_status_noise=True)
    walker.fill(member_number=account["member_number"], password=f"{PASSWORD}-{walker.width}")
    walker.press("Me connecter")
    walker.look("human-check")
    codes = walker.portal.count_sent(_e164(account["mobile"]), channel="sms")
    walker.answer_question()
    walker.look("code")
    walker.type_code(account["mobile"], after=codes)
    if walker.path() == "/conditions/":
        walker.look("terms")
        walker.page.check("[name=accept]")
        walker.press("Accepter")
        walker.look("factor-offer")
        walker.press("Plus tard")
    assert walker.path() == "/"
    assert account["first_name"] in walker.heading()
    walker.look("home")
    if walker.width == 390:
        walker.keep_for_readme("home-phone.png")


def read(walker: Walker) -> None:
    walker.go("/contrat/")
    walker.look("contract")
    walker.page.locator("main a[href^='/contrat/']").first.click()
    walker.look("contract-detail")
    walker.page.locator("main a[href^='/beneficiaires/']").first.click()
    walker.look("beneficiary")
    assert "•" in walker.page.inner_text("main")
    walker.go("/remboursements/")
    walker.look("reimbursements")
    walker.page.locator("main a[href^='/remboursements/']:visible").first.click()
    walker.look("reimbursement")
    walker.go("/releves/")
    walker.look("statements")
    address = walker.page.locator("main a[href$='.pdf']").first.get_attribute("href")
    answer = walker.context.request.get(walker.portal.address + str(address))
    assert answer.ok
    with pikepdf.open(io.BytesIO(answer.body())) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "fr"


def send_two_files(walker: Walker, tmp_path: Path) -> None:
    photo, paper = tmp_path / "facture.jpg", tmp_path / "décompte.pdf"
    Image.effect_noise((800, 600), 60).convert("RGB").save(photo, "JPEG")
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(paper)
    walker.go("/depot/")
    walker.look("deposit")
    choose(walker)
    walker.page.set_input_files("input[name=files]", [photo, paper])
    walker.fill(description="Facture du 3 novembre, payée.")
    walker.look("deposit-filled")
    walker.press("Envoyer mes 2 documents")
    assert walker.path().startswith("/demandes/")
    walker.look("receipt")
    if walker.width == 1280:
        walker.keep_for_readme("receipt-desktop.png")
    for file in (photo, paper):
        assert hashlib.sha256(file.read_bytes()).hexdigest() in walker.page.inner_text("main").replace(
            "\n", ""
        )
    received = walker.context.request.get(
        walker.portal.address
        + str(walker.page.locator("main a[href$='recu.pdf']").first.get_attribute("href"))
    )
    assert received.body().startswith(b"%PDF-")
    walker.go("/demandes/")
    walker.look("requests")
    walker.go("/")
    walker.look("home-with-request")


def leave(walker: Walker) -> None:
    """Signed out, said so, and the back button shows nothing (A31)."""
    if walker.width == 390:
        walker.page.locator("nav a[href='#menu']").click()
    walker.page.get_by_role("button", name="Me déconnecter").locator("visible=true").first.click()
    walker.page.wait_for_url("**/connexion/?sortie=1")
    assert "Vous êtes déconnecté" in walker.page.inner_text("main")
    walker.look("signed-out")
    walker.page.go_back()
    assert walker.path() == "/connexion/"


def choose(walker: Walker) -> None:
    """The first category and its first type, whatever the mutual calls them."""
    walker.page.locator("input[name=category]").first.check(force=True)
    typed = walker.page.locator("[name=type]").first
    if typed.evaluate("one => one.tagName") == "SELECT":
        value = typed.locator("option[value]:not([value=''])").first.get_attribute("value")
        typed.select_option(value)
    else:
        walker.page.locator("input[name=type]:visible").first.check(force=True)
