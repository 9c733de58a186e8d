"""The answer to a request for hospital cover, and the letter that leaves once (PEC-05, PEC-06, X11)."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from entraide.portal.config.cli import main
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.hospital_cover.deciding import accept_cover, refuse_cover
from entraide.portal.domain.hospital_cover.letter import letter_pdf
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.hospital_cover.queries import cover_answer, cover_letter
from entraide.portal.domain.hospital_cover.sending import letter_has_left
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.messaging import OutMail
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.queries import request_of
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.gateways.outbox import Outbox
from entraide.portal.notifications.models import Delivery
from entraide.portal.notifications.queries import messages_sent
from tests.conftest import Household, Post
from tests.portal.domain.claims.tables import tables
from tests.portal.domain.hospital_cover.stays import a_stay, agent, ask, days_from_now, profile_with
from tests.portal.member_site.reimbursements.pdf_text import text_of

__all__ = ["tables"]
pytestmark = pytest.mark.django_db


def now() -> Any:
    return timezone.now()


class TestAccepting:
    def test_the_letter_leaves_by_mail_and_the_member_is_told_without_a_word_on_health(
        self, by_agents: None, viewer: Viewer, household: Household, sent: Callable[[], list[Post]]
    ) -> None:
        request = ask(viewer, household.child.pk)
        _row, ada = agent()

        decision = accept_cover(ada, request.reference.lower(), now=now())
        posts = sent()

        request.refresh_from_db()
        assert request.state == "done"
        assert [one.state for one in request.steps.all()] == ["received", "in_progress", "done"]
        letter = next(one for one in posts if one.notice == "hospital_letter")
        assert letter.to == "admissions@clinique.example.org"
        assert "Vautrin" not in letter.body
        told = next(one for one in posts if one.notice == "request_answered")
        assert (told.to, request.reference in told.body) == ("anne@example.org", True)
        assert not {"hôpital", "hospital", "clinique", "chirurgie"} & set(told.body.casefold().split())
        decision.refresh_from_db()
        assert decision.sent_at is not None

    def test_without_mail_it_leaves_by_fax_with_its_paper(
        self, by_agents: None, viewer: Viewer, household: Household
    ) -> None:
        request = ask(viewer, household.child.pk, a_stay(email=""))
        _row, ada = agent()

        accept_cover(ada, request.reference, now=now())
        drain()

        (fax,) = messages_sent(channel="fax")
        assert fax.to == "+33472001234"
        ((name, size),) = fax.attachments
        assert name == f"prise-en-charge-{request.reference}.pdf"
        assert size > 5000

    def test_without_a_fax_service_a_request_with_a_fax_alone_is_not_accepted(
        self, by_agents: None, viewer: Viewer, household: Household, settings: LazySettings
    ) -> None:
        settings.ENTRAIDE = replace(settings.ENTRAIDE, fax_url="")
        request = ask(viewer, household.child.pk, a_stay(email=""))
        _row, ada = agent()

        with pytest.raises(DomainError, match="FAX_URL"):
            accept_cover(ada, request.reference, now=now())

        assert not CoverLetter.objects.exists()

    def test_the_letter_says_what_an_admissions_office_needs_and_no_more(
        self, by_agents: None, tables: None, viewer: Viewer, household: Household
    ) -> None:
        request = ask(viewer, household.primary.pk)
        _row, ada = agent()

        paper = letter_pdf(accept_cover(ada, request.reference, now=now()))

        words = text_of(paper).replace("\xa0", " ")
        for part in (
            "Anne Vautrin",
            "30041827",
            request.reference,
            "69 099 990 9",
            "Chirurgie",
            "Contrat santé",
        ):
            assert part in words
        assert "télévision" in words
        assert "284013818500187" not in words.replace(" ", "")
        assert "AGRIFRPP" not in words

    def test_the_letter_stays_the_one_that_was_sent(
        self, by_agents: None, viewer: Viewer, household: Household
    ) -> None:
        request = ask(viewer, household.primary.pk)
        _row, ada = agent()
        before = letter_pdf(accept_cover(ada, request.reference, now=now()))

        Contract.objects.update(label_fr="Autre contrat")
        Beneficiary.objects.update(first_name="Autre")

        assert letter_pdf(CoverLetter.objects.get()) == before

    def test_the_letter_ends_with_the_cover(
        self, by_agents: None, viewer: Viewer, household: Household
    ) -> None:
        last = days_from_now(20)
        Coverage.objects.filter(beneficiary=household.child).update(ends_on=last)
        request = ask(viewer, household.child.pk)
        _row, ada = agent()

        letter = json.loads(accept_cover(ada, request.reference, now=now()).letter)

        until = dict(letter["insured"])["Valable jusqu’au"]
        assert str(last.day) in until
        assert str(last.year) in until

    def test_a_second_answer_is_refused(self, by_agents: None, viewer: Viewer, household: Household) -> None:
        request = ask(viewer, household.child.pk)
        _row, ada = agent()
        accept_cover(ada, request.reference, now=now())

        with pytest.raises(DomainError, match="déjà accordée"):
            accept_cover(ada, request.reference, now=now())
        drain()
        with pytest.raises(DomainError, match="terminée"):
            refuse_cover(ada, request.reference, code="not-insured", now=now())
        assert Delivery.objects.filter(notice="hospital_letter").count() == 1

    def test_a_letter_that_left_before_a_crash_is_not_sent_again(
        self, by_agents: None, viewer: Viewer, household: Household
    ) -> None:
        request = ask(viewer, household.child.pk)
        _row, ada = agent()
        accept_cover(ada, request.reference, now=now())
        drain()

        letter_has_left(request.pk, now=now())
        drain()

        assert Entry.objects.filter(kind="RequestAnswered").count() == 1

    def test_while_the_mail_server_is_away_nothing_is_told_as_sent(
        self, by_agents: None, viewer: Viewer, household: Household, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taken: list[OutMail] = []

        def away(_self: Outbox, mail: OutMail) -> None:
            if mail.attachments and not taken:
                taken.append(mail)
                raise OSError("away")

        monkeypatch.setattr(Outbox, "send_mail", away)
        request = ask(viewer, household.child.pk)
        _row, ada = agent()
        accept_cover(ada, request.reference, now=now())

        drain()

        request.refresh_from_db()
        assert request.state == "in_progress"
        assert not Delivery.objects.filter(notice="request_answered").exists()
        answer = cover_answer(viewer, request.reference)
        assert answer is not None
        assert answer.sent_at is None
        assert taken[0].attachments[0].document.startswith(b"%PDF")


class TestRules:
    @pytest.mark.parametrize("role", [Role.READER, Role.PAYER, Role.SECURITY_ADMIN, Role.DPO])
    def test_a_role_that_does_not_answer_requests_decides_nothing(
        self, by_agents: None, viewer: Viewer, household: Household, role: Role
    ) -> None:
        """A75"""
        request = ask(viewer, household.child.pk)
        _row, somebody = agent(role=role)

        with pytest.raises(DomainError, match="rôle"):
            accept_cover(somebody, request.reference, now=now())

    @pytest.mark.parametrize(
        ("email", "name"), [("bruno@example.org", "Somebody Else"), ("x@example.org", "Bruno VAUTRIN")]
    )
    def test_nobody_decides_for_their_own_family(
        self, by_agents: None, viewer: Viewer, household: Household, email: str, name: str
    ) -> None:
        """A73"""
        request = ask(viewer, household.child.pk)
        _row, relative = agent(email, name)

        with pytest.raises(DomainError, match="famille"):
            accept_cover(relative, request.reference, now=now())

    def test_an_unknown_reference_is_told(self, by_agents: None) -> None:
        _row, ada = agent()

        with pytest.raises(DomainError, match="Aucune demande"):
            accept_cover(ada, "MESE-0000-0000", now=now())

    def test_somebody_whose_cover_ended_meanwhile_gets_no_letter(
        self, by_agents: None, viewer: Viewer, household: Household
    ) -> None:
        request = ask(viewer, household.child.pk)
        Coverage.objects.filter(beneficiary=household.child).update(ends_on=date(2020, 1, 1))
        _row, ada = agent()

        with pytest.raises(DomainError, match="aucun contrat"):
            accept_cover(ada, request.reference, now=now())

    def test_a_refusal_ends_the_request_and_the_member_reads_why(
        self, by_agents: None, viewer: Viewer, household: Household, sent: Callable[[], list[Post]]
    ) -> None:
        request = ask(viewer, household.child.pk)
        _row, ada = agent()

        refuse_cover(ada, request.reference, code="admissions-unreachable", now=now())

        request.refresh_from_db()
        assert request.state == "refused"
        found = request_of(viewer, request.reference)
        assert found is not None
        assert found.refusal is not None
        assert "service des admissions" in found.refusal.reason.fr
        assert cover_answer(viewer, request.reference) is None
        assert [one.notice for one in sent()] == ["deposit_received", "request_refused"]
        assert cover_letter(viewer, request.reference) is None

    def test_nobody_else_sees_the_answer(
        self, by_agents: None, viewer: Viewer, household: Household, stranger: Beneficiary
    ) -> None:
        request = ask(viewer, household.spouse.pk)
        _row, ada = agent()
        accept_cover(ada, request.reference, now=now())

        for person in (stranger, household.spouse):
            other = viewer_of(person.account_id)
            assert other is not None
            assert cover_answer(other, request.reference) is None
            assert cover_letter(other, request.reference) is None


class TestByItself:
    def test_a_covered_person_and_a_known_facility_need_no_agent(
        self, by_itself: None, viewer: Viewer, household: Household
    ) -> None:
        request = ask(viewer, household.child.pk)

        drain()

        decision = CoverLetter.objects.get()
        request.refresh_from_db()
        assert (decision.agent, request.state) == (None, "done")
        assert [(one.state, one.by) for one in request.steps.all()][1:] == [
            ("checked", "system"),
            ("done", "system"),
        ]

    @pytest.mark.parametrize("changes", [{"finess": ""}, {"finess": "380000067"}])
    def test_a_facility_that_the_directory_does_not_know_waits_for_an_agent(
        self, by_itself: None, viewer: Viewer, household: Household, changes: dict[str, str]
    ) -> None:
        request = ask(viewer, household.child.pk, a_stay(**changes))

        drain()

        request.refresh_from_db()
        assert request.state == "received"
        assert not CoverLetter.objects.exists()

    def test_a_fourth_letter_in_a_day_waits_for_an_agent(
        self, by_itself: None, viewer: Viewer, household: Household
    ) -> None:
        """Nobody makes the portal write to addresses of their choice all day long."""
        for days in range(4):
            ask(viewer, household.child.pk, a_stay(admission_date=days_from_now(5 + days)))

        drain()

        assert CoverLetter.objects.count() == 3
        assert Request.objects.filter(state="received").count() == 1

    def test_nothing_leaves_by_itself_where_the_profile_does_not_say_so(
        self, by_agents: None, viewer: Viewer, household: Household
    ) -> None:
        ask(viewer, household.child.pk)

        drain()

        assert not CoverLetter.objects.exists()

    def test_a_profile_that_changed_meanwhile_is_obeyed(
        self, by_itself: None, viewer: Viewer, household: Household, settings: LazySettings
    ) -> None:
        ask(viewer, household.child.pk)
        settings.PROFILE = profile_with(automatic=False)

        drain()

        assert not CoverLetter.objects.exists()


class TestCommand:
    def test_what_waits_is_listed_without_name_or_hospital_and_then_decided(
        self, by_agents: None, viewer: Viewer, household: Household, capsys: pytest.CaptureFixture[str]
    ) -> None:
        request = ask(viewer, household.child.pk)
        agent()

        assert main(["cover", "list"]) == 0
        listed = capsys.readouterr().out
        assert json.loads(listed)["reference"] == request.reference
        assert "Elsa" not in listed
        assert "Rives" not in listed
        decide = ["cover", "decide", request.reference, "--agent", "Ada@example.org"]
        assert main([*decide, "refuse"]) == 1
        assert main([*decide, "accept", "--code", "not-a-stay"]) == 1
        assert main([*decide, "accept"]) == 0
        assert "the letter leaves by email" in capsys.readouterr().out
        assert main([*decide, "accept"]) == 1

    def test_a_refusal_takes_its_reason(self, by_agents: None, viewer: Viewer, household: Household) -> None:
        request = ask(viewer, household.child.pk)
        agent()
        decide = ["cover", "decide", request.reference, "--agent", "ada@example.org"]

        assert main([*decide, "refuse", "--code", "not-a-stay"]) == 0
        request.refresh_from_db()
        assert (request.state, request.steps.last().refusal) == ("refused", "not-a-stay")

    def test_an_unknown_agent_is_told(self, by_agents: None) -> None:
        assert main(["cover", "decide", "X", "--agent", "nobody@example.org", "accept"]) == 1


def test_a_stay_without_fax_and_mail_is_refused_whatever_the_form_lets_through(
    by_agents: None, viewer: Viewer, household: Household
) -> None:
    """PEC-02"""
    with pytest.raises(DomainError, match="au moins un"):
        ask(viewer, household.child.pk, a_stay(fax="", email=""))


def test_a_deposit_of_papers_of_the_same_kind_is_no_request_to_decide(
    by_agents: None, viewer: Viewer, household: Household
) -> None:
    request = ask(viewer, household.child.pk)
    Request.objects.update(answers="")
    _row, ada = agent()

    with pytest.raises(DomainError, match="pas une demande de prise"):
        accept_cover(ada, request.reference, now=now())
