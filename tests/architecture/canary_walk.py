"""Every address with every id of a marked family, as one of its people meets it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from urllib.parse import unquote

import pikepdf
from django.http import HttpResponse

from entraide.formats.iban import make_french
from entraide.portal.domain.claims.models import PaymentLine, Statement
from entraide.portal.domain.contracts.models import Contract
from entraide.portal.domain.library.models import Document
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request, RequestFile
from tests.architecture.addresses import EXAMPLES, Address, addresses
from tests.portal.domain.exports.canaries import Canary
from tests.portal.member_site.reimbursements.pdf_text import text_of

# The demo's mailbox shows every message on purpose; the gallery shows invented people.
ALL = [one for one in addresses() if not one.example.startswith(("/demo/", "/composants/"))]
# What of the others of a family somebody may read (security 2.4), by the names of the marks. A name goes
# with who is covered, and to whom the mutual paid.
_COVERED = frozenset({"Prenom"})
_OF_A_CHILD_UNDER_18 = frozenset({"Nir", "Rue", "Etage", "Ville", "Fixe", "Titulaire"})
_CARE = frozenset({"Soin", "Care", "Dossier", "Praticien"})
# POST of these ends what the walk needs.
_ENDS = ("deconnexion", "/fin/", "/fermer/", "/retirer/", "/supprimer/", "pas-moi")


@dataclass(frozen=True)
class Mark:
    """A text that belongs to one person; `name` says of what."""

    owner: str
    name: str
    text: str


def marks_of(family: dict[str, Canary]) -> list[Mark]:
    """Everything planted, and numbers that pages can read where a mark would be none."""
    found = [
        Mark(tag, re.sub(rf"^Zq{tag}", "", text), text)
        for tag, one in family.items()
        for text in (*one.own, *one.hidden)
    ]
    return found + [mark for place, tag in enumerate(family) for mark in _numbers(family[tag], place)]


def _numbers(canary: Canary, place: int) -> list[Mark]:
    """Gives the person a mobile, a line, a health number and an account of the right form, all their own."""
    person, nir = canary.person, f"28401381850{place}1"
    nir += f"{97 - int(nir) % 97:02}"
    person.mobile, person.phone, person.nir = f"+336399801{place}7", f"+331990012{place}7", nir
    person.iban = make_french("20041", "01005", f"0500013M0{place}7")
    person.save()
    texts = {"Mobile": person.mobile[3:], "Fixe": person.phone[3:], "Nir": nir[:13], "Iban": person.iban}
    return [Mark(canary.tag, name, text) for name, text in texts.items()]


def may_see(reader: str, owner: str) -> frozenset[str]:
    """A is the primary insured, B the spouse, C grown up, D a child of 17, E one of 8; Z is of elsewhere."""
    if reader == "A" and owner in {"D", "E"}:
        return _COVERED | _OF_A_CHILD_UNDER_18 | (_CARE if owner == "E" else frozenset())
    return _COVERED if "Z" not in (reader, owner) and reader in set("ABCD") else frozenset()


def met(words: str, marks: list[Mark], *, reader: str) -> set[Mark]:
    """The marks of others that this reader must never meet and that stand in these words."""
    return {
        one
        for one in standing_in(words, marks)
        if one.owner != reader and one.name not in may_see(reader, one.owner)
    }


def standing_in(words: str, marks: list[Mark]) -> set[Mark]:
    """Numbers however they are grouped."""
    closed_up = re.sub(r"[\s\xa0\u202f.]", "", words)
    return {one for one in marks if one.text in words or one.text in closed_up}


def pages(address: Address) -> Iterator[str]:
    """The address with every id that it may hold."""
    uuids, texts = EXAMPLES["uuid"] in address.example, EXAMPLES["str"] in address.example
    references = list(Request.objects.values_list("reference", flat=True)) if texts else [""]
    tables = (RequestFile,) if texts else (Beneficiary, Contract, PaymentLine, Statement, Document)
    known = [str(pk) for table in tables for pk in table._default_manager.values_list("pk", flat=True)]
    for reference, chosen in product(references, known if uuids else [""]):
        yield address.example.replace(EXAMPLES["str"], reference).replace(EXAMPLES["uuid"], chosen)


def forms(address: Address, people: list[str]) -> Iterator[str]:
    """Where a blank form is sent: whatever has no id, and everything about a person."""
    if not any(one in address.example for one in _ENDS):
        for person in people if EXAMPLES["uuid"] in address.example else people[:1]:
            yield address.example.replace(EXAMPLES["uuid"], person)


def shown_by(answer: HttpResponse) -> str:
    """Everything that a browser is given: head, words, the words and the properties of a PDF."""
    content = answer.getvalue()
    head = "\n".join(f"{name}: {unquote(value)}" for name, value in answer.headers.items())
    return f"{head}\n{read(content)}"


def read(content: bytes) -> str:
    words = content.decode("utf-8", "replace")
    if content.startswith(b"%PDF"):
        words += text_of(content) + properties_of(content)
    return words


def properties_of(content: bytes) -> str:
    with pikepdf.open(BytesIO(content)) as pdf:
        told = [str(value) for value in pdf.docinfo.values()]
        outline = [bytes(one.read_bytes()).decode("utf-8", "replace") for one in _streams(pdf)]
        return "\n".join([*told, *outline, *pdf.attachments])


def _streams(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [pdf.Root.Metadata] if "/Metadata" in pdf.Root else []
