"""Reading the text layer of a PDF with PDFium; only ever inside the child process (docs/adr/0013)."""

import ctypes
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from entraide.portal.domain.requests.files.words import PrintedWords

# A quote has a page or two; the rest of a long document is not read, and the caller sees what there was.
MOST_PAGES = 10
MOST_LETTERS = 20_000
_LONGEST = 200
# In heights of the type: a quarter stands between words, more than this between columns of a table.
_COLUMN_GAP = 0.75
_WORD_GAP = 0.1
_SAME_LINE = 0.35


class _Letter:
    """One letter as it is printed."""

    __slots__ = ("left", "line", "right", "size", "text")

    def __init__(self, text: str, *, left: float, right: float, line: float, size: float) -> None:
        self.text, self.left, self.right, self.line, self.size = text, left, right, line, size


def printed_words(content: bytes) -> list[PrintedWords]:
    """From top to bottom, then from left to right; empty when there is no text layer or it cannot be read."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            return list(_words(document))
    except pypdfium2.PdfiumError:
        return []


def _words(document: pypdfium2.PdfDocument) -> Iterator[PrintedWords]:
    room = MOST_LETTERS
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        letters = _letters(page, room)
        room -= len(letters)
        for line in _lines(letters):
            for group in _groups(line):
                yield from _said(group, page=number, page_width=page.get_width())


def _letters(page: pypdfium2.PdfPage, room: int) -> list[_Letter]:
    text, height = page.get_textpage(), page.get_height()
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    found = []
    for index in range(min(text.count_chars(), room)):
        # A hyphen at the end of a line has no character of its own there.
        is_hyphen = pdfium.FPDFText_IsHyphen(text, index) == 1
        sign = "-" if is_hyphen else chr(pdfium.FPDFText_GetUnicode(text, index))
        # Spaces and line ends are told by the places of the letters; PDFium makes some up.
        if sign.isspace() or not sign.isprintable() or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        # The box with the room around the letter: the boxes of one word touch.
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        size = max(pdfium.FPDFText_GetFontSize(text, index), box.top - box.bottom, 1.0)
        found.append(_Letter(sign, left=box.left, right=box.right, line=height - y.value, size=size))
    return found


def _lines(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    line: list[_Letter] = []
    for letter in sorted(letters, key=lambda one: one.line):
        if line and letter.line - line[0].line > _SAME_LINE * line[0].size:
            yield sorted(line, key=lambda one: one.left)
            line = []
        line.append(letter)
    if line:
        yield sorted(line, key=lambda one: one.left)


def _groups(line: list[_Letter]) -> Iterator[list[_Letter]]:
    group: list[_Letter] = []
    for letter in line:
        if group and letter.left - group[-1].right > _COLUMN_GAP * letter.size:
            yield group
            group = []
        group.append(letter)
    yield group


def _said(group: list[_Letter], *, page: int, page_width: float) -> Iterator[PrintedWords]:
    text = group[0].text
    for before, letter in pairwise(group):
        text += (" " if letter.left - before.right > _WORD_GAP * letter.size else "") + letter.text
    yield PrintedWords(
        page=page,
        page_width=round(page_width * 10),
        line=round(group[0].line * 10),
        left=round(group[0].left * 10),
        right=round(group[-1].right * 10),
        size=round(max(each.size for each in group) * 10),
        text=unicodedata.normalize("NFKC", text)[:_LONGEST],
    )
