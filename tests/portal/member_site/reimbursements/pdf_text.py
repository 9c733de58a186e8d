"""The words of a PDF, read as a screen reader would: through the fonts' own tables of characters."""

import re
from io import BytesIO
from typing import Any

import pikepdf

_PAIR = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(?:\n|$)")
_RANGE = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def text_of(content: bytes) -> str:
    """Everything printed on all pages, spaces and line ends as one space."""
    return " ".join(pages_of(content))


def pages_of(content: bytes) -> list[str]:
    """The same page by page; a page without anything is an empty text."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [re.sub(r"\s+", " ", _page_text(page)).strip() for page in pdf.pages]


def _page_text(page: pikepdf.Page) -> str:
    fonts = {name: _characters(font) for name, font in page.resources.get("/Font", {}).items()}
    words: list[str] = []
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                current = fonts[str(operands[0])]
            case "Tj":
                words.append(_decode(bytes(operands[0]), current))
            case "TJ":
                pieces = [bytes(one) for one in operands[0] if isinstance(one, pikepdf.String)]
                words.append("".join(_decode(piece, current) for piece in pieces))
            case "ET":
                words.append(" ")
    return "".join(words)


def _decode(codes: bytes, characters: dict[int, str]) -> str:
    pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
    return "".join(characters.get(int.from_bytes(pair, "big"), "") for pair in pairs)


def _characters(font: Any) -> dict[int, str]:
    table = font["/ToUnicode"].read_bytes().decode("ascii", "replace")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        found |= {int(code, 16): _word(text) for code, text in _PAIR.findall(block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in _RANGE.findall(block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(text, 16) + step)
    return found


def _word(text: str) -> str:
    return bytes.fromhex(text).decode("utf-16-be", "replace")
