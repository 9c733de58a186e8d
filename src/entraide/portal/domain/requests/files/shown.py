"""A page of what somebody sent as a clean picture: drawn anew, nothing of the file but its pixels (A44).

Only ever inside the child process. Of a photo neither place, camera, thumbnail nor comment is left; of a PDF
no link, form or script: PDFium draws, it runs nothing.
"""

import io

import pypdfium2
from PIL import Image, ImageOps

from entraide.portal.domain.requests.files.heic import open_heic
from entraide.portal.domain.requests.files.kinds import HEIC, PDF, TIFF, Kind
from entraide.portal.domain.requests.files.limits import MAX_PAGES, MAX_PIXELS
from entraide.portal.domain.requests.files.verdicts import Fault, Refused

# Small print stays readable on a sheet of A4, and an answer stays below a megabyte or so.
LONGEST_SIDE = 2000
QUALITY = 85
# Deep scans, one channel of more than eight bits.
_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")


def shown(content: bytes, *, kind: Kind, number: int | None) -> bytes:
    """How many pages there are (no `number`), or one of them as a JPEG. Raises Refused."""
    try:
        if number is None:
            return str(_pages(content, kind)).encode()
        page = _pdf_page(content, number) if kind is PDF else _picture(content, kind, number)
        return _clean(page)
    except Refused:
        raise
    except MemoryError:
        raise
    except Exception:  # whatever a decoder raises, the page cannot be shown
        raise Refused(Fault.BROKEN) from None


def _pages(content: bytes, kind: Kind) -> int:
    if kind is PDF:
        with pypdfium2.PdfDocument(content) as document:
            return min(len(document), MAX_PAGES)
    if kind is TIFF:
        with _opened(content, kind) as picture:
            return min(int(getattr(picture, "n_frames", 1)), MAX_PAGES)
    return 1


def _pdf_page(content: bytes, number: int) -> Image.Image:
    with pypdfium2.PdfDocument(content) as document:
        page = document[number - 1]
        longest = max(page.get_size())
        # A sheet may be as large as it likes: the picture is not.
        drawn: Image.Image = page.render(scale=LONGEST_SIDE / longest, may_draw_forms=False).to_pil()
        return drawn


def _picture(content: bytes, kind: Kind, number: int) -> Image.Image:
    picture = _opened(content, kind)
    if number > 1:
        picture.seek(number - 1)
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused(Fault.TOO_MANY_PIXELS)
    # A JPEG is read at the size that it is shown at; the others do as they can.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    return ImageOps.exif_transpose(picture)


def _opened(content: bytes, kind: Kind) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS * 2
    return open_heic(content) if kind is HEIC else Image.open(io.BytesIO(content), formats=[kind.label])


def _clean(picture: Image.Image) -> bytes:
    # Of dots that are only black or white, and of a palette, a smaller picture could not be mixed.
    if picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode in {"P", "PA"}:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if picture.mode in _DEEP:
        picture = ImageOps.autocontrast(picture.convert("F").point(lambda value: value / 256).convert("L"))
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    # A new picture of the same pixels: what a file says beside them does not come along.
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture.convert("RGB"))
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
