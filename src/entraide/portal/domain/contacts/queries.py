"""What the pages of contacts show; the first argument is who asks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from entraide.portal.domain.access.queries import ToDo, things_to_do
from entraide.portal.domain.members.contacts import mark_of, values_of
from entraide.portal.domain.members.enums import Contact, MailTopic, StatementDelivery
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import may_change_contacts
from entraide.portal.domain.members.queries import as_person
from entraide.portal.domain.members.viewer import Viewer

CONFIRM_EVERY = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """As it is written on an envelope; every part may be blank."""

    line1: str
    line2: str
    postcode: str
    city: str

    @property
    def lines(self) -> list[str]:
        """The lines that are filled in."""
        town = f"{self.postcode} {self.city}".strip()
        return [one for one in (self.line1, self.line2, town) if one]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSheet:
    """The contacts of one person whom the viewer may change; `seen` are the marks that forms carry.

    `is_own`: the viewer's, e-mail and mobile included; those of a child stay blank here.
    """

    person_id: UUID
    is_own: bool
    civility: str
    full_name: str
    first_name: str
    birth_date: date
    address: Address
    email: str
    mobile: str
    phone: str
    seen: dict[str, str]
    confirmed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForThePerson:
    """What to do, and the contacts to look at when nobody said for a year that they are right."""

    todo: list[ToDo]
    confirm: ContactSheet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailChoices:
    """How statements are sent (the membership's), and which mails the person wants."""

    delivery: StatementDelivery
    may_choose_delivery: bool
    wanted: tuple[MailTopic, ...]
    seen: str


def contact_sheets(viewer: Viewer, *, on: date) -> list[ContactSheet]:
    """Oneself first, then the children under 18 whose address the viewer looks after."""
    people = Beneficiary.objects.filter(member_id=viewer.member_id).order_by("birth_date", "number")
    mine = [one for one in people if may_change_contacts(viewer, as_person(one), on=on)]
    mine.sort(key=lambda one: one.pk != viewer.person_id)
    return [_sheet(one, is_own=one.pk == viewer.person_id) for one in mine]


def contact_sheet(viewer: Viewer, person_id: UUID, *, on: date) -> ContactSheet | None:
    """One of `contact_sheets`; None for anybody else, there or not."""
    person = Beneficiary.objects.filter(member_id=viewer.member_id, pk=person_id).first()
    if person is None or not may_change_contacts(viewer, as_person(person), on=on):
        return None
    return _sheet(person, is_own=person.pk == viewer.person_id)


def for_the_person(viewer: Viewer, *, now: datetime) -> ForThePerson:
    """What waits for the viewer on the home page, in one query."""
    person = Beneficiary.objects.select_related("account").get(pk=viewer.person_id)
    last = person.contacts_confirmed_on
    is_due = last is None or timezone.localdate(now) >= last + CONFIRM_EVERY
    return ForThePerson(
        todo=things_to_do(person, now=now), confirm=_sheet(person, is_own=True) if is_due else None
    )


def mail_choices(viewer: Viewer) -> MailChoices:
    person = Beneficiary.objects.select_related("member").get(pk=viewer.person_id)
    return MailChoices(
        delivery=StatementDelivery(person.member.statement_delivery),
        may_choose_delivery=person.is_primary,
        wanted=tuple(one for one in MailTopic if person.wants(one)),
        seen=mark_of(person, chosen_values(person)),
    )


def whole_values(person: Beneficiary) -> tuple[str, ...]:
    """All that a person confirms at once."""
    return tuple(
        value
        for contact in (Contact.ADDRESS, Contact.EMAIL, Contact.MOBILE, Contact.PHONE)
        for value in values_of(person, contact)
    )


def chosen_values(person: Beneficiary) -> tuple[str, ...]:
    """How statements are sent, and the mails that are not wanted; the membership is loaded."""
    return person.member.statement_delivery, person.unwanted_mails


def _sheet(person: Beneficiary, *, is_own: bool) -> ContactSheet:
    line1, line2, postcode, city = values_of(person, Contact.ADDRESS)
    kinds = tuple(Contact)[:4] if is_own else (Contact.ADDRESS, Contact.PHONE)
    marks = {kind.value: mark_of(person, values_of(person, kind)) for kind in kinds}
    return ContactSheet(
        person_id=person.pk,
        is_own=is_own,
        civility=person.civility,
        full_name=person.full_name,
        first_name=person.first_name,
        birth_date=person.birth_date,
        address=Address(line1=line1, line2=line2, postcode=postcode, city=city),
        email=person.email if is_own else "",
        mobile=person.mobile if is_own else "",
        phone=person.phone,
        seen={**marks, "all": mark_of(person, whole_values(person))},
        confirmed_on=person.contacts_confirmed_on,
    )
