"""camt.054: what moved on the account; transfers that came back are credits with a reason of return."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from entraide.formats.sepa.answer import AnswerItem, AnswerKind, BankAnswer
from entraide.formats.sepa.answer_fields import euros, moment, reason, reference, required
from entraide.formats.sepa.faults import BankAnswerRefused, same
from entraide.formats.sepa.xml_input import all_at, day_of, elements, text_at
from entraide.reimbursement.money import Words

# Later versions put the code of the state one level deeper; dates are days or moments.
_STATES = ("Sts/Cd", "Sts")
_DAYS = ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
_AMOUNTS = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")


def read_notification(content: bytes, *, namespace: str) -> BankAnswer:
    """Only booked credits that tell why they came back; everything else of the account is no answer to us.

    Raises `BankAnswerRefused`.
    """
    heading: tuple[str, datetime] | None = None
    items: list[AnswerItem] = []
    left_out = 0
    for element in elements(content, "GrpHdr", "Ntry", namespace=namespace):
        if etree.QName(element).localname == "GrpHdr":
            heading = required(element, "MsgId"), moment(element, "CreDtTm")
            continue
        for item in _returns(element):
            if item:
                items.append(item)
            else:
                left_out += 1
    if heading is None:
        raise BankAnswerRefused(same("GrpHdr"), found="", expected=Words("un en-tête", "a heading"))
    return BankAnswer(
        message_id=heading[0],
        original_message_id=None,
        made_at=heading[1],
        group=None,
        items=tuple(items),
        left_out=left_out,
    )


def _returns(entry: Any) -> Iterator[AnswerItem | None]:
    """One item for each returned transaction of an entry; None for one without consequence."""
    booked = _first(entry, _STATES) == "BOOK"
    details = all_at(entry, "NtryDtls/TxDtls")
    for one in details:
        if not all_at(one, "RtrInf"):
            continue
        direction = text_at(one, "CdtDbtInd") or text_at(entry, "CdtDbtInd")
        if booked and direction == "CRDT":
            yield _item(entry, one, alone=len(details) == 1)
        else:
            yield None


def _item(entry: Any, detail: Any, *, alone: bool) -> AnswerItem:
    why = reason(detail, "RtrInf", "AddtlTxInf")
    amount = euros(detail, *_AMOUNTS)
    if amount is None and alone:
        amount = euros(entry, "Amt")
    return AnswerItem(
        end_to_end_id=reference(detail, "Refs/EndToEndId"),
        kind=AnswerKind.RETURNED,
        reason=why.code,
        amount=amount,
        on=day_of(_first(entry, _DAYS)),
        text=why.text,
    )


def _first(element: Any, paths: tuple[str, ...]) -> str:
    return next((text for path in paths if (text := text_at(element, path))), "")
