"""Open sessions: how many, how long, how they end (A27…A31)."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.access.actions.passwords import change_password, set_password
from entraide.portal.domain.access.actions.sessions import close_other_sessions, close_session
from entraide.portal.domain.access.models import OpenSession, PasswordLink
from entraide.portal.domain.access.numbers import token_hash
from entraide.portal.domain.access.sessions import (
    agent_span,
    end_session,
    end_sessions,
    live_session,
    member_span,
    note_seen,
    open_session,
    open_sessions,
    rename_session,
    tidy_sessions,
)
from entraide.portal.domain.access.tasks import tidy
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.web.session_store import SessionStore, fingerprint
from tests.conftest import PASSWORD, Household

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def opened(account: Account, *, at: datetime = NOW, label: str = "Chrome|android") -> str:
    """A whole session, with what the browser's id opens; returns its fingerprint."""
    store = SessionStore()
    store.save()
    key = fingerprint(store)
    open_session(account=account, key=key, label=label, network="192.0.2.1", span=member_span(), now=at)
    return key


def is_live(account: Account, key: str, *, at: datetime = NOW) -> bool:
    return live_session(account.pk, key, span=member_span(), now=at) is not None


@pytest.fixture
def anne(household: Household) -> Account:
    assert household.primary.account is not None
    return household.primary.account


@pytest.fixture
def bruno(household: Household) -> Account:
    assert household.spouse.account is not None
    return household.spouse.account


def test_a_session_over_the_number_allowed_ends_the_oldest_one(
    anne: Account, policy: Callable[..., None]
) -> None:
    """A29"""
    policy(max_sessions=3)
    keys = [opened(anne, at=NOW + timedelta(seconds=turn)) for turn in range(4)]
    later = NOW + timedelta(seconds=10)

    assert [is_live(anne, key, at=later) for key in keys] == [False, True, True, True]
    assert Session.objects.count() == 3, "what the browser holds opens nothing either"


def test_sessions_that_are_over_take_no_place(anne: Account, policy: Callable[..., None]) -> None:
    """A29: a session in use is not ended for the sake of one that is over."""
    policy(max_sessions=2, idle_minutes=15)
    used = opened(anne)
    opened(anne, at=NOW + timedelta(minutes=1))
    later = NOW + timedelta(minutes=20)
    OpenSession.objects.filter(session_key=used).update(seen_at=later)
    newest = opened(anne, at=later)

    assert is_live(anne, used, at=later)
    assert is_live(anne, newest, at=later)
    assert OpenSession.objects.count() == 2


def test_the_number_counts_for_each_account_apart(
    anne: Account, bruno: Account, policy: Callable[..., None]
) -> None:
    policy(max_sessions=1)
    hers, his = opened(anne), opened(bruno)

    assert is_live(anne, hers)
    assert is_live(bruno, his)
    assert not is_live(bruno, hers), "a session is its owner's alone"


@pytest.mark.django_db(transaction=True)
def test_sign_ins_at_the_same_moment_do_not_outrun_the_number(
    anne: Account, policy: Callable[..., None]
) -> None:
    """A29"""
    policy(max_sessions=2)

    def come() -> None:
        opened(anne, at=timezone.now())
        connection.close()

    threads = [threading.Thread(target=come) for _turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert OpenSession.objects.count() == 2
    assert Session.objects.count() == 2


def test_an_agent_has_one_session_of_eight_hours() -> None:
    """A28, A29"""
    span = agent_span()

    assert span.at_most == 1
    assert span.total == timedelta(hours=8)
    assert span.idle <= timedelta(minutes=30)


def test_the_list_shows_what_is_open_this_one_first(anne: Account, bruno: Account) -> None:
    """A29"""
    opened(bruno)
    over = opened(anne, at=NOW - timedelta(hours=1))
    here = opened(anne, at=NOW - timedelta(minutes=5), label="Firefox|windows")
    there = opened(anne, label="Safari|iphone")
    rows = open_sessions(anne.pk, span=member_span(), this=here, now=NOW)

    assert [(one.label, one.network, one.is_this) for one in rows] == [
        ("Firefox|windows", "192.0.2.1", True),
        ("Safari|iphone", "192.0.2.1", False),
    ]
    assert over not in {here, there}


def test_the_network_is_sealed_and_the_key_opens_nothing(
    anne: Account, whole_database: Callable[[], str]
) -> None:
    """A62, A66"""
    store = SessionStore()
    store.save()
    open_session(
        account=anne, key=fingerprint(store), label="|", network="203.0.113.77", span=member_span(), now=NOW
    )
    dump = whole_database()

    assert "203.0.113.77" not in dump
    assert str(store.session_key) not in dump


def test_ended_sessions_end_for_every_copy_of_their_id(anne: Account, bruno: Account) -> None:
    his, first, second = opened(bruno), opened(anne), opened(anne)

    assert end_sessions(anne.pk, but=second) == 1
    assert not is_live(anne, first)
    assert is_live(anne, second)
    assert end_sessions(anne.pk) == 1
    assert is_live(bruno, his)
    assert Session.objects.count() == 1


def test_one_session_is_ended_by_its_owner_only(anne: Account, bruno: Account) -> None:
    key = opened(anne)
    row = OpenSession.objects.get()

    assert not end_session(bruno.pk, row.pk)
    assert is_live(anne, key)
    assert end_session(anne.pk, row.pk)
    assert not end_session(anne.pk, row.pk)


def test_a_session_under_a_new_id_is_the_same_session(anne: Account) -> None:
    """A27"""
    key = opened(anne)
    rename_session(key, "f" * 40)

    assert not is_live(anne, key)
    assert is_live(anne, "f" * 40)
    assert OpenSession.objects.get().started_at == NOW


def test_being_seen_is_not_written_at_every_page(anne: Account) -> None:
    key = opened(anne)
    for seconds, written in ((10, 0), (31, 31), (50, 31), (70, 70)):
        at = NOW + timedelta(seconds=seconds)
        live = live_session(anne.pk, key, span=member_span(), now=at)
        assert live is not None
        note_seen(live, now=at)
        assert OpenSession.objects.get().seen_at == NOW + timedelta(seconds=written)


def test_the_clock_going_back_revives_nothing(anne: Account, policy: Callable[..., None]) -> None:
    """No session is revived: what was ended is gone, whatever the clock says."""
    policy(idle_minutes=15)
    key = opened(anne)
    assert tidy_sessions(now=NOW + timedelta(minutes=16)) == 1

    assert not is_live(anne, key, at=NOW - timedelta(hours=1))


def test_every_day_what_is_over_is_forgotten(anne: Account) -> None:
    opened(anne, at=timezone.now() - timedelta(hours=13))
    alive = opened(anne, at=timezone.now())

    tidy({})

    assert [one.session_key for one in OpenSession.objects.all()] == [alive]
    assert Session.objects.count() == 1


def test_a_password_set_through_a_link_ends_every_session(
    anne: Account, bruno: Account, household: Household
) -> None:
    """A6: the rows too, not only what the old password opened."""
    opened(anne)
    his = opened(bruno)
    token = "0123456789abcdef" * 2
    PasswordLink.objects.create(
        token_hash=token_hash(token),
        beneficiary=household.primary,
        purpose="reset",
        created_at=NOW,
        expires_at=NOW + timedelta(hours=1),
    )
    set_password(
        token=token,
        birth_date=household.primary.birth_date,
        password="Marronnier-1954-vert",
        language="fr",
        now=NOW,
    )

    assert [one.session_key for one in OpenSession.objects.all()] == [his]


def test_a_changed_password_leaves_only_the_session_that_changed_it(anne: Account) -> None:
    """X8"""
    here = opened(anne)
    opened(anne)
    change_password(
        account=anne, old=PASSWORD, new="Marronnier-1954-vert", session=here, language="fr", now=NOW
    )

    assert [one.session_key for one in OpenSession.objects.all()] == [here]


def test_closing_ones_own_sessions_is_a_fact_without_their_names(anne: Account, viewer: Viewer) -> None:
    """A29"""
    here, there = opened(anne), opened(anne)
    opened(anne)
    close_session(viewer=viewer, session_id=OpenSession.objects.get(session_key=there).pk)
    assert close_other_sessions(viewer=viewer, this=here) == 1
    assert close_other_sessions(viewer=viewer, this=here) == 0

    facts = Entry.objects.filter(kind="SessionsEnded")
    assert [(one.actor, one.data) for one in facts] == [(anne.pk, {"count": 1})] * 2
    assert is_live(anne, here)


def test_a_session_of_another_cannot_be_closed(anne: Account, bruno: Account, viewer: Viewer) -> None:
    """A36: the same words for what is not there and for what is somebody else's."""
    key = opened(bruno)
    for session_id in (OpenSession.objects.get().pk, uuid4()):
        with pytest.raises(DomainError, match="déjà déconnecté"):
            close_session(viewer=viewer, session_id=session_id)

    assert is_live(bruno, key)
    assert not Entry.objects.filter(kind="SessionsEnded").exists()
