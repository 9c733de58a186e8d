"""Asking somebody to help, accepting, opening the file, ending it (B-08)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.actions.safety import freeze, make_safety_link
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.members.models import Beneficiary, Delegation
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.reimbursement.dates import add_months
from tests.conftest import Household
from tests.portal.member_site.requests.conftest import Answers, answers
from tests.portal.member_site.sharing.conftest import SignIn, delegate

__all__ = ["answers"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paid")]
ASK = "/droits/aidants/nouveau/"
Sent = Callable[[], list[Any]]


def ask(client: Client, helper: Beneficiary, **more: Any) -> Any:
    form = {
        "request_key": str(uuid4()), "number": helper.number, "first_name": helper.first_name,
        "last_name": helper.last_name, "scopes": ["reimbursements"], "months": "3", **more,
    }  # fmt: skip
    return client.post(ASK, form)


def banner_of(client: Client, page: str) -> str:
    words = client.get(page).content.decode()
    return words.split('class="helping"')[1].split("</aside>")[0] if 'class="helping"' in words else ""


@pytest.fixture
def zoe(stranger: Beneficiary, sign_in: SignIn) -> Client:
    return sign_in(Client(), stranger)


def test_from_the_question_to_the_file_and_back(
    bruno: Client, zoe: Client, stranger: Beneficiary, sent: Sent
) -> None:
    assert ask(bruno, stranger).status_code == 302
    delegation = Delegation.objects.get()
    address = f"/droits/aidants/{delegation.pk}"
    assert zoe.post(f"{address}/ouvrir/").status_code == 404
    assert "Bruno Vautrin" in zoe.get("/droits/partage/").content.decode()

    zoe.post(f"{address}/accepter/")
    opened = zoe.post(f"{address}/ouvrir/", follow=True).content.decode()

    assert "Cabinet Brunoir" in opened
    assert "Vous consultez le dossier de Bruno Vautrin" in banner_of(zoe, "/releves/")
    assert [mail.notice for mail in sent()] == ["help_asked", "help_offered", "help_accepted"]
    zoe.post("/droits/aidants/quitter/")
    assert banner_of(zoe, "/remboursements/") == ""
    assert "Cabinet Brunoir" not in zoe.get("/remboursements/").content.decode()


def test_everything_that_a_helper_may_do_can_be_given_together(bruno: Client, stranger: Beneficiary) -> None:
    assert ask(bruno, stranger, scopes=["reimbursements", "requests", "sending"]).status_code == 302

    assert Delegation.objects.get().scope_set == frozenset(HelpScope)


def test_three_months_unless_something_else_is_chosen_and_one_year_at_most(
    bruno: Client, stranger: Beneficiary
) -> None:
    assert b'value="3" id="id_months_1" checked' in bruno.get(ASK).content

    ask(bruno, stranger, months="12")

    last = add_months(timezone.localdate(), 12) - timedelta(days=1)
    assert Delegation.objects.get().ends_on == last
    assert ask(bruno, stranger, months="24").status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [{"number": "30000000"}, {"last_name": "Vautrin"}, {"first_name": "Zo"}, {"number": "30041828"}],
)
def test_number_and_name_must_both_be_right_and_one_refusal_says_nothing_else(
    bruno: Client, stranger: Beneficiary, wrong: dict[str, str]
) -> None:
    """A1: it does not tell who has an access."""
    answer = ask(bruno, stranger, **wrong)

    assert answer.status_code == 422
    assert "Nous ne trouvons pas d’adulte avec ce numéro et ce nom" in answer.content.decode()
    assert not Delegation.objects.exists()


def test_who_has_no_access_a_closed_one_or_is_a_minor_cannot_help(
    bruno: Client, stranger: Beneficiary, household: Household
) -> None:
    assert ask(bruno, household.teen).status_code == 422
    assert stranger.account is not None
    stranger.account.is_active = False
    stranger.account.save()
    assert ask(bruno, stranger).status_code == 422


def test_numbers_cannot_be_tried_for_ever(bruno: Client, stranger: Beneficiary) -> None:
    for _each in range(10):
        ask(bruno, stranger, number="30000000")

    assert "Trop d’essais aujourd’hui" in ask(bruno, stranger).content.decode()


def test_what_was_typed_is_kept_and_nothing_stored(bruno: Client, stranger: Beneficiary) -> None:
    answer = ask(bruno, stranger, scopes=["sending"]).content.decode()

    assert "doit aussi pouvoir suivre vos demandes" in answer
    assert f'value="{stranger.number}"' in answer
    assert not Delegation.objects.exists()


def test_the_same_form_twice_asks_once_and_another_content_is_a_conflict(
    bruno: Client, stranger: Beneficiary
) -> None:
    key = str(uuid4())
    ask(bruno, stranger, request_key=key)

    assert ask(bruno, stranger, request_key=key).status_code == 302
    assert ask(bruno, stranger, request_key=key, months="6").status_code == 409
    assert Delegation.objects.count() == 1


def test_only_the_giver_renews_and_the_former_help_ends(bruno: Client, stranger: Beneficiary) -> None:
    former = delegate(Beneficiary.objects.get(first_name="Bruno"), stranger)

    ask(bruno, stranger, months="12")

    assert [one.pk == former.pk for one in Delegation.objects.filter(ended_at=None)] == [False]


@pytest.mark.parametrize("who", ["giver", "helper"])
def test_either_of_the_two_ends_it_at_once(
    helping: Client, bruno: Client, zoe: Client, sent: Sent, who: str
) -> None:
    delegation = Delegation.objects.get()
    assert helping.get("/remboursements/").status_code == 200

    (bruno if who == "giver" else zoe).post(f"/droits/aidants/{delegation.pk}/fin/")

    answer = helping.get("/remboursements/", follow=True)
    assert "Votre aide a pris fin" in answer.content.decode()
    assert "Cabinet Brunoir" not in helping.get("/remboursements/").content.decode()
    assert [mail.notice for mail in sent()] == ["help_ended"]


def test_a_third_person_ends_accepts_and_opens_nothing(
    household: Household, stranger: Beneficiary, member_client: Client
) -> None:
    """A36: not even the primary insured of the same contract."""
    delegation = delegate(household.spouse, stranger)

    for act in ("fin", "accepter", "ouvrir"):
        assert member_client.post(f"/droits/aidants/{delegation.pk}/{act}/").status_code == 404
    assert Delegation.objects.get().ended_at is None


def test_everything_that_a_helper_opens_is_in_the_journal_of_the_giver(
    helping: Client, bruno: Client, stranger: Beneficiary, household: Household
) -> None:
    """A68"""
    helping.get("/remboursements/")
    drain()

    read = Consultation.objects.get(person=household.spouse)
    assert (read.reader, read.reader_kind, read.seen) == (stranger.pk, "helper", "care")
    assert "Zoé Quemeneur, qui vous aide, a consulté" in bruno.get("/droits/journal/").content.decode()


def test_a_freeze_of_the_giver_ends_the_help(helping: Client, household: Household) -> None:
    """A23"""
    account, now = household.spouse.account, timezone.now()
    assert account is not None

    freeze(token=make_safety_link(account, change=Change.HELP_GIVEN, now=now), now=now)

    assert helping.get("/remboursements/").status_code == 302
    assert Entry.objects.get(kind="HelpEnded").data["by"] == "freeze"


def test_a_helper_sends_papers_for_the_giver_alone(helping: Client, household: Household) -> None:
    page = helping.get("/depot/").content.decode()

    assert str(household.spouse.pk) in page
    assert not any(str(one.pk) in page for one in household.people if one != household.spouse)


def test_what_a_helper_sends_is_the_giver_s_request_and_the_fact_says_who_did_it(
    helping: Client, household: Household, stranger: Beneficiary, answers: Answers
) -> None:
    answer = helping.post("/depot/", answers(beneficiary=str(household.spouse.pk)))

    assert answer.status_code == 303
    sent = Request.objects.get()
    assert (sent.sender_id, sent.concerns_id) == (household.spouse.pk, household.spouse.pk)
    assert Entry.objects.get(kind="DepositReceived").actor == stranger.account_id
    assert helping.get(answer.headers["Location"]).status_code == 200


def test_papers_for_somebody_else_are_refused_to_a_helper(
    helping: Client, household: Household, stranger: Beneficiary, answers: Answers
) -> None:
    for other in (household.primary, stranger):
        assert helping.post("/depot/", answers(beneficiary=str(other.pk))).status_code == 422
    assert not Request.objects.exists()


def test_a_helper_of_requests_only_opens_no_care(
    household: Household, stranger: Beneficiary, zoe: Client
) -> None:
    delegation = delegate(household.spouse, stranger, HelpScope.REQUESTS)

    zoe.post(f"/droits/aidants/{delegation.pk}/ouvrir/")

    assert zoe.get("/demandes/").status_code == 200
    assert [zoe.get(page).status_code for page in ("/remboursements/", "/releves/", "/depot/")] == [404] * 3
    assert "/remboursements/" not in zoe.get("/demandes/").content.decode()


def test_a_page_of_a_helper_asks_at_most_twelve_questions(
    helping: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    helping.get("/remboursements/")

    with django_assert_max_num_queries(12):
        assert helping.get("/remboursements/").status_code == 200


def test_the_overview_asks_the_same_number_of_questions_with_many_helpers(
    bruno: Client, household: Household, stranger: Beneficiary,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    for one in (household.primary, household.adult_child, stranger):
        delegate(household.spouse, one)
        delegate(one, household.spouse)

    with django_assert_max_num_queries(12):
        assert bruno.get("/droits/partage/").status_code == 200


def test_in_english_too(helping: Client, bruno: Client) -> None:
    english = {"accept-language": "en"}

    assert (
        "You are looking at the file of Bruno" in helping.get("/releves/", headers=english).content.decode()
    )
    assert "Ask somebody for help" in bruno.get(ASK, headers=english).content.decode()
