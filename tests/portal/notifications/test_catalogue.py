"""Every notice is complete: a folder, its words in both languages, a context, a fact that can tell them."""

from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone, translation

from entraide.portal.foundation.events.models import Entry
from entraide.portal.notifications import messages
from entraide.portal.notifications.catalogue import CATALOGUE, Notice
from entraide.portal.notifications.compose import compose
from entraide.portal.notifications.messages import CONTEXTS
from entraide.portal.notifications.models import Channel

FOLDER = Path(messages.__file__).parent
NOTICES = [notice for notices in CATALOGUE.values() for notice in notices]
FILES = {
    Channel.EMAIL: {"mail.html", "mail.txt", "subject.txt"},
    Channel.SMS: {"sms.txt"},
    Channel.PUSH: {"push.txt"},
}
SECRETS = {
    "token": "ab" * 16, "code": "123456", "mobile": "", "titles": "Un guide", "to": "Bruno", "sender": "Anne",
    "starts_at": "2026-12-03T18:00:00+01:00",
}  # fmt: skip
DATA = {
    "change": "suspected",
    "purpose": "x", "language": "fr", "hours": 24, "everywhere": True, "days": 7, "on": "2026-03-01",
    "reference": "ABCD-0000-0000", "files": 2, "code_id": "",
    "until": "2026-03-04T14:05:00+00:00", "label": "Firefox", "for_good": False,
    "version": "2026-11", "digest": "4f",
    "request_id": str(uuid4()), "kind": "passkey", "was_last": True, "left": 3,
    "reason": "new", "way": "app", "paid_on": "2026-11-24", "account": True,
    "items": 1, "whole": True, "effective_on": "2026-11-25", "shares": True, "by_other": True,
    "refusal": "holder_mismatch",
    "had_one": True, "what": "address", "ends_on": "2027-02-21",
    "role": "payer", "former": "handler", "step": "asked",
}  # fmt: skip


def test_every_folder_is_in_the_catalogue_and_every_notice_has_its_folder() -> None:
    folders = {one.name for one in FOLDER.iterdir() if one.is_dir() and one.name != "__pycache__"}

    assert folders == {notice.name for notice in NOTICES} == set(CONTEXTS)


@pytest.mark.parametrize("notice", NOTICES, ids=lambda one: one.name)
def test_a_notice_has_exactly_the_files_of_its_channel(notice: Notice) -> None:
    assert {one.name for one in (FOLDER / notice.name).iterdir()} == FILES[notice.channel]


def test_only_these_mails_can_be_done_without() -> None:
    """Security, codes, receipts and refused transfers always leave."""
    assert {notice.name for notice in NOTICES if notice.topic} == {
        "statement_ready", "request_answered", "request_refused", "enclosure_replaced",
        "news_published",
    }  # fmt: skip


@pytest.mark.parametrize("fact", CATALOGUE, ids=lambda one: one.__name__)
def test_a_fact_that_tells_someone_says_in_which_language(fact: type) -> None:
    assert "language" in {one.name for one in fields(fact)}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("notice", NOTICES, ids=lambda one: one.name)
def test_a_notice_can_be_written_and_holds_no_identity_number(notice: Notice, language: str) -> None:
    """A15: mails hold no NIR, no IBAN, no amount, and only the links that set a password."""
    person = SimpleNamespace(
        full_name="Anne Vautrin", number="30041827", first_name="Anne", mobile="+33639980101"
    )
    entry = Entry(id=uuid4(), at=timezone.now(), data=DATA)
    with translation.override(language):
        values = {**DATA, **CONTEXTS[notice.name](entry, SECRETS), "person": person}
        found = compose(notice.name, notice.channel, values)

    everything = " ".join(found.values())
    assert "{" not in found["body"]
    assert "FR76" not in everything
    assert "€" not in everything
    assert everything.count("http://") == everything.count(settings.ENTRAIDE.public_url)
    if notice.channel == Channel.EMAIL:
        assert found["subject"]
        assert "\n" not in found["subject"]
        assert f'<html lang="{language}">' in found["html"]
        assert "<img" not in found["html"]


@pytest.mark.parametrize("notice", NOTICES, ids=lambda one: one.name)
def test_a_hostile_name_adds_no_header_and_no_markup(notice: Notice) -> None:
    """A53"""
    person = SimpleNamespace(
        full_name="Anne\r\nBcc: thief@example.com <b>x</b>",
        first_name="Anne\r\nBcc: thief@example.com <b>x</b>",
        number="30041827",
        mobile="+33639980101",
    )
    entry = Entry(id=uuid4(), at=timezone.now(), data=DATA)
    with translation.override("fr"):
        found = compose(
            notice.name, notice.channel, {**DATA, **CONTEXTS[notice.name](entry, SECRETS), "person": person}
        )

    assert not set("\r\n") & set(found["subject"])
    assert "<b>" not in found["html"]
