"""The kinds of files that we keep: how each begins, and the extensions that it may bear (A42)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` is what people call it; `signatures` stand at byte `offset`."""

    label: str
    media_type: str
    extensions: tuple[str, ...]
    signatures: tuple[bytes, ...]
    offset: int = 0

    def starts(self, content: bytes) -> bool:
        return content.startswith(self.signatures, self.offset)


HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx")

PDF = Kind("PDF", "application/pdf", (".pdf",), (b"%PDF-",))
JPEG = Kind("JPEG", "image/jpeg", (".jpg", ".jpeg"), (b"\xff\xd8\xff",))
PNG = Kind("PNG", "image/png", (".png",), (b"\x89PNG\r\n\x1a\n",))
HEIC = Kind(
    "HEIC", "image/heic", (".heic", ".heif"), tuple(b"ftyp" + brand for brand in HEIC_BRANDS), offset=4
)
TIFF = Kind("TIFF", "image/tiff", (".tif", ".tiff"), (b"II*\0", b"MM\0*"))
KINDS = (PDF, JPEG, PNG, HEIC, TIFF)


def kind_of_content(content: bytes) -> Kind | None:
    return next((kind for kind in KINDS if kind.starts(content)), None)


def kind_of_extension(extension: str) -> Kind | None:
    return next((kind for kind in KINDS if extension in kind.extensions), None)
