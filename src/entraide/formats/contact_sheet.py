"""A vCard (RFC 6350): one organisation that a phone puts among its contacts."""

from collections.abc import Sequence
from dataclasses import dataclass

# Of UTF-8, line break not counted (RFC 6350, 3.2).
_LONGEST = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSheet:
    """`address`: the lines of an address, as on an envelope; none: the field is left out."""

    name: str
    phone: str
    email: str
    website: str
    address: Sequence[str]
    note: str = ""


def contact_sheet_file(sheet: ContactSheet) -> bytes:
    """The file: UTF-8, CRLF, long lines folded. The same sheet gives the same bytes."""
    fields = [
        ("FN", _text(sheet.name)),
        ("ORG", _text(sheet.name)),
        ("KIND", "org"),
        ("TEL;TYPE=work,voice;VALUE=uri", f"tel:{_dialled(sheet.phone)}"),
        ("EMAIL;TYPE=work", _text(sheet.email)),
        ("URL", sheet.website),
        # Seven parts: only the street is ours to fill, a label holds the lines as they are read.
        (
            f'ADR;TYPE=work;LABEL="{_label(sheet.address)}"',
            f";;{_text(', '.join(sheet.address))};;;;" if sheet.address else "",
        ),
        ("NOTE", _text(sheet.note)),
    ]
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        *(f"{name}:{value}" for name, value in fields if value),
        "END:VCARD",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _dialled(phone: str) -> str:
    digits = "".join(one for one in phone if one.isdigit())
    return f"+33{digits[1:]}" if digits.startswith("0") and len(digits) == 10 else digits


def _text(value: str) -> str:
    """RFC 6350, 3.4."""
    for sign in ("\\", ",", ";"):
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\r\n", "\n").replace("\n", "\\n")


def _label(lines: Sequence[str]) -> str:
    """A parameter holds no quotation mark (RFC 6868 writes it, and line breaks, with ^)."""
    joined = "\n".join(lines)
    return joined.replace("^", "^^").replace("\n", "^n").replace('"', "^'")


def _folded(line: str) -> bytes:
    """Cut between signs, never inside one."""
    rows, row = [], b""
    for sign in line:
        written = sign.encode()
        if len(row) + len(written) > _LONGEST:
            rows.append(row)
            row = b" "
        row += written
    return b"\r\n".join([*rows, row])
