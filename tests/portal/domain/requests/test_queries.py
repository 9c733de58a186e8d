"""Who sees which request: its sender and the person concerned, and nobody else (A36, B-01)."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests import queries
from entraide.portal.domain.requests.enums import RequestState
from entraide.portal.domain.requests.models import Request, RequestFile, Step
from entraide.portal.domain.requests.storage import vault
from entraide.portal.foundation.vault.seal import SealBroken
from tests.conftest import Household
from tests.portal.domain.requests.conftest import NOW, Hold, Send
from tests.portal.domain.requests.samples import GOOD


def seen_by(person: Beneficiary) -> Viewer:
    found = viewer_of(person.account_id)
    assert found is not None
    return found


def _page(viewer: Viewer) -> list[queries.RequestCard]:
    return list(queries.page_of_requests(viewer, page="1", per_page=20))


def test_the_sender_sees_the_request_with_its_files(hold: Hold, send: Send, viewer: Viewer) -> None:
    hold()
    sent = send()

    found = queries.request_of(viewer, sent.reference.lower())

    assert found is not None
    assert found.card.reference == sent.reference
    assert found.description == "Ma facture"
    assert [one.sha256 for one in found.files] == [hashlib.sha256(GOOD["facture.pdf"]).hexdigest()]


def test_nobody_else_sees_it(hold: Hold, send: Send, household: Household, stranger: Beneficiary) -> None:
    held = hold()
    sent = send(concerns=household.spouse.pk)

    for other in (seen_by(household.adult_child), seen_by(stranger)):
        assert queries.request_of(other, sent.reference) is None
        assert queries.file_of(other, sent.reference, held.id) is None
        assert list(_page(other)) == []
        assert queries.open_requests_of(other, limit=3) == []


def test_the_person_concerned_reads_it_with_its_files(hold: Hold, send: Send, household: Household) -> None:
    """Matrix 2.4: sender and person concerned."""
    held = hold()
    sent = send(concerns=household.spouse.pk)
    bruno = seen_by(household.spouse)

    found = queries.request_of(bruno, sent.reference)
    file = queries.file_of(bruno, sent.reference, held.id)

    assert found is not None
    assert (found.description, found.card.sender, found.card.is_own) == ("Ma facture", "Anne Vautrin", False)
    assert file is not None
    assert b"".join(file.chunks) == GOOD["facture.pdf"]
    assert [one.reference for one in queries.page_of_requests(bruno, page=None, per_page=20)] == [
        sent.reference
    ]
    assert queries.open_requests_of(bruno, limit=3) == []


@pytest.mark.parametrize(("age", "seen"), [(16, 1), (15, 0)])
def test_what_a_parent_asked_about_a_child_under_16_stays_theirs(
    hold: Hold, send: Send, household: Household, age: int, seen: int
) -> None:
    """Also once the child has grown up and has an access: the age that counts is that of the day it came."""
    day = localdate(NOW)
    born = day.replace(year=day.year - 16) + timedelta(days=16 - age)
    Beneficiary.objects.filter(pk=household.adult_child.pk).update(birth_date=born)
    hold()
    send(concerns=household.adult_child.pk)

    assert len(queries.page_of_requests(seen_by(household.adult_child), page=None, per_page=20)) == seen


def test_a_held_file_is_not_for_download(hold: Hold, send: Send, viewer: Viewer) -> None:
    hold()
    sent = send()
    loose = hold("photo.jpg")

    assert queries.file_of(viewer, sent.reference, loose.id) is None


@pytest.mark.parametrize("reference", ["", "MESE", "MESE-0000-0001", "' OR 1=1 --", "é"])
def test_a_wrong_reference_is_nothing(viewer: Viewer, reference: str) -> None:
    assert queries.request_of(viewer, reference) is None


def test_a_file_comes_back_byte_for_byte(hold: Hold, send: Send, viewer: Viewer) -> None:
    held = hold()
    sent = send()

    found = queries.file_of(viewer, sent.reference, held.id)

    assert found is not None
    assert b"".join(found.chunks) == GOOD["facture.pdf"]
    assert (found.name, found.media_type) == ("facture.pdf", "application/pdf")


def test_a_file_altered_on_the_disk_is_not_given_out(hold: Hold, send: Send, viewer: Viewer) -> None:
    """B-01: what comes back is what was sent, or nothing."""
    held = hold()
    sent = send()
    path = vault().path_of(RequestFile.objects.get(pk=held.id).stored_name)
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))

    with pytest.raises(SealBroken):
        queries.file_of(viewer, sent.reference, held.id)


def test_finished_requests_leave_the_open_ones(hold: Hold, send: Send, viewer: Viewer) -> None:
    hold()
    sent = send()
    assert [one.reference for one in queries.open_requests_of(viewer, limit=3)] == [sent.reference]

    Request.objects.update(state=RequestState.DONE)

    assert queries.open_requests_of(viewer, limit=3) == []
    assert [one.reference for one in _page(viewer)] == [sent.reference]


def test_the_timeline_tells_what_was_done_and_what_comes(hold: Hold, send: Send, viewer: Viewer) -> None:
    hold()
    sent = send()
    Step.objects.create(request=sent, state=RequestState.CHECKED, at=NOW)

    steps = _page(viewer)[0].steps

    assert [one.state for one in steps] == ["done", "current", "todo", "todo"]
    assert [one.label for one in steps] == ["Reçue", "Vérifiée", "En cours", "Terminée"]
    assert steps[-1].note.startswith("Au plus tard le ")


def test_a_refusal_ends_the_timeline(hold: Hold, send: Send, viewer: Viewer) -> None:
    hold()
    sent = send()
    Step.objects.create(request=sent, state=RequestState.REFUSED, at=NOW)

    steps = _page(viewer)[0].steps

    assert [one.state for one in steps] == ["done", "refused"]


def test_the_ledger_lists_every_request(hold: Hold, send: Send, key: object) -> None:
    """Contract: one line of JSON per stored request."""
    hold()
    hold("photo.jpg")
    sent = send()

    (line,) = queries.ledger()

    assert json.loads(json.dumps(line)) == {
        "key": str(key),
        "sha256": [hashlib.sha256(GOOD[name]).hexdigest() for name in ("facture.pdf", "photo.jpg")],
        "reference": sent.reference,
        "state": "received",
    }
