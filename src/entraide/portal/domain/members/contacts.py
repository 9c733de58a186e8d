"""Contacts of a person: what belongs together, what a form has seen of it, what the person declared here.

The management system's export may be weeks behind. `declare` remembers which value the person replaced: as
long as the file repeats that one, or holds none, an import leaves what was declared.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.enums import Contact
from entraide.portal.domain.members.models import Beneficiary, Declared

# The columns of a person that change together.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    Contact.EMAIL: ("email",),
    Contact.MOBILE: ("mobile",),
    Contact.PHONE: ("phone",),
    Contact.ADDRESS: ("address_line1", "address_line2", "postcode", "city"),
}


class ChangedMeanwhile(DomainError):
    """The form was opened before somebody changed what it changes: storing it would undo that (409)."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Cette information a changé depuis que vous avez ouvert cette page. "
                "La nouvelle est affichée ici, et ce que vous avez tapé est gardé. "
                "Vérifiez, puis enregistrez de nouveau si vous le voulez toujours."
            )
        )


def values_of(person: Beneficiary, contact: str) -> tuple[str, ...]:
    return tuple(str(getattr(person, name)) for name in COLUMNS[contact])


def mark_of(person: Beneficiary, values: tuple[str, ...]) -> str:
    """What a form carries of the values that it was opened with, without showing them."""
    text = json.dumps([str(person.pk), *values])
    return settings.ENTRAIDE.keys.blind_index("seen contact", text)[:32]


def must_have_seen(person: Beneficiary, values: tuple[str, ...], *, seen: str) -> None:
    """Raises ChangedMeanwhile unless the form was opened with these values."""
    if not constant_time_compare(mark_of(person, values), seen):
        raise ChangedMeanwhile


def index_of(contact: str, values: tuple[str, ...]) -> str:
    """Finds equal values without keeping them; blank for none."""
    if not any(values):
        return ""
    return settings.ENTRAIDE.keys.blind_index(f"declared {contact}", json.dumps(values))


def declare(person: Beneficiary, contact: str, before: tuple[str, ...], *, now: datetime) -> None:
    """Remembers that the person replaced `before` at the portal.

    A second change keeps the first memory: the file may still hold what came before both.
    """
    Declared.objects.update_or_create(
        person=person,
        contact=contact,
        defaults={"declared_at": now},
        create_defaults={"declared_at": now, "replaced": index_of(contact, before)},
    )


def forget_declared(person: Beneficiary, contact: str) -> None:
    """What is on file is the management system's again."""
    Declared.objects.filter(person=person, contact=contact).delete()


def is_declared(person: Beneficiary, contact: str) -> bool:
    return Declared.objects.filter(person=person, contact=contact).exists()


def columns_to_keep(person: Beneficiary, row: Mapping[str, Any], declared: list[Declared]) -> set[str]:
    """The columns of this person that a row of the file must leave alone.

    A declaration is over, and forgotten, once the file has caught up with it or says something new.
    """
    kept: set[str] = set()
    for one in declared:
        columns = COLUMNS.get(one.contact)
        if columns is None:
            continue
        said = tuple(row[name] for name in columns)
        knows_nothing_new = not any(said) or index_of(one.contact, said) == one.replaced
        if knows_nothing_new and said != values_of(person, one.contact):
            kept.update(columns)
        else:
            one.delete()
    return kept
