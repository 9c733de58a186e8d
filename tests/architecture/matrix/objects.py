"""Objects of every kind for the people of the matrix, with their marks."""

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.utils import timezone
from PIL import Image

from entraide.formats import iban
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.claims.models import PaymentLine, Statement
from entraide.portal.domain.consultations.actions import Reader, Reading, consulted
from entraide.portal.domain.consultations.enums import ReaderKind, Seen
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.exports.storage import vault as export_vault
from entraide.portal.domain.library.storage import vault as library_vault
from entraide.portal.domain.members.models import CareConsent, Delegation
from entraide.portal.domain.requests.models import Request, RequestFile, Step
from entraide.portal.domain.requests.references import new_reference
from entraide.portal.domain.requests.storage import vault as request_vault
from entraide.portal.domain.simulations.models import SavedSimulation
from tests.portal.contributions import owe
from tests.portal.domain.claims.care import Care, pay
from tests.portal.domain.library.shelf import put

if TYPE_CHECKING:
    from tests.architecture.matrix.family import World

CROWN = "tooth=46&material=metal_ceramic&price=600"


def plant_contracts(world: "World", shared: Contract) -> None:
    """One that covers the whole family, one of the primary insured alone, one of the stranger."""
    world.keep("contract", "everybody", shared.pk)
    for owner, number in (("primary", "C40ZPREMIUM"), ("stranger", "C40SOCLE")):
        person = world.people[owner]
        contract = Contract.objects.create(
            member=person.member, number=number, label_fr=world.mark("contract", owner), tier="option",
            label_en=f"Zqcontract{owner}", plan_fr="Plus", plan_en="Plus", subscribed_on=date(2018, 1, 1),
        )  # fmt: skip
        Coverage.objects.create(contract=contract, beneficiary=person, starts_on=date(2018, 1, 1))
        world.keep("contract", owner, contract.pk)
        owe(
            person.member,
            timezone.localdate() + timedelta(days=9),
            label_fr=world.mark("contribution", owner),
        )


def plant_care(world: "World") -> None:
    """A line and a statement of each, and one statement that the whole family shares."""
    care = {}
    for number, (owner, person) in enumerate(world.people.items()):
        amount = 11307 + 1111 * number
        world.mark("paid", owner, f"{amount // 100},{amount % 100:02d}")
        care[owner] = Care(
            person=person, label=world.mark("care", owner), label_en=f"Zqcare{owner}", base=0, rate=0, amo=0,
            professional=world.mark("care", owner, f"Zqprofessional{owner}"), charged=30000, amc=amount,
            claim=f"S{number}", act="OST", day=timezone.localdate() - timedelta(days=20),
        )  # fmt: skip
        world.keep("line", owner, _pay(world, owner, care[owner], statement=f"R-{owner}"))
        world.keep("statement", owner, Statement.objects.get(number=f"R-{owner}").pk)
    family = [one for owner, one in care.items() if owner != "stranger"]
    member = world.people["primary"].member
    pay(
        member,
        *family,
        on=timezone.localdate(),
        statement="R-everybody",
        name="Zqpayee",
        payee="professional",
    )
    world.keep("statement", "everybody", Statement.objects.get(number="R-everybody").pk)


def _pay(world: "World", owner: str, care: Care, *, statement: str) -> object:
    person = world.people[owner]
    paid = pay(
        person.member, care, on=timezone.localdate() - timedelta(days=9), statement=statement,
        payee="professional", name=f"Zqprofessional{owner}",
    )  # fmt: skip
    return PaymentLine.objects.get(payment=paid).pk


def plant_documents(world: "World") -> None:
    """Papers for everybody, for the family's segment, for another one, and for one membership."""
    folder = library_vault().folder
    segment = world.people["primary"].member.segment
    other = world.people["stranger"].member.segment
    papers = {
        "everybody": put("Pour tous", vault_dir=folder),
        "segment": put(world.mark("document", "segment"), vault_dir=folder, segment=segment),
        "stranger": put(world.mark("document", "stranger"), vault_dir=folder, segment=other),
        "primary": put(
            world.mark("document", "primary"), vault_dir=folder, member=world.people["primary"].member
        ),
    }
    for owner, paper in papers.items():
        world.keep("document", owner, paper.pk)


def plant_own(world: "World", owner: str) -> None:
    """What is theirs alone, of somebody who has an access."""
    person, now = world.people[owner], timezone.now()
    _plant_request(world, owner, owner)
    if owner == "primary":
        _plant_request(world, "primary-for-adult", "adult")
    saved = SavedSimulation.objects.create(
        owner=person, name=world.mark("simulation", owner), kind="couronne", answers=CROWN, left_least=100,
        left_most=200, saved_at=now, request_key=uuid4(), content_digest="",
    )  # fmt: skip
    world.keep("simulation", owner, saved.pk)
    kept = export_vault().keep([b"PK", world.mark("export", owner).encode()])
    export = DataExport.objects.create(
        person=person, request_key=uuid4(), state="ready", language="fr", asked_at=now, ready_at=now,
        expires_at=now + timedelta(hours=1), stored_name=kept.name, size=kept.size, parts=1, done=1,
    )  # fmt: skip
    world.keep("export", owner, export.pk)
    consulted(
        Reader(uuid4(), ReaderKind.AGENT, world.mark("journal", owner), "reader"),
        [Reading(person.pk, Seen.CARE)], reason="Appel", network="192.0.2.3", now=now,
    )  # fmt: skip
    if owner != "teen":
        _plant_change(world, owner)


def plant_sharing(world: "World") -> None:
    """Consents that were taken back, so that they open nothing; help that goes round among four adults."""
    now, on = timezone.now(), timezone.localdate()
    helpers = {"primary": "spouse", "spouse": "adult", "adult": "stranger", "stranger": "primary"}
    for giver, helper in helpers.items():
        both = {"giver": world.people[giver], "request_key": uuid4(), "given_at": now}
        consent = CareConsent.objects.create(**both, reader=world.people[helper], withdrawn_at=now)
        world.keep("consent", giver, consent.pk)
        help_ = Delegation.objects.create(
            **both, helper=world.people[helper], scopes="reimbursements requests", accepted_at=now,
            ends_on=on + timedelta(days=30),
        )  # fmt: skip
        world.keep("help", giver, help_.pk)


def _plant_request(world: "World", owner: str, concerns: str) -> None:
    sender, now = world.people[owner.removesuffix("-for-adult")], timezone.now()
    request = Request.objects.create(
        reference=world.mark("reference", owner, new_reference("MESE")), kind="deposit", sender=sender,
        concerns=world.people[concerns], category="care", type="invoice", request_key=uuid4(),
        description=world.mark("request", owner), content_digest="", received_at=now, language="fr",
        promised_on=timezone.localdate(), due_on=timezone.localdate(),
    )  # fmt: skip
    Step.objects.create(request=request, state="received", at=now)
    kept = request_vault().keep([_photo(world.mark("file", owner))])
    file = RequestFile.objects.create(
        request=request, sender=sender, request_key=request.request_key,
        name=f"{world.mark('request', owner, f'Zqname{owner}z')}.jpg", media_type="image/jpeg",
        size=kept.size, sha256=kept.sha256, stored_name=kept.name, kept_at=now,
    )  # fmt: skip
    world.keep("request", owner, request.reference)
    world.keep("file", owner, request.reference, file.pk)
    world.keep("page", owner, request.reference, file.pk, 1)


def _photo(mark: str) -> bytes:
    """The mark is in the file and not in what it shows."""
    written = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(written, "JPEG", comment=mark.encode())
    return written.getvalue()


def _plant_change(world: "World", owner: str) -> None:
    person, now, number = world.people[owner], timezone.now(), list(world.people).index(owner)
    kept = request_vault().keep([b"%PDF rib"])
    paper = RequestFile.objects.create(
        sender=person, request_key=uuid4(), name="rib.pdf", media_type="application/pdf", size=kept.size,
        sha256=kept.sha256, stored_name=kept.name, kept_at=now, kept_by="bank",
    )  # fmt: skip
    new = iban.make_french("20041", "01005", f"060002{number}M03{number}")
    world.mark("change", owner, iban.mask(new))
    change = AccountChange.objects.create(
        reference=world.mark("change", owner, new_reference("MESE")), person=person, asked_by=person,
        scope="contract" if person.is_primary else "person", iban=new, bic="PSSTFRPPGRE",
        holder=person.full_name, iban_index=settings.ENTRAIDE.keys.blind_index("iban", new),
        replaced_index="", paper=paper, request_key=uuid4(), content_digest="", language="fr", asked_at=now,
        effective_at=now + timedelta(hours=72), state="refused", refusal="paper_unreadable", ended_at=now,
    )  # fmt: skip
    world.keep("change", owner, change.pk)
    world.keep("account-change", owner, change.reference)
    world.keep("account-paper", owner, change.reference, paper.pk)
    world.keep("account-page", owner, change.reference, paper.pk, 1)
