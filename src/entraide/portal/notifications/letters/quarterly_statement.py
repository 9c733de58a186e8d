"""A quarter's statements as letters, ready to print on both sides (REMB-03, A40)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.portal.domain.claims.by_post import Addressee, PostedStatement
from entraide.portal.domain.claims.periods import Quarter
from entraide.portal.domain.members.enums import Civility
from entraide.portal.foundation.papers import render_print
from entraide.portal.foundation.web.wording import PARIS, day
from entraide.portal.notifications.letters.payment_words import payment_words

_TEMPLATE = "notifications/letters/quarterly_statement.typ"
# No preference of language is stored: letters are in French.
_LANGUAGE = "fr"
# Letters of one Typst document. Measured on 25 lines each: alone 28 ms and 25 kB a letter, by ten 24 ms and
# 9 kB; more at once is no faster and only takes more memory.
TOGETHER = 10
_A4 = (595.276, 841.89)


@dataclass(frozen=True, slots=True)
class Letter:
    """Where one letter stands in its file: first page (from 1), and how many pages of it are printed."""

    addressee: Addressee
    first_page: int
    pages: int

    @property
    def sheets(self) -> int:
        """Of paper, printed on both sides."""
        return -(-self.pages // 2)


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A file for the printing house: every letter begins on an odd page, after a blank one if need be."""

    document: bytes
    letters: tuple[Letter, ...]


def sheaf_of(statements: Sequence[PostedStatement], quarter: Quarter, *, on: date, across: str = "") -> Sheaf:
    """The letters in the order given, established on that day; `across` stands behind the text."""
    letters: list[Letter] = []
    with pikepdf.new() as whole:
        for first in range(0, len(statements), TOGETHER):
            some = statements[first : first + TOGETHER]
            with pikepdf.open(BytesIO(_printed(some, quarter, on=on, across=across))) as pdf:
                letters += _found(some, pdf, before=len(whole.pages))
                whole.pages.extend(pdf.pages)
            if len(whole.pages) % 2:
                whole.add_blank_page(page_size=_A4)
        # pikepdf does not merge what the pieces say of themselves.
        whole.docinfo["/Title"] = _title(quarter)
        out = BytesIO()
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return Sheaf(document=out.getvalue(), letters=tuple(letters))


def _found(some: Sequence[PostedStatement], pdf: pikepdf.Pdf, *, before: int) -> list[Letter]:
    place_of: dict[tuple[int, int], int] = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        firsts = [place_of[_page_of(item)] for item in outline.root]
    ends = [*firsts[1:], len(pdf.pages)]
    return [
        Letter(one.addressee, before + start + 1, sum(_is_printed(page) for page in pdf.pages[start:end]))
        for one, start, end in zip(some, firsts, ends, strict=True)
    ]


def _page_of(bookmark: pikepdf.OutlineItem) -> tuple[int, int]:
    assert isinstance(bookmark.destination, pikepdf.Array)
    return bookmark.destination[0].objgen


def _is_printed(page: pikepdf.Page) -> bool:
    # Those that only make the next letter begin on a front are empty.
    return bool(page.Contents.read_bytes().strip())


def _printed(some: Sequence[PostedStatement], quarter: Quarter, *, on: date, across: str) -> bytes:
    with override(_LANGUAGE):
        letters = [letter_words(one, quarter, on=on) for one in some]
    data = {"across": across, "letters": letters}
    at = datetime.combine(on, time(12), tzinfo=PARIS)
    return render_print(_TEMPLATE, data, language=_LANGUAGE, title=_title(quarter), at=at)


def letter_words(statement: PostedStatement, quarter: Quarter, *, on: date) -> dict[str, Any]:
    """Every word and figure of one letter, in the current language."""
    reader = statement.addressee
    period = {"first": day(quarter.first), "last": day(quarter.last)}
    return {
        "recipient": [*_name_lines(reader), *reader.address],
        "title": _title(quarter),
        "facts": [
            [_("Pour"), reader.full_name],
            [_("Numéro d’adhérent"), reader.number],
            [_("Période"), _("du %(first)s au %(last)s") % period],
            [_("Relevé établi le"), day(on)],
        ],
        **payment_words(statement),
        "closing": _(
            "Vous recevez ce relevé par courrier, chaque trimestre, comme vous l’avez choisi. Conservez-le. "
            "Une question ? Appelez-nous ou écrivez-nous, nos coordonnées sont en haut de la première page."
        ),
    }


def _name_lines(reader: Addressee) -> list[str]:
    civility = _("Madame") if reader.civility == Civility.MME else _("Monsieur")
    return [f"{civility} {reader.full_name}"]


def _title(quarter: Quarter) -> str:
    with override(_LANGUAGE):
        names = {
            1: _("Relevé de remboursements, 1er trimestre %(year)s"),
            2: _("Relevé de remboursements, 2e trimestre %(year)s"),
            3: _("Relevé de remboursements, 3e trimestre %(year)s"),
            4: _("Relevé de remboursements, 4e trimestre %(year)s"),
        }
        return names[quarter.number] % {"year": quarter.year}
