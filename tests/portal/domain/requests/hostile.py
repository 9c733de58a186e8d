"""Files that must not be kept, with what is wrong with each (A43)."""

import io
import struct
import zipfile
import zlib
from typing import NamedTuple

import pikepdf

from entraide.portal.domain.requests.files.verdicts import Fault
from tests.clamav import EICAR
from tests.portal.domain.requests import bombs
from tests.portal.domain.requests.samples import box, flat_picture, heic, pdf, picture, saved

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


class Hostile(NamedTuple):
    title: str
    name: str
    content: bytes
    fault: Fault


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("run.sh", "echo")
    return out.getvalue()


def locked() -> bytes:
    return pdf(encryption=pikepdf.Encryption(user="secret", owner="secret"))


def with_action(kind: str) -> bytes:
    document = pikepdf.open(io.BytesIO(pdf()))
    action = pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"))
    if kind == "JavaScript":
        action.JS = pikepdf.String("app.alert(1)")
    else:
        action.F = pikepdf.String("cmd.exe")
    document.Root.OpenAction = document.make_indirect(action)
    return saved(document)


def action(kind: str, **more: object) -> pikepdf.Dictionary:
    values = {"JS": pikepdf.String("app.alert(1)")} if kind == "JavaScript" else {"F": pikepdf.String("x")}
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **values, **more)


def with_page_script() -> bytes:
    document = pikepdf.open(io.BytesIO(pdf()))
    document.pages[0].obj.AA = pikepdf.Dictionary(O=action("JavaScript"))
    return saved(document)


def with_script_behind_a_jump() -> bytes:
    """Opens on a page, as many papers do, and then goes on to a script."""
    document = pikepdf.open(io.BytesIO(pdf()))
    document.Root.OpenAction = action("GoTo", Next=pikepdf.Array([action("JavaScript")]))
    return saved(document)


def with_link(kind: str) -> bytes:
    """A whole page to click on."""
    document = pikepdf.open(io.BytesIO(pdf()))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action(kind))
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(link)])
    return saved(document)


def with_field_script() -> bytes:
    document = pikepdf.open(io.BytesIO(pdf()))
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, AA=pikepdf.Dictionary(C=action("JavaScript")))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([document.make_indirect(field)]))
    return saved(document)


def with_scripted_form() -> bytes:
    document = pikepdf.open(io.BytesIO(pdf()))
    form = document.make_stream(b"<xdp><script>xfa.host.messageBox(1)</script></xdp>")
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=form)
    return saved(document)


def with_attachment() -> bytes:
    document = pikepdf.open(io.BytesIO(pdf()))
    document.attachments["run.exe"] = b"MZ" + bytes(200)
    return saved(document)


def with_attachment_that_lies() -> bytes:
    """Listed as the figures of an invoice, saved under another name."""
    document = pikepdf.open(io.BytesIO(pdf()))
    document.attachments["factur-x.xml"] = pikepdf.AttachedFileSpec(document, b"MZ", filename="run.exe")
    return saved(document)


def with_pinned_file() -> bytes:
    """Attached to a page instead of the document."""
    document = pikepdf.open(io.BytesIO(pdf()))
    stream = document.make_stream(b"MZ", Type=pikepdf.Name.EmbeddedFile)
    spec = pikepdf.Dictionary(F=pikepdf.String("run.exe"), EF=pikepdf.Dictionary(F=stream))
    pin = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, FS=spec)
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(pin)])
    return saved(document)


def opening(kind: str) -> bytes:
    document = pikepdf.open(io.BytesIO(pdf()))
    document.Root.OpenAction = action(kind)
    return saved(document)


def bomb() -> bytes:
    """A PDF whose index unpacks to half a gigabyte."""
    squeezed = zlib.compressobj(9)
    stream = b"".join(squeezed.compress(bytes(1_000_000)) for _ in range(500)) + squeezed.flush()
    head = b"%PDF-1.5\n"
    index = (
        b"1 0 obj\n<</Type/XRef/Size 2/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
        % len(stream)
    )
    return head + index + stream + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def png_with(size: tuple[int, int]) -> bytes:
    """A PNG that only claims its size."""
    body = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    header = struct.pack(">I", 13) + b"IHDR" + body + struct.pack(">I", zlib.crc32(b"IHDR" + body))
    end = struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + header + end


PDF, JPEG, PNG, TIFF = pdf(), picture("JPEG"), picture("PNG"), picture("TIFF")
FILM = box(b"ftyp", b"isom\0\0\0\0") + box(b"mdat", b"x")
HUGE = (7000, 7000)

HOSTILE = (
    Hostile("nothing in it", "vide.pdf", b"", Fault.EMPTY),
    Hostile("an empty picture", "vide.jpg", b"", Fault.EMPTY),
    Hostile("a text", "lettre.txt", b"Bonjour", Fault.UNKNOWN_KIND),
    Hostile("a program", "facture.exe", b"MZ" + bytes(300), Fault.UNKNOWN_KIND),
    Hostile("a double extension", "facture.pdf.exe", PDF, Fault.UNKNOWN_KIND),
    Hostile("no extension", "facture", PDF, Fault.UNKNOWN_KIND),
    Hostile("a drawing that can run scripts", "logo.svg", b"<svg onload='alert(1)'/>", Fault.UNKNOWN_KIND),
    Hostile("a page of the web", "page.html", HTML, Fault.UNKNOWN_KIND),
    Hostile("a page renamed", "facture.pdf", HTML, Fault.RENAMED),
    Hostile("a program renamed", "facture.pdf", b"MZ" + bytes(300), Fault.RENAMED),
    Hostile("a text renamed", "photo.jpg", b"Bonjour", Fault.RENAMED),
    Hostile("an archive renamed", "photo.heic", archive(), Fault.RENAMED),
    Hostile("a PNG named JPEG", "photo.jpg", PNG, Fault.RENAMED),
    Hostile("a JPEG named PDF", "photo.pdf", JPEG, Fault.RENAMED),
    Hostile("a PDF named PNG", "facture.png", PDF, Fault.RENAMED),
    Hostile("a film named HEIC", "film.heic", FILM, Fault.RENAMED),
    Hostile("a page in front of a PDF", "facture.pdf", HTML + PDF, Fault.NOT_AT_START),
    Hostile("a line in front of a PDF", "facture.pdf", b"\n" + PDF, Fault.NOT_AT_START),
    Hostile("a page in the head of a PDF", "facture.pdf", PDF[:15] + HTML + PDF[15:], Fault.MIXED),
    Hostile("an archive after a PDF", "facture.pdf", PDF + archive(), Fault.MIXED),
    Hostile("a page after a PDF", "facture.pdf", PDF + HTML, Fault.MIXED),
    Hostile("rubbish after a PDF", "facture.pdf", PDF + bytes(range(256)), Fault.MIXED),
    Hostile("an archive after a JPEG", "photo.jpg", JPEG + archive(), Fault.MIXED),
    Hostile("a page after a JPEG", "photo.jpg", JPEG + HTML, Fault.MIXED),
    Hostile("a PDF after a JPEG", "photo.jpg", JPEG + PDF, Fault.MIXED),
    Hostile("a script after a JPEG", "photo.jpg", JPEG + b"\n#!/bin/sh\nrm -rf ~\n", Fault.MIXED),
    Hostile("PHP after a PNG", "photo.png", PNG + b"<?php system($_GET[0]); ?>", Fault.MIXED),
    Hostile("an archive after a PNG", "photo.png", PNG + archive(), Fault.MIXED),
    Hostile("a page after a TIFF", "scan.tif", TIFF + HTML, Fault.MIXED),
    Hostile("an archive after a TIFF", "scan.tif", TIFF + archive(), Fault.MIXED),
    Hostile("an archive in a HEIC", "photo.heic", heic() + box(b"free", archive()), Fault.MIXED),
    Hostile("a page in a HEIC", "photo.heic", heic() + box(b"free", HTML), Fault.MIXED),
    Hostile("a PDF in the comment of a JPEG", "photo.jpg",
        JPEG[:2] + b"\xff\xfe" + struct.pack(">H", 2 + len(PDF)) + PDF + JPEG[2:], Fault.MIXED),
    Hostile("half a PDF", "facture.pdf", PDF[: len(PDF) // 2], Fault.BROKEN),
    Hostile("a PDF without its end", "facture.pdf", PDF[:-6], Fault.BROKEN),
    Hostile("only the first line of a PDF", "facture.pdf", b"%PDF-1.7\n%%EOF\n", Fault.BROKEN),
    Hostile("noise dressed as a PDF", "facture.pdf",
        b"%PDF-1.7\n" + bytes(reversed(range(256))) * 40 + b"\n%%EOF\n", Fault.BROKEN),
    Hostile("a PDF without pages", "facture.pdf", saved(pikepdf.new()), Fault.BROKEN),
    Hostile("half a JPEG", "photo.jpg", JPEG[: len(JPEG) // 2], Fault.BROKEN),
    Hostile("only the start of a JPEG", "photo.jpg", b"\xff\xd8\xff\xe0", Fault.BROKEN),
    Hostile("half a PNG", "photo.png", PNG[: len(PNG) // 2], Fault.BROKEN),
    Hostile("a PNG without pixels", "photo.png", png_with((100, 100)), Fault.BROKEN),
    Hostile("half a TIFF", "scan.tif", TIFF[: len(TIFF) // 2], Fault.BROKEN),
    Hostile("a cut HEIC", "photo.heic", heic()[:-100], Fault.BROKEN),
    Hostile("a HEIC that is only a name", "photo.heic", box(b"ftyp", b"heic\0\0\0\0"), Fault.BROKEN),
    Hostile("a HEIC of boxes that lie", "photo.heic",
        box(b"ftyp", b"heic\0\0\0\0") + struct.pack(">I4s", 4, b"meta") * 9, Fault.BROKEN),
    Hostile("a PDF behind a password", "facture.pdf", locked(), Fault.LOCKED),
    Hostile("a PDF that runs a script", "facture.pdf", with_action("JavaScript"), Fault.ACTIVE),
    Hostile("a PDF that starts a program", "facture.pdf", with_action("Launch"), Fault.ACTIVE),
    Hostile("a PDF with a script on its page", "facture.pdf", with_page_script(), Fault.ACTIVE),
    Hostile("a PDF with a script behind a jump", "facture.pdf", with_script_behind_a_jump(), Fault.ACTIVE),
    Hostile("a PDF whose link runs a script", "facture.pdf", with_link("JavaScript"), Fault.ACTIVE),
    Hostile("a PDF whose link starts a program", "facture.pdf", with_link("Launch"), Fault.ACTIVE),
    Hostile("a PDF with a script in a field", "facture.pdf", with_field_script(), Fault.ACTIVE),
    Hostile("a PDF with a scripted form", "facture.pdf", with_scripted_form(), Fault.ACTIVE),
    Hostile("a PDF that calls an address on opening", "facture.pdf", opening("URI"), Fault.ACTIVE),
    Hostile("a PDF that opens another file", "facture.pdf", opening("GoToR"), Fault.ACTIVE),
    Hostile("a PDF that sends a form on opening", "facture.pdf", opening("SubmitForm"), Fault.ACTIVE),
    Hostile("a PDF that carries a program", "facture.pdf", with_attachment(), Fault.ACTIVE),
    Hostile("a PDF whose attachment lies", "facture.pdf", with_attachment_that_lies(), Fault.ACTIVE),
    Hostile("a PDF with a file pinned to a page", "facture.pdf", with_pinned_file(), Fault.ACTIVE),
    Hostile("a PDF bomb", "facture.pdf", bomb(), Fault.BROKEN),
    Hostile("a picture of 49 million points", "plan.png", flat_picture("PNG", HUGE), Fault.TOO_MANY_PIXELS),
    Hostile("a picture of 900 million points", "plan.png", png_with((30_000, 30_000)), Fault.TOO_MANY_PIXELS),
    Hostile("a scan of 49 million points", "plan.tif", flat_picture("TIFF", HUGE), Fault.TOO_MANY_PIXELS),
    Hostile("a photo of 60 million points", "photo.heic", heic(width=20_000), Fault.TOO_MANY_PIXELS),
    Hostile("a PDF of 501 pages", "livre.pdf", pdf(pages=501), Fault.TOO_MANY_PAGES),
    Hostile("a name that reads backwards", "facture\u202efdp.exe", PDF, Fault.UNKNOWN_KIND),
    Hostile("a name cut by a zero byte", "facture.pdf\0.exe", PDF, Fault.UNKNOWN_KIND),
    Hostile("a name on two lines", "facture.pdf\r\n.exe", PDF, Fault.UNKNOWN_KIND),
    Hostile("a name that is a path", "../../facture.pdf/run.sh", PDF, Fault.UNKNOWN_KIND),
    Hostile("a name of 300 letters without an end", "f" * 300, PDF, Fault.UNKNOWN_KIND),
    Hostile("the test virus", "virus.com", EICAR, Fault.UNKNOWN_KIND),
    Hostile("the test virus renamed", "facture.pdf", EICAR, Fault.RENAMED),
    Hostile("the test virus after a PDF", "facture.pdf", PDF + EICAR, Fault.MIXED),
    Hostile("a drawing named PNG", "logo.png", b"<svg onload='alert(1)'/>", Fault.RENAMED),
    Hostile("a document bomb", "facture.docx", bombs.document_bomb(), Fault.UNKNOWN_KIND),
    Hostile("a document bomb renamed", "facture.pdf", bombs.document_bomb(), Fault.RENAMED),
    Hostile("a document bomb after a PDF", "facture.pdf", PDF + bombs.document_bomb(), Fault.MIXED),
    Hostile("pages without end", "facture.pdf", bombs.endless_pages(), Fault.BROKEN),
    Hostile("a page below 3,000 branches", "facture.pdf", bombs.deep_pages(), Fault.BROKEN),
    Hostile("a comment that unfolds", "photo.png", bombs.png_with_a_long_text(), Fault.BROKEN),
    Hostile("a JPEG that lies about its size", "photo.jpg", bombs.jpeg_that_lies(), Fault.TOO_MANY_PIXELS),
    Hostile("a HEIC without a picture in it", "photo.heic", heic(), Fault.BROKEN),
)  # fmt: skip
