"""Good files of each kind, and the parts that hostile ones are built from. All made here, byte by byte."""

import io
import struct

import pikepdf
import pillow_heif
from PIL import Image


def picture(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(out, kind)
    return out.getvalue()


def flat_picture(kind: str, size: tuple[int, int]) -> bytes:
    """A large picture of few bytes."""
    out = io.BytesIO()
    Image.new("1", size).save(out, kind)
    return out.getvalue()


def pdf(*, pages: int = 1, words: str = "Facture", **save: object) -> bytes:
    document = pikepdf.new()
    for number in range(pages):
        page = document.add_blank_page(page_size=(200, 200))
        page.Contents = document.make_stream(f"% {words} {number}\n".encode() * 20)
    return saved(document, **save)


def saved(document: pikepdf.Pdf, **save: object) -> bytes:
    out = io.BytesIO()
    document.save(out, **save)  # type: ignore[arg-type]
    return out.getvalue()


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), name) + body


def phone_photo(size: tuple[int, int] = (60, 40)) -> bytes:
    """A HEIC as telephones make it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.effect_noise(size, 60).convert("RGB")).save(out)
    return out.getvalue()


def heic(*, width: int = 4032, height: int = 3024, data: bytes = b"\x26" * 500) -> bytes:
    """The boxes of a telephone's photo, with bytes that nobody can decode in the place of its pixels."""
    extent = box(b"ispe", struct.pack(">III", 0, width, height))
    meta = box(b"meta", b"\0\0\0\0" + box(b"iprp", box(b"ipco", extent)))
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta + box(b"mdat", data)


GOOD = {
    "facture.pdf": pdf(),
    "photo.jpg": picture("JPEG"),
    "photo.jpeg": picture("JPEG"),
    "capture.png": picture("PNG"),
    "iphone.heic": phone_photo(),
    "scan.tif": picture("TIFF"),
    "scan.tiff": picture("TIFF"),
}
