"""A request to the social fund from the file to the letter: two people, one agenda (SOC-01, A78)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.social_fund.agenda import told_by
from entraide.portal.domain.social_fund.models import AidDecision, AidFile
from tests.conftest import Household
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.member_site.reimbursements.pdf_text import text_of as text_of_pdf
from tests.portal.member_site.requests.conftest import text_of
from tests.portal.social_fund import asked, with_a_fund

__all__ = ["asked", "with_a_fund"]

PAPERS = ["unpaid-care", "other-schemes", "income-tax-notice"]
GRANTED = {"outcome": "granted", "amount": "350", "payee": "La clinique des Cimes", "words": "Bon courage."}


def somebody(name: str, role: Role = Role.SOCIAL_FUND) -> Client:
    email = f"{name.split()[0].lower()}@example.org"
    agent = make_agent(email, name, role=role, since=timezone.now(), with_app=True)
    return sign_in_agent(Client(), agent)


@pytest.fixture
def first(db: None) -> Client:
    return somebody("Clara Vermeil")


@pytest.fixture
def second(db: None) -> Client:
    return somebody("Octave Brun")


def page_of(request: Request, part: str = "fonds-social/") -> str:
    return f"/gestion/demandes/{request.reference}/{part}"


def act(client: Client, request: Request, what: str, **more: object) -> Any:
    return client.post(page_of(request), {"act": what, **more})


def met(request: Request) -> date:
    """The file is whole, and its commission has met today."""
    AidFile.objects.update_or_create(
        request=request, defaults={"papers": ",".join(PAPERS), "commission_on": timezone.localdate()}
    )
    return timezone.localdate()


def agree(client: Client, request: Request) -> Any:
    return act(client, request, "agree", binding=AidDecision.objects.get().binding)


def test_a_file_goes_on_the_agenda_once_it_is_whole_and_what_misses_is_asked_for(
    asked: Request, first: Client, settings: LazySettings, member_client: Client
) -> None:
    fund = settings.PROFILE.social_fund
    coming = fund.after(timezone.localdate())[0]

    too_early = act(first, asked, "keep", papers=PAPERS[:1], commission=coming.isoformat())
    act(first, asked, "keep", papers=PAPERS[:1])
    act(first, asked, "ask_missing")
    question = text_of(member_client.get(f"/demandes/{asked.reference}/"))
    whole = act(first, asked, "keep", papers=PAPERS, commission=coming.isoformat())

    asked.refresh_from_db()
    assert (too_early.status_code, whole.status_code) == (422, 303)
    assert "Le dossier n’est pas complet" in text_of(too_early)
    assert "Le dernier avis d’impôt sur le revenu" in question
    assert asked.due_on == told_by(fund, coming)
    assert "Votre dossier est complet" in text_of(member_client.get(f"/demandes/{asked.reference}/"))


def test_two_people_grant_an_aid_and_the_member_reads_the_letter(
    asked: Request, first: Client, second: Client, member_client: Client
) -> None:
    met(asked)

    wrote = act(first, asked, "propose", **GRANTED)
    alone = agree(first, asked)
    before = member_client.get(f"/fonds-social/{asked.reference}.pdf")
    confirmed = agree(second, asked)

    asked.refresh_from_db()
    page = text_of(member_client.get(f"/demandes/{asked.reference}/"))
    letter = member_client.get(f"/fonds-social/{asked.reference}.pdf")
    again = member_client.get(f"/fonds-social/{asked.reference}.pdf")
    words = text_of_pdf(letter.content)
    assert (wrote.status_code, alone.status_code, confirmed.status_code) == (303, 422, 303)
    assert before.status_code == 404
    assert asked.state == "done"
    assert "La commission vous accorde 350,00 €" in page
    assert "La clinique des Cimes" in words
    assert "Bon courage." in words
    assert letter.content == again.content
    assert asked.reference in letter.headers["Content-Disposition"]
    assert "fonds" not in letter.headers["Content-Disposition"]


def test_the_letter_has_a_line_of_its_own_among_what_was_received(
    asked: Request, first: Client, second: Client, member_client: Client
) -> None:
    """DOC-03"""
    address = f"/fonds-social/{asked.reference}.pdf"
    met(asked)
    act(first, asked, "propose", **GRANTED)
    before = text_of(member_client.get("/documents/recus/"))
    agree(second, asked)

    listed = text_of(member_client.get("/documents/recus/?kind=decision"))

    assert address not in before
    assert f"Lettre de décision, {asked.reference}" in listed
    assert f'href="{address}?download=1"' in listed
    assert f"Récépissé {asked.reference}" not in listed


def test_a_refusal_gives_its_reason_and_what_to_do_next(
    asked: Request, first: Client, second: Client, member_client: Client
) -> None:
    met(asked)

    without = act(first, asked, "propose", outcome="refused")
    act(first, asked, "propose", outcome="refused", refusal="other-help-first")
    agree(second, asked)

    asked.refresh_from_db()
    words = text_of_pdf(member_client.get(f"/fonds-social/{asked.reference}.pdf").content)
    assert without.status_code == 422
    assert asked.state == "refused"
    assert "Votre conseiller vous dit laquelle" in " ".join(words.split())


def test_a_file_that_is_put_off_waits_for_the_next_commission(
    asked: Request, first: Client, second: Client, settings: LazySettings
) -> None:
    fund, today = settings.PROFILE.social_fund, met(asked)

    act(first, asked, "propose", outcome="put_off")
    done = agree(second, asked)

    asked.refresh_from_db()
    following = fund.after(today)[0]
    assert done.status_code == 303
    assert AidFile.objects.get().commission_on == following
    assert asked.due_on == told_by(fund, following)
    assert asked.state == "received"
    assert not AidDecision.objects.exists()


def test_a_decision_comes_after_its_commission_and_is_bound_to_what_was_read(
    asked: Request, first: Client, second: Client
) -> None:
    today = met(asked)
    AidFile.objects.update(commission_on=today + timedelta(days=1))
    early = act(first, asked, "propose", **GRANTED)
    AidFile.objects.update(commission_on=today)
    act(first, asked, "propose", **GRANTED)
    read = AidDecision.objects.get().binding

    act(first, asked, "propose", **GRANTED | {"amount": "900"})
    stale = act(second, asked, "agree", binding=read)

    asked.refresh_from_db()
    assert (early.status_code, stale.status_code) == (422, 422)
    assert "relisez-la" in text_of(stale)
    assert asked.state == "received"


def test_no_other_way_leads_to_an_answer(asked: Request, first: Client) -> None:
    met(asked)

    for what in ({"act": "answer", "words": "Oui"}, {"act": "refuse", "code": "outside-purpose"}):
        answer = first.post(page_of(asked, "agir/"), what)
        assert answer.status_code == 422
        assert "La commission décide" in text_of(answer)

    asked.refresh_from_db()
    assert asked.state == "received"


def test_the_page_keeps_to_its_queries_and_is_closed_to_everybody_else(
    asked: Request, first: Client, household: Household, stranger: Beneficiary, member_client: Client
) -> None:
    met(asked)
    with CaptureQueriesContext(connection) as queries:
        page = text_of(first.get(page_of(asked, "")))

    assert "Écrire la décision" in page
    assert len(queries) <= 12
    assert somebody("Inès Belmont", Role.HANDLER).get(page_of(asked)).status_code == 403
    assert first.get("/gestion/demandes/MESE-2222-2222/fonds-social/").status_code == 404
    assert member_client.get("/fonds-social/MESE-2222-2222.pdf").status_code == 404
