"""JPEG, PNG and TIFF: decoded once, within limits, so that a cut or forged picture is found now."""

import io
import struct
import warnings

from PIL import Image

from entraide.portal.domain.requests.files.foreign import refuse_foreign
from entraide.portal.domain.requests.files.kinds import JPEG, PNG, Kind
from entraide.portal.domain.requests.files.limits import MAX_DECODED_PIXELS, MAX_PAGES, MAX_PIXELS
from entraide.portal.domain.requests.files.verdicts import Fault, Refused

_TAIL_OF_TIFF = 64 * 1024


def check_image(content: bytes, *, kind: Kind) -> None:
    """Raises Refused unless the picture opens whole, has a sane size, and is nothing else besides."""
    refuse_foreign(content, end=_end_of(content, kind=kind))
    warnings.simplefilter("ignore")
    # Ours is stricter and comes first; this one only guards what Pillow opens by itself.
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS * 2
    try:
        with Image.open(io.BytesIO(content), formats=[kind.label]) as picture:
            _check_frames(picture)
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise Refused(Fault.TOO_MANY_PIXELS) from None
    except Exception:  # whatever a decoder raises, the picture cannot be used
        raise Refused(Fault.BROKEN) from None


def _check_frames(picture: Image.Image) -> None:
    frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    if frames > MAX_PAGES:
        raise Refused(Fault.TOO_MANY_PAGES)
    decoded = 0
    for number in range(frames):
        if frames > 1:
            picture.seek(number)
        if picture.width * picture.height > MAX_PIXELS:
            raise Refused(Fault.TOO_MANY_PIXELS)
        decoded += picture.width * picture.height
        if decoded <= MAX_DECODED_PIXELS:
            picture.load()


def _end_of(content: bytes, *, kind: Kind) -> int:
    try:
        if kind is JPEG:
            return _end_of_jpeg(content)
        if kind is PNG:
            return _end_of_png(content)
    except (IndexError, struct.error):
        raise Refused(Fault.BROKEN) from None
    # A TIFF points anywhere: its last bytes stand for its tail.
    return max(8, len(content) - _TAIL_OF_TIFF)


def _end_of_jpeg(content: bytes) -> int:
    """The byte after the end-of-image mark of the main picture (ITU T.81, annex B)."""
    at = 2
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Refused(Fault.BROKEN)
        mark = content[at + 1]
        if mark == 0xD9:
            return at + 2
        if mark == 0xFF:
            at += 1
        elif mark == 0x00 or 0xD0 <= mark <= 0xD7:
            at += 2
        else:
            (size,) = struct.unpack_from(">H", content, at + 2)
            at += 2 + int(size)


def _end_of_png(content: bytes) -> int:
    """The byte after the IEND chunk."""
    at = 8
    while True:
        size, name = struct.unpack_from(">I4s", content, at)
        at += 12 + int(size)
        if at > len(content):
            raise Refused(Fault.BROKEN)
        if name == b"IEND":
            return at
