"""What people changed by themselves: where they live, how they are reached, how statements come, accounts."""

from collections.abc import Sequence
from uuid import UUID

from entraide.portal.domain.access.events import AccountFrozen, EmailChanged, MobileChanged, MobileEnrolled
from entraide.portal.domain.bank.enums import Scope
from entraide.portal.domain.bank.events import AccountChangeApplied
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.contacts.events import ContactsChanged
from entraide.portal.domain.data_out.tables import OutTable
from entraide.portal.domain.members.enums import Contact
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.events.models import Entry

# A freeze may have put an address or a mobile back: the management system hears of both again.
_CONTACTS: dict[str, tuple[Contact, ...]] = {
    EmailChanged.__name__: (Contact.EMAIL,),
    MobileChanged.__name__: (Contact.MOBILE,),
    MobileEnrolled.__name__: (Contact.MOBILE,),
    AccountFrozen.__name__: (Contact.EMAIL, Contact.MOBILE),
}
KINDS = (*_CONTACTS, ContactsChanged.__name__, AccountChangeApplied.__name__)


def people_tables(entries: Sequence[Entry]) -> list[OutTable]:
    """One row for each person and thing that changed, with what is on file now; the latest day counts."""
    changed: dict[tuple[UUID, str], Entry] = {}
    for one in entries:
        for what in _what(one):
            if one.about is not None:
                changed[one.about, what] = one
    people = Beneficiary.objects.select_related("member").in_bulk({person for person, _what in changed})
    tables = {table.name: table for table in _empty()}
    for (person_id, what), entry in changed.items():
        person = people.get(person_id)
        if person is not None:
            name, row = _row(person, what)
            tables[name].rows.append((*row, entry.at.isoformat(timespec="seconds")))
    return [*tables.values(), _accounts(entries)]


def _what(entry: Entry) -> tuple[str, ...]:
    if entry.kind == ContactsChanged.__name__:
        return (entry.data["what"],)
    return _CONTACTS.get(entry.kind, ())


def _empty() -> list[OutTable]:
    return [
        OutTable(
            "addresses.csv",
            ("beneficiary_number", "address_line1", "address_line2", "postcode", "city", "changed_at"),
        ),
        OutTable("contacts.csv", ("beneficiary_number", "contact", "value", "changed_at")),
        OutTable("statement_delivery.csv", ("member_number", "statement_delivery", "changed_at")),
        OutTable("unwanted_mails.csv", ("beneficiary_number", "topics", "changed_at")),
    ]


def _row(person: Beneficiary, what: str) -> tuple[str, tuple[str, ...]]:
    if what == Contact.ADDRESS:
        home = (person.address_line1, person.address_line2, person.postcode, person.city)
        return "addresses.csv", (person.number, *home)
    if what == Contact.DELIVERY:
        return "statement_delivery.csv", (person.member.number, person.member.statement_delivery)
    if what in (Contact.EMAIL, Contact.MOBILE, Contact.PHONE):
        return "contacts.csv", (person.number, what, str(getattr(person, what)))
    return "unwanted_mails.csv", (person.number, person.unwanted_mails)


def _accounts(entries: Sequence[Entry]) -> OutTable:
    """Accounts that are in use since: the only file that holds a whole IBAN."""
    table = OutTable(
        "accounts.csv",
        ("reference", "beneficiary_number", "scope", "iban", "bic", "account_holder", "applied_at"),
    )
    applied = {
        UUID(one.data["change_id"]): one for one in entries if one.kind == AccountChangeApplied.__name__
    }
    found = AccountChange.objects.select_related("person").in_bulk(applied)
    for change_id, entry in applied.items():
        change = found[change_id]
        row = (change.reference, change.person.number, Scope(change.scope).value, change.iban, change.bic)
        table.rows.append((*row, change.holder, entry.at.isoformat(timespec="seconds")))
    return table
