"""`entraide pay`: from lines that wait to the bank's file and its answer, as an operator types it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from entraide.portal.config.cli import main
from entraide.portal.domain.claims.models import Payment
from entraide.portal.domain.payment_runs.models import PaymentRun, Transfer
from tests.portal.domain.claims.tables import tables
from tests.portal.domain.payment_runs.conftest import bank
from tests.portal.feeds import take_in, visit

__all__ = ["bank", "tables"]
pytestmark = pytest.mark.usefixtures("bank", "household")

_RETURN = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>
<GrpHdr><MsgId>B1</MsgId><CreDtTm>2026-11-26T08:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>{run}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
<GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>{run}</OrgnlPmtInfId><TxInfAndSts><OrgnlEndToEndId>{transfer}</OrgnlEndToEndId>
<TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>
"""


def tomorrow() -> str:
    return (timezone.localdate() + timedelta(days=1)).isoformat()


def test_from_what_waits_to_the_banks_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """REMB-03, BANK-01"""
    take_in(tmp_path, visit(1))
    assert main(["pay", "prepare", "--on", tomorrow()]) == 0
    run = PaymentRun.objects.get()
    told = capsys.readouterr().out
    assert f"{run.number} is prepared" in told
    assert "1 lines in 1 payments; 1 transfers, 9.00 EUR" in told

    out = tmp_path / "bank.xml"
    assert main(["pay", "order", run.number, "--out", str(out)]) == 0
    assert "sums agree: lines 9.00, payments 9.00, statements 9.00, transfers 9.00" in capsys.readouterr().out
    assert oct(out.stat().st_mode)[-3:] == "600"

    again = tmp_path / "again.xml"
    assert main(["pay", "file", run.number, "--out", str(again)]) == 0
    assert again.read_bytes() == out.read_bytes()

    answer = tmp_path / "answer.xml"
    transfer = Transfer.objects.get().end_to_end_id
    answer.write_text(_RETURN.format(run=run.number, transfer=transfer), encoding="utf-8")
    capsys.readouterr()
    assert main(["pay", "answer", str(answer)]) == 0
    assert "answer.xml: 0 accepted, 1 refused, 0 sent back, 0 known before" in capsys.readouterr().out
    assert main(["pay", "show"]) == 0
    assert f'"number": "{run.number}", "state": "ordered"' in capsys.readouterr().out


def test_a_cancelled_run_is_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take_in(tmp_path, visit(1))
    main(["pay", "prepare", "--on", tomorrow()])
    number = PaymentRun.objects.get().number

    assert main(["pay", "cancel", number]) == 0
    assert main(["pay", "show", number]) == 1

    assert f"{number}: no such run" in capsys.readouterr().err


def test_a_file_that_is_there_is_not_replaced_and_nothing_is_paid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take_in(tmp_path, visit(1))
    main(["pay", "prepare", "--on", tomorrow()])
    number = PaymentRun.objects.get().number
    out = tmp_path / "bank.xml"
    out.write_text("last month")

    assert main(["pay", "order", number, "--out", str(out)]) == 1
    assert main(["pay", "order", number, "--out", str(tmp_path / "no/such/folder.xml")]) == 1

    told = capsys.readouterr().err
    assert "is there already, and is not replaced" in told
    assert "No such file or directory" in told
    assert out.read_text() == "last month"
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [("hello", "expected"), ("<Document/>", "expected"), ("", "expected")],
)
def test_what_is_no_answer_of_a_bank_is_refused(
    content: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answer.xml"
    path.write_text(content)

    assert main(["pay", "answer", str(path)]) == 1
    assert main(["pay", "answer", str(tmp_path / "absent.xml")]) == 1

    errors = capsys.readouterr().err
    assert told in errors
    assert "absent.xml: No such file or directory" in errors


@pytest.mark.usefixtures("db")
def test_nothing_that_waits_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pay", "prepare", "--on", tomorrow()]) == 1

    assert "lines: found none that waits" in capsys.readouterr().err


def test_a_day_that_is_none_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as stop:
        main(["pay", "prepare", "--on", "soon"])
    assert stop.value.code == 2
