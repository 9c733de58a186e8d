"""The second look at a file finds whatever the first hand did wrong."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from entraide.formats.sepa import CreditTransfer, SepaRefused, SepaVersion, credit_transfer_file
from entraide.formats.sepa.rereading import faults_of_file
from entraide.formats.sepa.writing import write
from tests.formats.sepa.orders import FRENCH, GERMAN, order, transfer

VERSION = SepaVersion.PAIN_001_001_09
ONE = b"<CdtTrfTxInf>"
END = b"</CdtTrfTxInf>"


def places(content: bytes) -> list[str]:
    return [fault.place.en for fault in faults_of_file(content, order(), version=VERSION)]


def altered(old: str, new: str) -> bytes:
    content = write(order(), version=VERSION)
    assert old.encode() in content
    return content.replace(old.encode(), new.encode())


def test_a_file_as_it_was_written_has_no_fault():
    assert places(write(order(), version=VERSION)) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('<InstdAmt Ccy="EUR">123.45<', '<InstdAmt Ccy="EUR">123.46<', "CdtTrfTxInf"),
        ('<InstdAmt Ccy="EUR">123.45<', '<InstdAmt Ccy="CHF">123.45<', "CdtTrfTxInf"),
        ("R-2026-0002", "R-2026-0003", "CdtTrfTxInf"),
        (FRENCH, GERMAN, "CdtTrfTxInf"),
        ("BE68539007547034", FRENCH, "DbtrAcct"),
        ("Zoe", "Zoé", "Cdtr/Nm"),
        ("Remboursement", "//Remboursement", "RmtInf/Ustrd"),
    ],
)
def test_a_field_that_differs_from_the_order_is_found(old, new, place):
    assert place in places(altered(old, new))


@pytest.mark.parametrize("place", ["GrpHdr", "PmtInf"])
@pytest.mark.parametrize(("field", "old", "new"), [("NbOfTxs", "2", "3"), ("CtrlSum", "123.50", "123.51")])
def test_a_total_that_does_not_add_up_is_found(place, field, old, new):
    before, _, after = write(order(), version=VERSION).partition(f"<{place}>".encode())
    wrong = after.replace(f"<{field}>{old}<".encode(), f"<{field}>{new}<".encode(), 1)

    assert places(before + f"<{place}>".encode() + wrong) == [f"{place}/{field}"]


def test_a_transfer_that_is_missing_or_doubled_is_found():
    content = write(order(), version=VERSION)
    start, end = content.index(ONE), content.index(END) + len(END)

    assert "CdtTrfTxInf" in places(content[:start] + content[end:])
    assert "CdtTrfTxInf" in places(content[:end] + content[start:end] + content[end:])


def test_a_second_block_is_found():
    content = write(order(), version=VERSION)
    start, end = content.index(b"<PmtInf>"), content.index(b"</PmtInf>") + len(b"</PmtInf>")

    assert "PmtInf" in places(content[:end] + content[start:end] + content[end:])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<PmtMtd>TRF</PmtMtd>", ""),
        ("<PmtMtd>TRF<", "<PmtMtd>XXX<"),
        ("<NbOfTxs>2<", "<NbOfTxs>two<"),
        ("SLEV", "SLEV!"),
        ("</Document>", ""),
        ("</GrpHdr>", "</GrpHdr><GrpHdr/>"),
        ("pain.001.001.09", "pain.001.001.03"),
    ],
)
def test_a_file_outside_the_official_schema_is_found(old, new):
    assert places(altered(old, new)) == ["file that was made"]


class Growing(list[CreditTransfer]):
    """Transfers whose amounts grow each time somebody looks."""

    looks = 0

    def __iter__(self) -> Iterator[CreditTransfer]:
        self.looks += 1
        return iter([replace(one, amount=one.amount + self.looks) for one in self[:]])


def test_a_file_that_differs_from_its_order_is_not_given_out():
    with pytest.raises(SepaRefused) as refused:
        credit_transfer_file(order(transfers=Growing([transfer()])), version=VERSION)

    assert "GrpHdr/CtrlSum" in [fault.place.en for fault in refused.value.faults]
