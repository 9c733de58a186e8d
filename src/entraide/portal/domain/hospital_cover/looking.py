"""Everything that an agent needs to decide on a stay, on one screen (PEC-05, B-14).

For who has just opened the request (`handling/opening.py`), which looks at rights and notes the reading.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Value, When

from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.facilities.queries import FacilityCard, facility_with
from entraide.portal.domain.hospital_cover.asking import KIND, Stay, rule_for
from entraide.portal.domain.hospital_cover.deciding import way_of
from entraide.portal.domain.hospital_cover.departments import department_named
from entraide.portal.domain.hospital_cover.enums import LetterChannel
from entraide.portal.domain.hospital_cover.letter import covers_for, letter_pdf, stay_of, write_letter
from entraide.portal.domain.hospital_cover.levels import levels_of
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.hospital_cover.sending import LetterState, state_of
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.references import tidy_reference
from entraide.profiles import CardRule
from entraide.reimbursement import Ward

_MOST_EARLIER = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierStay:
    """Another request for hospital cover of the same person. `is_same`: that day, or that very place."""

    reference: str
    state: str
    facility_name: str
    admission_date: date
    is_same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """The letter as it stands: to whom, when it was granted, tried and taken."""

    state: LetterState
    channel: LetterChannel
    to: str
    decided_at: datetime
    tried_at: datetime | None
    sent_at: datetime | None
    sending: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverFile:
    """What is known of a stay that is asked for. `contracts`: those in force on the day of admission.

    `facility`: as the public directory has it; `rule`: why the card would be enough; `way`: how the letter
    would leave, None where nothing can.
    """

    reference: str
    person: str
    stay: Stay
    contracts: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]
    facility: FacilityCard | None
    rule: CardRule | None
    way: LetterChannel | None
    earlier: tuple[EarlierStay, ...]
    letter: SentLetter | None


def cover_file(agent: AgentViewer, reference: str, *, now: datetime) -> CoverFile | None:
    """None for any other request, and for a role that reads no care."""
    stays = _stays(reference) if may(agent.role, Right.READ_CARE) else []
    if not stays or not stays[0].answers:
        return None
    request, *others = stays
    stay = stay_of(request)
    covers = covers_for(request, stay)
    facility = facility_with(stay.finess) if stay.finess else None
    department = department_named(stay.department)
    ward = Ward(department.ward) if department else Ward.GENERAL
    letter = getattr(request, "cover_letter", None)
    return CoverFile(
        reference=request.reference,
        person=request.concerns.full_name,
        stay=stay,
        contracts=tuple(f"{one.contract.label_fr}, {one.contract.plan_fr}" for one in covers),
        levels=tuple((care, paid) for care, paid in levels_of(covers, ward=ward, on=stay.admission_date)),
        facility=facility,
        rule=rule_for(stay, facility),
        way=way_of(stay),
        earlier=tuple(_line(one, stay) for one in others if one.answers),
        letter=_letter(letter, now=now) if letter else None,
    )


def is_stay(reference: str) -> bool:
    """Whether this request asks for hospital cover. One query."""
    asked = Request.objects.filter(reference=tidy_reference(reference))
    return asked.filter(category=KIND[0], type=KIND[1]).exists()


def letter_to_read(agent: AgentViewer, reference: str, *, now: datetime) -> bytes | None:
    """The letter in PDF: the one that was granted, else what it would say. None where there is none."""
    stays = _stays(reference) if may(agent.role, Right.READ_CARE) else []
    if not stays or not stays[0].answers:
        return None
    request = stays[0]
    letter = getattr(request, "cover_letter", None)
    if letter is None:
        stay = stay_of(request)
        covers = covers_for(request, stay)
        if not covers:
            return None
        words = write_letter(request, stay, covers, now=now)
        letter = CoverLetter(request=request, letter=words, decided_at=now)
    return letter_pdf(letter)


def _stays(reference: str) -> list[Request]:
    """This request first, then the newest others about the same person, whoever of the family sent them.

    Nothing when it is of another type. One question, whatever was asked before.
    """
    this = tidy_reference(reference)
    own = Request.objects.filter(reference=this, category=KIND[0], type=KIND[1])
    rows = Request.objects.filter(category=KIND[0], type=KIND[1], concerns_id__in=own.values("concerns_id"))
    is_this = Case(When(reference=this, then=Value(0)), default=Value(1))
    in_order = rows.select_related("concerns__member", "cover_letter").order_by(
        is_this, "-received_at", "-pk"
    )
    return list(in_order[: _MOST_EARLIER + 1])


def _letter(letter: CoverLetter, *, now: datetime) -> SentLetter:
    return SentLetter(
        state=state_of(letter, now=now),
        channel=LetterChannel(letter.channel),
        to=letter.to,
        decided_at=letter.decided_at,
        tried_at=letter.trouble_at or letter.leaving_at,
        sent_at=letter.sent_at,
        sending=letter.sending,
    )


def _line(other: Request, stay: Stay) -> EarlierStay:
    that = stay_of(other)
    is_there = bool(stay.finess) and that.finess == stay.finess
    return EarlierStay(
        reference=other.reference,
        state=other.state,
        facility_name=that.facility_name,
        admission_date=that.admission_date,
        is_same=that.admission_date == stay.admission_date or is_there,
    )
