"""XML from outside, read by lxml with every door shut: no entities, DTD, network or endless nesting."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from lxml import etree

from entraide.formats.sepa.clock import in_paris

_SHUT: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_AMOUNT = re.compile(r"\+?[0-9]{1,13}(?:\.[0-9]{0,5})?", re.ASCII)
_ZONE = re.compile(r"(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

# Re-exported so that only this module knows the parser.
XmlError = etree.XMLSyntaxError


class DoctypeFound(Exception):
    """A document type: no bank sends one, and every known attack by XML needs one."""


def root_of(content: bytes) -> tuple[str, str]:
    """Namespace and name of the outermost element, read first of all; raises `DoctypeFound`, `XmlError`."""
    _event, root = next(etree.iterparse(BytesIO(content), events=("start",), **_SHUT))
    if root.getroottree().docinfo.doctype:
        raise DoctypeFound
    # Not `QName`: it raises for a name such as `:Document`, which the parser lets through.
    namespace, _, name = str(root.tag).rpartition("}")
    return namespace.removeprefix("{"), name


def elements(content: bytes, *names: str, namespace: str) -> Iterator[Any]:
    """Each element of these names once complete, then emptied; raises `XmlError` where it breaks off."""
    tags = [f"{{{namespace}}}{name}" for name in names]
    walk = etree.iterparse(BytesIO(content), events=("end",), tag=tags, **_SHUT)
    for _event, element in walk:
        yield element
        element.clear()


def text_at(element: Any, path: str) -> str:
    """The text at `path` below the element, without spaces around it; empty when there is none."""
    found = element.findtext(path, default="", namespaces={None: etree.QName(element).namespace})
    return str(found or "").strip()


def all_at(element: Any, path: str) -> list[Any]:
    return list(element.findall(path, namespaces={None: etree.QName(element).namespace}))


def cents_of(text: str) -> int | None:
    """Integer cents of a decimal as ISO 20022 writes it (`12`, `12.5`, `12.500`); None for anything else."""
    if not _AMOUNT.fullmatch(text):
        return None
    cents = Decimal(text) * 100
    return int(cents) if cents == int(cents) else None


def day_of(text: str) -> date | None:
    """The day of a date or of a date and time, as it is written; None for anything else."""
    if not (shape := _DAY.match(text)):
        return None
    try:
        day = date.fromisoformat(shape[0])
    except ValueError:
        return None
    # A date may carry a zone of its own, by the rules of XML.
    is_date = _ZONE.fullmatch(text, shape.end()) is not None
    return day if is_date or moment_of(text) else None


def moment_of(text: str) -> datetime | None:
    """A date and time; one without a zone is French time. None for anything else."""
    try:
        return in_paris(datetime.fromisoformat(text)) if "T" in text else None
    except (ValueError, OverflowError):
        return None
