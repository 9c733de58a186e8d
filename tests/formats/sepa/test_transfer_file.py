"""Payment files: both versions, their fields, their sums, the same bytes every time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from entraide.formats.sepa import Account, SepaVersion, credit_transfer_file
from tests.formats.sepa.orders import BELGIAN, FRENCH, GERMAN, ZOE, order, texts, transfer, tree_of

OLD, NEW = SepaVersion.PAIN_001_001_03, SepaVersion.PAIN_001_001_09
both_versions = pytest.mark.parametrize("version", list(SepaVersion))


def valid(content: bytes, version: SepaVersion) -> bool:
    schema = etree.XMLSchema(etree.fromstring((files("sepaxml") / "schemas" / f"{version}.xsd").read_bytes()))
    return bool(schema.validate(etree.fromstring(content)))


@both_versions
def test_a_file_keeps_to_the_official_schema(version):
    content = credit_transfer_file(order(), version=version)

    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert f'xmlns="urn:iso:std:iso:20022:tech:xsd:{version}"'.encode() in content
    assert valid(content, version)


@both_versions
def test_a_file_says_what_the_order_says(version):
    content = credit_transfer_file(order(), version=version)

    assert texts(content, "GrpHdr/MsgId") == ["PAY-2026-11-22-1"]
    assert texts(content, "GrpHdr/InitgPty/Nm") == ["Mutuelle de l'Etang"]
    assert texts(content, "PmtInf/PmtInfId") == ["PAY-2026-11-22-1"]
    assert texts(content, "PmtInf/PmtMtd") == ["TRF"]
    assert texts(content, "PmtInf/PmtTpInf/SvcLvl/Cd") == ["SEPA"]
    assert texts(content, "PmtInf/Dbtr/Nm") == ["Mutuelle de l'Etang"]
    assert texts(content, "PmtInf/DbtrAcct/Id/IBAN") == [BELGIAN]
    assert texts(content, "PmtInf/ChrgBr") == ["SLEV"]
    one = "PmtInf/CdtTrfTxInf/"
    assert texts(content, one + "PmtId/EndToEndId") == ["R-2026-0001", "R-2026-0002"]
    assert texts(content, one + "Amt/InstdAmt") == ["123.45", "0.05"]
    assert [amount.get("Ccy") for amount in tree_of(content).iter("InstdAmt")] == ["EUR", "EUR"]
    assert texts(content, one + "Cdtr/Nm") == ["Zoe OEuvrard", "Dieter Gross + Sohne"]
    assert texts(content, one + "CdtrAcct/Id/IBAN") == [FRENCH, GERMAN]
    assert texts(content, one + "RmtInf/Ustrd") == ["Remboursement du 20 novembre"] * 2


@both_versions
@pytest.mark.parametrize("place", ["GrpHdr", "PmtInf"])
def test_number_and_sum_stand_in_the_heading_and_in_the_block(version, place):
    content = credit_transfer_file(order(), version=version)

    assert texts(content, f"{place}/NbOfTxs") == ["2"]
    assert texts(content, f"{place}/CtrlSum") == ["123.50"]


def test_the_day_stands_as_each_version_wants_it():
    assert texts(credit_transfer_file(order(), version=OLD), "PmtInf/ReqdExctnDt") == ["2026-11-24"]
    assert texts(credit_transfer_file(order(), version=NEW), "PmtInf/ReqdExctnDt/Dt") == ["2026-11-24"]


@pytest.mark.parametrize(("version", "name"), [(OLD, "BIC"), (NEW, "BICFI")])
def test_a_bank_that_is_known_is_named(version, name):
    paid = order(debtor=replace(ZOE, bic="demofrp0xxx"))
    content = credit_transfer_file(paid, version=version)

    assert texts(content, f"PmtInf/DbtrAgt/FinInstnId/{name}") == ["DEMOFRP0XXX"]
    assert texts(content, f"PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId/{name}") == ["DEMOFRP0"]


@both_versions
def test_a_bank_that_is_not_known_is_said_to_be_so_for_the_debtor_and_left_out_for_others(version):
    content = credit_transfer_file(order(transfer(creditor=replace(ZOE, bic=""))), version=version)

    assert texts(content, "PmtInf/DbtrAgt/FinInstnId/Othr/Id") == ["NOTPROVIDED"]
    assert list(tree_of(content).iter("CdtrAgt")) == []


@both_versions
def test_no_address_leaves_the_house(version):
    assert list(tree_of(credit_transfer_file(order(), version=version)).iter("PstlAdr")) == []


def test_the_time_is_that_of_french_clocks_in_whole_seconds():
    summer = order(made_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC), execute_on=date(2026, 7, 2))

    assert texts(credit_transfer_file(order(), version=NEW), "GrpHdr/CreDtTm") == ["2026-11-22T10:30:15"]
    assert texts(credit_transfer_file(summer, version=NEW), "GrpHdr/CreDtTm") == ["2026-07-02T00:30:00"]


@both_versions
def test_the_same_order_gives_the_same_bytes(version):
    elsewhere = order().made_at.astimezone(timezone(timedelta(hours=-9)))

    first = credit_transfer_file(order(), version=version)

    assert credit_transfer_file(order(), version=version) == first
    assert credit_transfer_file(order(made_at=elsewhere), version=version) == first


def test_an_account_is_written_without_the_spaces_it_was_stored_with():
    spaced = Account(name="Zoé", iban="fr14 2004 1010 0505 0001 3M02 606")

    content = credit_transfer_file(order(transfer(creditor=spaced)), version=NEW)

    assert texts(content, "PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN") == [FRENCH]


@both_versions
def test_the_limits_themselves_are_taken(version):
    name = Account(name="é" * 200, iban=FRENCH)
    longest = transfer(end_to_end_id="E" * 35, amount=99_999_999_999, creditor=name, remittance="m" * 140)

    content = credit_transfer_file(order(longest, message_id="M" * 35), version=version)

    assert texts(content, "PmtInf/CdtTrfTxInf/Amt/InstdAmt") == ["999999999.99"]
    assert texts(content, "PmtInf/CdtTrfTxInf/Cdtr/Nm") == ["e" * 70]


@given(
    amounts=st.lists(st.integers(1, 99_999_999_999), min_size=1, max_size=12),
    name=st.text(min_size=1, max_size=90).map(lambda text: f"N{text}"),
    remittance=st.text(max_size=20).map(lambda text: f"R{text}"),
    version=st.sampled_from(SepaVersion),
)
def test_whatever_is_paid_the_file_is_valid_and_adds_up(amounts, name, remittance, version):
    paid = [
        transfer(end_to_end_id=f"R{n}", amount=cents, creditor=replace(ZOE, name=name), remittance=remittance)
        for n, cents in enumerate(amounts)
    ]

    content = credit_transfer_file(order(*paid), version=version)

    assert valid(content, version)
    euros = [int((text or "").replace(".", "")) for text in texts(content, "PmtInf/CdtTrfTxInf/Amt/InstdAmt")]
    assert euros == amounts
    for place in ("GrpHdr", "PmtInf"):
        assert texts(content, f"{place}/NbOfTxs") == [str(len(amounts))]
        total = texts(content, f"{place}/CtrlSum")[0] or ""
        assert int(total.replace(".", "")) == sum(amounts)
