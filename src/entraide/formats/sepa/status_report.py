"""pain.002: what the bank says of a payment file, as a whole, by block and by transfer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

from entraide.formats.sepa.answer import AnswerItem, AnswerKind, BankAnswer, GroupStatus
from entraide.formats.sepa.answer_fields import (
    NO_REASON,
    Reason,
    euros,
    moment,
    reason,
    reference,
    refused,
    required,
)
from entraide.formats.sepa.faults import BankAnswerRefused, same
from entraide.formats.sepa.xml_input import day_of, elements, text_at
from entraide.reimbursement.money import Words

_ACCEPTED = {"ACTC", "ACCP", "ACSP", "ACSC", "ACWC", "ACWP", "ACCC", "ACFC", "ACPD"}
_REFUSED = {"RJCT", "CANC"}
_UNDECIDED = {"RCVD", "PDNG", "BLCK", "PART", "PATC"}
_ITEM_KINDS: dict[str, AnswerKind | None] = {
    **dict.fromkeys(_ACCEPTED, AnswerKind.ACCEPTED),
    **dict.fromkeys(_REFUSED, AnswerKind.REFUSED),
    **dict.fromkeys(_UNDECIDED, None),
}
_GROUPS: dict[str, GroupStatus] = {
    **dict.fromkeys(_ACCEPTED, GroupStatus.ACCEPTED),
    **dict.fromkeys(_REFUSED, GroupStatus.REFUSED),
    **dict.fromkeys(_UNDECIDED, GroupStatus.UNDECIDED),
    "PART": GroupStatus.PARTIAL,
    "PATC": GroupStatus.PARTIAL,
}
_A_STATUS = Words("un état connu, comme RJCT ou ACCP", "a known status, such as RJCT or ACCP")


@dataclass(slots=True)
class _Report:
    """What was gathered so far."""

    message_id: str = ""
    made_at: datetime | None = None
    original: str = ""
    group: GroupStatus | None = None
    blocks: set[GroupStatus] = field(default_factory=set)
    why: Reason = NO_REASON
    items: list[AnswerItem] = field(default_factory=list)
    left_out: int = 0


def read_status_report(content: bytes, *, namespace: str) -> BankAnswer:
    """Raises `BankAnswerRefused`."""
    report = _Report()
    for element in elements(content, *_TAKERS, namespace=namespace):
        _TAKERS[etree.QName(element).localname](element, report)
    if report.made_at is None:
        raise BankAnswerRefused(same("GrpHdr"), found="", expected=Words("un en-tête", "a heading"))
    if not report.original:
        expected = Words("la référence du fichier envoyé", "the message id of the file that was sent")
        raise BankAnswerRefused(same("OrgnlGrpInfAndSts"), found="", expected=expected)
    return BankAnswer(
        message_id=report.message_id,
        original_message_id=report.original,
        made_at=report.made_at,
        group=_as_a_whole(report.group, report.blocks),
        group_reason=report.why.code,
        group_text=report.why.text,
        items=tuple(report.items),
        left_out=report.left_out,
    )


def _take_heading(element: Any, report: _Report) -> None:
    report.message_id = required(element, "MsgId")
    report.made_at = moment(element, "CreDtTm")


def _take_whole(element: Any, report: _Report) -> None:
    report.original = required(element, "OrgnlMsgId")
    report.group = _group(element, "GrpSts")
    report.why = reason(element, "StsRsnInf")


def _take_block(element: Any, report: _Report) -> None:
    if status := _group(element, "PmtInfSts"):
        report.blocks.add(status)
    if not any(report.why):
        report.why = reason(element, "StsRsnInf")


def _take_item(element: Any, report: _Report) -> None:
    kind = _kind(element)
    if kind is None:
        report.left_out += 1
        return
    why = reason(element, "StsRsnInf")
    report.items.append(
        AnswerItem(
            end_to_end_id=reference(element, "OrgnlEndToEndId"),
            kind=kind,
            reason=why.code,
            amount=euros(element, "OrgnlTxRef/Amt/InstdAmt"),
            on=day_of(text_at(element, "AccptncDtTm")),
            text=why.text,
        )
    )


# In the order of the message: the block's own state stands before its transfers.
_TAKERS: dict[str, Callable[[Any, _Report], None]] = {
    "GrpHdr": _take_heading,
    "OrgnlGrpInfAndSts": _take_whole,
    "OrgnlPmtInfAndSts": _take_block,
    "TxInfAndSts": _take_item,
}


def _kind(element: Any) -> AnswerKind | None:
    """The transfer's own status, or that of its block, which precedes it; None while nothing is decided."""
    code = text_at(element, "TxSts") or text_at(element.getparent(), "PmtInfSts")
    if code not in _ITEM_KINDS:
        raise refused(element, "TxSts", found=code, expected=_A_STATUS)
    return _ITEM_KINDS[code]


def _group(element: Any, path: str) -> GroupStatus | None:
    code = text_at(element, path)
    if code and code not in _GROUPS:
        raise refused(element, path, found=code, expected=_A_STATUS)
    return _GROUPS.get(code)


def _as_a_whole(group: GroupStatus | None, blocks: set[GroupStatus]) -> GroupStatus | None:
    """One state from the file's and its blocks': our files have one block, so its refusal is the file's."""
    if group is GroupStatus.REFUSED or blocks == {GroupStatus.REFUSED}:
        return GroupStatus.REFUSED
    decided = ({group} | blocks) - {None, GroupStatus.UNDECIDED}
    if len(decided) > 1:
        return GroupStatus.PARTIAL
    return next(iter(decided or blocks), group)
