"""Ending a contract: three pages, a confirmation that lasts, the desk, and who cannot (B-12)."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings, settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.data_out.making import make_run
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.enums import By, Move
from entraide.portal.domain.requests.life import Hand, NotNow, Said, make_move
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.receipt import ReceiptRefused, verify_receipt
from entraide.portal.foundation.web.sessions import FRESH_FACTOR
from entraide.portal.foundation.web.wording import day
from entraide.profiles import Termination, TerminationRule
from entraide.reimbursement.dates import add_months
from tests.conftest import Household, Post
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.member_site.requests.conftest import text_of

LAW = "/droits/resiliation/"
SignIn = Callable[[Client, Beneficiary], Client]
pytestmark = pytest.mark.django_db


def recap_of(contract: Contract) -> str:
    return f"{LAW}{contract.pk}/"


def confirm_of(contract: Contract) -> str:
    return f"{LAW}{contract.pk}/confirmer/"


def body(last_day: date | None = None) -> dict[str, str]:
    last_day = last_day or add_months(timezone.localdate(), 1)
    return {"request_key": str(uuid4()), "last_day": last_day.isoformat()}


def reference_in(answer: HttpResponse) -> str:
    found = re.search(r"/demandes/([^/]+)/", answer.headers["Location"])
    assert found
    return found[1]


@pytest.fixture
def contract(household: Household) -> Contract:
    """A contract of Anne's own, held for years."""
    household.member.segment = settings.PROFILE.segments[-1].id
    household.member.save(update_fields=["segment"])
    return household.contract


@pytest.fixture
def option(household: Household, contract: Contract) -> Contract:
    found = Contract.objects.create(
        member=household.member, number="OPTION-1", label_fr="Option confort", label_en="Comfort option",
        tier="option", plan_fr="Confort", plan_en="Comfort", subscribed_on=date(2019, 1, 1),
    )  # fmt: skip
    Coverage.objects.create(contract=found, beneficiary=household.primary, starts_on=date(2019, 1, 1))
    return found


@pytest.fixture
def ended(member_client: Client, contract: Contract) -> Request:
    assert member_client.post(confirm_of(contract), body()).status_code == 303
    return Request.objects.get()


@pytest.fixture
def mandatory(settings: LazySettings) -> None:
    rules = Termination(rules=(TerminationRule(mandatory=True),))
    settings.PROFILE = replace(settings.PROFILE, termination=rules)


def move(request: Request, kind: Move, *, by: By = By.AGENT, words: str = "") -> None:
    make_move(request.pk, move=kind, hand=Hand(by=by), said=Said(words=words), now=timezone.now())


def test_three_pages_lead_from_the_rights_to_the_end_of_a_contract(
    member_client: Client, contract: Contract, household: Household
) -> None:
    last_day = add_months(timezone.localdate(), 1)
    law, recap = text_of(member_client.get(LAW)), text_of(member_client.get(recap_of(contract)))
    last = text_of(member_client.get(confirm_of(contract)))
    answer = member_client.post(confirm_of(contract), body())

    request = Request.objects.get()
    assert f'href="{LAW}"' in member_client.get("/droits/").content.decode()
    assert f'href="{recap_of(contract)}"' in law
    assert f'href="{confirm_of(contract)}"' in recap
    assert all(day(last_day).replace("\xa0", " ") in page for page in (law, recap, last))
    assert all(one.full_name in recap for one in household.people)
    assert (answer.status_code, request.kind, request.state) == (303, "termination", "received")
    assert dict(json.loads(request.answers))["ends_on"] == last_day.isoformat()


def test_the_confirmation_comes_at_once_by_mail_and_as_a_sealed_paper(
    member_client: Client, ended: Request, sent: Callable[[], list[Post]]
) -> None:
    last_day = day(add_months(timezone.localdate(), 1))
    paper = member_client.get(f"/demandes/{ended.reference}/recu.pdf").content
    mail = next(one for one in sent() if one.notice == "deposit_received")

    assert last_day in mail.body
    assert ended.reference in mail.body
    assert verify_receipt(paper).reference == ended.reference
    with pytest.raises(ReceiptRefused):
        verify_receipt(paper.replace(b"%PDF", b"%PDG", 1))
    assert (
        f"/demandes/{ended.reference}/recu.pdf"
        in member_client.get(f"/demandes/{ended.reference}/").content.decode()
    )


def test_the_contract_page_says_from_when_it_ends_and_offers_it_before(
    member_client: Client, contract: Contract
) -> None:
    before = text_of(member_client.get(f"/contrat/{contract.pk}/"))
    member_client.post(confirm_of(contract), body())
    after = text_of(member_client.get(f"/contrat/{contract.pk}/"))

    assert f'href="{recap_of(contract)}"' in before
    assert f'href="{recap_of(contract)}"' not in after
    assert "La résiliation de ce contrat est demandée" in after
    assert day(add_months(timezone.localdate(), 1)).replace("\xa0", " ") in after


def test_the_same_click_twice_ends_it_once_and_another_form_is_told_of_the_first(
    member_client: Client, contract: Contract
) -> None:
    form = body()
    first, again = (member_client.post(confirm_of(contract), form) for _ in range(2))
    other = member_client.post(confirm_of(contract), body())

    assert reference_in(first) == reference_in(again)
    assert other.status_code == 409
    assert reference_in(first) in text_of(other)
    assert Request.objects.count() == 1


def test_what_completes_the_last_base_ends_with_it_and_an_option_ends_alone(
    member_client: Client, contract: Contract, option: Contract
) -> None:
    member_client.post(confirm_of(option), body())
    move(Request.objects.get(), Move.WITHDRAW, by=By.MEMBER)
    alone = Request.objects.get()
    member_client.post(confirm_of(contract), body())
    whole = Request.objects.exclude(pk=alone.pk).get()

    assert "ended_along" not in alone.answers
    assert '["ended_along", "OPTION-1"]' in whole.answers
    assert "La résiliation de ce contrat est demandée" in text_of(member_client.get(f"/contrat/{option.pk}/"))
    assert member_client.post(confirm_of(option), body()).status_code == 409


def test_a_day_that_was_not_read_ends_nothing(member_client: Client, contract: Contract) -> None:
    yesterday = add_months(timezone.localdate(), 1) - timedelta(days=1)

    answer = member_client.post(confirm_of(contract), body(yesterday))
    page = text_of(answer)
    missing = member_client.post(confirm_of(contract), {"request_key": str(uuid4())})
    written = member_client.post(confirm_of(contract), body() | {"last_day": "bientôt"})

    assert [one.status_code for one in (answer, missing, written)] == [422, 422, 422]
    assert "Rien n’est résilié" in page
    assert f'name="last_day" value="{add_months(timezone.localdate(), 1).isoformat()}"' in page
    assert not Request.objects.exists()


def test_without_a_fresh_proof_nothing_is_shown_nor_stored(member_client: Client, contract: Contract) -> None:
    session = member_client.session
    session[FRESH_FACTOR] = 0
    session.save()

    for answer in (member_client.get(confirm_of(contract)), member_client.post(confirm_of(contract), body())):
        assert answer.status_code == 302
        assert "/securite/" in answer.headers["Location"] or "confirm" in answer.headers["Location"]
    assert not Request.objects.exists()


def test_a_mandatory_group_contract_is_answered_with_what_is_possible(
    member_client: Client, household: Household, mandatory: None
) -> None:
    contract = household.contract
    pages = [text_of(member_client.get(one)) for one in (LAW, recap_of(contract))]
    leads_back = member_client.get(confirm_of(contract))
    forced = member_client.post(confirm_of(contract), body())

    for page in (*pages, text_of(forced)):
        assert "Ce contrat est obligatoire" in page
        assert "dispense" in page
        assert "portabilité" in page
    assert leads_back.headers["Location"] == recap_of(contract)
    assert forced.status_code == 422
    assert not Request.objects.exists()


def test_a_contract_of_less_than_a_year_ends_with_its_year_and_says_when_waiting_is_quicker(
    member_client: Client, contract: Contract
) -> None:
    since = timezone.localdate() - timedelta(days=20)
    Contract.objects.update(subscribed_on=since)
    ending = settings.PROFILE.termination.ending_of(
        segment="", tier="option", subscribed_on=since, told_on=timezone.localdate()
    )
    assert ending.last_day is not None

    page = text_of(member_client.get(LAW))
    answer = member_client.post(confirm_of(contract), body(ending.last_day))

    assert "donc moins d’un an" in page
    assert day(ending.last_day).replace("\xa0", " ") in page
    assert ("Attendre peut être plus court" in page) is (ending.anytime_from is not None)
    assert answer.status_code == 303
    assert '["ending_way", "yearly"]' in Request.objects.get().answers


def test_the_pages_tell_the_delays_of_the_law(member_client: Client, contract: Contract) -> None:
    """L221-10, L221-10-2, L221-11, L221-18 of the Code de la mutualité."""
    recap = text_of(member_client.get(recap_of(contract)))
    Contract.objects.update(subscribed_on=timezone.localdate())
    law = text_of(member_client.get(LAW))

    assert "rendue dans les 30 jours" in recap
    assert f"vous avez {settings.PROFILE.pieces.claim_months} mois après chaque soin" in recap
    assert "vous avez 14 jours pour renoncer" in law
    assert "si vous le demandez 2 mois avant" in law


def test_one_who_just_joined_reads_of_the_days_to_go_back_on_it(
    member_client: Client, contract: Contract
) -> None:
    for days, told in ((13, True), (14, False)):
        Contract.objects.update(subscribed_on=timezone.localdate() - timedelta(days=days))
        assert ("Vous venez d’adhérer" in text_of(member_client.get(LAW))) is told


def test_a_contract_that_ends_already_has_nothing_to_ask(member_client: Client, contract: Contract) -> None:
    Contract.objects.update(ended_on=timezone.localdate() + timedelta(days=3))

    page, answer = member_client.get(recap_of(contract)), member_client.post(confirm_of(contract), body())

    assert "Ce contrat a déjà une date de fin" in text_of(page)
    assert answer.status_code == 422
    Contract.objects.update(ended_on=timezone.localdate() - timedelta(days=1))
    assert member_client.get(recap_of(contract)).status_code == 404
    assert "Aucun contrat en cours" in text_of(member_client.get(LAW))


def test_who_does_not_hold_the_contract_is_told_who_does(
    household: Household, contract: Contract, sign_in: SignIn, stranger: Beneficiary
) -> None:
    spouse = sign_in(Client(), household.spouse)

    assert "L’assuré principal tient le contrat" in text_of(spouse.get(LAW))
    for client in (spouse, sign_in(Client(), stranger)):
        assert client.get(recap_of(contract)).status_code == 404
        assert client.get(confirm_of(contract)).status_code == 404
        assert client.post(confirm_of(contract), body()).status_code == 404
    assert not Request.objects.exists()


def test_it_is_taken_back_until_it_is_confirmed_and_then_asked_anew(
    member_client: Client, contract: Contract, ended: Request
) -> None:
    member_client.post(f"/demandes/{ended.reference}/annuler/")
    page = text_of(member_client.get(recap_of(contract)))
    again = member_client.post(confirm_of(contract), body())
    second = Request.objects.exclude(pk=ended.pk).get()
    move(second, Move.ANSWER, words="C’est enregistré.")

    assert "Si vous confirmez aujourd’hui" in page
    assert again.status_code == 303
    with pytest.raises(NotNow):
        move(second, Move.WITHDRAW, by=By.MEMBER)
    assert "Ce contrat est résilié" in text_of(member_client.get(f"/contrat/{contract.pk}/"))
    assert member_client.post(confirm_of(contract), body()).status_code == 409


@pytest.mark.parametrize("kind", [Move.WITHDRAW, Move.REFUSE])
def test_once_its_end_is_on_file_nobody_turns_it_back(
    member_client: Client, ended: Request, kind: Move
) -> None:
    before = member_client.get(f"/demandes/{ended.reference}/").content.decode()
    Contract.objects.update(ended_on=add_months(timezone.localdate(), 1))

    assert f'href="/demandes/{ended.reference}/annuler/"' in before
    assert "/annuler/" not in member_client.get(f"/demandes/{ended.reference}/").content.decode()
    with pytest.raises(NotNow, match="La fin du contrat est enregistrée"):
        move(ended, kind, by=By.MEMBER if kind == Move.WITHDRAW else By.AGENT)


def test_the_desk_reads_which_contract_ends_and_the_management_system_is_told(
    ended: Request, contract: Contract
) -> None:
    agent = make_agent(
        "ines@example.org", "Inès Belmont", role=Role.HANDLER, since=timezone.now(), with_app=True
    )

    page = text_of(sign_in_agent(Client(), agent).get(f"/gestion/demandes/{ended.reference}/"))

    assert contract.number in page
    assert "À tout moment après un an" in page
    assert day(add_months(timezone.localdate(), 1)).replace("\xa0", " ") in page

    move(ended, Move.TAKE)
    run = make_run(now=timezone.now())

    assert run is not None
    assert f"{ended.reference},accepted,termination" in run.contents["request_states.csv"].decode()
    told = run.contents["request_answers.csv"].decode()
    assert f"{ended.reference},1,ended_contract,{contract.number}" in told
    assert f"ends_on,{add_months(timezone.localdate(), 1).isoformat()}" in told


def test_the_pages_take_few_questions(member_client: Client, contract: Contract, option: Contract) -> None:
    for address in (LAW, recap_of(contract), confirm_of(contract), f"/contrat/{contract.pk}/", "/droits/"):
        with CaptureQueriesContext(connection) as queries:
            assert member_client.get(address).status_code == 200
        assert len(queries) <= 12, address


def test_every_page_speaks_english(member_client: Client, contract: Contract) -> None:
    said = {
        LAW: "what the law says",
        recap_of(contract): "Last day of cover",
        confirm_of(contract): "End this contract",
    }
    for address, words in said.items():
        assert words in text_of(member_client.get(address, headers={"Accept-Language": "en"}))
