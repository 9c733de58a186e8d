"""Lists as files: a reason, another person's yes, one download, a mark in every row (A77)."""

import csv
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.list_exports.actions import expire_lists
from entraide.portal.domain.list_exports.models import ListExport
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.agent_site.steps import grow_stale, words
from tests.portal.agent_site.test_requests import signed_in
from tests.portal.agents import app_code
from tests.portal.domain.correspondence.history import ask
from tests.portal.member_site.requests.conftest import text_of

PAGE, CONFIRM = "/gestion/exports/", "/gestion/securite/confirmer/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(household: Household) -> Request:
    household.primary.first_name = "=Anne"
    household.primary.save()
    return ask(household.primary, at=timezone.now())


@pytest.fixture
def supervisor(db: None) -> Client:
    return signed_in(Role.SUPERVISOR, "Sam Loriol")


@pytest.fixture
def export(agent_client: Client, request_: Request) -> ListExport:
    """Inès has asked."""
    form = {"reason": "Réunion du lundi", "request_key": str(uuid4())}
    for _click in range(2):
        assert agent_client.post(f"{PAGE}demander/", form).status_code == 303
    return ListExport.objects.get()


def decide(client: Client, export: ListExport, act: str = "approve") -> str:
    client.post(f"{PAGE}{export.pk}/decider/", {"act": act})
    drain()
    export.refresh_from_db()
    return export.state


def test_an_approved_list_is_taken_once_by_its_asker_with_a_mark_in_every_row(
    agent_client: Client, supervisor: Client, export: ListExport, request_: Request
) -> None:
    assert "Réunion du lundi" in text_of(supervisor.get(PAGE))
    assert agent_client.post(f"{PAGE}{export.pk}/fichier/").status_code == 404

    assert decide(supervisor, export) == "ready"
    assert supervisor.post(f"{PAGE}{export.pk}/fichier/").status_code == 404
    answer = agent_client.post(f"{PAGE}{export.pk}/fichier/")

    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert row["Référence"] == request_.reference
    assert row["Personne concernée"].startswith("'=Anne")
    assert export.reference in row["Numéro d’export"]
    assert "Inès Belmont" in row["Numéro d’export"]
    assert "Sam Loriol" in row["Numéro d’export"]
    assert export.reference.lower() in answer.headers["Content-Disposition"]
    assert agent_client.post(f"{PAGE}{export.pk}/fichier/").status_code == 404
    export.refresh_from_db()
    assert (export.state, export.content) == ("taken", "")
    kinds = list(
        Entry.objects.filter(kind__startswith="ListExport").order_by("at").values_list("kind", flat=True)
    )
    assert kinds == ["ListExportAsked", "ListExportApproved", "ListExportReady", "ListExportTaken"]


def test_a_yes_and_the_file_need_a_proof_that_is_fresh(
    agent_client: Client, supervisor: Client, export: ListExport
) -> None:
    """A32: a no needs none; from the proof one comes back to the exports, and presses again."""
    assert decide(grow_stale(supervisor), export) == "asked"
    back = supervisor.post(CONFIRM, {"code": app_code(), "next": PAGE})
    assert back.headers["Location"] == PAGE
    assert decide(supervisor, export) == "ready"

    asked = grow_stale(agent_client).post(f"{PAGE}{export.pk}/fichier/", follow=True)
    assert asked.redirect_chain == [(f"{CONFIRM}?next=%2Fgestion%2Fexports%2F", 302)]
    assert re.search(rf'href="{PAGE}"[^>]*>\s*(?:<span>)?Revenir sans confirmer', asked.content.decode())
    export.refresh_from_db()
    assert export.state == "ready"

    agent_client.post(CONFIRM, {"code": app_code(), "next": PAGE})
    assert agent_client.post(f"{PAGE}{export.pk}/fichier/").status_code == 200


def test_the_list_that_is_shown_is_the_one_asked_for(agent_client: Client, request_: Request) -> None:
    """From the queue and its filter to the form and what is kept; who may not ask sees no way there."""
    team, way = settings.PROFILE.desk.teams[0].id, f"{PAGE}demander/?"
    shown = f"team={team}&state=received&due=7&mine=on"
    link = f"{way}{shown}".replace("&", "&amp;")

    assert link in agent_client.get(f"/gestion/demandes/?{shown}").content.decode()
    assert way not in signed_in(Role.READER).get(f"/gestion/demandes/?{shown}").content.decode()
    form = agent_client.get(f"{way}{shown}").content.decode()
    chosen = re.findall(r'<option value="([^"]+)" selected', form)
    assert chosen == [team, "received", "7"]
    given = {"team": team, "state": "received", "due": "7", "mine": "on", "reason": "Réunion"}
    agent_client.post(f"{PAGE}demander/", {**given, "request_key": str(uuid4())})

    kept = ListExport.objects.get().wanted
    assert (kept["team"], kept["state"], kept["mine"]) == (team, "received", True)
    assert kept["due_before"] == f"{timezone.localdate() + timedelta(days=7)}"


def test_nobody_decides_on_their_own_and_a_refusal_makes_no_file(
    supervisor: Client, export: ListExport
) -> None:
    """Four eyes, also against two accounts of one person."""
    assert decide(signed_in(Role.SUPERVISOR, "INES  BELMONT"), export) == "asked"
    assert decide(supervisor, export, "dance") == "asked"
    assert decide(supervisor, export, "refuse") == "refused"
    assert decide(supervisor, export) == "refused"


def test_after_a_day_nothing_is_left(agent_client: Client, supervisor: Client, export: ListExport) -> None:
    decide(supervisor, export)
    ListExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert agent_client.post(f"{PAGE}{export.pk}/fichier/").status_code == 404
    assert expire_lists(now=timezone.now()) == 1
    export.refresh_from_db()
    assert (export.state, export.content) == ("expired", "")


def test_what_nobody_decides_on_ends_after_seven_days(
    agent_client: Client, supervisor: Client, export: ListExport
) -> None:
    week = export.asked_at + timedelta(days=7)
    assert expire_lists(now=week - timedelta(seconds=1)) == 0

    assert expire_lists(now=week) == 1

    assert decide(supervisor, export) == "expired"
    assert "Terminé : le délai est passé" in text_of(agent_client.get(PAGE))


def test_without_a_reason_or_the_role_nothing_is_asked(agent_client: Client, request_: Request) -> None:
    answer = agent_client.post(f"{PAGE}demander/", {"reason": " ", "request_key": str(uuid4())})

    assert answer.status_code == 422
    assert "Écrivez pourquoi" in text_of(answer)
    for role in set(Role) - {Role.HANDLER, Role.SUPERVISOR}:
        assert signed_in(role).get(f"{PAGE}demander/").status_code == 403
    assert agent_client.post(f"{PAGE}{uuid4()}/decider/", {"act": "approve"}).status_code == 403
    assert not ListExport.objects.exists()


def test_a_list_of_one_subject_holds_no_other(
    agent_client: Client, supervisor: Client, request_: Request
) -> None:
    of_it = next(one for one in settings.PROFILE.deposit.categories if one.id == request_.category)
    other = next(one for one in of_it.types if one.id != request_.type)
    form = {"reason": "Réunion", "request_key": str(uuid4()), "about": f"{of_it.id}/{other.id}"}
    assert agent_client.post(f"{PAGE}demander/", form).status_code == 303
    export = ListExport.objects.get()

    assert other.label.fr in words(supervisor.get(PAGE))
    assert (decide(supervisor, export), export.rows) == ("ready", 0)
