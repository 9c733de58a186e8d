"""Accesses at the desk: one asks, another agrees, ending is at once; the list as a file (A75, A78)."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.models import OpenSession
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.staff.asking import lapse_changes
from entraide.portal.domain.staff.models import AccessChange, TakenList
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Post
from tests.portal.agent_site.steps import grow_stale, words
from tests.portal.agent_site.test_requests import signed_in
from tests.portal.agents import app_code, make_agent, sign_in_agent

PAGE, CONFIRM, JOURNAL = "/gestion/equipe/", "/gestion/securite/confirmer/", "/gestion/journal/"
LEA = {"full_name": "Léa Morvan", "identifier": "Lea.Morvan@example.org", "role": "reader"}
Sent = Callable[[], list[Post]]
pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> Client:
    return signed_in(Role.SECURITY_ADMIN, "Alma Quéré")


@pytest.fixture
def second() -> Client:
    return signed_in(Role.SECURITY_ADMIN, "Basile Hénaff")


def invite(client: Client, **other: str) -> Any:
    return client.post(f"{PAGE}inviter/", {**LEA, "request_key": str(uuid4()), **other})


def ask_role(client: Client, agent: Agent, role: Role) -> AccessChange:
    form = {"role": role.value, "request_key": str(uuid4())}
    assert client.post(f"{PAGE}{agent.pk}/", form).status_code == 303
    return AccessChange.objects.latest("asked_at")


def decide(client: Client, change: AccessChange, act: str = "agree", *, binding: str = "") -> str:
    form = {"act": act, "binding": binding or change.binding}
    client.post(f"{PAGE}demandes/{change.pk}/decider/", form)
    change.refresh_from_db()
    return change.state


def test_an_invitation_leaves_when_a_second_person_agrees_and_both_are_told(
    first: Client, second: Client, sent: Sent
) -> None:
    key = str(uuid4())
    for _click in range(2):
        assert invite(first, request_key=key).status_code == 303
    change = AccessChange.objects.get()
    assert not Agent.objects.filter(full_name="Léa Morvan").exists()
    assert [one.notice for one in sent()] == ["access_move"] * 2
    assert change.binding in second.get(PAGE).content.decode()

    assert decide(first, change) == "asked"
    assert decide(second, change) == "done"

    lea = Agent.objects.get(full_name="Léa Morvan")
    assert (lea.role, lea.account.identifier) == (Role.READER, "lea.morvan@example.org")
    told = sorted((one.notice, one.to) for one in sent())
    assert ("agent_invited", "lea.morvan@example.org") in told
    assert [one for one, _to in told].count("access_move") == 4
    assert decide(second, change, "refuse") == "done"


def test_another_role_ends_the_sessions_and_is_told(
    first: Client, second: Client, agent_client: Client, handler: Agent, sent: Sent
) -> None:
    change = ask_role(first, handler, Role.PAYER)
    assert agent_client.get("/gestion/").status_code == 200

    assert decide(second, change) == "done"

    handler.refresh_from_db()
    assert handler.role == Role.PAYER
    assert agent_client.get("/gestion/").status_code == 302
    (mail,) = [one for one in sent() if one.notice == "agent_role_changed"]
    assert mail.to == "ines.belmont@example.org"
    assert "« Paiements »" in mail.body


def test_nobody_agrees_to_their_own_about_themselves_or_to_something_else(
    first: Client, second: Client, handler: Agent
) -> None:
    basile = Agent.objects.get(full_name="Basile Hénaff")
    change = ask_role(first, basile, Role.SUPERVISOR)
    assert decide(second, change) == "asked"
    assert decide(signed_in(Role.SECURITY_ADMIN, "ALMA QUERE"), change) == "asked"
    invite(first, full_name="Basile Hénaff", identifier="basile@example.org")
    assert decide(second, AccessChange.objects.get(kind="invitation")) == "asked"

    other = ask_role(first, handler, Role.PAYER)
    AccessChange.objects.filter(pk=other.pk).update(role=Role.SECURITY_ADMIN)
    assert decide(second, other, binding=other.binding) == "asked"
    assert Agent.objects.get(pk=handler.pk).role == Role.HANDLER


def test_an_agreement_needs_that_who_asked_still_gives_accesses(
    first: Client, second: Client, handler: Agent
) -> None:
    change = ask_role(first, handler, Role.PAYER)
    Agent.objects.filter(full_name="Alma Quéré").update(role=Role.READER)

    assert decide(second, change) == "asked"
    assert decide(second, change, "refuse") == "refused"


def test_what_nobody_answers_ends_after_seven_days(first: Client, second: Client, handler: Agent) -> None:
    change = ask_role(first, handler, Role.PAYER)
    week = change.asked_at + timedelta(days=7)
    assert lapse_changes(now=week - timedelta(seconds=1)) == 0
    AccessChange.objects.update(asked_at=timezone.now() - timedelta(days=7))

    assert decide(second, change) == "asked"
    assert "Nouveau rôle pour Inès" not in words(second.get(PAGE))
    again = ask_role(first, handler, Role.PAYER)

    change.refresh_from_db()
    assert (change.state, decide(first, again, "refuse")) == ("lapsed", "withdrawn")


def test_an_access_ends_at_once_but_not_ones_own(
    first: Client, second: Client, agent_client: Client, handler: Agent, sent: Sent
) -> None:
    alma = Agent.objects.get(full_name="Alma Quéré")

    first.post(f"{PAGE}{handler.pk}/fermer/")
    first.post(f"{PAGE}{alma.pk}/fermer/")

    assert agent_client.get("/gestion/").status_code == 302
    assert not OpenSession.objects.filter(account=handler.account).exists()
    assert first.get(PAGE).status_code == 200
    fact = Entry.objects.get(kind="AgentEnded")
    assert (fact.actor, fact.data["agent"]) == (alma.account_id, str(handler.pk))
    assert [one.notice for one in sent()] == ["access_move"] * 2


def test_agreeing_ending_and_the_file_need_a_proof_that_is_fresh(
    first: Client, second: Client, handler: Agent
) -> None:
    change, confirm = ask_role(first, handler, Role.PAYER), f"{CONFIRM}?next=%2Fgestion%2Fequipe%2F"
    grow_stale(second)

    assert decide(second, change) == "asked"
    for address in (f"{PAGE}{handler.pk}/fermer/", f"{PAGE}fichier/"):
        assert second.post(address).headers["Location"] == confirm
    assert Agent.objects.get(pk=handler.pk).ended_at is None
    assert not TakenList.objects.exists()

    assert second.post(CONFIRM, {"code": app_code(), "next": PAGE}).headers["Location"] == PAGE
    assert decide(second, change) == "done"


def test_the_page_shows_ways_in_and_says_when_one_person_is_alone(first: Client, newcomer: Agent) -> None:
    page = words(first.get(PAGE))

    assert "entraide agent" in page
    assert re.search(r"Noé Tallec Encadrement de la gestion .*? jamais connecté · Aucun moyen", page)
    signed_in(Role.SECURITY_ADMIN, "Basile Hénaff")
    assert "Une seule personne" not in words(first.get(PAGE))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"full_name": " "}, "Tapez le prénom et le nom."),
        ({"identifier": "lea"}, "Ce n’est pas une adresse e-mail."),
        ({"identifier": "ines.belmont@example.org"}, "Cette personne a déjà un accès."),
        ({"role": "king"}, "Choisissez un rôle de la liste."),
    ],
)
def test_what_cannot_be_asked_says_why(
    first: Client, handler: Agent, other: dict[str, str], why: str
) -> None:
    answer = invite(first, **other)

    assert answer.status_code == 422
    assert why in words(answer)
    assert not AccessChange.objects.exists()


def test_two_changes_never_wait_for_one_person(first: Client, second: Client) -> None:
    invite(first)

    answer = invite(second, role="payer")

    assert answer.status_code == 422
    assert "Une demande attend déjà" in words(answer)


def test_the_list_is_a_file_for_who_watches_and_the_first_page_asks_for_it(
    first: Client, handler: Agent
) -> None:
    """A51, A75: a name that begins as a formula stays a name; three months later it is asked for again."""
    Agent.objects.filter(pk=handler.pk).update(
        full_name="=HYPERLINK(1)", created_at=timezone.now() - timedelta(days=93)
    )
    dpo = signed_in(Role.DPO, "Doriane Le Goff")
    assert "La liste des accès est à relire" in words(dpo.get("/gestion/"))

    answer = dpo.post(f"{PAGE}fichier/")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    (ines,) = [row for row in rows if row["Adresse e-mail"] == "ines.belmont@example.org"]
    assert (ines["Nom"], ines["Lit les soins"], ines["Gère les accès"]) == ("'=HYPERLINK(1)", "oui", "non")
    assert (len(rows), ines["Moyens de connexion"]) == (3, "application")
    assert "Doriane Le Goff" in ines["Fichier"]
    assert "à relire" not in words(first.get("/gestion/"))
    TakenList.objects.update(taken_at=timezone.now() - timedelta(days=92))
    assert "à relire" in words(first.get("/gestion/"))


def test_the_pages_are_closed_to_other_roles(handler: Agent) -> None:
    for role in set(Role) - {Role.SECURITY_ADMIN}:
        client = signed_in(role)
        assert client.get(PAGE).status_code == client.get(f"{PAGE}{handler.pk}/").status_code == 403
        assert client.get(f"{PAGE}inviter/").status_code == 403
        assert client.post(f"{PAGE}{handler.pk}/fermer/").status_code == 403
        watches = role == Role.DPO
        assert client.post(f"{PAGE}fichier/").status_code == (200 if watches else 403)
        assert client.get(JOURNAL).status_code == (200 if watches else 403)


def test_the_journal_tells_of_agents_alone(first: Client, second: Client, handler: Agent) -> None:
    """By kind, by person, by day; a member's way in is none of its business."""
    decide(second, ask_role(first, handler, Role.PAYER))
    invite(first)
    now = timezone.now()
    for kind, about, data in (
        ("FactorAdded", uuid4(), {"kind": "totp"}),
        ("FactorAdded", None, {"kind": "passkey"}),
        ("SignInStorm", None, {"failures": 40}),
        ("DepositReceived", uuid4(), {"reference": "DEMO-7K2M-94QX"}),
    ):
        Entry.objects.create(kind=kind, at=now, actor=handler.account_id, about=about, data=data)

    def rows(query: str = "") -> list[str]:
        body = first.get(f"{JOURNAL}{query}").content.decode()
        found = re.findall(r"<tr role=\"row\">(.*?)</tr>", body, re.DOTALL)[1:]
        return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]

    told = "\n".join(rows())
    assert "Rôle changé Basile Hénaff Inès Belmont Gestion des demandes → Paiements" in told
    assert "Accès ou rôle demandé Alma Quéré Léa Morvan Consultation des dossiers" in told
    assert told.count("Moyen de connexion ajouté") == 1
    assert "40 essais" in told
    assert "DEMO-7K2M-94QX" not in told
    assert len(rows("?kind=AgentRoleChanged")) == 1
    assert (len(rows(f"?agent={handler.pk}")), len(rows())) == (5, 6)
    assert rows("?since=01/01/2020&until=02/01/2020") == []
    assert first.get(f"{JOURNAL}?since=01/01/2020&until=01/01/2021").status_code == 422


def test_the_journal_goes_on_page_by_page(first: Client) -> None:
    at = timezone.now()
    Entry.objects.bulk_create(
        Entry(kind="AgentLocked", at=at - timedelta(seconds=one), data={"agent": None}) for one in range(51)
    )

    body = first.get(JOURNAL, {"kind": "AgentLocked", "page": "2"}).content.decode()

    assert body.count('<tr role="row">') == 2
    assert "?kind=AgentLocked&amp;page=1" in body


def test_an_invitation_that_was_accepted_elsewhere_changes_nothing(first: Client, second: Client) -> None:
    """The terminal was quicker: the agreement says so, and the role stays the one that was given there."""
    invite(first)
    make_agent("lea.morvan@example.org", "Léa Morvan", role=Role.READER, since=timezone.now())

    assert decide(second, AccessChange.objects.get()) == "asked"
    assert sign_in_agent(Client(), Agent.objects.get(full_name="Léa Morvan")).get("/gestion/")
