"""Which papers a member has to send for a care, from the mutual's own table (B-04, PIECE-01…15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.wording import text
from entraide.profiles import PAID, DepositCategory, DepositType, Paid, Paper
from entraide.reimbursement.dates import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What was done, and how it was paid; `has_feed`: the electronic feed of the patient works."""

    care: str
    paid: Paid
    has_feed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """What to send in a situation, and as which kind of deposit. No paper: nothing has to be sent.

    `feed_matters`: the other answer about the feed would give other papers.
    """

    situation: Situation
    category: DepositCategory
    type: DepositType
    papers: tuple[Paper, ...]
    prescription_months: int
    feed_matters: bool


@dataclass(frozen=True, slots=True)
class CareGroup:
    """The cares of one category that the mutual tells the papers of."""

    category: DepositCategory
    types: tuple[DepositType, ...]


def cares_offered() -> tuple[CareGroup, ...]:
    """In the order of the deposit's catalogue; categories that are no reimbursement are left out."""
    known = {one.type for one in settings.PROFILE.pieces.cares}
    groups = (
        CareGroup(category, tuple(kind for kind in category.types if kind.id in known))
        for category in settings.PROFILE.deposit.categories
    )
    return tuple(group for group in groups if group.types)


def situation_of(*, care: str, paid: str, has_feed: bool) -> Situation | None:
    """None when these answers name no care, or no way of paying, that the mutual knows."""
    found = next((one for one in PAID if one == paid), None)
    if found is None or settings.PROFILE.pieces.care_of(care) is None:
        return None
    return Situation(care=care, paid=found, has_feed=has_feed)


def needed_for(situation: Situation) -> Needed:
    """The papers of this situation; its care must be one of the mutual's."""
    pieces = settings.PROFILE.pieces
    care = pieces.care_of(situation.care)
    assert care is not None
    category, kind = next(
        (group.category, kind)
        for group in cares_offered()
        for kind in group.types
        if kind.id == situation.care
    )
    papers = pieces.needed(care, paid=situation.paid, has_feed=situation.has_feed)
    other = pieces.needed(care, paid=situation.paid, has_feed=not situation.has_feed)
    asks_prescription = any(one.is_prescription for one in papers)
    return Needed(
        situation=situation,
        category=category,
        type=kind,
        papers=papers,
        prescription_months=care.prescription_months if asks_prescription else 0,
        feed_matters=papers != other,
    )


def piece_of(type_id: str, paper_id: str) -> str:
    """What a file carries to say which paper of which care it is."""
    return f"{type_id}/{paper_id}"


def paper_of(piece: str) -> Paper | None:
    """The paper that a file is; None when nobody said, or when the mutual no longer asks for it."""
    return paper_named(piece.partition("/")[2])


def paper_named(paper_id: str) -> Paper | None:
    """A paper of the mutual by its id."""
    return next((one for one in settings.PROFILE.pieces.papers if one.id == paper_id), None)


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper that an agent asks for by name, and what its file carries to say so."""

    paper: Paper
    piece: str


def asked_papers(names: str, *, type_id: str) -> tuple[AskedPaper, ...]:
    """The papers of a question, from ids with commas between; those that the mutual dropped are left out."""
    found = (paper_named(one) for one in names.split(",") if one)
    return tuple(AskedPaper(one, piece_of(type_id, one.id)) for one in found if one)


def missing_papers(needed: Needed, pieces: Iterable[str]) -> tuple[Paper, ...]:
    """The papers that none of these files is, those that not everybody was given left out."""
    there = set(pieces)
    return tuple(
        one for one in needed.papers if not one.if_any and piece_of(needed.type.id, one.id) not in there
    )


def is_outdated(*, prescribed_on: date, care_on: date, months: int) -> bool:
    """Whether a prescription was too old on the day of care; on the last day it still counts."""
    return care_on > add_months(prescribed_on, months)


def refuse_mixed(pieces: Iterable[str], *, type_id: str) -> None:
    """Raises DomainError when a file answers for another kind of care than the one that is sent (DEP-02)."""
    others = {piece.partition("/")[0] for piece in pieces if piece} - {type_id}
    if not others:
        return
    kinds = {kind.id: kind for one in settings.PROFILE.deposit.categories for kind in one.types}
    names = [text(kinds[name].label) if name in kinds else name for name in sorted(others)]
    message = _(
        "Cet envoi contient déjà un papier pour un autre soin : %(care)s. Un envoi ne concerne qu’un soin, "
        "pour que chacun soit traité sans attendre l’autre. Retirez ce papier ici, "
        "et faites-en une seconde demande."
    )
    raise DomainError(message % {"care": ", ".join(names)}, field="files")
