"""What is wrong in a hospital cover is told with its key and what was expected (PEC-04)."""

import pytest

from tests.profiles.conftest import Copy

FILE = "hospital.toml"


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ('finess = ["270000326"]', 'finess = ["270000327"]', "where.finess", "check digit is right"),
        ('id = "surgery"', 'id = "medicine"', "department", "each id once"),
        ('ward = "psychiatry"', 'ward = "attic"', "ward", "one of general, psychiatry, day_case"),
        (
            'communes = ["Voiron"]\npostcodes = ["38"]',
            'communes = ["Voiron"]',
            "except[#1].postcodes",
            "such as 38",
        ),
        ('id = "grenoble"', 'id = "pasteur-evreux"', "card_rule", "each id once"),
        ("past_days = 30", "past_days = -1", "past_days", "a whole number from 0"),
        ("[[help]]", '[[help]]\nsegments = ["nobody"]', "help[#1].segments", "one of collectif, individuel"),
    ],
)
def test_a_fault_names_its_key_and_what_was_expected(
    green: Copy, old: str, new: str, key: str, expected: str
) -> None:
    green.change(FILE, old, new)

    (fault,) = green.faults()
    assert fault.file == FILE
    assert key in fault.key
    assert expected in fault.expected


def test_a_mutual_without_the_type_of_request_is_told(green: Copy) -> None:
    green.change("papers.toml", 'id = "hospital-cover"', 'id = "hospital-other"')

    assert any("hospital-cover" in fault.expected for fault in green.faults())


def test_a_second_look_at_a_letter_is_told(green: Copy) -> None:
    green.change("desk.toml", "second_look = [", 'second_look = ["hospital-cover", ')

    (fault,) = green.faults()
    assert (fault.file, fault.key) == ("desk.toml", "second_look")


def test_a_mutual_without_the_file_is_told(green: Copy) -> None:
    (green.folder / FILE).unlink()

    (fault,) = green.faults()
    assert (fault.file, fault.found) == (FILE, "no such file")
