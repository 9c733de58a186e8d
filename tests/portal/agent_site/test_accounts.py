"""Changes of account at the desk: four eyes on one screen (A68, A70, A71, A73, A78)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from entraide.formats import iban
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.bank.deciding import standing
from entraide.portal.domain.bank.models import AccountChange, Approval
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.members.bank_accounts import index_on_file
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.models import RequestFile
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.agent_site.test_requests import signed_in
from tests.portal.bank import NEW, ask, viewer_for
from tests.portal.member_site.requests.conftest import text_of

QUEUE = "/gestion/comptes/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def change(viewer: Viewer) -> AccountChange:
    return ask(viewer, now=timezone.now())


@pytest.fixture
def payer(db: None) -> Client:
    return signed_in(Role.PAYER, "Paul Ormont")


@pytest.fixture
def supervisor(db: None) -> Client:
    return signed_in(Role.SUPERVISOR, "Sam Loriol")


def page_of(change: AccountChange, part: str = "") -> str:
    return f"{QUEUE}{change.reference}/{part}"


def shown(client: Client, change: AccountChange) -> str:
    return " ".join(text_of(client.get(page_of(change))).replace("\xa0", " ").split())


def act(client: Client, change: AccountChange, what: str, **more: str) -> Any:
    fresh = AccountChange.objects.get(pk=change.pk)
    return client.post(page_of(change, "agir/"), {"act": what, "binding": fresh.binding, **more})


def make_known_elsewhere(stranger: Beneficiary) -> None:
    Beneficiary.objects.filter(pk=stranger.pk).update(iban_index=index_on_file(NEW))


def test_one_screen_shows_what_decides_and_no_whole_account(payer: Client, change: AccountChange) -> None:
    listed = text_of(payer.get(QUEUE))
    page = shown(payer, change)

    assert page_of(change) in listed
    assert "accords : 0 sur 1" in listed.replace("\xa0", " ")
    assert iban.mask(NEW) in page
    assert NEW not in page
    assert iban.reveal(NEW) not in page
    assert "C’est le nom de la personne" in page
    assert "Aucun : contact inchangé" in page
    assert f'src="{page_of(change, f"rib/{change.paper_id}/1.jpg")}"' in page
    assert payer.get(page_of(change, f"rib/{change.paper_id}/1.jpg")).headers["Content-Type"] == "image/jpeg"
    assert "Changements de compte (1)" in text_of(payer.get("/gestion/")).replace("\xa0", " ")


def test_two_people_agree_where_a_signal_asks_for_it_and_then_nothing_waits(
    payer: Client, supervisor: Client, change: AccountChange, stranger: Beneficiary
) -> None:
    make_known_elsewhere(stranger)
    assert "Deux accords de deux personnes" in shown(payer, change)
    assert "Ce compte est connu pour une autre adhésion" in shown(payer, change)
    assert act(supervisor, change, "approve").status_code == 422

    assert act(payer, change, "check").status_code == 303
    assert act(payer, change, "approve").status_code == 422
    assert "Donner le second accord" not in shown(payer, change)
    assert page_of(change) in text_of(payer.get(QUEUE))
    assert act(supervisor, change, "approve").status_code == 303

    assert "Tous les accords sont donnés" in shown(payer, change)
    assert page_of(change) not in text_of(payer.get(QUEUE))
    assert [one.step for one in Approval.objects.order_by("pk")] == ["check", "approve"]


def test_an_edit_cancels_the_first_agreement_and_the_page_says_so(
    payer: Client, change: AccountChange
) -> None:
    """A78: the stale form agrees to nothing either."""
    before = AccountChange.objects.get(pk=change.pk).binding
    act(payer, change, "check")
    edited = AccountChange.objects.get(pk=change.pk)
    edited.holder = "Anne V."
    edited.save()

    page = shown(payer, change)
    stale = act(payer, change, "check", binding=before)

    assert "Un accord ne compte plus" in page
    assert "après l’accord de Paul Ormont" in page
    assert stale.status_code == 422
    assert "relisez-le" in text_of(stale)
    assert standing(AccountChange.objects.get(pk=change.pk)) == {}
    assert act(payer, change, "check").status_code == 303


def test_what_our_bank_answers_is_kept_and_a_doubt_asks_for_a_second_agent(
    payer: Client, change: AccountChange
) -> None:
    """A71: payee check; what it says is part of what was agreed to."""
    act(payer, change, "check")
    assert act(payer, change, "payee", payee_check="dance").status_code == 422

    assert act(payer, change, "payee", payee_check="no_match").status_code == 303

    page = shown(payer, change)
    assert "Un accord ne compte plus" in page
    assert "Deux accords de deux personnes" in page
    assert Entry.objects.get(kind="AccountPayeeChecked").data["result"] == "no_match"


def test_a_refusal_has_its_reason_and_the_member_reads_it(
    payer: Client, member_client: Client, change: AccountChange
) -> None:
    assert act(payer, change, "refuse").status_code == 422
    assert act(payer, change, "refuse", reason="paper_mismatch").status_code == 303
    drain()

    change.refresh_from_db()
    assert (change.state, change.refusal) == ("refused", "paper_mismatch")
    assert "Le RIB joint n’est pas celui du compte" in text_of(member_client.get("/banque/"))
    assert act(payer, change, "check").status_code == 422


def test_a_freeze_stops_the_change_and_closes_the_access(
    payer: Client, member_client: Client, change: AccountChange, household: Household
) -> None:
    """A23: the mail says that it was the mutual's own decision."""
    assert act(payer, change, "freeze").status_code == 303
    drain()

    change.refresh_from_db()
    assert change.state == "frozen"
    assert Account.objects.get(pk=household.primary.account_id).frozen_at is not None
    assert member_client.get("/banque/").headers["Location"].startswith("/connexion/")
    mail = Delivery.objects.get(notice="account_frozen")
    assert "Par prudence, nous avons bloqué" in mail.body
    assert "Vous nous avez dit" not in mail.body
    assert Entry.objects.get(kind="AccountFrozen").actor is not None


def test_each_opening_is_in_the_members_journal(
    payer: Client, member_client: Client, change: AccountChange
) -> None:
    """A68, A69: the screen and its RIB are one reading."""
    payer.get(page_of(change))
    payer.get(page_of(change, f"rib/{change.paper_id}/1.jpg"))
    drain()

    row = Consultation.objects.get(reader_kind="agent")
    assert (row.seen, row.object_id, row.person_id) == ("bank", change.pk, change.person_id)
    assert "Paul Ormont" in text_of(member_client.get("/droits/journal/"))


def test_a_rib_that_the_antivirus_keeps_closed_is_not_shown(payer: Client, change: AccountChange) -> None:
    RequestFile.objects.filter(pk=change.paper_id).update(scan_state="received")

    assert "En cours de contrôle" in shown(payer, change)
    for part in (f"rib/{change.paper_id}/", f"rib/{change.paper_id}/1.jpg"):
        assert payer.get(page_of(change, part)).headers["Location"] == page_of(change)


def test_the_family_and_other_roles_see_nothing(change: AccountChange, household: Household) -> None:
    """A73, A75"""
    relative = signed_in(Role.PAYER, household.spouse.full_name)
    paper = f"rib/{change.paper_id}/"
    for part in ("", paper, f"{paper}1.jpg"):
        assert relative.get(page_of(change, part)).status_code == 404
        assert relative.get(f"{QUEUE}TEST-0000-0000/{part}").status_code == 404
    assert act(relative, change, "check").status_code == 404
    for role in set(Role) - {Role.PAYER, Role.SUPERVISOR}:
        other = signed_in(role)
        assert other.get(QUEUE).status_code == 403
        assert other.get(page_of(change)).status_code == 403
        assert act(other, change, "check").status_code == 403
        assert "Changements de compte" not in text_of(other.get("/gestion/"))


def test_doors_and_methods(member_client: Client, payer: Client, change: AccountChange) -> None:
    for address in (QUEUE, page_of(change), page_of(change, f"rib/{change.paper_id}/")):
        assert Client().get(address).headers["Location"].startswith("/gestion/connexion/")
        assert member_client.get(address).headers["Location"].startswith("/gestion/connexion/")
        assert payer.post(address).status_code == 405
    assert payer.get(page_of(change, "agir/")).status_code == 405


def test_the_pages_ask_little_whatever_waits_and_speak_english(
    payer: Client,
    change: AccountChange,
    household: Household,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    ask(viewer_for(household.spouse), person=household.spouse, now=timezone.now())
    ask(viewer_for(household.primary), person=household.child, now=timezone.now())
    act(payer, change, "check")
    for address in (QUEUE, page_of(change), "/gestion/"):
        with django_assert_max_num_queries(12):
            payer.get(address)
    payer.post("/gestion/langue/", {"language": "en", "next": "/gestion/"})
    english = text_of(payer.get(page_of(change), headers={"accept-language": "en"}))

    assert "Refuse this change" in english
