"""Members who get their statements by post, and where on a page of their letters words stand."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings

from entraide.portal.domain.claims.periods import Quarter
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.notifications.letters import Report, make_batch
from tests.conftest import make_person
from tests.portal.domain.claims.care import Care, pay

AUTUMN = Quarter(2026, 4)
JANUARY = date(2027, 1, 5)
MM = 72 / 25.4


def by_post(member: Member, **address: str) -> Beneficiary:
    """Lets the member have chosen the post, at an address that can be changed field by field."""
    person = member.beneficiaries.get(relationship="primary_insured")
    written = {"address_line1": "14 allée des Tilleuls", "postcode": "38000", "city": "Grenoble", **address}
    for name, value in written.items():
        setattr(person, name, value)
    person.save()
    member.statement_delivery = "post"
    member.save()
    return person


def reader(number: str, *, lines: int = 1, on: date = date(2026, 11, 12), **address: str) -> Beneficiary:
    """Somebody alone in their membership, paid once for so many lines of care."""
    segment = settings.PROFILE.segments[0].id
    member = Member.objects.create(number=number, segment=segment, joined_on=date(2018, 1, 1))
    make_person(
        member, number, "primary_insured", "Camille", born=date(1980, 2, 3), last_name=f"Fictif{number}"
    )
    person = by_post(member, **address)
    pay(member, *(Care(person=person, claim=f"S{one}") for one in range(lines)), on=on)
    return person


def batch(folder: Path, *, size: int = 2, **changes: Any) -> Report:
    """The autumn's batch, made in January."""
    wanted = {"quarter": AUTUMN, "preview": False, "on": JANUARY, **changes}
    return make_batch(folder, size=size, **wanted)


def rows_of(folder: Path) -> list[list[str]]:
    """The lines of `letters.csv` below its head, cell by cell."""
    lines = (folder / "letters.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return [line.split(",") for line in lines]


def parts_of(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(folder.glob("*.pdf"))}


def places_of(content: bytes, *, page: int) -> list[tuple[float, float]]:
    """Where each piece of text of a page begins, in millimetres from its left and its upper edge."""
    found, stack, matrix = [], [], pikepdf.Matrix()
    with pikepdf.open(BytesIO(content)) as pdf:
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[page]):
            match str(operator):
                case "q":
                    stack.append(matrix)
                case "Q":
                    matrix = stack.pop()
                case "cm":
                    matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
                case "Tm":
                    place = pikepdf.Matrix(*map(float, operands)) @ matrix
                    found.append((place.e / MM, 297 - place.f / MM))
    return found
