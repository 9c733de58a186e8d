"""The antivirus and the PDFs of publications: without a verdict nobody publishes or opens them (A47, A48)."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.queries import agent_of
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.publications.enums import PublicationKind
from entraide.portal.domain.publications.looking import paper_to_read, publications
from entraide.portal.domain.publications.models import Edition
from entraide.portal.domain.publications.publishing import publish_edition
from entraide.portal.domain.publications.storage import vault
from entraide.portal.domain.publications.sweeps import without_verdict
from entraide.portal.domain.publications.writing import Draft, write
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.sweeps.findings import Finding
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.gateways import antivirus
from tests.clamav import Clamd, own_clamd
from tests.portal.agents import make_agent
from tests.portal.domain.requests.samples import GOOD
from tests.portal.domain.requests.test_scanning import INFECTED, use

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def clamd() -> Iterator[Clamd]:
    with own_clamd() as running:
        yield running


def at_work(full_name: str, role: Role) -> AgentViewer:
    address = f"{uuid4().hex[:8]}@example.org"
    found = agent_of(make_agent(address, full_name, role=role, since=timezone.now()).account_id)
    assert found is not None
    return found


@pytest.fixture
def author() -> AgentViewer:
    return at_work("Noé Tallec", Role.HANDLER)


@pytest.fixture
def publisher() -> AgentViewer:
    return at_work("Maud Cendrier", Role.SUPERVISOR)


def put(author: AgentViewer, content: bytes) -> UUID:
    draft = Draft(title_fr="Guide", document_kind="guide", first_day=timezone.localdate())
    file = SimpleUploadedFile("guide.pdf", content)
    return write(
        author, PublicationKind.DOCUMENT, draft, upload=file, request_key=uuid4(), now=timezone.now()
    )


def test_a_file_without_a_verdict_is_neither_published_nor_opened_and_a_clean_one_is(
    settings: LazySettings, clamd: Clamd, author: AgentViewer, publisher: AgentViewer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(antivirus, "_resting", {})
    use(settings, clamd.url)
    found = put(author, GOOD["facture.pdf"])

    assert paper_to_read(author, found) is None
    with pytest.raises(DomainError, match="antivirus"):
        publish_edition(publisher, found, number=1, now=timezone.now())
    drain()

    publish_edition(publisher, found, number=1, now=timezone.now())
    assert paper_to_read(author, found) is not None


def test_an_infected_file_is_erased_and_cannot_be_published(
    settings: LazySettings, clamd: Clamd, author: AgentViewer, publisher: AgentViewer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(antivirus, "_resting", {})
    use(settings, clamd.url)
    found = put(author, INFECTED)
    stored = vault().path_of(Edition.objects.get().stored_name)
    assert stored.exists()
    drain()

    with pytest.raises(DomainError, match="virus"):
        publish_edition(publisher, found, number=1, now=timezone.now())
    assert paper_to_read(author, found) is None
    assert Edition.objects.get().stored_name == ""
    assert not stored.exists()
    assert Entry.objects.filter(kind="EditionInfected").exists()


def test_a_file_that_waits_too_long_for_the_antivirus_is_told_and_shown(author: AgentViewer) -> None:
    """A48: 15 minutes, as for the files of members; a verdict ends it."""
    put(author, GOOD["facture.pdf"])
    written = Edition.objects.get()
    Edition.objects.update(scan_state="received")
    soon, late = (written.at + timedelta(minutes=minutes) for minutes in (14, 16))

    assert list(without_verdict(soon)) == []
    assert [one.scan_is_late for one in publications(author, now=soon)] == [False]
    told = [Finding(what="edition_scan_pending", about=str(written.pk), since=written.at)]
    assert list(without_verdict(late)) == told
    assert [one.scan_is_late for one in publications(author, now=late)] == [True]

    Edition.objects.update(scan_state="clean")
    assert list(without_verdict(late)) == []
    assert [one.scan_is_late for one in publications(author, now=late)] == [False]
