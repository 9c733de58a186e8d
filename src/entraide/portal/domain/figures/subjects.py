"""What a delay is told of: what members call one thing, and for which the mutual promises about the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.domain.requests.card_copies import KIND as CARD
from entraide.portal.domain.requests.catalogue import category_named
from entraide.portal.domain.requests.enums import RequestKind
from entraide.portal.domain.requests.pieces import cares_offered
from entraide.portal.foundation.web.wording import text
from entraide.profiles import DepositCategory, DepositType, Text

# Types of one category share a figure unless one of them is promised more than so many times later.
_ALIKE = 2


@dataclass(frozen=True, slots=True)
class Key:
    """Names a subject; a blank type or category stands for all of them."""

    kind: str
    category: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """`promised`: the shortest and the longest promise of its types, in working days."""

    key: Key
    category: Text | None
    type: Text | None
    promised: tuple[int, int]

    @property
    def label(self) -> str:
        if self.category is None:
            return _("Remboursement demandé en ligne")
        if self.type is None:
            return text(self.category)
        return _("%(category)s : %(type)s") % {"category": text(self.category), "type": text(self.type)}


def subjects() -> tuple[Subject, ...]:
    """All of them, in the order of the mutual's catalogue; a call has its hour, and so no delay."""
    return tuple(_subjects())


def key_of(kind: str, category: str, type_id: str) -> Key:
    """Under which key a request is counted; one that nobody shows for what is no longer offered."""
    if kind == RequestKind.CLAIM:
        return Key(kind)
    found = category_named(category)
    return Key(kind, category, "" if found is None or _are_alike(found.types) else type_id)


def _subjects() -> Iterator[Subject]:
    cares = [kind for group in cares_offered() for kind in group.types]
    if cares:
        yield Subject(Key(RequestKind.CLAIM), None, None, _promise(cares))
    for category in settings.PROFILE.deposit.categories:
        yield from _of(category)


def _of(category: DepositCategory) -> Iterator[Subject]:
    if category.own_form and category.id != CARD[0]:
        # These have days of their own: the law's, a commission's.
        return
    kind = RequestKind.MESSAGE if category.by_message else RequestKind.DEPOSIT
    if category.own_form:
        kind = RequestKind.CARD
    if _are_alike(category.types):
        yield Subject(Key(kind, category.id), category.label, None, _promise(category.types))
        return
    for one in category.types:
        yield Subject(Key(kind, category.id, one.id), category.label, one.label, _promise([one]))


def _promise(types: Iterable[DepositType]) -> tuple[int, int]:
    days = [one.promised_days for one in types]
    return min(days), max(days)


def _are_alike(types: Iterable[DepositType]) -> bool:
    shortest, longest = _promise(types)
    return longest <= _ALIKE * shortest
