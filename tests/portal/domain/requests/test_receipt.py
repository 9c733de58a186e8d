"""The receipt: accessible, true to the page, and sealed (B-01)."""

import hashlib
import io
import random

import pikepdf
import pytest

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.queries import RequestDetail, request_of
from entraide.portal.domain.requests.receipt import ReceiptRefused, receipt_pdf, verify_receipt
from tests.portal.domain.requests.conftest import Hold, Send
from tests.portal.domain.requests.samples import GOOD, pdf


@pytest.fixture
def detail(hold: Hold, send: Send, viewer: Viewer) -> RequestDetail:
    hold("facture.pdf")
    hold("photo d’été 📷.jpg", GOOD["photo.jpg"])
    found = request_of(viewer, send().reference)
    assert found is not None
    return found


def test_a_receipt_proves_what_arrived(viewer: Viewer, detail: RequestDetail) -> None:
    proof = verify_receipt(receipt_pdf(viewer, detail, language="fr"))

    assert proof.reference == detail.card.reference
    assert proof.received_at == "2026-04-28T08:30:00+00:00"
    assert [(one.name, one.size, one.sha256) for one in proof.files] == [
        (name, len(GOOD[source]), hashlib.sha256(GOOD[source]).hexdigest())
        for name, source in (("facture.pdf", "facture.pdf"), ("photo d’été 📷.jpg", "photo.jpg"))
    ]
    assert detail.card.reference in str(proof)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_receipt_is_tagged_titled_and_in_its_language(
    viewer: Viewer, detail: RequestDetail, language: str
) -> None:
    document = pikepdf.open(io.BytesIO(receipt_pdf(viewer, detail, language=language)))

    assert bool(document.Root.MarkInfo.Marked)
    assert str(document.Root.Lang).startswith(language)
    assert "/StructTreeRoot" in document.Root
    assert str(document.docinfo["/Title"])
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_a_receipt_is_the_same_each_time(viewer: Viewer, detail: RequestDetail) -> None:
    assert receipt_pdf(viewer, detail, language="fr") == receipt_pdf(viewer, detail, language="fr")


def test_a_receipt_with_one_changed_byte_is_refused(viewer: Viewer, detail: RequestDetail) -> None:
    document = receipt_pdf(viewer, detail, language="fr")
    chosen = random.Random(2)

    for place in [0, len(document) - 1, *(chosen.randrange(len(document)) for _ in range(200))]:
        altered = bytearray(document)
        altered[place] ^= 1 << chosen.randrange(8)
        with pytest.raises(ReceiptRefused):
            verify_receipt(bytes(altered))


def test_a_receipt_with_something_added_is_refused(viewer: Viewer, detail: RequestDetail) -> None:
    with pytest.raises(ReceiptRefused):
        verify_receipt(receipt_pdf(viewer, detail, language="fr") + b"\n")


@pytest.mark.parametrize("document", [b"", b"entraide-receipt-1:", pdf()])
def test_another_document_is_no_receipt(document: bytes) -> None:
    with pytest.raises(ReceiptRefused):
        verify_receipt(document)
