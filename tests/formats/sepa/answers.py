"""Answers of an invented bank, put together from the parts that a test wants."""

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
HEADING = "<GrpHdr><MsgId>BANK-7</MsgId><CreDtTm>2026-11-24T08:15:00</CreDtTm></GrpHdr>"


def document(message: str, root: str, body: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}{message}">'
        f"<{root}>\n{body}\n</{root}></Document>"
    ).encode()


def why(code: str, *texts: str, kind: str = "Cd") -> str:
    added = "".join(f"<AddtlInf>{text}</AddtlInf>" for text in texts)
    return f"<Rsn><{kind}>{code}</{kind}></Rsn>{added}"


def status(code: str, reason: str = "", *, reference: str = "R-1", more: str = "") -> str:
    """One transfer of a pain.002."""
    named = f"<OrgnlEndToEndId>{reference}</OrgnlEndToEndId>" if reference else ""
    state = f"<TxSts>{code}</TxSts>" if code else ""
    info = f"<StsRsnInf>{reason}</StsRsnInf>" if reason else ""
    return f"<TxInfAndSts><StsId>7</StsId>{named}{state}{info}{more}</TxInfAndSts>"


def report(
    *items: str, group: str = "", block: str = "", block_why: str = "", version: str = "pain.002.001.03"
) -> bytes:
    """A pain.002: `group` and `block` hold what follows the references."""
    state = f"<PmtInfSts>{block}</PmtInfSts>" if block else ""
    inside = f"<OrgnlPmtInfId>PAY-1</OrgnlPmtInfId>{state}{block_why}{''.join(items)}"
    blocks = f"<OrgnlPmtInfAndSts>{inside}</OrgnlPmtInfAndSts>" if items or block else ""
    original = f"<OrgnlMsgId>PAY-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>{group}"
    whole = f"<OrgnlGrpInfAndSts>{original}</OrgnlGrpInfAndSts>"
    return document(version, "CstmrPmtStsRpt", HEADING + whole + blocks)


def detail(
    reason: str = "", *, reference: str = "R-1", amount: str = "", direction: str = "", more: str = ""
) -> str:
    """One transaction of a camt.054; `reason` is why it came back."""
    refs = f"<Refs><EndToEndId>{reference}</EndToEndId></Refs>" if reference else ""
    turned = f"<CdtDbtInd>{direction}</CdtDbtInd>" if direction else ""
    info = f"<RtrInf>{reason}</RtrInf>" if reason else ""
    return f"<TxDtls>{refs}{amount}{turned}{info}{more}</TxDtls>"


def entry(
    *details: str,
    direction: str = "CRDT",
    state: str = "BOOK",
    day: str = "<BookgDt><Dt>2026-11-26</Dt></BookgDt>",
    amount: str = '<Amt Ccy="EUR">123.45</Amt>',
) -> str:
    inside = f"<NtryDtls>{''.join(details)}</NtryDtls>"
    return f"<Ntry>{amount}<CdtDbtInd>{direction}</CdtDbtInd><Sts>{state}</Sts>{day}{inside}</Ntry>"


def notification(*entries: str, version: str = "camt.054.001.02") -> bytes:
    inside = f"<Ntfctn><Id>N-1</Id>{''.join(entries)}</Ntfctn>"
    return document(version, "BkToCstmrDbtCdtNtfctn", HEADING + inside)
