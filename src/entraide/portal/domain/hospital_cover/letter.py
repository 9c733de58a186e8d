"""The letter to the hospital: no more than an admissions office needs, and no health insurance number."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from entraide.formats import finess
from entraide.portal.domain.contracts.enums import CoverageTier
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.contracts.queries import coverages_on
from entraide.portal.domain.hospital_cover.asking import Stay
from entraide.portal.domain.hospital_cover.departments import department_label, department_named
from entraide.portal.domain.hospital_cover.levels import levels_of
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.members.enums import Relationship
from entraide.portal.domain.members.models import Member
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.papers import render_pdf
from entraide.portal.foundation.web.wording import day
from entraide.reimbursement import Ward

_TEMPLATE = "domain/hospital_cover/letter.typ"
# A hospital of France reads it.
_LANGUAGE = "fr"
_TIERS = (CoverageTier.BASE, CoverageTier.OPTION, CoverageTier.TOP_UP)


def stay_of(request: Request) -> Stay:
    """What the request asks."""
    told = dict(json.loads(request.answers or "[]"))
    return Stay(
        facility_name=told.get("facility_name", ""),
        finess=told.get("finess", ""),
        facility_address=told.get("facility_address", ""),
        department=told.get("department", ""),
        admission_date=date.fromisoformat(told["admission_date"]),
        fax=told.get("fax", ""),
        email=told.get("email", ""),
    )


def covers_for(request: Request, stay: Stay) -> list[Coverage]:
    """The covers of the person on the day of admission, in the order they pay."""
    rows = coverages_on([request.concerns_id], on=stay.admission_date)
    return sorted(rows, key=lambda one: (_TIERS.index(CoverageTier(one.contract.tier)), one.contract.number))


def _primary_name(member: Member) -> str:
    """Under whose name a hospital finds the contract (PEC-06)."""
    primary = member.beneficiaries.filter(relationship=Relationship.PRIMARY_INSURED).first()
    return primary.full_name if primary else ""


def write_letter(request: Request, stay: Stay, covers: list[Coverage], *, now: datetime) -> str:
    """What the letter says, as JSON of texts that are ready to print."""
    department = department_named(stay.department)
    ward = Ward(department.ward) if department else Ward.GENERAL
    person, member = request.concerns, request.concerns.member
    amc = settings.PROFILE.card.amc_number
    with override(_LANGUAGE):
        facility = [("Établissement", stay.facility_name), ("Adresse", stay.facility_address)]
        number = finess.grouped(stay.finess) if stay.finess else ""
        insured = [
            ("Personne hospitalisée", person.full_name),
            ("Date de naissance", day(person.birth_date)),
            ("Adhérent", _primary_name(member)),
            ("Numéro d’adhérent", member.number),
            ("Numéro AMC", amc),
            ("Contrats", "\n".join(f"{one.contract.label_fr}, {one.contract.plan_fr}" for one in covers)),
            ("Date d’entrée", day(stay.admission_date)),
            ("Service", department_label(stay.department) if stay.department else ""),
            ("Valable jusqu’au", day(_valid_until(stay, covers))),
        ]
        letter: dict[str, Any] = {
            "reference": request.reference,
            "on": day(timezone.localdate(now)),
            "facility": [list(one) for one in [*facility, ("Numéro FINESS", number)] if one[1]],
            "insured": [list(one) for one in insured if one[1]],
            "levels": levels_of(covers, ward=ward, on=stay.admission_date),
        }
    return json.dumps(letter, ensure_ascii=False)


def letter_pdf(letter: CoverLetter) -> bytes:
    """The letter as it was decided, tagged PDF: the same bytes each time."""
    return render_pdf(
        _TEMPLATE,
        json.loads(letter.letter),
        language=_LANGUAGE,
        title="Prise en charge hospitalière",
        at=letter.decided_at,
    )


def file_name(reference: str) -> str:
    """`prise-en-charge-<reference>.pdf`: nobody's name."""
    return f"prise-en-charge-{reference}.pdf"


def _valid_until(stay: Stay, covers: list[Coverage]) -> date:
    """So many days from the admission, and no longer than the covers last."""
    last = stay.admission_date + timedelta(days=settings.PROFILE.hospital.valid_days - 1)
    ends = [end for one in covers for end in (one.ends_on, one.contract.ended_on) if end is not None]
    return min([last, *ends])
