"""Orders to pay that the tests vary, and a reader of files that knows nothing of our writer."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from entraide.formats.sepa import Account, CreditTransfer, TransferOrder

# The example that every French bank manual prints, and those of the standard.
FRENCH = "FR1420041010050500013M02606"
GERMAN = "DE89370400440532013000"
BELGIAN = "BE68539007547034"

ZOE = Account(name="Zoé Œuvrard", iban=FRENCH, bic="DEMOFRP0")
DIETER = Account(name="Dieter Groß & Söhne", iban=GERMAN)


def transfer(**changes: Any) -> CreditTransfer:
    start = CreditTransfer(
        end_to_end_id="R-2026-0001", amount=12_345, creditor=ZOE, remittance="Remboursement du 20 novembre"
    )
    return replace(start, **changes)


def order(*transfers: CreditTransfer, **changes: Any) -> TransferOrder:
    start = TransferOrder(
        message_id="PAY-2026-11-22-1",
        made_at=datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC),
        execute_on=date(2026, 11, 24),
        debtor=Account(name="Mutuelle de l’Étang", iban=BELGIAN),
        transfers=transfers or (transfer(), transfer(end_to_end_id="R-2026-0002", amount=5, creditor=DIETER)),
    )
    return replace(start, **changes)


def tree_of(content: bytes) -> ET.Element:
    """The file without its namespaces."""
    root = ET.fromstring(content)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def texts(content: bytes, path: str) -> list[str | None]:
    return [element.text for element in tree_of(content).findall(f"CstmrCdtTrfInitn/{path}")]
