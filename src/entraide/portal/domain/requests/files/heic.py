"""HEIC: its ISO boxes are walked (ISO/IEC 14496-12 and 23008-12), then its pixels decoded (docs/adr/0014)."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import pillow_heif
from PIL import Image

from entraide.portal.domain.requests.files.foreign import refuse_foreign
from entraide.portal.domain.requests.files.limits import MAX_PIXELS
from entraide.portal.domain.requests.files.verdicts import Fault, Refused

MAX_BOXES = 10_000
_NESTED = {b"meta": 4, b"iprp": 0, b"ipco": 0}


@dataclass(frozen=True, slots=True)
class _Box:
    name: bytes
    start: int
    end: int


def check_heic(content: bytes) -> None:
    """Raises Refused unless the boxes fill the file exactly and hold a picture of a sane size that opens."""
    boxes = list(_boxes(content, 0, len(content)))
    names = [box.name for box in boxes]
    if (
        names[:1] != [b"ftyp"]
        or b"meta" not in names
        or not {b"mdat", b"idat"} & set(_all_names(content, boxes))
    ):
        raise Refused(Fault.BROKEN)
    sizes = list(_picture_sizes(content, boxes))
    if not sizes:
        raise Refused(Fault.BROKEN)
    if max(width * height for width, height in sizes) > MAX_PIXELS:
        raise Refused(Fault.TOO_MANY_PIXELS)
    refuse_foreign(content, end=boxes[-1].start)
    try:
        open_heic(content).load()
    except Exception:  # whatever the decoder raises, the picture cannot be used
        raise Refused(Fault.BROKEN) from None


def open_heic(content: bytes) -> Image.Image:
    """The main picture, turned as it was taken; call it after the boxes were checked."""
    # One thread, and nothing but the picture: depth maps and the like are not ours to open.
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    return Image.open(io.BytesIO(content), formats=["HEIF"])


def _boxes(content: bytes, start: int, end: int) -> Iterator[_Box]:
    """The boxes side by side in a stretch; one that runs over its end means a cut file."""
    at, count = start, 0
    while at < end:
        count += 1
        if at + 8 > end or count > MAX_BOXES:
            raise Refused(Fault.BROKEN)
        size, name = struct.unpack_from(">I4s", content, at)
        header = 8
        if size == 1 and at + 16 <= end:
            (size,) = struct.unpack_from(">Q", content, at + 8)
            header = 16
        elif size == 0:
            size = end - at
        if size < header or at + size > end or not all(0x20 <= sign < 0x7F or sign == 0xA9 for sign in name):
            raise Refused(Fault.BROKEN)
        yield _Box(name, at + header, at + size)
        at += size


def _inner(content: bytes, box: _Box) -> Iterator[_Box]:
    if box.name in _NESTED:
        for one in _boxes(content, box.start + _NESTED[box.name], box.end):
            yield one
            yield from _inner(content, one)


def _all_names(content: bytes, boxes: list[_Box]) -> Iterator[bytes]:
    for box in boxes:
        yield box.name
        yield from (one.name for one in _inner(content, box))


def _picture_sizes(content: bytes, boxes: list[_Box]) -> Iterator[tuple[int, int]]:
    for box in boxes:
        for one in _inner(content, box):
            if one.name == b"ispe" and one.end - one.start >= 12:
                yield struct.unpack_from(">II", content, one.start + 4)
