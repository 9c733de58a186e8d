"""The bank pages (BANK-01, BANK-02, B-05, X10)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.bank.deciding import check_change, refuse_change
from entraide.portal.domain.bank.enums import RefusalReason
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import RequestFile
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.web import uploads
from entraide.portal.foundation.web.sessions import FRESH_FACTOR
from tests.conftest import Household, give_account, make_person, years_ago
from tests.portal.bank import BIC, NEW, OTHER, account_of, ask, make_staff, paper, viewer_for
from tests.portal.domain.access.reading import newest_safety_token
from tests.portal.domain.requests.hostile import HOSTILE, Hostile
from tests.portal.member_site.access.steps import words
from tests.portal.member_site.requests.conftest import key_in, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Beneficiary], Client]
PAGE = "/banque/"


def form(**changes: object) -> dict[str, object]:
    values = {
        "request_key": str(uuid4()), "holder": "Anne Vautrin", "iban": "fr14 2004 1010 0505 0001 3m02 606",
        "bic": BIC, "rib": paper(), "action": "ask",
    }  # fmt: skip
    return {name: value for name, value in (values | changes).items() if value is not None}


def make_stale(client: Client) -> None:
    session = client.session
    session[FRESH_FACTOR] = 0
    session.save()


def page_of(person: Beneficiary) -> str:
    return f"/banque/{person.pk}/"


def test_the_page_names_who_is_concerned_and_says_that_all_are(
    member_client: Client, household: Household
) -> None:
    """BANK-02: and how to change one person only."""
    page = text_of(member_client.get(PAGE))

    assert "toutes les personnes du contrat" in page
    for person in household.people:
        assert person.full_name in page
    assert "partez de sa page" in page
    assert page_of(household.child) in page
    assert page_of(household.spouse) not in page


def test_the_account_of_today_is_masked(member_client: Client) -> None:
    """X10"""
    page = text_of(member_client.get(PAGE))

    assert "FR76 •••• •••• •••• •••• ••• 0189" in page
    assert "AGRI••••" in page
    assert "FR7630006000011234567890189" not in page.replace(" ", "")


def test_an_account_apart_is_named_apart(member_client: Client, household: Household) -> None:
    household.spouse.iban = OTHER
    household.spouse.save()

    page = text_of(member_client.get(PAGE))

    assert "Ont leur propre compte" in page
    assert "Sauf celles qui ont leur propre compte" in page
    assert OTHER[-4:] not in page


def test_a_change_is_asked_for_and_the_page_says_from_when(
    member_client: Client, household: Household
) -> None:
    """BANK-01, B-05"""
    answer = member_client.post(PAGE, form())
    page = text_of(member_client.get(PAGE))

    change = AccountChange.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert (change.iban, change.scope) == (NEW, "contract")
    assert "Un changement est en cours" in page
    assert change.reference in page
    assert "FR14 •••• •••• •••• •••• ••• 2606" in page
    assert "au plus tôt" in page
    assert 'name="iban"' not in page
    assert account_of(household.primary) != NEW


def test_a_change_under_way_stands_among_what_was_asked(member_client: Client, household: Household) -> None:
    member_client.post(PAGE, form())
    change = AccountChange.objects.get()

    listed = text_of(member_client.get("/demandes/"))
    AccountChange.objects.update(state="cancelled")
    over = text_of(member_client.get("/demandes/"))

    assert change.reference in listed
    assert f'href="{PAGE}"' in listed
    assert "Aucune demande pour le moment" not in listed
    assert change.reference not in over


def test_from_a_childs_page_only_the_child_changes(member_client: Client, household: Household) -> None:
    """BANK-02"""
    page = text_of(member_client.get(page_of(household.child)))
    assert f"Ce changement ne concerne que {household.child.full_name}" in page

    member_client.post(page_of(household.child), form())

    change = AccountChange.objects.get()
    assert (change.person_id, change.scope) == (household.child.pk, "person")


def test_the_primary_insured_is_led_from_her_own_page_to_that_of_the_contract(
    member_client: Client, household: Household
) -> None:
    answer = member_client.get(page_of(household.primary))

    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)


def test_a_spouse_changes_their_own_and_does_not_see_the_other(household: Household, sign_in: SignIn) -> None:
    """A72, matrix 2.4"""
    client = sign_in(Client(), household.spouse)
    page = words(client.get(PAGE))
    assert "0189" not in page
    assert "Ce changement ne concerne que vous" in page

    client.post(PAGE, form(holder="Bruno Vautrin"))

    change = AccountChange.objects.get()
    assert (change.person_id, change.scope) == (household.spouse.pk, "person")


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_account_is_404(
    member_client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn, method: str
) -> None:
    """A36, A72: another family's, and another adult's of the same one."""
    bruno = sign_in(Client(), household.spouse)
    for client, person in (
        (member_client, stranger), (member_client, household.spouse), (member_client, household.adult_child),
        (bruno, household.primary), (bruno, household.child), (sign_in(Client(), stranger), household.child),
    ):  # fmt: skip
        assert getattr(client, method)(page_of(person), form() if method == "post" else {}).status_code == 404
    assert not AccountChange.objects.exists()


def test_without_a_session_the_pages_lead_to_the_door(client: Client, household: Household) -> None:
    for address in (PAGE, page_of(household.child)):
        assert client.get(address).headers["Location"].startswith("/connexion/")
        assert client.post(address, form()).headers["Location"].startswith("/connexion/")


def test_a_wrong_method_is_405(member_client: Client, household: Household) -> None:
    for address in (PAGE, page_of(household.child)):
        assert member_client.put(address).status_code == 405
        assert member_client.delete(address).status_code == 405


def test_a_change_needs_a_fresh_proof(member_client: Client) -> None:
    """A32: the page leads there first, and a form that comes too late stores nothing."""
    make_stale(member_client)
    page = text_of(member_client.get(PAGE))
    assert 'name="iban"' not in page
    assert "/securite/confirmer/?next=/banque/" in page

    answer = member_client.post(PAGE, form())

    assert answer.headers["Location"].startswith("/securite/confirmer/")
    assert not AccountChange.objects.exists()
    assert not RequestFile.objects.exists()


def test_revealing_needs_a_fresh_proof_and_writes_in_the_journal(
    member_client: Client, household: Household
) -> None:
    """X10, A68"""
    make_stale(member_client)
    assert member_client.post(PAGE, {"action": "reveal"}).status_code == 302
    assert not Entry.objects.filter(kind="AccountRevealed").exists()
    session = member_client.session
    session[FRESH_FACTOR] = int(timezone.now().timestamp())
    session.save()

    page = text_of(member_client.post(PAGE, {"action": "reveal"}))

    assert "FR76 3000 6000 0112 3456 7890 189" in page
    fact = Entry.objects.get(kind="AccountRevealed")
    assert (fact.actor, fact.about) == (household.primary.account_id, household.primary.pk)


def test_every_fault_is_told_at_its_field_and_what_was_right_stays(member_client: Client) -> None:
    key = str(uuid4())
    answer = member_client.post(
        PAGE, form(request_key=key, iban="FR15 2004 1010 0505 0001 3M02 606", bic="X", holder=" ")
    )

    page = text_of(answer)
    assert answer.status_code == 422
    for name in ("iban", "bic", "holder"):
        assert f'id="id_{name}_error"' in page
    assert "FR15 2004 1010 0505 0001 3M02 606" in page
    assert "RIB déjà ajouté" in page
    assert key_in(answer) == key
    assert not AccountChange.objects.exists()

    again = member_client.post(PAGE, form(request_key=key, rib=None))

    assert again.status_code == 303
    assert AccountChange.objects.get().paper.name == "facture.pdf"


def test_a_missing_rib_is_told_beside_the_other_faults(member_client: Client) -> None:
    page = text_of(member_client.post(PAGE, form(rib=None, iban="")))

    assert 'id="id_rib_error"' in page
    assert 'id="id_iban_error"' in page


@pytest.mark.parametrize("name", ["iphone.heic", "scan.tif"])
def test_a_rib_of_another_kind_is_refused_and_forgotten(member_client: Client, name: str) -> None:
    page = text_of(member_client.post(PAGE, form(rib=paper(name))))

    assert "en PDF, en JPEG ou en PNG" in page
    assert not RequestFile.objects.exists()


@pytest.mark.parametrize("hostile", HOSTILE[:3] + HOSTILE[8:10], ids=lambda one: one.title)
def test_hostile_files_are_refused_like_everywhere(member_client: Client, hostile: Hostile) -> None:
    """A42…A45: the same check."""
    answer = member_client.post(PAGE, form(rib=paper(hostile.name, hostile.content)))

    assert answer.status_code == 422
    assert not RequestFile.objects.exists()


def test_a_request_far_too_large_is_413(member_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_REQUEST_BYTES", 1000)

    answer = member_client.post(PAGE, form(rib=paper("rib.pdf", b"%PDF-" + b"x" * 5000)))

    assert answer.status_code == 413
    assert not AccountChange.objects.exists()


def test_a_second_request_shows_the_first_and_stores_nothing(member_client: Client) -> None:
    """A73: another window asked meanwhile."""
    member_client.post(PAGE, form())

    answer = member_client.post(PAGE, form(iban=OTHER))

    page = text_of(answer)
    assert answer.status_code == 409
    assert AccountChange.objects.get().reference in page
    assert 'href="#changement"' in page


def test_the_same_form_twice_is_one_change(member_client: Client) -> None:
    values = form()

    for _ in range(2):
        assert member_client.post(PAGE, {**values, "rib": paper()}).status_code == 303

    assert AccountChange.objects.count() == 1


def test_the_same_form_with_another_content_is_refused_and_starts_anew(member_client: Client) -> None:
    """The promise of idempotency: 409, nothing changed, and what is new waits under a key of its own."""
    values = form()
    member_client.post(PAGE, values)
    AccountChange.objects.update(state="cancelled", ended_at=timezone.now())

    answer = member_client.post(PAGE, {**values, "iban": OTHER, "rib": paper("capture.png")})
    again = member_client.post(PAGE, form(request_key=key_in(answer), iban=OTHER, rib=None))

    assert answer.status_code == 409
    assert again.status_code == 303
    assert [one.iban for one in AccountChange.objects.order_by("asked_at")] == [NEW, OTHER]


def test_within_three_days_of_a_new_mobile_the_page_says_until_when(
    member_client: Client, household: Household
) -> None:
    """X6"""
    until = timezone.now() + timedelta(hours=20)
    Account.objects.filter(pk=household.primary.account_id).update(cooling_until=until)

    page = text_of(member_client.get(PAGE))
    answer = member_client.post(PAGE, form())

    assert "ne peut pas changer avant le" in page
    assert 'name="iban"' not in page
    assert answer.status_code == 422
    assert "ne peuvent pas changer avant le" in text_of(answer)


def test_the_member_cancels_and_the_form_is_back(member_client: Client) -> None:
    member_client.post(PAGE, form())
    change = AccountChange.objects.get()

    answer = member_client.post(PAGE, {"action": "cancel", "change": str(change.pk)})
    page = text_of(member_client.get(PAGE))

    assert answer.status_code == 303
    assert AccountChange.objects.get().state == "cancelled"
    assert "Votre dernier changement est annulé" in page
    assert 'name="iban"' in page


def test_the_spouse_sees_that_it_changes_and_may_stop_it(
    member_client: Client, household: Household, sign_in: SignIn
) -> None:
    """A72: without the new account."""
    member_client.post(PAGE, form())
    change = AccountChange.objects.get()
    client = sign_in(Client(), household.spouse)

    page = words(client.get(PAGE))
    assert "Anne Vautrin a demandé un nouveau compte" in page
    assert "2606" not in page.replace("3M02 606", "")
    client.post(PAGE, {"action": "cancel", "change": str(change.pk)})

    assert AccountChange.objects.get().state == "cancelled"


@pytest.mark.parametrize("typed", ["", "x", str(uuid4())])
def test_a_cancellation_of_nothing_changes_nothing(member_client: Client, typed: str) -> None:
    member_client.post(PAGE, form())

    answer = member_client.post(PAGE, {"action": "cancel", "change": typed})

    assert answer.status_code in {303, 404}
    assert AccountChange.objects.get().state == "asked"


def test_a_minor_sees_who_may_change_their_account(household: Household, sign_in: SignIn) -> None:
    """A72"""
    give_account(household.teen)
    client = sign_in(Client(), household.teen)

    page = text_of(client.get(PAGE))

    assert "seul l’assuré principal peut changer ce compte" in page
    assert 'name="iban"' not in page
    assert client.post(PAGE, form()).status_code == 404


def test_the_page_tells_the_check_and_the_reason_of_a_refusal(
    member_client: Client, household: Household
) -> None:
    staff = make_staff()
    change = ask(viewer_for(household.primary))
    check_change(staff.payer, reference=change.reference, now=timezone.now())
    assert "Contrôlé par votre mutuelle" in text_of(member_client.get(PAGE))

    reason = RefusalReason.HOLDER_MISMATCH
    refuse_change(staff.payer, reference=change.reference, reason=reason, now=timezone.now())

    page = text_of(member_client.get(PAGE))
    assert "Votre dernier changement est refusé" in page
    assert "Recopiez le nom exact" in page
    assert 'name="iban"' in page


def test_the_page_exists_in_english(member_client: Client) -> None:
    english = {"Accept-Language": "en"}
    member_client.post(PAGE, form())

    page = text_of(member_client.get(PAGE, headers=english))

    assert "Bank details" in page
    assert "A change is under way" in page
    assert "Coordonnées" not in page


def test_the_pages_ask_the_database_a_few_questions_whatever_the_family(
    member_client: Client, household: Household
) -> None:
    """At most 12, with a change that waits and one that ended, and twelve children more."""
    for number in range(12):
        make_person(
            household.member, f"3005{number:04d}", "child", f"Enfant{number}", born=years_ago(5), iban=OTHER
        )
    for _ in range(2):
        AccountChange.objects.filter(pk=ask(viewer_for(household.primary)).pk).update(
            state="cancelled", ended_at=timezone.now()
        )
    change = ask(viewer_for(household.primary))
    check_change(make_staff().payer, reference=change.reference, now=timezone.now())
    for address in (PAGE, page_of(household.child)):
        member_client.get(address)
        with CaptureQueriesContext(connection) as seen:
            member_client.get(address)
        assert len(seen) <= 12, [one["sql"] for one in seen]


def test_the_link_of_the_mail_explains_then_stops_everything_signed_out(
    member_client: Client, household: Household
) -> None:
    """B-05, A23"""
    member_client.post(PAGE, form())
    address = f"/ce-n-est-pas-moi/{newest_safety_token('account_change_asked')}/"
    anybody = Client()

    page = text_of(anybody.get(address))
    assert "Un changement de coordonnées bancaires a été demandé." in page
    assert AccountChange.objects.get().state == "asked"
    anybody.post(address)

    assert AccountChange.objects.get().state == "frozen"
    assert Account.objects.get(pk=household.primary.account_id).frozen_at is not None


def test_the_pages_of_contract_and_people_lead_here(member_client: Client, household: Household) -> None:
    contract = text_of(member_client.get(f"/contrat/{household.contract.pk}/"))
    child = text_of(member_client.get(f"/beneficiaires/{household.child.pk}/"))
    own = text_of(member_client.get(f"/beneficiaires/{household.primary.pk}/"))

    assert f'href="{PAGE}"' in contract
    assert f'href="{page_of(household.child)}"' in child
    assert f'href="{PAGE}"' in own
