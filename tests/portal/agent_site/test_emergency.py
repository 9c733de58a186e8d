"""One file opened in an emergency: why, told at once, half an hour, looked at by somebody else (A76)."""

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.agent_site.desk.checks_words import finding_words
from entraide.portal.domain.agents.actions.people import change_role
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.consultations.reasons import reason_in_words
from entraide.portal.domain.emergency.models import EmergencyAccess
from entraide.portal.domain.emergency.personal_data import personal_data_of
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.sweeps.tasks import reconcile
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.agent_site.steps import grow_stale, words
from tests.portal.agents import app_code, make_agent, sign_in_agent
from tests.portal.domain.correspondence.history import ask
from tests.portal.domain.handling.conftest import reference

PAGE, FILE, STOP = "/gestion/urgence/", "/gestion/urgence/dossier/", "/gestion/urgence/terminer/"
REVIEWS = "/gestion/urgence/relectures/"
SAID = {
    "why": "absence",
    "words": "Astreinte de nuit, personne ne répond",
    "ticket": "INC-4711",
}
pytestmark = pytest.mark.django_db


def person(role: Role, name: str, email: str = "") -> Agent:
    email = email or f"{name.split()[0].lower()}.{uuid4().hex[:6]}@example.org"
    return make_agent(email, name, role=role, since=timezone.now(), with_app=True)


def signed_in(agent: Agent) -> Client:
    return sign_in_agent(Client(), agent)


@pytest.fixture
def payer() -> Agent:
    return person(Role.PAYER, "Ségolène Tarrieu", "segolene@example.org")


@pytest.fixture
def client_(payer: Agent) -> Client:
    return signed_in(payer)


@pytest.fixture
def watchers() -> tuple[Agent, Agent]:
    """Solène leads the teams, Mathurin gives the accesses."""
    return person(Role.SUPERVISOR, "Solène Abgrall"), person(Role.SECURITY_ADMIN, "Mathurin Escoffre")


@pytest.fixture
def asked(household: Household) -> Callable[..., Request]:
    """An open request of Anne's with words and a paper."""

    def make(sender: Beneficiary | None = None, **more: Any) -> Request:
        request = ask(sender or household.primary, at=timezone.now())
        request.reference = reference(Request.objects.count())
        request.team = settings.PROFILE.desk.teams[0].id
        request.description = "Ma lettre du médecin"
        for name, value in more.items():
            setattr(request, name, value)
        request.save()
        return request

    return make


def opens(client: Client, person: Beneficiary, **more: str) -> Any:
    form = {"whose": person.number, "request_key": str(uuid4()), **SAID, **more}
    return client.post(PAGE, form)


def reviewed(client: Client, act: str = "approve", said: str = "J’ai lu le ticket", **more: Any) -> Any:
    access = EmergencyAccess.objects.latest("opened_at")
    return client.post(f"{REVIEWS}{access.pk}/agir/", {"act": act, "words": said}, **more)


def test_a_file_opens_for_reading_with_its_care_and_its_people_are_told_why(
    client_: Client, watchers: object, household: Household, asked: Callable[..., Request]
) -> None:
    request = asked()
    assert "Ma lettre du médecin" not in words(client_.get(f"/gestion/demandes/{request.reference}/"))

    answer = opens(client_, household.primary)

    assert (answer.status_code, answer.headers["Location"]) == (303, FILE)
    page = client_.get(FILE)
    assert "Elsa Vautrin" in words(page)
    assert "Accès d’urgence, jusqu’au" in words(page)
    assert f"{PAGE}demandes/{request.reference}/" in page.content.decode()
    shown = client_.get(f"{PAGE}demandes/{request.reference}/")
    assert "Ma lettre du médecin" in words(shown)
    drain()
    rows = Consultation.objects.filter(reader_kind="agent")
    assert {one.person_id for one in rows.filter(seen="emergency")} == {one.pk for one in household.people}
    assert set(rows.values_list("seen", flat=True)) == {"emergency", "identity", "request"}
    told = "Accès d’urgence, ticket INC-4711 : Aucun collègue habilité n’est joignable, Astreinte de nuit"
    usual = [one for one in rows if told not in reason_in_words(one.reason).replace("\xa0", " ")]
    # Before it was opened: the request without its words.
    assert {(one.seen, one.person_id) for one in usual} == {("request", household.primary.pk)}


def test_the_member_reads_it_in_plain_words(
    client_: Client, watchers: object, household: Household, member_client: Client
) -> None:
    """A69"""
    opens(client_, household.primary)
    drain()

    page = words(member_client.get("/droits/journal/"))

    assert "Ségolène Tarrieu" in page
    assert "a consulté votre dossier par un accès d’urgence" in page
    assert "Aucun collègue habilité n’est joignable, Astreinte de nuit, personne ne répond" in page
    member_client.post("/langue/", {"language": "en", "next": "/"})
    english = words(member_client.get("/droits/journal/"))
    assert "Emergency access, ticket INC-4711: " in english
    assert "Accès d’urgence" not in english


def test_two_people_are_told_by_mail_at_once_without_a_name_or_a_number(
    client_: Client, watchers: tuple[Agent, Agent], household: Household
) -> None:
    opens(client_, household.primary)
    drain()

    mails = Delivery.objects.filter(notice="emergency_opened")
    assert {one.recipient for one in mails} == {one.pk for one in watchers}
    assert {one.sent_at is not None for one in mails} == {True}
    assert Entry.objects.get(kind="EmergencyOpened").data["agent"] == str(
        EmergencyAccess.objects.get().agent_id
    )


def test_without_two_other_people_nothing_opens(client_: Client, household: Household) -> None:
    lead = person(Role.SUPERVISOR, "Solène Abgrall")
    # The same person with another access counts once, and so does the agent with a second account.
    person(Role.SECURITY_ADMIN, "Solène ABGRALL")
    person(Role.SECURITY_ADMIN, "Ségolène Tarrieu")
    frozen = person(Role.SECURITY_ADMIN, "Mathurin Escoffre")
    Account.objects.filter(pk=frozen.account_id).update(frozen_at=timezone.now())
    # A relative of the family is no witness.
    person(Role.SUPERVISOR, household.spouse.full_name)

    answer = opens(client_, household.primary)

    assert answer.status_code == 422
    assert "il n’y en a pas deux en ce moment" in words(answer)
    assert SAID["words"] in html.unescape(answer.content.decode())
    assert not EmergencyAccess.objects.exists()
    drain()
    assert not Delivery.objects.filter(notice="emergency_opened").exists()
    Account.objects.filter(pk=frozen.account_id).update(frozen_at=None)
    assert opens(client_, household.primary).status_code == 303
    drain()
    told = {one.recipient for one in Delivery.objects.filter(notice="emergency_opened")}
    assert {lead.pk, frozen.pk} <= told
    assert len(told) == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"whose": ""}, "Tapez le numéro du dossier"),
        ({"whose": "99999999"}, "Aucun dossier ne porte ce numéro"),
        ({"whose": "Vautrin"}, "Aucun dossier ne porte ce numéro"),
        ({"whose": "TEST-0000-000"}, "Aucun dossier ne porte ce numéro"),
        ({"why": ""}, "Choisissez un motif"),
        ({"why": "holiday"}, "Choisissez une ligne de la liste"),
        ({"words": "   "}, "Écrivez ce qui se passe"),
        ({"words": "x" * 301}, "trop long"),
        ({"ticket": ""}, "Tapez le numéro du ticket"),
        ({"ticket": "aucun"}, "Tapez le numéro du ticket"),
        ({"ticket": "4711\u202e"}, "Tapez le numéro du ticket"),
        ({"request_key": "x"}, "incomplet"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_opens(
    client_: Client, watchers: object, household: Household, wrong: dict[str, str], said: str
) -> None:
    answer = opens(client_, household.primary, **wrong)

    assert answer.status_code == 422
    assert said in words(answer)
    assert not EmergencyAccess.objects.exists()


def test_a_request_names_the_file_too_but_no_confidential_one(
    client_: Client, watchers: object, household: Household, asked: Callable[..., Request]
) -> None:
    """SOC-01: the social fund's requests stay closed, and are answered like what is not there."""
    usual, confidential = asked(), asked(kind="social_fund")
    assert opens(client_, household.primary, whose=confidential.reference).status_code == 422

    assert opens(client_, household.primary, whose=usual.reference).status_code == 303

    page = words(client_.get(FILE))
    assert usual.reference in page
    assert confidential.reference not in page
    assert client_.get(f"{PAGE}demandes/{confidential.reference}/").status_code == 404


def test_it_is_for_that_household_alone(
    client_: Client,
    watchers: object,
    household: Household,
    stranger: Beneficiary,
    asked: Callable[..., Request],
) -> None:
    other = asked(sender=stranger)
    opens(client_, household.primary)

    assert client_.get(f"{PAGE}demandes/{other.reference}/").status_code == 404
    again = opens(client_, stranger)

    assert again.status_code == 422
    assert "est déjà ouvert" in words(again)
    client_.post(STOP)
    assert opens(client_, stranger).status_code == 303
    assert "Elsa" not in words(client_.get(FILE))


def test_after_half_an_hour_nothing_is_shown_any_more(
    client_: Client,
    watchers: object,
    household: Household,
    asked: Callable[..., Request],
) -> None:
    request = asked()
    opens(client_, household.primary)
    access, now = EmergencyAccess.objects.get(), timezone.now()
    assert access.ends_at - access.opened_at == timedelta(minutes=30)
    EmergencyAccess.objects.update(opened_at=now - timedelta(minutes=29), ends_at=now + timedelta(minutes=1))
    assert client_.get(FILE).status_code == 200
    EmergencyAccess.objects.update(ends_at=now)

    for address in (FILE, f"{PAGE}demandes/{request.reference}/"):
        answer = client_.get(address, follow=True)
        assert answer.redirect_chain == [(PAGE, 302)]
        assert "Votre accès d’urgence est terminé" in words(answer)
        assert "Vautrin" not in words(answer).partition("Mon accès")[0]


def test_it_ends_when_its_user_says_so_and_with_their_role(
    client_: Client, payer: Agent, watchers: tuple[Agent, Agent], household: Household
) -> None:
    opens(client_, household.primary)
    assert client_.post(STOP).status_code == 303
    assert client_.get(FILE).status_code == 302
    assert Entry.objects.filter(kind="EmergencyStopped").count() == 1
    opens(client_, household.primary)

    admin = watchers[1].account_id
    change_role(email="segolene@example.org", former=Role.PAYER, role=Role.READER, actor=admin)

    # Signed in again with another role that may: still the same half an hour of the same person.
    payer.refresh_from_db()
    assert signed_in(payer).get(FILE).status_code == 200
    Agent.objects.filter(pk=payer.pk).update(role=Role.HANDLER)
    payer.refresh_from_db()
    assert signed_in(payer).get(FILE).status_code == 403


def test_pieces_are_shown_drawn_anew_and_never_given_away(
    client_: Client, watchers: object, household: Household, asked: Callable[..., Request]
) -> None:
    request = asked()
    file = RequestFile.objects.filter(request=request).first()
    assert file is not None
    opens(client_, household.primary)

    page = client_.get(f"{PAGE}demandes/{request.reference}/")

    assert file.name in words(page)
    assert "Télécharger l’original" not in words(page)
    assert client_.get(f"/gestion/demandes/{request.reference}/pieces/{file.pk}/").status_code == 403
    missing = f"{PAGE}demandes/{request.reference}/pieces/{uuid4()}/1.jpg"
    assert client_.get(missing).status_code == 404


def test_it_gives_reading_and_no_act(
    client_: Client, watchers: object, household: Household, asked: Callable[..., Request]
) -> None:
    request = asked()
    opens(client_, household.primary)

    page = client_.get(f"{PAGE}demandes/{request.reference}/").content.decode()

    main = page.partition("<main")[2].partition("</main>")[0]
    assert set(re.findall(r'<form[^>]*action="([^"]+)"', main)) == {STOP}
    assert client_.post(f"/gestion/demandes/{request.reference}/agir/", {"act": "take"}).status_code == 403
    request.refresh_from_db()
    # Nobody has begun to answer: the member is not told that it was read.
    assert request.read_at is None


def test_nobody_opens_their_own_family(watchers: object, household: Household) -> None:
    """A73"""
    relative = signed_in(person(Role.READER, household.spouse.full_name))

    answer = opens(relative, household.primary)

    assert "Vous êtes de cette famille" in words(answer)
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_part(role: Role, watchers: object, household: Household) -> None:
    """A75: who gives accesses reads no care, not even then; who handles requests needs no emergency."""
    client = signed_in(person(role, "Rose Role"))
    asks, reviews = role in {"reader", "payer", "social_fund"}, role in {"supervisor", "security_admin"}

    assert client.get(PAGE).status_code == (200 if asks else 403)
    assert opens(client, household.primary).status_code == (303 if asks else 403)
    assert client.get(FILE).status_code == (200 if asks else 403)
    assert client.get(REVIEWS).status_code == (200 if reviews else 403)
    home = client.get("/gestion/").content.decode()
    assert (f'href="{PAGE}"' in home, f'href="{REVIEWS}"' in home) == (asks, reviews)


def test_a_fresh_proof_is_asked_for_and_what_was_typed_waits(
    client_: Client, watchers: object, household: Household
) -> None:
    """A32"""
    grow_stale(client_)

    answer = opens(client_, household.primary)

    assert answer.headers["Location"].startswith("/gestion/securite/confirmer/")
    assert not EmergencyAccess.objects.exists()
    back = client_.post("/gestion/securite/confirmer/", {"code": app_code(), "next": PAGE}, follow=True)
    assert "Appuyez de nouveau" in words(back)
    shown = html.unescape(back.content.decode())
    for kept in (household.primary.number, SAID["words"], SAID["ticket"]):
        assert kept in shown
    assert re.search(r'value="absence"[^>]*checked', shown)
    assert opens(client_, household.primary).status_code == 303


def test_pressed_twice_it_opens_once(client_: Client, watchers: object, household: Household) -> None:
    key = str(uuid4())

    assert [opens(client_, household.primary, request_key=key).status_code for _ in range(2)] == [303, 303]

    assert EmergencyAccess.objects.count() == 1


def test_pages_of_the_desk_lead_there_with_the_number_filled_in(
    client_: Client, household: Household, asked: Callable[..., Request]
) -> None:
    request = asked()

    asks = client_.get(f"/gestion/demandes/{request.reference}/").content.decode()
    client_.post(f"/gestion/adherents/{household.member.pk}/", {"reason": "call"})
    file = client_.get(f"/gestion/adherents/{household.member.pk}/").content.decode()

    assert f"{PAGE}?demande={request.reference}" in asks
    assert f"{PAGE}?dossier={household.member.pk}" in file
    filled = client_.get(f"{PAGE}?dossier={household.member.pk}").content.decode()
    assert f'value="{household.primary.number}"' in filled
    assert client_.get(f"{PAGE}?dossier=x").status_code == 200


def test_somebody_else_reviews_it_and_its_user_reads_what_was_said(
    client_: Client, watchers: tuple[Agent, Agent], household: Household, asked: Callable[..., Request]
) -> None:
    request = asked()
    opens(client_, household.primary)
    client_.get(FILE)
    client_.get(f"{PAGE}demandes/{request.reference}/")
    # What their role opens anyway is not told as read in the emergency.
    client_.get(f"/gestion/demandes/{asked().reference}/")
    drain()
    lead = signed_in(watchers[0])
    assert "(1 à relire)" in words(lead.get("/gestion/"))
    assert "Ouvert en ce moment" in words(lead.get(REVIEWS))
    assert "encore ouvert" in words(reviewed(lead))
    client_.post(STOP)

    page = words(lead.get(REVIEWS))
    for shown in ("Ségolène Tarrieu", "INC-4711", SAID["words"], "Anne Vautrin", "le dossier", "1 demande"):
        assert shown in page
    assert reviewed(lead).status_code == 303

    access = EmergencyAccess.objects.get()
    assert (access.outcome, access.reviewed_by_id) == ("approved", watchers[0].pk)
    assert Entry.objects.filter(kind="EmergencyApproved", actor=watchers[0].account_id).exists()
    assert "Rien à relire" in words(lead.get(REVIEWS))
    assert "J’ai lu le ticket" in words(client_.get(PAGE))
    assert "déjà relu" in words(reviewed(lead, "object"))


def test_an_objection_needs_words_and_what_was_typed_is_kept(
    client_: Client, watchers: tuple[Agent, Agent], household: Household
) -> None:
    opens(client_, household.primary)
    client_.post(STOP)
    admin = signed_in(watchers[1])

    empty = reviewed(admin, "object", "  ")
    long = reviewed(admin, "object", "Le ticket n’existe pas " * 40)

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "Écrivez ce que vous avez vérifié." in words(empty)
    assert "Le ticket n’existe pas" in html.unescape(long.content.decode())
    assert EmergencyAccess.objects.get().outcome == ""
    reviewed(admin, "object", "Le ticket n’existe pas")
    assert EmergencyAccess.objects.get().outcome == "objected"
    assert Entry.objects.filter(kind="EmergencyObjected").count() == 1
    assert "Contesté" in words(client_.get(PAGE))


def test_who_gives_accesses_reviews_without_learning_whose_file_it_was(
    client_: Client, watchers: tuple[Agent, Agent], household: Household
) -> None:
    opens(client_, household.primary)
    client_.post(STOP)

    page = words(signed_in(watchers[1]).get(REVIEWS))

    assert "Ségolène Tarrieu" in page
    assert "Anne Vautrin" not in page
    assert household.primary.number not in page


def test_neither_its_user_nor_a_relative_reviews_it(
    client_: Client, payer: Agent, watchers: object, household: Household
) -> None:
    opens(client_, household.primary)
    client_.post(STOP)
    Agent.objects.filter(pk=payer.pk).update(role=Role.SUPERVISOR)
    payer.refresh_from_db()
    namesake = signed_in(person(Role.SECURITY_ADMIN, "Ségolène Tarrieu"))
    relative = signed_in(person(Role.SUPERVISOR, household.spouse.full_name))

    assert "Une autre personne" in words(reviewed(signed_in(payer)))
    assert "Une autre personne" in words(reviewed(namesake))
    assert "Vous êtes de cette famille" in words(reviewed(relative))
    assert "Une autre personne que vous" in words(signed_in(payer).get(REVIEWS))

    assert EmergencyAccess.objects.get().outcome == ""


def test_who_reviews_can_end_it_at_once(
    client_: Client, watchers: tuple[Agent, Agent], household: Household
) -> None:
    opens(client_, household.primary)
    lead = signed_in(watchers[0])

    assert reviewed(lead, "stop").status_code == 303
    assert client_.get(FILE).status_code == 302
    assert reviewed(lead, "stop").status_code == 303
    assert Entry.objects.filter(kind="EmergencyStopped").count() == 1
    assert "Choisissez ce que" in words(reviewed(lead, "nothing", follow=True))
    gone = lead.post(f"{REVIEWS}{uuid4()}/agir/", {"act": "stop"}, follow=True)
    assert "n’existe pas" in words(gone)


def test_a_review_that_does_not_come_is_an_alarm_of_the_daily_look(
    client_: Client, watchers: tuple[Agent, Agent], household: Household
) -> None:
    opens(client_, household.primary)
    access = EmergencyAccess.objects.get()
    assert access.review_by > timezone.localdate() + timedelta(days=1)
    lead = signed_in(watchers[0])
    EmergencyAccess.objects.update(review_by=timezone.localdate(), stopped_at=timezone.now())
    reconcile()
    title = finding_words("emergency_unreviewed")[0]
    assert title not in words(lead.get("/gestion/controles/"))

    EmergencyAccess.objects.update(review_by=timezone.localdate() - timedelta(days=1))
    reconcile()
    drain()

    page = lead.get("/gestion/controles/")
    assert f"{title} (1)" in words(page)
    assert access.reference in words(page)
    assert REVIEWS in page.content.decode()
    assert Delivery.objects.filter(notice="checks_need_somebody", recipient=watchers[0].pk).exists()
    assert "Relecture en retard" in words(lead.get(REVIEWS))
    reviewed(lead)
    reconcile()
    assert title not in words(lead.get("/gestion/controles/"))


def test_the_journal_of_agents_tells_it_without_the_members_name(
    client_: Client, watchers: tuple[Agent, Agent], household: Household
) -> None:
    opens(client_, household.primary)
    client_.post(STOP)
    reviewed(signed_in(watchers[0]), "object")
    access = EmergencyAccess.objects.get()

    page = words(signed_in(watchers[1]).get("/gestion/journal/", {"agent": str(access.agent_id)}))

    for shown in (
        "Alerte : accès d’urgence ouvert",
        "Alerte : accès d’urgence contesté à la relecture",
        access.reference,
        "Ségolène Tarrieu",
    ):
        assert shown in page.replace("\xa0", " ")
    assert "Vautrin" not in page


def test_each_of_the_family_takes_it_along_in_the_copy_of_their_data(
    client_: Client, watchers: object, household: Household, stranger: Beneficiary
) -> None:
    """A79"""
    opens(client_, household.primary)

    def told(who: UUID) -> str:
        return json.dumps([list(map(str, row)) for table in personal_data_of(who) for row in table.rows()])

    assert all("INC-4711" in told(one.pk) for one in household.people)
    assert "INC-4711" not in told(stranger.pk)


def test_the_pages_ask_the_database_few_questions(
    client_: Client,
    watchers: tuple[Agent, Agent],
    household: Household,
    stranger: Beneficiary,
    asked: Callable[..., Request],
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    request = asked()
    for whose in (stranger, household.primary, stranger, household.primary):
        client_.post(STOP)
        opens(client_, whose)
    with django_assert_max_num_queries(16):
        client_.get(FILE)
    with django_assert_max_num_queries(16):
        client_.get(f"{PAGE}demandes/{request.reference}/")
    lead = signed_in(watchers[0])
    client_.post(STOP)

    with django_assert_max_num_queries(12):
        assert words(lead.get(REVIEWS)).count("Ségolène Tarrieu") == 4
