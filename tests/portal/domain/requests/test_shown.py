"""Pages of sent files drawn anew: nothing of a file but its pixels reaches a screen (A44)."""

import io

import pikepdf
import pytest
from PIL import Image, ImageCms

from entraide.portal.domain.requests.files.apart import page_apart, pages_apart
from entraide.portal.domain.requests.files.shown import LONGEST_SIDE
from entraide.portal.domain.requests.files.verdicts import Refused
from tests.portal.domain.requests.samples import GOOD, pdf, phone_photo, picture, saved

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def drawn(content: bytes, extension: str, number: int = 1) -> Image.Image:
    shown = Image.open(io.BytesIO(page_apart(content, extension=extension, number=number)))
    shown.load()
    return shown


def telling_photo(kind: str = "JPEG") -> bytes:
    """A photo that tells where, with what and by whom it was taken."""
    exif = Image.Exif()
    exif[MAKER] = "A-TELEPHONE"
    exif[GPS] = {1: "N", 2: (48.0, 35.0, 4.0)}
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (90, 60), "navy").save(out, kind, exif=exif, icc_profile=profile, comment=b"BY-ANNE")
    return out.getvalue()


def scan(*colours: str) -> bytes:
    pages = [Image.new("RGB", (50, 70), one) for one in colours]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    return out.getvalue()


@pytest.mark.parametrize("name", GOOD)
def test_every_kind_that_is_kept_can_be_shown(name: str) -> None:
    extension = f".{name.rsplit('.')[-1]}"

    assert pages_apart(GOOD[name], extension=extension) == 1
    assert drawn(GOOD[name], extension).format == "JPEG"


def test_nothing_that_a_photo_tells_beside_its_pixels_is_left() -> None:
    photo = telling_photo()
    assert b"A-TELEPHONE" in photo
    assert b"BY-ANNE" in photo

    clean = page_apart(photo, extension=".jpg", number=1)

    shown = Image.open(io.BytesIO(clean))
    assert not shown.getexif()
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"A-TELEPHONE" not in clean
    assert b"BY-ANNE" not in clean


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_photo_stands_upright(kind: str) -> None:
    """Telephones store how they were held beside the picture, and that goes."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    out = io.BytesIO()
    Image.new("RGB", (90, 60)).save(out, kind, exif=exif)

    assert drawn(out.getvalue(), {"JPEG": ".jpg", "PNG": ".png", "TIFF": ".tif"}[kind]).size == (60, 90)


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", ".jpg"), ("PNG", ".png"), ("TIFF", ".tif")])
def test_a_large_picture_is_shown_smaller(kind: str, extension: str) -> None:
    shown = drawn(picture(kind, (6000, 3000), "L"), extension)

    assert max(shown.size) <= LONGEST_SIDE
    assert shown.width == 2 * shown.height


def test_a_photo_of_a_telephone_is_shown() -> None:
    assert drawn(phone_photo((640, 480)), ".heic").size == (640, 480)


def test_each_page_of_a_scan_is_shown() -> None:
    content = scan("red", "lime", "blue")

    assert pages_apart(content, extension=".tif") == 3
    found = [drawn(content, ".tif", number).getpixel((25, 35)) for number in (1, 2, 3)]
    assert [max(range(3), key=one.__getitem__) for one in found] == [0, 1, 2]  # type: ignore[union-attr]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
def test_a_scan_of_any_depth_is_shown(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (100, 50)).save(out, "TIFF")

    assert drawn(out.getvalue(), ".tif").mode == "RGB"


def test_what_is_see_through_stands_on_white_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")

    assert drawn(out.getvalue(), ".png").getpixel((25, 25)) == (255, 255, 255)


def test_each_page_of_a_pdf_is_drawn_and_no_other() -> None:
    content = pdf(pages=3)

    assert pages_apart(content, extension=".pdf") == 3
    assert drawn(content, ".pdf", 3).size == (LONGEST_SIDE, LONGEST_SIDE)
    for number in (0, 4, 10**9):
        with pytest.raises(Refused):
            page_apart(content, extension=".pdf", number=number)


@pytest.mark.parametrize("size", [(14_400, 14_400), (1_000_000, 10), (3, 3)])
def test_a_sheet_of_any_size_is_drawn_at_ours(size: tuple[int, int]) -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    document.pages[0].obj.MediaBox = pikepdf.Array([0, 0, *size])

    assert max(drawn(saved(document), ".pdf").size) <= LONGEST_SIDE


@pytest.mark.parametrize(
    ("content", "extension"),
    [(b"", ".pdf"), (b"%PDF-1.7\n%%EOF", ".pdf"), (GOOD["photo.jpg"][:300], ".jpg"), (b"II*\0", ".tif")],
)
def test_what_cannot_be_drawn_is_refused(content: bytes, extension: str) -> None:
    with pytest.raises(Refused):
        page_apart(content, extension=extension, number=1)
