"""What a member may send, and what is refused (B-01, A42, A43, A45)."""

import io
import os
import unicodedata

import pikepdf
import pytest
from PIL import Image

from entraide.portal.domain.requests import words
from entraide.portal.domain.requests.files.check import check
from entraide.portal.domain.requests.files.names import MAX_LENGTH, clean_name
from entraide.portal.domain.requests.files.verdicts import Fault, Refused
from tests.portal.domain.requests.hostile import HOSTILE, Hostile
from tests.portal.domain.requests.samples import GOOD, pdf, picture, saved


def seconds_of_work() -> float:
    """Of this process and of the readers that it started, whatever else the machine has to do."""
    return sum(os.times()[:4])


@pytest.mark.parametrize("name", GOOD)
def test_a_sound_file_of_every_kind_is_accepted(name: str) -> None:
    """A42: kind by content and by extension."""
    checked = check(GOOD[name], name=name)

    assert checked.name == name
    assert checked.content == GOOD[name]
    assert checked.size == len(GOOD[name])
    assert len(checked.sha256) == 64


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda one: one.title)
def test_a_hostile_file_gets_its_verdict_in_time(hostile: Hostile) -> None:
    """A43: each of these has its own verdict, in under five seconds of work."""
    start = seconds_of_work()

    with pytest.raises(Refused) as refused:
        check(hostile.content, name=hostile.name)

    assert refused.value.fault == hostile.fault
    assert seconds_of_work() - start < 5


def test_capital_extensions_are_fine() -> None:
    assert check(GOOD["photo.jpg"], name="IMG_0042.JPG").media_type == "image/jpeg"


def test_a_phone_may_append_its_own_data_to_a_photo() -> None:
    """Motion photos and depth maps follow the picture; they are no polyglots."""
    photo = GOOD["photo.jpg"] + GOOD["photo.jpg"] + bytes(range(1, 255)) * 30

    assert check(photo, name="photo.jpg").content == photo


def test_a_pdf_with_a_sloppy_index_is_accepted_when_its_pages_are_whole() -> None:
    sloppy = pdf(pages=2).replace(b"startxref\n", b"startxref\n1")

    assert check(sloppy, name="facture.pdf").content == sloppy


def test_a_pdf_that_only_forbids_printing_is_accepted() -> None:
    """It opens without a password: many certificates are sealed that way."""
    sealed = pdf(encryption=pikepdf.Encryption(user="", owner="fund"))

    assert check(sealed, name="attestation.pdf").media_type == "application/pdf"


def test_an_electronic_invoice_with_its_figures_is_accepted() -> None:
    document = pikepdf.open(io.BytesIO(pdf()))
    document.attachments["factur-x.xml"] = b"<invoice/>"

    assert check(saved(document), name="facture.pdf").media_type == "application/pdf"


def test_a_pdf_that_opens_on_a_page_and_holds_ordinary_links_is_accepted() -> None:
    """A44 is about what runs, not about how papers are laid out."""
    document = pikepdf.open(io.BytesIO(pdf(pages=2)))
    fit = pikepdf.Array([document.pages[1].obj, pikepdf.Name.Fit])
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=fit)
    address = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://www.example.org/"))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=address)
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(link)])

    assert check(saved(document), name="facture.pdf").media_type == "application/pdf"


def test_a_pdf_of_many_objects_is_read_in_time() -> None:
    """A43"""
    document = pikepdf.open(io.BytesIO(pdf()))
    rows = [pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, K=n) for n in range(20_000)]
    document.Root.Many = pikepdf.Array([document.make_indirect(row) for row in rows])
    start = seconds_of_work()

    check(saved(document), name="facture.pdf")

    assert seconds_of_work() - start < 5


def test_a_small_scan_of_very_many_large_pages_does_not_occupy_the_server() -> None:
    """A43: 400 blank pages of 36 million points in 600 kB would take nine seconds to unpack."""
    out, page = io.BytesIO(), Image.new("1", (6000, 6000))
    page.save(out, "TIFF", compression="group4", save_all=True, append_images=[page] * 399)
    start = seconds_of_work()

    check(out.getvalue(), name="scan.tif")

    assert seconds_of_work() - start < 5


def test_a_large_picture_within_the_limit_is_opened() -> None:
    large = picture("JPEG", (6000, 6000), "L")

    assert check(large, name="scan.jpg").size == len(large)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\anne\\facture.pdf", "facture.pdf"),
        ("fac\x00ture\x1b[2J\r\n.pdf", "facture[2J.pdf"),
        ("facture\u202efdp.exe.pdf", "facturefdp.exe.pdf"),
        ("\u200bfac\ufeffture\u2028.pdf", "facture.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        ("...pdf", "document.pdf"),
        (".pdf", "document.pdf"),
        ("", "document"),
        ("   .  ", "document"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("ma   facture .pdf", "ma facture.pdf"),
        ("📷 photo.jpg", "📷 photo.jpg"),
    ],
)
def test_a_shown_name_is_cleaned(raw: str, shown: str) -> None:
    """A45: no path, no control, no bidi sign, no leading dot; composed."""
    cleaned = clean_name(raw)

    assert cleaned == shown
    assert unicodedata.is_normalized("NFC", cleaned)


def test_a_long_name_keeps_its_extension() -> None:
    """A45: at most 100 signs."""
    shown = clean_name("é" * 300 + ".pdf")

    assert len(shown) == MAX_LENGTH
    assert shown.endswith("é.pdf")


@pytest.mark.parametrize("fault", Fault)
def test_every_refusal_names_the_file_and_says_what_to_do(fault: Fault) -> None:
    sentence = words.refusal(fault, name="facture 100 %.pdf", max_mb=10)

    assert "« facture 100 %.pdf »" in sentence.replace("\xa0", " ")
    assert ":" in sentence
    assert sentence.endswith(".")
