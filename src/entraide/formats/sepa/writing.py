"""An order as XML, written from front to back: the size of an order costs no memory beyond its file."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from entraide.formats import iban
from entraide.formats.money import format_cents
from entraide.formats.sepa import limits
from entraide.formats.sepa.charset import bank_text
from entraide.formats.sepa.clock import in_paris
from entraide.formats.sepa.order import NAMESPACE, Account, CreditTransfer, SepaVersion, TransferOrder

# An element: its name, and its text or what stands in it.
Node = tuple[str, "str | Iterable[Node]"]

_NO_ATTRIBUTES = AttributesImpl(dict[str, str]())
_EUROS = AttributesImpl({"Ccy": "EUR"})


def write(order: TransferOrder, *, version: SepaVersion) -> bytes:
    """The file of an order that has no fault; nothing in it depends on when or where it is written."""
    out = BytesIO()
    xml = XMLGenerator(out, encoding="UTF-8")
    xml.startDocument()
    xml.startElement("Document", AttributesImpl({"xmlns": NAMESPACE + version}))
    _put(xml, ("CstmrCdtTrfInitn", _initiation(order, version=version)))
    xml.endElement("Document")
    xml.endDocument()
    return out.getvalue()


def _put(xml: XMLGenerator, node: Node) -> None:
    name, content = node
    xml.startElement(name, _EUROS if name == "InstdAmt" else _NO_ATTRIBUTES)
    if isinstance(content, str):
        xml.characters(content)
    else:
        for inner in content:
            _put(xml, inner)
    xml.endElement(name)


def _initiation(order: TransferOrder, *, version: SepaVersion) -> Iterator[Node]:
    name = bank_text(order.debtor.name, limit=limits.NAME)
    moment = in_paris(order.made_at).replace(tzinfo=None, microsecond=0)
    yield (
        "GrpHdr",
        [
            ("MsgId", order.message_id),
            ("CreDtTm", moment.isoformat()),
            *_totals(order),
            ("InitgPty", [("Nm", name)]),
        ],
    )
    yield "PmtInf", _payment(order, version=version)


def _payment(order: TransferOrder, *, version: SepaVersion) -> Iterator[Node]:
    """One block, so its reference is the file's. How debits are booked is left to the bank's contract."""
    day = order.execute_on.isoformat()
    yield "PmtInfId", order.message_id
    yield "PmtMtd", "TRF"
    yield from _totals(order)
    yield "PmtTpInf", [("SvcLvl", [("Cd", "SEPA")])]
    yield "ReqdExctnDt", day if version is SepaVersion.PAIN_001_001_03 else [("Dt", day)]
    yield "Dbtr", [("Nm", bank_text(order.debtor.name, limit=limits.NAME))]
    yield "DbtrAcct", _account(order.debtor)
    # The debtor's bank must be named, be it by saying that it is not.
    yield (
        "DbtrAgt",
        _bank(order.debtor, version=version) or [("FinInstnId", [("Othr", [("Id", "NOTPROVIDED")])])],
    )
    yield "ChrgBr", "SLEV"
    for transfer in order.transfers:
        yield "CdtTrfTxInf", _transfer(transfer, version=version)


def _transfer(transfer: CreditTransfer, *, version: SepaVersion) -> Iterator[Node]:
    yield "PmtId", [("EndToEndId", transfer.end_to_end_id)]
    yield "Amt", [("InstdAmt", format_cents(transfer.amount))]
    # The creditor's bank follows from the IBAN; left out rather than named as unknown.
    if bank := _bank(transfer.creditor, version=version):
        yield "CdtrAgt", bank
    yield "Cdtr", [("Nm", bank_text(transfer.creditor.name, limit=limits.NAME))]
    yield "CdtrAcct", _account(transfer.creditor)
    yield "RmtInf", [("Ustrd", bank_text(transfer.remittance))]


def _totals(order: TransferOrder) -> list[Node]:
    total = sum(transfer.amount for transfer in order.transfers)
    return [("NbOfTxs", str(len(order.transfers))), ("CtrlSum", format_cents(total))]


def _account(account: Account) -> list[Node]:
    return [("Id", [("IBAN", iban.normalise(account.iban))])]


def _bank(account: Account, *, version: SepaVersion) -> list[Node]:
    if not account.bic:
        return []
    name = "BIC" if version is SepaVersion.PAIN_001_001_03 else "BICFI"
    return [("FinInstnId", [(name, iban.normalise(account.bic))])]
