"""Asking the mutual to guarantee a hospital stay (PEC-01, PEC-02, PEC-06)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.formats.names import normalise
from entraide.portal.domain.contracts.queries import is_covered
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.facilities.queries import FacilityCard, facility_with
from entraide.portal.domain.hospital_cover.card import card_rule_for, whereabouts_of, whereabouts_typed
from entraide.portal.domain.members.queries import people_to_send_for
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.foundation.tasks.queue import enqueue
from entraide.profiles import CardRule

KIND = ("hospital", "hospital-cover")
ACCEPT_JOB = "hospital_cover.accept"
_FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """What is asked: where, when, and where the letter goes. `fax` in E.164; `finess` checked; parts may be
    blank but the name, the day and one of fax and e-mail.
    """

    facility_name: str
    finess: str
    facility_address: str
    department: str
    admission_date: date
    fax: str
    email: str

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """As a request keeps them, without those left blank."""
        told = (
            ("facility_name", self.facility_name),
            ("finess", self.finess),
            ("facility_address", self.facility_address),
            ("department", self.department),
            ("admission_date", self.admission_date.isoformat()),
            ("fax", self.fax),
            ("email", self.email),
        )
        return tuple(one for one in told if one[1])


class CardIsEnough(DomainError):
    """Nothing has to be asked for this facility; `rule` says why."""

    def __init__(self, rule: CardRule) -> None:
        super().__init__(
            _("Pour cet établissement, votre carte suffit : il n’y a rien à demander."),
            field="facility_name",
        )
        self.rule = rule


def ask_cover(
    viewer: Viewer,
    stay: Stay,
    *,
    person_id: UUID,
    request_key: UUID,
    language: str,
    now: datetime,
    even_with_card: bool = False,
) -> str:
    """Stores the request once and gives its reference; the acknowledgement leaves by mail (PEC-05).

    Raises CardIsEnough unless `even_with_card`, AlreadyOpen when the same stay is asked for already, and
    DomainError with its field when a rule refuses.
    """
    _check(viewer, stay, person_id=person_id, today=timezone.localdate(now))
    rule = rule_for(stay, facility_with(stay.finess) if stay.finess else None)
    if rule is not None and not even_with_card:
        raise CardIsEnough(rule)
    place = stay.finess or normalise(stay.facility_name)
    asked = Asked(
        answers=stay.answers,
        subject=f"hospital cover {person_id} {place} {stay.admission_date}",
        needs_files=False,
    )
    with transaction.atomic():
        request = send_deposit(
            viewer,
            category=KIND[0],
            type=KIND[1],
            concerns=person_id,
            description="",
            request_key=request_key,
            language=language,
            now=now,
            asked=asked,
        )
        if settings.PROFILE.hospital.automatic:
            enqueue(ACCEPT_JOB, {"request": str(request.pk)}, dedup=f"{ACCEPT_JOB}:{request.pk}")
    return request.reference


def rule_for(stay: Stay, known: FacilityCard | None) -> CardRule | None:
    """What the profile says of this facility: as the directory has it (`known`), else as it was typed."""
    if known is not None:
        return card_rule_for(whereabouts_of(known))
    return card_rule_for(
        whereabouts_typed(finess=stay.finess, name=stay.facility_name, address=stay.facility_address)
    )


def first_day(today: date) -> date:
    """The earliest admission that may still be asked for."""
    return today - timedelta(days=settings.PROFILE.hospital.past_days)


def _check(viewer: Viewer, stay: Stay, *, person_id: UUID, today: date) -> None:
    if person_id not in {one.pk for one in people_to_send_for(viewer, on=today)}:
        raise DomainError(_("Choisissez une personne de votre contrat."), field="person")
    if not stay.fax and not stay.email:
        message = _("Donnez le fax ou l’e-mail du service des admissions : il en faut au moins un.")
        raise DomainError(message, field="email")
    if stay.admission_date < first_day(today):
        message = _(
            "Cette entrée date de plus de %(days)s jours : "
            "envoyez-nous plutôt la facture, dans « Dépôt de documents »."
        )
        values = {"days": settings.PROFILE.hospital.past_days}
        raise DomainError(message % values, field="admission_date")
    if stay.admission_date > today + _FURTHEST:
        message = _("C’est dans plus d’un an : faites la demande plus tard.")
        raise DomainError(message, field="admission_date")
    if not is_covered(person_id, on=stay.admission_date):
        message = _("Cette personne n’est pas couverte par votre contrat à cette date : appelez-nous.")
        raise DomainError(message, field="person")
