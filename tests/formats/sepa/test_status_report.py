"""pain.002: what the bank says of a file and of its transfers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from entraide.formats.sepa import AnswerItem, AnswerKind, BankAnswerRefused, GroupStatus, read_bank_answer
from tests.formats.sepa.answers import report, status, why

both_versions = pytest.mark.parametrize("version", ["pain.002.001.03", "pain.002.001.10"])
ACCEPTED, REFUSED = AnswerKind.ACCEPTED, AnswerKind.REFUSED


def amount_of(text: str, currency: str = "EUR") -> str:
    return f'<OrgnlTxRef><Amt><InstdAmt Ccy="{currency}">{text}</InstdAmt></Amt></OrgnlTxRef>'


@both_versions
def test_a_file_that_is_refused_as_a_whole_says_why(version):
    group = f"<GrpSts>RJCT</GrpSts><StsRsnInf>{why('AM05', 'Fichier déjà reçu', 'le 22/11')}</StsRsnInf>"

    answer = read_bank_answer(report(group=group, version=version))

    assert answer.message_id == "BANK-7"
    assert answer.original_message_id == "PAY-1"
    assert answer.made_at == datetime(2026, 11, 24, 8, 15, tzinfo=ZoneInfo("Europe/Paris"))
    assert answer.group is GroupStatus.REFUSED
    assert (answer.group_reason, answer.group_text) == ("AM05", "Fichier déjà reçu le 22/11")
    assert answer.items == ()


@both_versions
def test_of_a_file_taken_in_part_each_transfer_says_its_own(version):
    more = (
        "<AccptncDtTm>2026-11-24T07:59:59+01:00</AccptncDtTm>"
        '<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">123.45</InstdAmt></Amt></OrgnlTxRef>'
    )
    items = [
        status("RJCT", why("AC04", "Compte clos"), reference="R-1", more=more),
        status("ACSC", reference="R-2"),
    ]

    answer = read_bank_answer(report(*items, group="<GrpSts>PART</GrpSts>", version=version))

    assert answer.group is GroupStatus.PARTIAL
    assert answer.items == (
        AnswerItem(
            end_to_end_id="R-1", kind=REFUSED, reason="AC04", amount=12_345,
            on=date(2026, 11, 24), text="Compte clos",
        ),
        AnswerItem(end_to_end_id="R-2", kind=ACCEPTED),
    )  # fmt: skip


@pytest.mark.parametrize("code", ["ACTC", "ACCP", "ACSP", "ACSC", "ACWC", "ACCC"])
def test_a_transfer_that_goes_on_is_accepted(code):
    assert read_bank_answer(report(status(code))).items[0].kind is ACCEPTED


@pytest.mark.parametrize("code", ["RJCT", "CANC"])
def test_a_transfer_that_stops_is_refused(code):
    answer = read_bank_answer(report(status(code, why("CUST"))))

    assert answer.items[0].kind is REFUSED
    assert answer.group is None


@pytest.mark.parametrize("code", ["PDNG", "RCVD", "BLCK"])
def test_a_transfer_that_waits_is_counted_and_nothing_follows(code):
    answer = read_bank_answer(report(status(code), status("ACSP", reference="R-2")))

    assert [item.end_to_end_id for item in answer.items] == ["R-2"]
    assert answer.left_out == 1


def test_a_transfer_without_a_state_has_that_of_its_block():
    assert read_bank_answer(report(status("", why("AC01")), block="RJCT")).items[0].kind is REFUSED


@pytest.mark.parametrize(
    ("group", "block", "expected"),
    [
        ("ACCP", "", GroupStatus.ACCEPTED),
        ("ACSP", "ACSP", GroupStatus.ACCEPTED),
        ("RCVD", "ACCP", GroupStatus.ACCEPTED),
        ("", "ACCP", GroupStatus.ACCEPTED),
        ("PDNG", "", GroupStatus.UNDECIDED),
        ("", "PDNG", GroupStatus.UNDECIDED),
        ("RCVD", "PDNG", GroupStatus.UNDECIDED),
        ("PART", "ACCP", GroupStatus.PARTIAL),
        ("ACTC", "PART", GroupStatus.PARTIAL),
        ("PART", "PDNG", GroupStatus.PARTIAL),
        ("RJCT", "ACCP", GroupStatus.REFUSED),
        ("ACTC", "RJCT", GroupStatus.REFUSED),
        ("", "RJCT", GroupStatus.REFUSED),
        ("", "", None),
    ],
)
def test_the_state_of_the_file_comes_from_its_own_and_from_that_of_its_block(group, block, expected):
    whole = f"<GrpSts>{group}</GrpSts>" if group else ""

    assert read_bank_answer(report(group=whole, block=block)).group is expected


def test_blocks_that_fared_differently_make_a_file_taken_in_part():
    end = b"</OrgnlPmtInfAndSts>"
    other = b"<OrgnlPmtInfAndSts><OrgnlPmtInfId>PAY-2</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts>" + end

    answer = read_bank_answer(report(block="ACCP").replace(end, end + other))

    assert answer.group is GroupStatus.PARTIAL


def test_the_reason_of_the_block_is_told_when_the_file_has_none():
    answer = read_bank_answer(
        report(block="RJCT", block_why=f"<StsRsnInf>{why('DT01', 'Trop tard')}</StsRsnInf>")
    )

    assert (answer.group_reason, answer.group_text) == ("DT01", "Trop tard")


@pytest.mark.parametrize(
    ("reason", "code", "text"),
    [
        (why("AC04", kind="Prtry"), "AC04", ""),
        (why("Compte inconnu", kind="Prtry"), "", "Compte inconnu"),
        (why("TOO-LONG", "mot"), "", "TOO-LONG mot"),
        ("<AddtlInf>a  b\n c</AddtlInf>", "", "a b c"),
        (why("MS03", "x" * 105, "y" * 105), "MS03", "x" * 105 + " " + "y" * 94),
    ],
)
def test_a_reason_is_a_code_or_the_words_of_the_bank(reason, code, text):
    item = read_bank_answer(report(status("RJCT", reason))).items[0]

    assert (item.reason, item.text) == (code, text)


def test_of_several_reasons_the_first_code_counts_and_all_words_stay():
    two = status("RJCT", why("AC04", "un"), more=f"<StsRsnInf>{why('RR04', 'deux')}</StsRsnInf>")

    item = read_bank_answer(report(two)).items[0]

    assert (item.reason, item.text) == ("AC04", "un RR04 deux")


def test_a_transfer_that_the_bank_does_not_name_is_kept_without_reference():
    assert read_bank_answer(report(status("RJCT", reference=""))).items[0].end_to_end_id == ""


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("0.01", 1), ("12", 1200), ("12.5", 1250), ("12.500", 1250), ("999999999.99", 99_999_999_999)],
)
def test_an_amount_is_read_in_every_spelling_of_the_standard(amount, cents):
    answer = read_bank_answer(report(status("RJCT", more=amount_of(amount))))

    assert answer.items[0].amount == cents


def the_refusal_of(content: bytes) -> BankAnswerRefused:
    with pytest.raises(BankAnswerRefused) as refused:
        read_bank_answer(content)
    return refused.value


@pytest.mark.parametrize(
    ("content", "place", "found"),
    [
        (report(status("OKAY")), "line 3, TxSts", "OKAY"),
        (report(status("")), "line 3, TxSts", ""),
        (report(group="<GrpSts>OKAY</GrpSts>"), "line 3, GrpSts", "OKAY"),
        (report(status("RJCT"), block="OKAY"), "line 3, PmtInfSts", "OKAY"),
        (report(status("RJCT", reference="R" * 36)), "line 3, OrgnlEndToEndId", "R" * 36),
        (
            report(status("RJCT", more=amount_of("1.00", "CHF"))),
            "line 3, OrgnlTxRef/Amt/InstdAmt",
            "1.00 CHF",
        ),
        (
            report(status("RJCT", more=amount_of("1.001"))),
            "line 3, OrgnlTxRef/Amt/InstdAmt",
            "1.001 EUR",
        ),
        (report().replace(b"BANK-7", b""), "line 3, MsgId", ""),
        (report().replace(b"2026-11-24T08:15:00", b"2026-11-24"), "line 3, CreDtTm", "2026-11-24"),
        (report().replace(b"2026-11-24T08:15:00", b"0001-01-01T00:00:00+14:00"), "line 3, CreDtTm", None),
        (report().replace(b"<OrgnlMsgId>PAY-1</OrgnlMsgId>", b""), "line 3, OrgnlMsgId", ""),
        (report().replace(b"OrgnlGrpInfAndSts", b"Other"), "OrgnlGrpInfAndSts", ""),
        (report().replace(b"GrpHdr", b"Other"), "GrpHdr", ""),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_read_refuses_the_whole_answer(content, place, found):
    refusal = the_refusal_of(content)

    assert refusal.place.en == place
    assert found is None or refusal.found == found
    assert refusal.in_language("fr").startswith(refusal.place.fr)
