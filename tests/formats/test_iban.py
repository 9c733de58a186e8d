"""Bank accounts: keys, French account numbers, BIC, mask (BANK-02, X10)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.formats import iban
from entraide.formats.iban import BicError, IbanError

# The example that the standard itself prints, and the French one every bank manual shows.
GERMAN = "DE89370400440532013000"
FRENCH = "FR1420041010050500013M02606"


def fault_of(text: str) -> str:
    with pytest.raises(IbanError) as refused:
        iban.parse(text)
    return refused.value.code


@pytest.mark.parametrize(
    "typed",
    [
        FRENCH,
        "FR14 2004 1010 0505 0001 3M02 606",
        "fr14-2004-1010-0505-0001-3m02-606",
        "FR14\u00a02004\u202f1010 0505 0001 3M02 606 ",
        "ＦＲ14 2004 1010 0505 0001 3M02 606",
    ],
)
def test_an_account_is_read_however_it_is_spaced(typed):
    assert iban.parse(typed) == FRENCH


@pytest.mark.parametrize("number", [GERMAN, "BE68539007547034", "MC5811222000010123456789030"])
def test_accounts_of_other_countries_are_read(number):
    assert iban.parse(number) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" - ", "empty"),
        ("hello", "characters"),
        ("FR14 2004 1010 0505 0001 3M02 60é", "characters"),
        ("14FR20041010050500013M02606", "characters"),
        ("XX1420041010050500013M02606", "country"),
        ("FR1420041010050500013M0260", "length"),
        ("FR1420041010050500013M026066", "length"),
        ("FR1520041010050500013M02606", "key"),
        ("FR1420041010050500013M02607", "key"),
        ("DE8937040044053201300A", "characters"),
    ],
)
def test_a_refusal_names_the_broken_rule(typed, code):
    if typed.startswith("DE"):
        typed = "DE" + iban.stdnum_iban.calc_check_digits(typed) + typed[4:]

    assert fault_of(typed) == code


def test_a_french_account_whose_own_key_is_wrong_is_refused():
    body = "20041010050500013M02699"
    number = "FR" + iban.stdnum_iban.calc_check_digits("FR00" + body) + body

    assert fault_of(number) == "rib_key"


def test_an_account_is_made_with_both_keys():
    assert iban.make_french("20041", "01005", "0500013M026") == FRENCH


def test_an_account_of_the_wrong_size_is_not_made():
    with pytest.raises(IbanError, match="length"):
        iban.make_french("2004", "01005", "0500013M026")


def test_the_mask_shows_country_key_and_last_four():
    """X10."""
    assert iban.mask(FRENCH) == "FR14 •••• •••• •••• •••• ••• 2606"
    assert iban.mask(GERMAN) == "DE89 •••• •••• •••• •• 3000"
    assert iban.last_four("FR14 2004 1010 0505 0001 3M02 606") == "2606"


def test_the_whole_account_is_shown_in_groups_of_four():
    assert iban.reveal(FRENCH) == "FR14 2004 1010 0505 0001 3M02 606"


@given(
    bank=st.integers(0, 99999),
    branch=st.integers(0, 99999),
    account=st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=11, max_size=11),
)
def test_every_made_account_passes_and_one_wrong_digit_does_not(bank, branch, account):
    made = iban.make_french(f"{bank:05d}", f"{branch:05d}", account)

    assert iban.parse(made) == made
    wrong = made[:5] + str((int(made[5]) + 1) % 10) + made[6:]
    with pytest.raises(IbanError):
        iban.parse(wrong)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_our_own_error(text):
    with suppress(IbanError):
        assert iban.parse(text)


@pytest.mark.parametrize("typed", ["DEMOFRP0", "demofrp0xxx", "DEMO FR P0 XXX"])
def test_a_bic_of_eight_or_eleven_characters_is_read(typed):
    assert iban.parse_bic(typed) in {"DEMOFRP0", "DEMOFRP0XXX"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("DEMOFRP", "length"),
        ("DEMOFRP0X", "length"),
        ("DEM1FRP0", "characters"),
        ("DEMOQQP0", "country"),
    ],
)
def test_a_wrong_bic_names_the_broken_rule(typed, code):
    with pytest.raises(BicError) as refused:
        iban.parse_bic(typed)

    assert refused.value.code == code
