"""Small files that unfold, turn in circles, or lie about their size. All made here, byte by byte."""

import io
import struct
import zipfile
import zlib
from functools import cache

import pikepdf
from PIL import Image

from tests.portal.domain.requests.samples import pdf, picture, saved


def squeezed(piece: bytes, times: int) -> bytes:
    squeeze = zlib.compressobj(9)
    return b"".join(squeeze.compress(piece) for _ in range(times)) + squeeze.flush()


@cache
def document_bomb() -> bytes:
    """A text document of which 100 kB unfold to 100 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", bytes(100_000_000))
    return out.getvalue()


def endless_pages() -> bytes:
    """A tree of pages that holds itself."""
    document = pikepdf.open(io.BytesIO(pdf()))
    document.Root.Pages.Kids = pikepdf.Array([document.Root.Pages])
    return saved(document)


def deep_pages() -> bytes:
    """One page below three thousand branches."""
    document = pikepdf.open(io.BytesIO(pdf()))
    node = document.pages[0].obj
    for _ in range(3000):
        branch = pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=pikepdf.Array([node]), Count=1)
        node.Parent = document.make_indirect(branch)
        node = node.Parent
    document.Root.Pages = node
    return saved(document)


def index_that_turns() -> bytes:
    """An index whose former version is itself."""
    plain = pdf(compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    start = plain.rfind(b"xref\n", 0, plain.rfind(b"startxref"))
    return plain.replace(b"trailer <<", b"trailer << /Prev %d" % start, 1)


def laughing_page() -> bytes:
    """Drawings of ten drawings of ten drawings…: a thousand million squares in 3 kB."""
    document = pikepdf.open(io.BytesIO(pdf()))
    look = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Form, "BBox": [0, 0, 200, 200]}
    drawing = document.make_stream(b"0 0 10 10 re f\n", **look)
    for _ in range(9):
        inside = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=drawing))
        drawing = document.make_stream(b"/X Do\n" * 10, Resources=inside, **look)
    return _page_of(document, drawing, b"/X Do\n")


@cache
def long_page() -> bytes:
    """A page whose 1 MB of orders unfolds to half a gigabyte."""
    document = pikepdf.open(io.BytesIO(pdf()))
    orders = document.make_stream(b"")
    orders.write(squeezed(b"0 0 1 1 re f\n" * 80_000, 500), filter=pikepdf.Name.FlateDecode)
    document.pages[0].Contents = orders
    return saved(document, compress_streams=False)


@cache
def page_of_a_huge_picture() -> bytes:
    """A picture of 144 million points inside a page."""
    document, side = pikepdf.open(io.BytesIO(pdf())), 12_000
    look = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": side, "Height": side}
    huge = document.make_stream(b"", ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, **look)
    huge.write(squeezed(bytes(side * 100), side // 100), filter=pikepdf.Name.FlateDecode)
    return _page_of(document, huge, b"200 0 0 200 0 0 cm /X Do\n")


def _page_of(document: pikepdf.Pdf, drawing: pikepdf.Object, orders: bytes) -> bytes:
    page = document.pages[0]
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=drawing))
    page.Contents = document.make_stream(orders)
    return saved(document, compress_streams=False)


def huge_sheet() -> bytes:
    document = pikepdf.open(io.BytesIO(pdf()))
    document.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 10_000_000, 10_000_000])
    return saved(document)


def scan_that_turns() -> bytes:
    """A TIFF whose next page is the same one."""
    content = bytearray(picture("TIFF"))
    (start,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, start)
    struct.pack_into("<I", content, start + 2 + 12 * entries, start)
    return bytes(content)


@cache
def png_with_a_long_text() -> bytes:
    """300 kB of a comment that unfold to 300 MB."""
    content, text = picture("PNG"), b"a\0\0" + squeezed(bytes(1_000_000), 300)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    return content[:33] + chunk + content[33:]


def jpeg_that_lies() -> bytes:
    """A JPEG of 60 × 40 points that claims 4,290 million."""
    content = bytearray(picture("JPEG"))
    struct.pack_into(">HH", content, content.find(b"\xff\xc0") + 5, 65_500, 65_500)
    return bytes(content)


@cache
def large_photo() -> bytes:
    """The largest that is taken, in the form that asks for the most memory."""
    out = io.BytesIO()
    Image.new("RGB", (6300, 6300), "teal").save(out, "JPEG", progressive=True)
    return out.getvalue()
