"""What a member changes: address, landline, how statements come, which mails (PROF-04, REMB-03)."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.contacts.events import ContactsChanged, ContactsConfirmed
from entraide.portal.domain.contacts.places import goes_together
from entraide.portal.domain.contacts.queries import Address, chosen_values, whole_values
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.contacts import COLUMNS, declare, must_have_seen, values_of
from entraide.portal.domain.members.enums import Contact, MailTopic, StatementDelivery
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.members.policies import may_change_contacts
from entraide.portal.domain.members.queries import as_person
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.facts import publish


class NotTheCommune(DomainError):
    """The postcode is not that of this commune, as far as the public file knows."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette commune n’a pas ce code postal. Choisissez-la dans la liste, ou corrigez le code."),
            field="address_city",
        )


class NotTheirs(Exception):
    """Nobody of that id whose contacts the viewer may change: answered like what does not exist."""


def change_address(
    viewer: Viewer,
    *,
    person_id: UUID,
    address: Address,
    seen: str,
    as_typed: bool,
    with_children: bool,
    language: str,
    now: datetime,
) -> bool:
    """Writes a postal address; False when it was already that one.

    `as_typed`: the person says that it is right although the public file does not know it. `with_children`:
    the primary insured's children under 18 who had the same address, or none, move too.
    Raises NotTheCommune, ChangedMeanwhile, NotTheirs.
    """
    values = (address.line1, address.line2, address.postcode, address.city)
    with transaction.atomic():
        person = _locked(viewer, person_id, now=now)
        before = values_of(person, Contact.ADDRESS)
        if values == before:
            return False
        must_have_seen(person, before, seen=seen)
        if not as_typed and not goes_together(address.postcode, address.city):
            raise NotTheCommune
        followers = _children_at(viewer, before, now=now) if with_children else ()
        for one in (person, *(child for child in followers if child.pk != person.pk)):
            _write(one, Contact.ADDRESS, values, viewer=viewer, language=language, now=now)
    return True


def change_phone(
    viewer: Viewer, *, person_id: UUID, phone: str, seen: str, language: str, now: datetime
) -> bool:
    """Writes a landline (E.164), or takes it off when blank; False when it was already that one.

    Raises ChangedMeanwhile, NotTheirs.
    """
    with transaction.atomic():
        person = _locked(viewer, person_id, now=now)
        if phone == person.phone:
            return False
        must_have_seen(person, (person.phone,), seen=seen)
        _write(person, Contact.PHONE, (phone,), viewer=viewer, language=language, now=now)
    return True


def choose_mails(
    viewer: Viewer,
    *,
    wanted: Collection[MailTopic],
    delivery: StatementDelivery | None,
    seen: str,
    language: str,
    now: datetime,
) -> bool:
    """Notes which mails the person wants and, for the primary insured, how statements come (REMB-03).

    `delivery` of anyone else is not looked at. False when nothing changes. Raises ChangedMeanwhile.
    """
    unwanted = " ".join(one for one in MailTopic if one not in wanted)
    with transaction.atomic():
        person = _locked(viewer, viewer.person_id, now=now)
        member = Member.objects.select_for_update().get(pk=viewer.member_id)
        person.member = member
        if delivery is None or not viewer.is_primary:
            delivery = StatementDelivery(member.statement_delivery)
        if (delivery, unwanted) == chosen_values(person):
            return False
        must_have_seen(person, chosen_values(person), seen=seen)
        if delivery != member.statement_delivery:
            declare(person, Contact.DELIVERY, (member.statement_delivery,), now=now)
            member.statement_delivery = delivery
            member.save(update_fields=["statement_delivery"])
            _tell(person, "delivery", viewer=viewer, language=language)
        if unwanted != person.unwanted_mails:
            person.unwanted_mails = unwanted
            person.save(update_fields=["unwanted_mails"])
            _tell(person, "mails", viewer=viewer, language=language)
    return True


def confirm_contacts(viewer: Viewer, *, seen: str, now: datetime) -> None:
    """Notes that the person found everything right today. Raises ChangedMeanwhile."""
    with transaction.atomic():
        person = _locked(viewer, viewer.person_id, now=now)
        must_have_seen(person, whole_values(person), seen=seen)
        today = timezone.localdate(now)
        if person.contacts_confirmed_on == today:
            return
        person.contacts_confirmed_on = today
        person.save(update_fields=["contacts_confirmed_on"])
        publish(ContactsConfirmed(actor=viewer.account_id, about=person.pk))


def _locked(viewer: Viewer, person_id: UUID, *, now: datetime) -> Beneficiary:
    found = Beneficiary.objects.select_for_update().filter(member_id=viewer.member_id, pk=person_id).first()
    on = timezone.localdate(now)
    if found is None or not may_change_contacts(viewer, as_person(found), on=on):
        raise NotTheirs
    return found


def _children_at(viewer: Viewer, before: tuple[str, ...], *, now: datetime) -> Iterator[Beneficiary]:
    on = timezone.localdate(now)
    people = Beneficiary.objects.select_for_update().filter(member_id=viewer.member_id).order_by("number")
    for one in people:
        is_child = one.pk != viewer.person_id and may_change_contacts(viewer, as_person(one), on=on)
        here = values_of(one, Contact.ADDRESS)
        if is_child and (here == before or not any(here)):
            yield one


def _write(
    person: Beneficiary,
    contact: Contact,
    values: tuple[str, ...],
    *,
    viewer: Viewer,
    language: str,
    now: datetime,
) -> None:
    declare(person, contact, values_of(person, contact), now=now)
    for name, value in zip(COLUMNS[contact], values, strict=True):
        setattr(person, name, value)
    person.save(update_fields=list(COLUMNS[contact]))
    _tell(person, contact.value, viewer=viewer, language=language)


def _tell(person: Beneficiary, what: str, *, viewer: Viewer, language: str) -> None:
    publish(ContactsChanged(actor=viewer.account_id, about=person.pk, what=what, language=language))
