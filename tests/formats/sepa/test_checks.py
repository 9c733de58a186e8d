"""What must not leave: every fault of an order, told at once, and no file."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from entraide.formats import iban
from entraide.formats.sepa import SepaFault, SepaRefused, SepaVersion, credit_transfer_file
from tests.formats.sepa.orders import FRENCH, ZOE, order, transfer


def faults_of(paid) -> tuple[SepaFault, ...]:
    with pytest.raises(SepaRefused) as refused:
        credit_transfer_file(paid, version=SepaVersion.PAIN_001_001_09)
    return refused.value.faults


def the_fault_of(paid) -> SepaFault:
    (fault,) = faults_of(paid)
    return fault


def account(**changes):
    return {"creditor": replace(ZOE, **changes)}


@pytest.mark.parametrize(
    ("changes", "place", "found"),
    [
        ({"end_to_end_id": ""}, "end-to-end id", ""),
        ({"end_to_end_id": "E" * 36}, "end-to-end id", "E" * 36),
        ({"end_to_end_id": "réf"}, "end-to-end id", "réf"),
        ({"end_to_end_id": "/1"}, "end-to-end id", "/1"),
        ({"end_to_end_id": "NOTPROVIDED"}, "end-to-end id", "NOTPROVIDED"),
        ({"amount": 0}, "amount", "0.00"),
        ({"amount": -1}, "amount", "-0.01"),
        ({"amount": 100_000_000_000}, "amount", "1000000000.00"),
        ({"amount": 12.5}, "amount", "12.5"),
        ({"amount": True}, "amount", "True"),
        ({"remittance": ""}, "length of the remittance", ""),
        ({"remittance": "«\u00a0»"}, "length of the remittance", ""),
        ({"remittance": "m" * 141}, "length of the remittance", "141"),
        ({"remittance": "œ" * 71}, "length of the remittance", "142"),
        (account(name=""), "creditor, holder’s name", ""),
        (account(name="😀 ."), "creditor, holder’s name", "😀 ."),
        (account(bic="DEMOFRP"), "creditor, BIC", "DEMOFRP"),
        (account(bic="DEMOFR0O"), "creditor, BIC", "DEMOFR0O"),
        (account(bic="DEM1FRP0"), "creditor, BIC", "DEM1FRP0"),
        (account(iban=""), "creditor, IBAN", ""),
    ],
)
def test_a_transfer_that_is_wrong_is_named_with_what_was_found(changes, place, found):
    wrong = transfer(**changes)

    fault = the_fault_of(order(wrong))

    reference = wrong.end_to_end_id
    number = f"1 ({reference})" if reference else "1"
    assert fault.place.en == f"transfer {number}, {place}"
    assert fault.found == found
    assert fault.end_to_end_id == reference


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("FR1520041010050500013M02606", "check digits"),
        ("FR1420041010050500013M0260", "as long as"),
        ("XX1420041010050500013M02606", "of a country that has one"),
        ("FR14 2004 1010 0505 0001 3M02 60é", "letters and digits"),
        ("SA0380000000608010167519", "SEPA area"),
    ],
)
def test_an_account_that_is_wrong_or_out_of_reach_is_told_without_its_number(number, expected):
    fault = the_fault_of(order(transfer(**account(iban=number))))

    assert expected in fault.expected.en
    assert fault.found == iban.mask(number)
    assert "••••" in fault.found


def test_the_account_that_pays_is_checked_as_well():
    fault = the_fault_of(order(debtor=replace(ZOE, iban=FRENCH[:-1])))

    assert fault.place.en == "debtor’s account, IBAN"
    assert fault.place.fr == "compte débité, IBAN"
    assert fault.end_to_end_id == ""


def test_two_transfers_under_one_reference_do_not_leave():
    fault = the_fault_of(order(transfer(), transfer(amount=1)))

    assert fault.place.en == "transfer 2 (R-2026-0001), end-to-end id"
    assert fault.expected.en == "one reference for each transfer"


def test_an_order_without_transfers_is_refused():
    assert the_fault_of(replace(order(), transfers=())).expected.en == "at least one"


@pytest.mark.parametrize("message_id", ["", "M" * 36, "a b", "é"])
def test_the_reference_of_the_file_can_travel(message_id):
    assert the_fault_of(order(message_id=message_id)).place.en == "message id"


def test_a_time_without_a_zone_is_refused():
    fault = the_fault_of(order(made_at=datetime(2026, 11, 22, 9, 30)))  # noqa: DTZ001

    assert fault.expected.en == "a time with its zone"


def test_no_day_before_that_of_the_file_by_french_clocks():
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    fault = the_fault_of(order(made_at=late, execute_on=date(2026, 11, 22)))

    assert fault.found == "2026-11-22"
    assert fault.expected.en == "2026-11-23 or later"
    assert credit_transfer_file(
        order(made_at=late, execute_on=date(2026, 11, 23)), version=SepaVersion.PAIN_001_001_03
    )


def test_every_fault_is_told_at_once_in_the_order_of_the_file():
    wrong = order(
        transfer(amount=0, remittance=""), transfer(end_to_end_id="b", **account(bic="x")), message_id="é"
    )

    assert [fault.place.fr for fault in faults_of(wrong)] == [
        "référence du fichier",
        "virement 1 (R-2026-0001), montant",
        "virement 1 (R-2026-0001), longueur du motif",
        "virement 2 (b), bénéficiaire, BIC",
    ]


def test_a_fault_is_a_sentence_in_both_languages():
    fault = the_fault_of(order(transfer(amount=0)))

    assert str(fault) == (
        "transfer 1 (R-2026-0001), amount: found 0.00, expected an amount from €0.01 to €999,999,999.99"
    )
    assert fault.in_language("fr") == (
        "virement 1 (R-2026-0001), montant\u00a0: trouvé 0.00\u00a0; "
        "attendu un montant de 0,01 à 999 999 999,99 €"
    )
    assert "found nothing" in str(the_fault_of(order(transfer(remittance=""))))
    assert "trouvé rien" in the_fault_of(order(transfer(remittance=""))).in_language("fr")


def test_a_refusal_tells_the_first_faults_and_how_many_more_there_are():
    many = [transfer(end_to_end_id=f"R{n}", amount=0) for n in range(23)]

    with pytest.raises(SepaRefused) as refused:
        credit_transfer_file(order(*many), version=SepaVersion.PAIN_001_001_03)

    assert len(refused.value.faults) == 23
    assert str(refused.value).endswith("\nand 3 more")
    assert str(refused.value).count("\n") == 20
