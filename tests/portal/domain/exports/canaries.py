"""Marks in everything that the portal may hold of one person."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from entraide.portal.domain.access.models import Factor, KnownBrowser, OpenSession
from entraide.portal.domain.adjudication.models import AdjudicatedLine, Feed
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.card.models import CardSending
from entraide.portal.domain.claims.models import Payment
from entraide.portal.domain.consultations.actions import Reading, consulted_by_relative
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.emergency.models import EmergencyAccess
from entraide.portal.domain.handover.models import HandOver
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.library.models import Document
from entraide.portal.domain.library.storage import vault as library_vault
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.payment_runs.models import PaymentRun, Transfer
from entraide.portal.domain.push.models import PushDevice
from entraide.portal.domain.requests.models import Message, Request, RequestFile, Satisfaction, Step
from entraide.portal.domain.requests.references import check_character
from entraide.portal.domain.requests.storage import vault as request_vault
from entraide.portal.domain.social_fund.models import AidDecision, AidFile
from entraide.portal.domain.teleconsultations.models import Teleconsultation
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household, give_account
from tests.portal.agents import make_agent
from tests.portal.domain.claims.care import Care, pay


@dataclass
class Canary:
    """`own`: what the person's export must hold. `hidden`: what is theirs and stays out of every export.

    `shared`: of what is hidden, what was sent about somebody else, with the tag of who it is about.
    """

    person: Beneficiary
    tag: str
    own: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    shared: dict[str, str] = field(default_factory=dict)

    def mark(self, name: str) -> str:
        mark = f"Zq{self.tag}{name}"
        self.own.append(mark)
        return mark


def plant(person: Beneficiary, tag: str) -> Canary:
    """Twenty marks of identity, care, papers and way in for everybody, more for who has an access."""
    canary = Canary(person, tag)
    _identity(canary)
    _feed_line(canary)
    _request(canary)
    _partner_visit(canary)
    _teleconsultation(canary)
    if person.account is not None:
        _access(canary)
        _cards_sent(canary)
    if person.is_primary:
        _document(canary)
    return canary


def marked_family(household: Household, stranger: Beneficiary) -> dict[str, Canary]:
    """Everybody’s data marked, paid together, read by Anne, asked for one another; Zoé is of elsewhere."""
    give_account(household.teen)
    people = dict(zip("ABCDEZ", [*household.people, stranger], strict=True))
    found = {tag: plant(person, tag) for tag, person in people.items()}
    relatives = [found[tag] for tag in "ABCDE"]
    pay_together(relatives, to=found["A"])
    pay_together(relatives, to=found["B"])
    pay_together([found["Z"]], to=found["Z"])
    for sender, concerns in ("AB", "AD", "AE", "BA", "CA"):
        ask_for(found[sender], found[concerns])
    _emergency(found["Z"])
    readings = [Reading(one.person.pk, Seen.CARE) for one in relatives]
    anne = viewer_of(household.primary.account_id)  # type: ignore[arg-type]
    assert anne is not None
    consulted_by_relative(anne, readings, network="", now=timezone.now())
    drain()
    return found


def _identity(canary: Canary) -> None:
    person, mark = canary.person, canary.mark
    person.first_name, person.birth_name = mark("Prenom"), mark("Naissance")
    person.email, person.mobile, person.phone = mark("Mail"), mark("Mobile"), mark("Fixe")
    person.nir, person.city = mark("Nir"), mark("Ville")
    person.address_line1, person.address_line2 = mark("Rue"), mark("Etage")
    person.iban, person.account_holder = mark("Iban"), mark("Titulaire")
    person.save()


def pay_together(canaries: list[Canary], *, to: Canary) -> Payment:
    """One payment of everybody's care, in one statement, to the account of one of them."""
    care = [
        Care(
            person=one.person,
            label=one.mark("Soin"),
            label_en=one.mark("Care"),
            claim=one.mark("Dossier"),
            professional=one.mark("Praticien"),
            amc=100 + number,
        )
        for number, one in enumerate(canaries)
    ]
    return pay(
        to.person.member, *care, on=date(2026, 11, 12), name=to.person.full_name,
        iban_end=f"{to.tag}99{to.tag}",
    )  # fmt: skip


def _feed_line(canary: Canary) -> None:
    mark, today = canary.mark, date(2026, 10, 1)
    feed, _created = Feed.objects.get_or_create(
        number="F1", scheme_code="01", fund_code="381", office_code="0000",
        defaults={
            "digest": "", "format_version": 1, "made_on": today, "taken_in_at": timezone.now(), "lines": 0,
            "new": 0, "rejected": 0, "alerts": 0, "charged": 0, "amo": 0,
        },
    )  # fmt: skip
    AdjudicatedLine.objects.create(
        id=uuid4(), feed=feed, feed_line=1, record="line", fingerprint=uuid4(), beneficiary=canary.person,
        scheme_code="01", fund_code="381", office_code="0000", statement_number=mark("Decompte"),
        statement_date=today, reference="1", claim_number=mark("Liquide"), care_date=today, care_end=today,
        act_code="G", quantity=1, charged=100, base=100, rate=70, amo=70, withheld=0, amc=30, left=0,
        shares=[["C40SOCLE", 30]], exemption="none", pathway="inside", sector="regulated",
        sight_changed=False, payee="member", professional=mark("Medecin"), prescriber=mark("Prescrit"),
    )  # fmt: skip
    number = len(Transfer.objects.all())
    run = PaymentRun.objects.create(number=f"R{number}", pay_on=today, made_at=timezone.now())
    Transfer.objects.create(
        run=run, end_to_end_id=mark("Virement"), beneficiary=canary.person, iban=mark("Compte"), amount=5,
        holder=mark("Payee"),
    )  # fmt: skip


def _request(canary: Canary) -> None:
    _store_request(canary, canary)


def _store_request(canary: Canary, about: Canary) -> Request:
    own, now, concerns = about is canary, timezone.now(), about.person
    name = canary.mark if own else lambda word: _share(canary, word, about)
    code = f"{canary.tag * 4}{Request.objects.count():03d}"
    reference = f"MESE-{code[:4]}-{code[4:]}{check_character(code)}"
    request = Request.objects.create(
        reference=reference, kind="deposit", sender=canary.person, concerns=concerns, category="care",
        type="invoice", description=name("Mots"), request_key=uuid4(), content_digest="", received_at=now,
        promised_on=now.date(), due_on=now.date(), language="fr",
    )  # fmt: skip
    Step.objects.create(request=request, state="received", at=now)
    step = Step.objects.create(request=request, state="done", at=now, by="agent")
    Message.objects.create(request=request, step=step, words=name("Reponse"))
    # What the sender thought of the answer is the sender's alone, whoever it was about.
    thought = name("Avis") if own else _hide(canary, f"Avis{about.tag}")
    Satisfaction.objects.create(request=request, score=4, words=thought, at=now)
    kept = request_vault().keep([b"Papier ", name("Contenu").encode()])
    RequestFile.objects.create(
        request=request, sender=canary.person, request_key=request.request_key, name=f"{name('Fichier')}.pdf",
        media_type="application/pdf", size=kept.size, sha256=kept.sha256, stored_name=kept.name, kept_at=now,
    )  # fmt: skip
    if own:
        CoverLetter.objects.create(
            request=request, decided_at=now, channel="email", to=canary.mark("Admissions"),
            letter=_letter(canary.mark("Sejour")),
        )  # fmt: skip
        _decide_aid(canary, request)
    return request


def _decide_aid(canary: Canary, request: Request) -> None:
    now, email = timezone.now(), "fonds@example.org"
    agent = Agent.objects.filter(account__identifier=email).first() or make_agent(
        email, "Fonds Social", role=Role.SOCIAL_FUND, since=now
    )
    AidFile.objects.create(request=request, papers=canary.mark("Pieces"), commission_on=now.date())
    AidDecision.objects.create(
        request=request, outcome="granted", commission_on=now.date(), amount=100, payee=canary.mark("Verse"),
        words=canary.mark("Aide"), letter=canary.mark("Courrier"), proposed_by=agent, proposed_at=now,
        agreed_by=agent, agreed_at=now,
    )  # fmt: skip


def _emergency(canary: Canary) -> None:
    """Of a whole membership, so that all of its people are told the same words."""
    now = timezone.now()
    agent = make_agent("urgence@example.org", "Ursule Gence", role=Role.READER, since=now)
    EmergencyAccess.objects.create(
        reference=canary.mark("Urgence")[:24], agent=agent, member=canary.person.member, why="other",
        request_key=uuid4(), words=canary.mark("Astreinte"), ticket=canary.mark("Ticket"), reason="",
        opened_at=now, ends_at=now + timedelta(minutes=30), review_by=now.date(),
    )  # fmt: skip


def _letter(mark: str) -> str:
    insured = [["Personne hospitalisée", mark]]
    return json.dumps({"reference": "", "on": "", "facility": [], "insured": insured, "levels": []})


def ask_for(sender: Canary, concerns: Canary) -> Request:
    """What one sends for another: its words and papers are in nobody's export."""
    return _store_request(sender, concerns)


def _hide(canary: Canary, name: str) -> str:
    mark = f"Zq{canary.tag}Cache{name}"
    canary.hidden.append(mark)
    return mark


def _share(canary: Canary, name: str, about: Canary) -> str:
    mark = _hide(canary, f"{name}{about.tag}")
    canary.shared[mark] = about.tag
    return mark


def _access(canary: Canary) -> None:
    account, mark, now = canary.person.account, canary.mark, timezone.now()
    OpenSession.objects.create(
        account=account, session_key=uuid4().hex, label=mark("Appareil"), network=mark("Reseau"),
        started_at=now, seen_at=now,
    )  # fmt: skip
    Factor.objects.create(
        account=account, kind="totp", name=mark("Facteur"), secret=_hide(canary, "Cle"), created_at=now,
        suspended_at=now - timedelta(days=1),
    )  # fmt: skip
    KnownBrowser.objects.create(
        account=account,
        token_hash=_hide(canary, "Jeton"),
        label=mark("Navigateur"),
        first_seen=now,
        last_seen=now,
    )
    PushDevice.objects.create(
        owner=canary.person, mark=_hide(canary, "Empreinte"), endpoint=_hide(canary, "Point"),
        point=_hide(canary, "Courbe"), secret=_hide(canary, "Secret"), label=mark("Prevenu"), added_at=now,
    )  # fmt: skip
    Entry.objects.create(kind=mark("Fait"), at=now, about=canary.person.pk, data={"label": mark("Donnee")})
    Entry.objects.create(kind=mark("Acte"), at=now, actor=account.pk)  # type: ignore[union-attr]
    Delivery.objects.create(
        fact=uuid4(), recipient=canary.person.pk, channel="email", notice=mark("Avis"), subject=mark("Sujet"),
        to=mark("Vers"), body=_hide(canary, "Corps"), created_at=now,
    )  # fmt: skip


def _cards_sent(canary: Canary) -> None:
    """To an address that was typed, and to one of somebody else's file."""
    now = timezone.now()
    for kind, address in (("professional", canary.mark("Pharmacie")), ("family", _hide(canary, "Famille"))):
        CardSending.objects.create(
            sender=canary.person, person=canary.person, kind=kind, recipient=address, token_hash=uuid4().hex,
            series=1, sent_at=now, expires_at=now + timedelta(days=7), request_key=uuid4(), content_digest="",
        )  # fmt: skip


def _partner_visit(canary: Canary) -> None:
    now = timezone.now()
    HandOver.objects.create(
        person=canary.person, asked_by=canary.person, partner=canary.mark("Partenaire"),
        nonce_hash=uuid4().hex, issued_at=now, expires_at=now + timedelta(minutes=1),
    )  # fmt: skip


def _teleconsultation(canary: Canary) -> None:
    day = date(2026, 11, 12)
    Teleconsultation.objects.create(
        person=canary.person, partner="lointaine", reference=canary.mark("Consultation"),
        consulted_on=day, told_until=day, confidential=True,
    )  # fmt: skip


def _document(canary: Canary) -> None:
    kept = library_vault().keep([b"Papier ", canary.mark("Papier").encode()])
    Document.objects.create(
        id=uuid4(), reference=canary.mark("Ref"), member=canary.person.member, shelf="contract",
        kind="notice",
        title_fr=canary.mark("Titre"), title_en=canary.mark("Title"), published_on=date(2026, 1, 5),
        stored_name=kept.name, size=kept.size, sha256=kept.sha256,
    )  # fmt: skip
