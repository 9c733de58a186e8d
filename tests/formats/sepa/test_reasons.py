"""What the codes of banks mean, in words."""

import re

import pytest

from entraide.formats.sepa import REASONS, reason_in_words

USUAL = {
    "AC01", "AC04", "AC06", "AG01", "AG02", "AM02", "AM04", "AM05", "BE04", "FF01", "MD07", "MS02",
    "MS03", "NOAS", "RC01", "RR01", "RR02", "RR03", "RR04", "TM01", "DUPL", "CUST", "FOCR",
}  # fmt: skip


def test_the_usual_codes_have_their_words():
    assert REASONS.keys() >= USUAL


@pytest.mark.parametrize("code", REASONS)
def test_each_reason_is_a_sentence_in_both_languages_set_as_a_printer_would(code):
    words = REASONS[code]

    assert re.fullmatch(r"[A-Z]{2}[A-Z0-9]{2}", code)
    for text in words:
        assert text[0].isupper()
        assert text.endswith(".")
        assert "'" not in text
    assert not re.search(r"[^\xa0][:;?!»]|«[^\xa0]", words.fr)
    assert words.fr != words.en


def test_no_two_codes_say_the_same():
    assert len({words.fr for words in REASONS.values()}) == len(REASONS)


def test_a_code_that_is_not_known_is_named():
    assert reason_in_words("AC04") == REASONS["AC04"]
    assert reason_in_words("ZZ99").fr == "La banque donne le motif ZZ99."
    assert reason_in_words("").en == "The bank gives no reason."
