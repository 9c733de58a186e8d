"""What was stored is not what is there now: an honest page, never wrong words (A62)."""

import io

import pytest
from django.db import connection
from django.test import Client
from PIL import Image
from structlog.testing import capture_logs

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.storage import vault
from entraide.portal.foundation.vault.files import SEGMENT
from tests.conftest import Household
from tests.portal.domain.requests.conftest import Hold, Send, hold, key, send

__all__ = ["hold", "key", "send"]
pytestmark = pytest.mark.usefixtures("household")


@pytest.fixture
def visitor(member_client: Client) -> Client:
    member_client.raise_request_exception = False
    return member_client


def large_photo() -> bytes:
    """Noise, so that it takes several segments."""
    photo = io.BytesIO()
    Image.effect_noise((600, 800), 60).convert("RGB").save(photo, "JPEG", quality=90)
    return photo.getvalue()


def address_of(request: Request) -> str:
    return f"/demandes/{request.reference}/fichiers/{request.files.get().pk}/"


def exchange(one: Beneficiary, other: Beneficiary, *, column: str) -> None:
    """As somebody with the database in hands would."""
    rows = dict(Beneficiary.objects.filter(pk__in=[one.pk, other.pk]).values_list("pk", column))
    for target, source in ((one, other), (other, one)):
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE members_beneficiary SET {column} = %s WHERE number = %s",
                [bytes(rows[source.pk]), target.number],
            )


def test_an_exchanged_value_is_an_honest_page_with_a_reference(visitor: Client, household: Household) -> None:
    exchange(household.primary, household.spouse, column="mobile")

    with capture_logs() as logged:
        answer = visitor.get("/coordonnees/")

    words = answer.content.decode()
    assert answer.status_code == 500
    assert "Cette page ne peut pas être affichée" in words
    assert "Référence à donner" in words
    assert "98 01 01" not in words
    assert [one["place"] for one in logged if one["event"] == "seal.broken"] == [
        f"altered or misplaced value at members_beneficiary.mobile.{household.primary.pk}"
    ]


def test_the_page_speaks_english_too(visitor: Client, household: Household) -> None:
    exchange(household.primary, household.spouse, column="mobile")
    visitor.post("/langue/", {"language": "en"})

    assert "This page cannot be shown" in visitor.get("/coordonnees/").content.decode()


def test_exchanged_files_are_an_honest_page(visitor: Client, send: Send, hold: object) -> None:
    names = []
    for name in ("facture.pdf", "photo.jpg"):
        hold(name)  # type: ignore[operator]
    sent = send()
    for one in sent.files.all():
        names.append(vault().path_of(one.stored_name))
    first, second = (path.read_bytes() for path in names)
    names[0].write_bytes(second)
    names[1].write_bytes(first)

    for one in sent.files.all():
        answer = visitor.get(f"/demandes/{sent.reference}/fichiers/{one.pk}/")
        assert answer.status_code == 500
        assert "Cette page ne peut pas être affichée" in answer.content.decode()


def test_wrong_bytes_at_the_end_of_a_file_are_found_before_its_beginning_is_sent(
    visitor: Client, send: Send, hold: Hold
) -> None:
    """Section 4: storage that gives wrong bytes back. Half a file would look like a whole one."""
    hold("photo.jpg", content=large_photo())
    request = send()
    path = vault().path_of(request.files.get().stored_name)
    kept = path.read_bytes()
    assert len(kept) > 2 * SEGMENT
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))

    with capture_logs() as logged:
        answer = visitor.get(address_of(request))

    assert answer.status_code == 500
    assert not answer.streaming
    assert "Cette page ne peut pas être affichée" in answer.content.decode()
    assert [one["event"] for one in logged if one["log_level"] == "error"] == ["seal.broken"]


def test_a_file_that_the_disk_does_not_give_is_a_page_that_says_to_come_back(
    visitor: Client, send: Send, hold: Hold
) -> None:
    hold("facture.pdf")
    request = send()
    vault().forget(request.files.get().stored_name)

    with capture_logs() as logged:
        answer = visitor.get(address_of(request))

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "300"
    assert "Nos fichiers ne sont pas accessibles" in answer.content.decode()
    assert [one["event"] for one in logged if one["log_level"] == "error"] == ["files.away"]
