"""The file once more, by another parser than the one that wrote it: schema, order and sums must agree."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any, NamedTuple

from lxml import etree

from entraide.formats.money import format_cents
from entraide.formats.sepa import limits
from entraide.formats.sepa.charset import is_bank_text
from entraide.formats.sepa.faults import SepaFault, same
from entraide.formats.sepa.order import NAMESPACE, SepaVersion, TransferOrder
from entraide.formats.sepa.xml_input import XmlError, all_at, cents_of, elements, text_at
from entraide.reimbursement.money import Words

_VALID = Words("un fichier conforme au schéma du message", "a file that keeps to the schema of the message")
_LONGEST_FOUND = 300
_BANK_TEXT = Words("des caractères que les banques acceptent", "characters that banks take")


class _Line(NamedTuple):
    """What decides about money in one transfer."""

    end_to_end_id: str
    cents: int | None
    iban: str


class _Total(NamedTuple):
    """What the file's heading, or its one block, says of the lines."""

    place: str
    number: str
    cents: int | None


def faults_of_file(content: bytes, order: TransferOrder, *, version: SepaVersion) -> list[SepaFault]:
    """Where the file breaks the official schema or tells something else than the order."""
    try:
        return list(_faults(content, order, version=version))
    except XmlError as error:
        place = Words("fichier produit", "file that was made")
        return [SepaFault(place, found=str(error)[:_LONGEST_FOUND], expected=_VALID)]


def _faults(content: bytes, order: TransferOrder, *, version: SepaVersion) -> Iterator[SepaFault]:
    _check_schema(content, version=version)
    lines: list[_Line] = []
    totals: list[_Total] = []
    debtor = ""
    names = ("GrpHdr", "CdtTrfTxInf", "DbtrAcct", "PmtInf")
    for element in elements(content, *names, namespace=NAMESPACE + version):
        match etree.QName(element).localname:
            case "CdtTrfTxInf":
                lines.append(_line(element))
                yield from _texts(element)
            case "DbtrAcct":
                debtor = text_at(element, "Id/IBAN")
            case name:
                totals.append(
                    _Total(name, text_at(element, "NbOfTxs"), cents_of(text_at(element, "CtrlSum")))
                )
    yield from _compared(lines, order)
    yield from _added_up(lines, totals)
    if debtor != _plain(order.debtor.iban):
        yield _differs("DbtrAcct", "", _plain(order.debtor.iban)[-4:])


def _check_schema(content: bytes, *, version: SepaVersion) -> None:
    """Raises `XmlError` at the first breach. A walk of its own: one that has both a schema and entities left
    alone does not see that a file breaks off (lxml 6.1)."""
    line = f"{{{NAMESPACE}{version}}}CdtTrfTxInf"
    for _event, element in etree.iterparse(BytesIO(content), tag=line, schema=_schema(version)):
        element.clear()


def _line(element: Any) -> _Line:
    amounts = all_at(element, "Amt/InstdAmt")
    cents = cents_of(amounts[0].text or "") if amounts and amounts[0].get("Ccy") == "EUR" else None
    return _Line(text_at(element, "PmtId/EndToEndId"), cents, text_at(element, "CdtrAcct/Id/IBAN"))


def _texts(element: Any) -> Iterator[SepaFault]:
    for path, longest in (("Cdtr/Nm", limits.NAME), ("RmtInf/Ustrd", limits.REMITTANCE)):
        text = text_at(element, path)
        if not (0 < len(text) <= longest and is_bank_text(text)):
            yield SepaFault(same(path), found=text, expected=_BANK_TEXT)


def _compared(lines: list[_Line], order: TransferOrder) -> Iterator[SepaFault]:
    """As sets with counts, so that a line that is missing, doubled or altered shows whatever the order."""
    wanted = Counter(
        _Line(one.end_to_end_id, one.amount, _plain(one.creditor.iban)) for one in order.transfers
    )
    written = Counter(lines)
    for line in wanted - written:
        yield _differs("CdtTrfTxInf", line.end_to_end_id, _shown(line.cents))
    for line in written - wanted:
        yield SepaFault(
            same("CdtTrfTxInf"), found=f"{line.end_to_end_id} {_shown(line.cents)}",
            expected=Words("un virement de l’ordre", "a transfer of the order"),
        )  # fmt: skip


def _added_up(lines: list[_Line], totals: list[_Total]) -> Iterator[SepaFault]:
    total = sum(line.cents or 0 for line in lines)
    if [one.place for one in totals] != ["GrpHdr", "PmtInf"]:
        yield SepaFault(same("PmtInf"), found=str(len(totals) - 1), expected=Words("un bloc", "one block"))
    for one in totals:
        if one.number != str(len(lines)):
            yield _differs(f"{one.place}/NbOfTxs", one.number, str(len(lines)))
        if one.cents != total:
            yield _differs(f"{one.place}/CtrlSum", _shown(one.cents), _shown(total))


def _differs(place: str, found: str, expected: str) -> SepaFault:
    return SepaFault(same(place), found=found, expected=same(expected))


def _shown(cents: int | None) -> str:
    return "" if cents is None else format_cents(cents)


def _plain(number: str) -> str:
    """By another way than the writer's."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


@cache
def _schema(version: SepaVersion) -> etree.XMLSchema:
    """The official schema, as the package sepaxml brings it; parsing checks a file on the way, in C."""
    with as_file(files("sepaxml") / "schemas" / f"{version}.xsd") as path:
        return etree.XMLSchema(file=str(path))
