"""What is planted in one person's data comes out nowhere else: pages, papers, messages, logs, disk (A66)."""

import io
import logging
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from entraide.portal.config.logs import configure_logging
from entraide.portal.domain.claims.periods import Quarter
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.foundation.events.facts import Fact, publish
from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.catalogue import CATALOGUE, Notice
from entraide.portal.notifications.letters import make_batch
from entraide.portal.notifications.models import Channel, Delivery
from entraide.portal.notifications.recipients import member
from entraide.portal.notifications.samples import SAMPLES, SECRETS
from tests.architecture.canary_walk import (
    AGENTS,
    ALL,
    NOBODY,
    Ground,
    Mark,
    forbidden,
    forms,
    ground,
    is_walked_by,
    marks_of,
    may_see,
    met,
    read,
    shown_by,
    standing_in,
)
from tests.conftest import Household
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.domain.exports.canaries import Canary, marked_family

SignIn = Callable[[Client, Beneficiary], Client]
Family = dict[str, Canary]


# What everybody meets of their own, or the walk proves nothing.
OWN = {
    "Ville", "Rue", "Mail", "Mobile", "Fixe", "Titulaire", "Soin", "Praticien", "Mots", "Reponse", "Fichier",
    "Contenu", "Appareil",
}  # fmt: skip
# Tables whose ids open an address for somebody.
OPENED = {"Member", "Beneficiary", "Contract", "PaymentLine", "Statement", "Document"}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the program itself would have written, down to the last detail."""
    usual, written = sys.stderr, io.StringIO()
    sys.stderr = written
    configure_logging("debug")
    logging.getLogger().setLevel(logging.DEBUG)
    yield written
    sys.stderr = usual
    configure_logging(settings.ENTRAIDE.log_level)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where everything that is written for a moment is written."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def family(household: Household, stranger: Beneficiary) -> Family:
    return marked_family(household, stranger)


@pytest.fixture
def marks(family: Family) -> list[Mark]:
    return marks_of(family)


@pytest.fixture
def readers(family: Family, sign_in: SignIn) -> dict[str, Client]:
    """Everybody with an access, a visitor, and one of each role at the mutual."""
    found = {}
    for tag in "ABCDZ":
        family[tag].person.refresh_from_db()
        found[tag] = sign_in(Client(), family[tag].person)
    found[NOBODY] = Client()
    for tag, role in AGENTS.items():
        agent = make_agent(
            f"{tag}@example.org", f"Camille {tag}", role=role, since=timezone.now(), with_app=True
        )
        found[tag] = sign_in_agent(Client(), agent)
    return found


def answers(tag: str, reader: Client, people: list[str], walk: Ground) -> Iterator[tuple[str, HttpResponse]]:
    for address in (one for one in ALL if is_walked_by(one, tag)):
        for table, page in walk.pages(address, reader=tag):
            answer = reader.get(page)
            yield page, answer
            if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                break  # whatever the id
            if table and answer.status_code == HTTPStatus.OK:
                walk.note(address, table)
        for page in forms(address, people, reader=tag):
            yield f"POST {page}", reader.post(page)


def test_fifty_marks_of_relatives_and_of_a_stranger_are_kept_from_everybody(marks: list[Mark]) -> None:
    everything = "\n".join(one.text for one in marks)

    assert all(len(met(everything, marks, reader=reader)) >= 50 for reader in "ABCDZ")


def test_no_page_paper_file_name_or_log_holds_what_is_somebody_elses(
    family: Family, marks: list[Mark], readers: dict[str, Client], log: io.StringIO, temporary: Path
) -> None:
    """A66, security 2.4: every address, by everybody, with every id; blank forms too."""
    people, walk = [str(one.person.pk) for one in family.values()], ground(family)
    leaks, faults, met_by = set(), [], {tag: set[Mark]() for tag in readers}
    for tag, reader in readers.items():
        for page, answer in answers(tag, reader, people, walk):
            found = standing_in(shown_by(answer), marks)
            leaks |= {(tag, page, one) for one in forbidden(found, reader=tag)}
            met_by[tag] |= found
            if answer.status_code >= 500:
                faults.append((tag, page))
    drain()

    assert leaks == set()
    assert faults == []
    own = {tag: {one.name for one in met_by[tag] if one.owner == tag} for tag in "ABCDZ"}
    assert all(one >= OWN for one in own.values()), "the walk met too little"
    assert set[str]().union(*walk.opened.values()) >= OPENED, "the walk opened too little"
    assert of_requests_about_others(marks, met_by) == set(), "not read by who may read it"
    assert len(log.getvalue().splitlines()) > 1000
    assert met(log.getvalue(), marks, reader=NOBODY) == set()
    assert left_in(temporary, marks) == set()


def of_requests_about_others(marks: list[Mark], met_by: dict[str, set[Mark]]) -> set[tuple[str, Mark]]:
    """What was sent about somebody else, and not found by one of those who may read it, with who that is."""
    shared = [one for one in marks if one.about]
    return {
        (tag, one)
        for tag, found in met_by.items()
        for one in shared
        if may_see(tag, one) and one not in found
    }


def left_in(folder: Path, marks: list[Mark]) -> set[tuple[str, str]]:
    """The marks that stand in clear in files below a folder, or in their names."""
    found = set()
    for path in (one for one in folder.rglob("*") if one.is_file()):
        content = str(path).encode() + path.read_bytes()
        found |= {(path.name, one.text) for one in marks if one.text.encode() in content}
    return found


def secrets_of(notice: Notice) -> dict[str, str]:
    address = "+33639980199" if notice.channel == Channel.SMS else "nouveau@example.org"
    return {**SECRETS, notice.to: address} if notice.to else dict(SECRETS)


def facts_of(fact: type[Fact], notice: Notice, person: Beneficiary) -> Fact:
    """One that this notice tells to this person."""
    values: dict[str, Any] = {"language": "fr"}
    for one in (*CATALOGUE[fact], notice):  # whatever else the fact tells needs its values too
        values |= SAMPLES[one.name]
    if notice.when is not None:
        values[notice.when[0]] = notice.when[1]
    known = {one.name for one in fields(fact)}
    missing = {
        one.name: _any_value(str(one.type))
        for one in fields(fact)
        if one.name not in {*values, "actor", "about"}
    }
    chosen = {name: value for name, value in (missing | values).items() if name in known}
    return fact(actor=person.account_id, about=person.pk, **chosen)


def _any_value(kind: str) -> Any:
    if "UUID" in kind:
        return uuid4()
    if "int" in kind:
        return 1
    return False if "bool" in kind else "x"


def test_no_message_holds_more_of_its_reader_than_the_name_and_nothing_of_others(
    family: Family, marks: list[Mark], log: io.StringIO
) -> None:
    """A15, A66: every notice, by mail and SMS, to everybody."""
    Delivery.objects.all().delete()
    told = [(fact, one) for fact, some in CATALOGUE.items() for one in some if one.whom is member]
    for _tag, canary in family.items():
        if canary.person.account_id is not None:
            for fact, notice in told:
                with transaction.atomic():
                    publish(facts_of(fact, notice, canary.person), secrets=secrets_of(notice))
    drain(rounds=500)
    assert not Job.objects.exclude(state=JobState.DONE).exists()
    by_person = {one.person.pk: tag for tag, one in family.items()}

    written = list(Delivery.objects.all())
    leaks = set()
    for one in written:
        words = f"{one.subject}\n{one.body}\n{one.html}"
        tag = by_person[one.recipient]
        shown = met(words, marks, reader=NOBODY)
        leaks |= {(one.notice, mark) for mark in shown if (mark.owner, mark.name) != (tag, "Prenom")}
        leaks |= {(one.notice, mark) for mark in met(one.to, marks, reader=tag)}

    assert {one.notice for one in written} == {notice.name for _fact, notice in told}
    assert leaks == set()
    assert met(log.getvalue(), marks, reader=NOBODY) == set()


def test_no_letter_holds_what_its_reader_must_not_see(
    family: Family, marks: list[Mark], log: io.StringIO, temporary: Path, tmp_path: Path
) -> None:
    """REMB-03: words, properties, list of the batch, names of files; each letter in a batch of its own."""
    Member.objects.update(statement_delivery="post")
    Beneficiary.objects.filter(relationship="primary_insured").update(postcode="38000", city="Grenoble")
    leaks, own = set(), 0
    for tag in "AZ":
        others = Member.objects.exclude(pk=family[tag].person.member_id)
        others.update(statement_delivery="email")
        folder = tmp_path / f"letters-{tag}"
        make_batch(
            folder, quarter=Quarter(2026, 4), size=1, preview=False, on=date(2027, 1, 5),
        )  # fmt: skip
        Member.objects.update(statement_delivery="post")
        files = [one for one in folder.rglob("*") if one.is_file()]
        words = "\n".join(f"{one.name}\n{read(one.read_bytes())}" for one in files)
        leaks |= {(tag, one) for one in met(words, marks, reader=tag)}
        own += any(one.owner == tag and one.text in words for one in marks)

    assert leaks == set()
    assert own == 2
    assert met(log.getvalue(), marks, reader=NOBODY) == set()
    assert left_in(temporary, marks) == set()


# What the program encrypts; everything else relies on the disk (docs/adr/0006).
SEALED = {
    "Nir", "Iban", "Mail", "Mobile", "Fixe", "Rue", "Etage", "Naissance", "Titulaire", "Compte", "Payee",
    "Mots", "Fichier", "Contenu", "Papier", "Vers", "Sujet", "Corps", "CacheCorps", "CacheCle", "CacheMots",
    "CacheFichier", "CacheContenu", "Reponse", "CacheReponse", "Reseau",
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_nothing_sealed_can_be_read_in_the_database_or_in_the_vault(
    household: Household, stranger: Beneficiary, temporary: Path, whole_database: Callable[[], str]
) -> None:
    """A62, A66: the bytes of the files, as a thief of the disk reads them."""
    marks = [one for one in marks_of(marked_family(household, stranger)) if one.name in SEALED]
    dumped = whole_database()
    names = {one.name for one in marks}
    disk = settings.ENTRAIDE.data_dir

    assert names >= SEALED - {"Corps"}
    assert [one for one in marks if one.text in dumped] == []
    assert "ZqAVille" in dumped
    assert left_in(disk, marks) == set()
    assert (disk / "test.sqlite3").exists() == (connection.vendor == "sqlite")
    assert left_in(temporary, marks) == set()
