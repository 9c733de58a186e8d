"""Every address with every id of a marked family, as one of its people meets it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from urllib.parse import unquote

import pikepdf
from django.http import HttpResponse

from entraide.formats.iban import make_french
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.claims.models import PaymentLine, Statement
from entraide.portal.domain.contracts.models import Contract
from entraide.portal.domain.library.models import Document
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.foundation.web.public import is_public
from tests.architecture.addresses import EXAMPLES, Address, addresses
from tests.portal.domain.exports.canaries import Canary
from tests.portal.member_site.reimbursements.pdf_text import text_of

# The demo's mailbox shows every message on purpose; the gallery shows invented people.
ALL = [one for one in addresses() if not one.example.startswith(("/demo/", "/composants/"))]
# Everybody of the mutual, one of each role.
AGENTS = {one.value: one for one in sorted(Role, key=lambda one: one != Role.HANDLER)}
# Nobody in particular: a visitor, the one who reads the logs.
NOBODY = "-"
# Who walks first on each side: those who may open the most.
FIRST = ("A", Role.HANDLER.value)
# What of the others of a family somebody may read (security 2.4), by the names of the marks. A name goes
# with who is covered, and to whom the mutual paid.
_COVERED = frozenset({"Prenom"})
_OF_A_CHILD_UNDER_18 = frozenset({"Nir", "Rue", "Etage", "Ville", "Fixe", "Titulaire"})
_CARE = frozenset({"Soin", "Care", "Dossier", "Praticien"})
# What was asked, answered and sent; of a request about somebody else the names begin with "Cache".
_REQUEST = frozenset({"Mots", "Reponse", "Fichier", "Contenu"})
_SHARED_REQUEST = frozenset(f"Cache{one}" for one in _REQUEST)
# What an agent said who opened a file in an emergency.
_EMERGENCY = frozenset({"Urgence", "Astreinte", "Ticket"})
# What a sender thought of the answer, also of a request about somebody else: read at the mutual alone.
_OPINIONS = frozenset({"Avis", *(f"CacheAvis{tag}" for tag in "ABCDEZ")})
# How every mark begins that is no number.
PLANTED = "Zq"
_SPACES = re.compile(r"[\s\xa0\u202f.]+")
# POST of these ends what the walk needs.
_ENDS = ("deconnexion", "/fin/", "/fermer/", "/retirer/", "/supprimer/", "pas-moi")


@dataclass(frozen=True)
class Mark:
    """A text that belongs to one person; `name` says of what. `about`: who else it tells of, if anybody."""

    owner: str
    name: str
    text: str
    about: str = ""


def marks_of(family: dict[str, Canary]) -> list[Mark]:
    """Everything planted, and numbers that pages can read where a mark would be none."""
    found = [
        Mark(tag, _name_of(text, one.shared.get(text, "")), text, one.shared.get(text, ""))
        for tag, one in family.items()
        for text in (*one.own, *one.hidden)
    ]
    return found + [mark for place, tag in enumerate(family) for mark in _numbers(family[tag], place)]


def _name_of(text: str, about: str) -> str:
    return re.sub(f"^{PLANTED}[A-Z]", "", text).removesuffix(about)


def _numbers(canary: Canary, place: int) -> list[Mark]:
    """Gives the person a mobile, a line, a health number and an account of the right form, all their own."""
    person, nir = canary.person, f"28401381850{place}1"
    nir += f"{97 - int(nir) % 97:02}"
    person.mobile, person.phone, person.nir = f"+336399801{place}7", f"+331990012{place}7", nir
    person.iban = make_french("20041", "01005", f"0500013M0{place}7")
    person.save()
    texts = {"Mobile": person.mobile[3:], "Fixe": person.phone[3:], "Nir": nir[:13], "Iban": person.iban}
    return [Mark(canary.tag, name, text) for name, text in texts.items()]


def may_see(reader: str, mark: Mark) -> bool:
    """Security 2.4, for one of the family by letter, or for somebody of the mutual by role."""
    if reader in AGENTS:
        return mark.name in _seen_at_work(AGENTS[reader])
    if mark.about:
        # Of a request: its sender and the person concerned, by who they are and by nothing else.
        return reader == mark.owner or (reader == mark.about and mark.name in _SHARED_REQUEST)
    return reader == mark.owner or mark.name in _seen_in_a_family(reader, mark.owner)


def _seen_in_a_family(reader: str, owner: str) -> frozenset[str]:
    """A is the primary insured, B the spouse, C grown up, D a child of 17, E one of 8; Z is of elsewhere."""
    if reader == "A" and owner in {"D", "E"}:
        return _COVERED | _OF_A_CHILD_UNDER_18 | (_CARE if owner == "E" else frozenset())
    return _COVERED if "Z" not in (reader, owner) and reader in set("ABCD") else frozenset()


def _seen_at_work(role: Role) -> frozenset[str]:
    """Who asked and for whom, with the right to files; words and papers, with the right to care.

    Who is there for the social fund sees its requests alone, and these are none.
    """
    if may(role, Right.HANDLE_SOCIAL_FUND):
        return frozenset()
    files = _COVERED if may(role, Right.READ_FILES) else frozenset()
    # Why a colleague opened a file in an emergency, for who reviews that; nothing of the file.
    files |= _EMERGENCY if may(role, Right.REVIEW_EMERGENCIES) else frozenset()
    return files | (_REQUEST | _SHARED_REQUEST | _OPINIONS if may(role, Right.READ_CARE) else frozenset())


def met(words: str, marks: list[Mark], *, reader: str) -> set[Mark]:
    """The marks that this reader must never meet and that stand in these words."""
    return forbidden(standing_in(words, marks), reader=reader)


def forbidden(marks: set[Mark], *, reader: str) -> set[Mark]:
    """Those of them that this reader must never meet."""
    return {one for one in marks if not may_see(reader, one)}


def standing_in(words: str, marks: list[Mark]) -> set[Mark]:
    """Numbers however they are grouped."""
    closed_up = _SPACES.sub("", words)
    # What was planted begins alike: most answers hold none of it, and are not searched for each.
    planted = PLANTED in words or PLANTED in closed_up
    sought = marks if planted else [one for one in marks if not one.text.startswith(PLANTED)]
    return {one for one in sought if one.text in closed_up or one.text in words}


def is_of(address: Address, reader: str) -> bool:
    """Whether it is on this reader's side of the house: the door of the other one opens for no id at all."""
    return address.example.startswith("/gestion/") is (reader in AGENTS)


def is_walked_by(address: Address, reader: str) -> bool:
    """The other side of the house by one of each: its door knows sides, neither people nor roles."""
    return is_of(address, reader) or reader in FIRST


@dataclass
class Ground:
    """Every id that an address may hold, and what became known of the addresses on the way.

    An address looks its id up in one table. As soon as ids of a table have opened it for somebody, those of
    the others say nothing more there than any unknown id; until then it is asked for all of them.
    """

    tables: dict[str, list[str]]
    # Of each request's file, and of each reader: a request's reference.
    files: list[tuple[str, str]]
    own: dict[str, str]
    opened: dict[str, set[str]]

    def note(self, address: Address, table: str) -> None:
        self.opened.setdefault(address.name, set()).add(table)

    def pages(self, address: Address, *, reader: str) -> Iterator[tuple[str, str]]:
        """The address with every id, each with its table; with one id where no id is looked at."""
        is_read = is_of(address, reader) and (reader != NOBODY or is_public(address.view))
        return islice(self._pages(address, reader), None if is_read else 1)

    def _pages(self, address: Address, reader: str) -> Iterator[tuple[str, str]]:
        for table, reference, chosen in self._ids(address, reader):
            filled = address.example.replace(EXAMPLES["str"], reference).replace(EXAMPLES["uuid"], chosen)
            yield table, filled

    def _ids(self, address: Address, reader: str) -> Iterator[tuple[str, str, str]]:
        uuids, texts = EXAMPLES["uuid"] in address.example, EXAMPLES["str"] in address.example
        if uuids and texts:
            # Each file below the request that it belongs to, and below one that the reader may open.
            own = self.own.get(reader, self.files[0][0])
            yield from (("", one, file) for reference, file in self.files for one in {reference, own})
        elif texts:
            yield from (("", reference, "") for reference in dict.fromkeys(one for one, _ in self.files))
        elif uuids:
            wanted = self.opened.get(address.name) or self.tables
            yield from (
                (table, "", one) for table in self.tables if table in wanted for one in self.tables[table]
            )
        else:
            yield "", "", ""


def ground(family: dict[str, Canary]) -> Ground:
    """What the family's rows are called, before anybody walks."""
    tables = (Member, Beneficiary, Contract, PaymentLine, Statement, Document)
    sent = {tag: Request.objects.filter(sender=one.person.pk).order_by("pk") for tag, one in family.items()}
    return Ground(
        tables={
            one.__name__: [str(pk) for pk in one._default_manager.values_list("pk", flat=True)]
            for one in tables
        },
        files=[(one.request.reference, str(one.pk)) for one in RequestFile.objects.select_related("request")],
        own={tag: found[0].reference for tag, found in sent.items() if found},
        opened={},
    )


def forms(address: Address, people: list[str], *, reader: str) -> Iterator[str]:
    """Where a blank form is sent: whatever has no id, and everything about a person."""
    every = EXAMPLES["uuid"] in address.example and is_of(address, reader)
    if not any(one in address.example for one in _ENDS):
        for person in people if every else people[:1]:
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
