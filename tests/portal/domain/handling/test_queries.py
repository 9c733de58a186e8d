"""What agents see of requests: the queue, a search, one whole request, each by right (A68, A70, A75)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.consultations.reasons import reason_in_words
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import actions
from entraide.portal.domain.handling.opening import OpenRequest, open_piece, open_request
from entraide.portal.domain.handling.queries import (
    MOST_COUNTED,
    PER_PAGE,
    Wanted,
    counts,
    duplicates_of,
    queue,
    search,
)
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.queries import NotReadable
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.bank import Staff, agent
from tests.portal.domain.correspondence.history import PAPER
from tests.portal.domain.handling.conftest import MONDAY, Asked, reference

TODAY = MONDAY.date()


def references(staff: Staff, **wanted: Any) -> list[str]:
    return [one.reference for one in queue(staff.handler, Wanted(**wanted), on=TODAY).rows]


def test_what_is_due_first_stands_first_and_what_is_over_is_gone(asked: Asked, staff: Staff) -> None:
    late = asked(due_on=TODAY - timedelta(days=1))
    later = asked(due_on=TODAY + timedelta(days=2))
    waiting = asked(due_on=TODAY - timedelta(days=2), state="waiting_for_member", waiting_since=MONDAY)
    soon = asked(due_on=TODAY)
    asked(due_on=TODAY, state="done")
    asked(due_on=TODAY, state="withdrawn")

    rows = queue(staff.handler, Wanted(), on=TODAY).rows

    assert [one.reference for one in rows] == [
        waiting.reference, late.reference, soon.reference, later.reference,
    ]  # fmt: skip
    assert [one.is_late for one in rows] == [False, True, False, False]


def test_the_queue_is_filtered(asked: Asked, staff: Staff) -> None:
    mine, other = asked(due_on=TODAY), asked(team="elsewhere", due_on=TODAY + timedelta(days=9))
    actions.take(staff.handler, mine.reference, now=MONDAY)

    assert references(staff, team="elsewhere") == [other.reference]
    assert references(staff, state="in_progress") == [mine.reference]
    assert references(staff, handler=staff.handler.id) == [mine.reference]
    assert references(staff, due_before=TODAY) == [mine.reference]
    assert references(staff, category="nothing") == []
    assert references(staff, category=mine.category, type=mine.type) == [mine.reference, other.reference]
    assert references(staff, category=mine.category, type="another") == []
    assert counts(staff.handler) == {"in_progress": 1, "received": 1}
    assert counts(staff.handler, team="elsewhere") == {"received": 1}
    assert queue(staff.handler, Wanted(), on=TODAY).rows[0].handler == "Hugo Planche"


def many(household: Household, number: int, *, start: int = 0, **given: Any) -> None:
    """Open requests if not `given` otherwise, several with one day: pages must not lose one between two."""
    facts = {"received_at": MONDAY, **given}
    Request.objects.bulk_create(
        (
            Request(
                reference=reference(one), kind="deposit", sender=household.primary,
                concerns=household.primary, category="c", type="t", request_key=uuid4(), content_digest="",
                promised_on=TODAY, due_on=TODAY + timedelta(days=one % 40), language="fr",
                team=settings.PROFILE.desk.teams[0].id, **facts,
            )
            for one in range(start, start + number)
        ),
        batch_size=2000,
    )  # fmt: skip


def test_pages_lose_nothing_and_show_nothing_twice(household: Household, staff: Staff) -> None:
    many(household, 3 * PER_PAGE + 7)

    seen, after = [], ""
    while True:
        page = queue(staff.handler, Wanted(), after=after, on=TODAY)
        seen += [one.reference for one in page.rows]
        after = page.after
        if not after:
            break

    assert len(seen) == len(set(seen)) == 3 * PER_PAGE + 7


@pytest.mark.parametrize("after", ["", "x", "2026-06-08_", "_", "2026-13-01_x"])
def test_a_place_that_was_made_up_is_the_beginning(asked: Asked, staff: Staff, after: str) -> None:
    request = asked()

    found = queue(staff.handler, Wanted(), after=after, on=TODAY).rows

    assert [one.reference for one in found] == [request.reference]


def test_twenty_thousand_open_requests_take_no_more_questions(
    household: Household, staff: Staff, django_assert_num_queries: Callable[[int], Any]
) -> None:
    many(household, 20_000)
    team = settings.PROFILE.desk.teams[0].id

    with django_assert_num_queries(2):
        first = queue(staff.handler, Wanted(team=team), on=TODAY)
        queue(staff.handler, Wanted(team=team), after=first.after, on=TODAY)
    with django_assert_num_queries(4):
        assert counts(staff.handler, team=team) == {"received": MOST_COUNTED + 1}


PARTS = [(), ("team",), ("state",), ("team", "state"), ("handler",), ("category",), ("category", "type")]


def test_a_small_part_of_a_long_queue_is_read_from_its_index(household: Household, staff: Staff) -> None:
    """Whichever part: one long queue, which takes long to write, serves them all."""
    many(household, 20_000)
    rare = {
        "team": "elsewhere", "state": "in_progress", "handler": staff.handler.id,
        "category": "rare", "type": "rarer",
    }  # fmt: skip
    few = Request.objects.order_by("pk").values("pk")[:30]
    Request.objects.filter(pk__in=list(few.values_list("pk", flat=True))).update(**rare)

    def read() -> None:
        for by in PARTS:
            queue(staff.handler, Wanted(**{name: rare[name] for name in by}), on=TODAY)  # type: ignore[arg-type]

    plans = [one for one in plan_of(read) if "request_by_" in one or "requests_request" in one]

    assert len(plans) == len(PARTS)
    for by, plan in zip(PARTS, plans, strict=True):
        assert ("request_by_day" in plan) == (not by), by
        assert "request_by_" in plan, by
        assert "TEMP B-TREE" not in plan, by
        # PostgreSQL may sort the thirty that the index gave: what counts is that it leaves the others alone.
        assert "Seq Scan on requests_request" not in plan, by


@pytest.mark.parametrize("team", ["", "elsewhere"])
def test_a_count_reads_no_row(household: Household, staff: Staff, team: str) -> None:
    """What an agent may not see is left out of it by the index as well."""
    many(household, 20_000)

    for plan in plan_of(lambda: counts(staff.handler, team=team)):
        assert "COVERING INDEX request_by_" in plan or "Index Only Scan using request_by_" in plan, plan


def plan_of(run: Callable[[], object]) -> list[str]:
    """How the database, knowing its tables, goes about each question, with its parameters apart.

    PostgreSQL weighs an index by its pages: those that the undone rows of other tests left in it are
    cleared first, as its own housekeeping does.
    """
    asked: list[tuple[str, Any]] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        run()
    how, found = "QUERY PLAN " if connection.vendor == "sqlite" else "", []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("REINDEX TABLE requests_request; REINDEX TABLE members_beneficiary")
        cursor.execute("ANALYZE")
        for sql, params in asked:
            cursor.execute(f"EXPLAIN {how}{sql}", params)
            found.append("\n".join(str(row) for row in cursor.fetchall()))
    return found


def test_a_search_is_told_without_what_was_looked_for(asked: Asked, staff: Staff) -> None:
    """A70: alarms count these facts."""
    asked()

    search(staff.handler, "Vautrin", now=MONDAY)

    fact = Entry.objects.get(kind="RequestsSearched")
    assert (fact.actor, fact.about, fact.data) == (
        staff.handler.account_id, None, {"way": "name", "found": 1}
    )  # fmt: skip


def test_who_reads_no_files_sees_nothing(asked: Asked) -> None:
    request, dpo = asked(), agent("d@example.org", "Denise Orval", Role.DPO)

    for look in (
        lambda: queue(dpo, Wanted(), on=TODAY),
        lambda: counts(dpo),
        lambda: search(dpo, "Vautrin", now=MONDAY),
        lambda: duplicates_of(dpo, request.reference, on=TODAY),
        lambda: opened(dpo, request),
    ):
        with pytest.raises(DomainError, match="Votre rôle"):
            look()


def opened(who: Any, request: Request, **more: Any) -> OpenRequest | None:
    return open_request(who, request.reference, network="192.0.2.1", now=MONDAY, **more)


def test_one_screen_shows_everything(
    asked: Asked, staff: Staff, household: Household, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    request, hugo = asked(concerns=household.spouse), staff.handler
    actions.take(hugo, request.reference, now=MONDAY)
    actions.ask(hugo, request.reference, words="La facture ?", now=MONDAY)
    actions.note(hugo, request.reference, words="Rappeler mardi", now=MONDAY)

    with django_assert_max_num_queries(12):
        found = opened(hugo, request)

    assert found is not None
    assert (found.sender, found.concerns, found.member_number) == (
        "Anne Vautrin",
        "Bruno Vautrin",
        "30041827",
    )
    assert (found.description, found.handler) == ("Des mots", "Hugo Planche")
    assert [one.name for one in found.pieces] == ["facture.pdf"]
    assert [(one.state, one.name, one.words) for one in found.history] == [
        ("received", "", ""), ("in_progress", "Hugo Planche", ""),
        ("waiting_for_member", "Hugo Planche", "La facture ?"),
    ]  # fmt: skip
    assert [(one.name, one.words) for one in found.notes] == [("Hugo Planche", "Rappeler mardi")]


def test_an_opening_is_in_the_journal_of_its_people_with_the_reason(
    asked: Asked, staff: Staff, household: Household
) -> None:
    request = asked(concerns=household.spouse)

    opened(staff.handler, request)
    opened(staff.supervisor, request, reason="Réclamation par téléphone")
    drain()

    rows = Consultation.objects.filter(reader_kind="agent", object_id=request.pk)
    assert {one.person_id for one in rows} == {household.primary.pk, household.spouse.pk}
    assert {reason_in_words(one.reason) for one in rows} == {
        f"Traitement de la demande {request.reference}", "Réclamation par téléphone"
    }  # fmt: skip


def test_a_role_that_reads_no_care_sees_no_word_and_no_piece(asked: Asked, staff: Staff) -> None:
    request = asked()
    actions.note(staff.handler, request.reference, words="Cardiologue", now=MONDAY)
    piece = request.files.get().pk

    found = opened(staff.payer, request)

    assert found is not None
    assert (found.description, found.pieces, found.notes) == ("", (), ())
    assert found.state == "received"
    with pytest.raises(DomainError, match="Votre rôle"):
        open_piece(staff.payer, request.reference, piece, network="", now=MONDAY)


def test_a_piece_comes_as_it_was_sent_and_is_noted(asked: Asked, staff: Staff) -> None:
    request, other = asked(), asked()
    piece = request.files.get().pk

    found = open_piece(staff.handler, request.reference, piece, network="192.0.2.1", now=MONDAY)
    drain()

    assert found is not None
    assert b"".join(found.chunks) == PAPER + b"facture.pdf"
    assert Consultation.objects.get(object_id=piece).seen == "document"
    assert open_piece(staff.handler, other.reference, piece, network="", now=MONDAY) is None
    assert open_piece(staff.handler, "TEST-0000-0000", piece, network="", now=MONDAY) is None


@pytest.mark.parametrize("state", ["received", "scanning", "error", "infected"])
def test_no_agent_opens_what_the_antivirus_did_not_find_clean(asked: Asked, staff: Staff, state: str) -> None:
    """A47: and nothing is noted, since nothing was read."""
    request = asked()
    request.files.update(scan_state=state)

    with pytest.raises(NotReadable):
        open_piece(staff.handler, request.reference, request.files.get().pk, network="", now=MONDAY)

    assert opened(staff.handler, request).pieces[0].scan_state == state  # type: ignore[union-attr]
    drain()
    assert not Consultation.objects.filter(seen="document").exists()


def test_nobody_opens_what_their_own_family_asks(asked: Asked, household: Household) -> None:
    request = asked()
    bruno = agent("b@example.org", household.spouse.full_name, Role.SUPERVISOR)

    with pytest.raises(DomainError, match="de cette famille"):
        opened(bruno, request)


def test_the_same_paper_of_the_same_person_is_a_duplicate(
    asked: Asked, staff: Staff, stranger: Beneficiary
) -> None:
    first, again, elsewhere = asked(), asked(), asked(stranger)
    RequestFile.objects.update(sha256="a" * 64)
    other_kind = asked(type="another")
    RequestFile.objects.update(sha256="a" * 64)

    found = [one.reference for one in duplicates_of(staff.handler, first.reference, on=TODAY)]

    assert found == [again.reference]
    assert elsewhere.reference not in found
    assert other_kind.reference not in found
