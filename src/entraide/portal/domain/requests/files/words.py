"""The words that a PDF prints, with their places, as the process that opens the file tells them."""

from typing import NamedTuple


class PrintedWords(NamedTuple):
    """Words that stand together on one line of a page; places in tenths of a point from its top left corner.

    `line` is where the letters stand, `size` the height of the type, `page_width` that of the sheet.
    """

    page: int
    page_width: int
    line: int
    left: int
    right: int
    size: int
    text: str
