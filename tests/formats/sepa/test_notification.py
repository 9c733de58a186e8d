"""camt.054: transfers that came back."""

from datetime import date

import pytest

from entraide.formats.sepa import AnswerItem, AnswerKind, BankAnswerRefused, read_bank_answer
from tests.formats.sepa.answers import detail, entry, notification, why


def items_of(*entries: str, version: str = "camt.054.001.02") -> tuple[AnswerItem, ...]:
    return read_bank_answer(notification(*entries, version=version)).items


def test_a_transfer_that_came_back_says_why_how_much_and_when():
    answer = read_bank_answer(notification(entry(detail(why("AC04", "Compte clos")))))

    assert answer.message_id == "BANK-7"
    assert answer.original_message_id is None
    assert answer.group is None
    assert answer.items == (
        AnswerItem(
            end_to_end_id="R-1", kind=AnswerKind.RETURNED, reason="AC04", amount=12_345,
            on=date(2026, 11, 26), text="Compte clos",
        ),
    )  # fmt: skip


def test_the_later_version_has_its_state_deeper_and_its_amount_at_the_transaction():
    one = detail(why("MD07"), amount='<Amt Ccy="EUR">5.00</Amt>', direction="CRDT")

    (item,) = items_of(entry(one, state="<Cd>BOOK</Cd>"), version="camt.054.001.08")

    assert (item.reason, item.amount) == ("MD07", 500)


def test_of_many_returns_in_one_entry_each_has_its_own_amount_or_none():
    sums = '<AmtDtls><{0}><Amt Ccy="EUR">{1}</Amt></{0}></AmtDtls>'
    found = items_of(
        entry(
            detail(why("AC01"), amount=sums.format("TxAmt", "1.10")),
            detail(why("AC04"), amount=sums.format("InstdAmt", "2.20"), reference="R-2"),
            detail(why("AC06"), reference="R-3"),
        ),
        entry(detail(why("NOAS"), reference="R-4")),
    )

    assert [(item.end_to_end_id, item.reason, item.amount) for item in found] == [
        ("R-1", "AC01", 110), ("R-2", "AC04", 220), ("R-3", "AC06", None), ("R-4", "NOAS", 12_345),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("<BookgDt><DtTm>2026-11-26T23:59:00+01:00</DtTm></BookgDt>", date(2026, 11, 26)),
        ("<BookgDt><Dt>2026-11-26+01:00</Dt></BookgDt>", date(2026, 11, 26)),
        ("<BookgDt><Dt>2026-11-26Z</Dt></BookgDt><ValDt><Dt>2026-11-27</Dt></ValDt>", date(2026, 11, 26)),
        ("<ValDt><Dt>2026-11-27</Dt></ValDt>", date(2026, 11, 27)),
        ("<BookgDt><Dt>2026-02-30</Dt></BookgDt>", None),
        ("<BookgDt><Dt>26/11/2026</Dt></BookgDt>", None),
        ("<BookgDt><DtTm>2026-11-26 tomorrow</DtTm></BookgDt>", None),
        ("", None),
    ],
)
def test_the_day_is_that_of_the_booking_as_far_as_the_bank_tells(day, expected):
    assert items_of(entry(detail(why("AC04")), day=day))[0].on == expected


def test_what_did_not_come_back_is_no_answer():
    paid_in = detail(reference="cotisation")

    assert items_of(entry(paid_in), entry()) == ()


@pytest.mark.parametrize(
    "one",
    [
        entry(detail(why("MD06")), direction="DBIT"),
        entry(detail(why("MD06"), direction="DBIT")),
        entry(detail(why("AC04")), state="PDNG"),
        entry(detail(why("AC04")), state="INFO"),
    ],
)
def test_a_debit_that_came_back_or_an_entry_not_booked_yet_is_counted_and_left_out(one):
    answer = read_bank_answer(notification(one))

    assert answer.items == ()
    assert answer.left_out == 1


def test_what_the_bank_adds_to_the_transaction_is_told_too():
    (item,) = items_of(entry(detail(why("MS03", "un"), more="<AddtlTxInf>deux</AddtlTxInf>")))

    assert item.text == "un deux"


def test_a_return_that_the_bank_does_not_name_is_kept_for_somebody_to_look_at():
    assert items_of(entry(detail(why("AC04"), reference="")))[0].end_to_end_id == ""


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (notification(entry(detail(why("AC04"), amount='<Amt Ccy="USD">1.00</Amt>'))), "line 3, Amt"),
        (notification(entry(detail(why("AC04"), reference="R" * 36))), "line 3, Refs/EndToEndId"),
        (notification().replace(b"GrpHdr", b"Other"), "GrpHdr"),
    ],
)
def test_a_field_that_cannot_be_read_refuses_the_whole_notification(content, place):
    with pytest.raises(BankAnswerRefused) as refused:
        read_bank_answer(content)

    assert refused.value.place.en == place
