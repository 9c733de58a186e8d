"""What is wrong in a card is told with its key and what was expected (CARD-02)."""

import pytest

from tests.profiles.conftest import Copy

FILE = "card.toml"


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ('amc_number = "390820058"', 'amc_number = "39 08"', "amc_number", "8 to 10 digits"),
        ('convention = "SP"', 'convention = "sp"', "convention", "two capital letters"),
        ('routing_code = ""', 'routing_code = "a b"', "routing_code", "up to ten capital letters"),
        ('code = "MEDE"', 'code = "PHAR"', "domain", "each id once"),
        ('code = "MEDE"', 'code = "MEDECINS"', "code", "four capital letters"),
        ('shown = "PEC"', 'shown = "ACCORD"', "level[#1].shown", "a percentage such as 100, or PEC"),
        ('"C40ZPREMIUM", shown', '"C40SOCLE", shown', "domain[MEDE].level", "each id once"),
        ('"C40ZPREMIUM", shown', '"C40OTHER", shown', "domain[MEDE].level", "one of C40SOCLE, C40ZPREMIUM"),
        ("example = true", "sample = true", "sample", "one of "),
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


def test_a_card_without_a_domain_is_told(green: Copy) -> None:
    path = green.folder / FILE
    path.write_text(
        path.read_text(encoding="utf-8").partition("[[domain]]")[0] + "domain = []\n", encoding="utf-8"
    )

    (fault,) = green.faults()
    assert (fault.file, fault.expected) == (FILE, "at least one domain of care")


def test_a_mutual_without_the_file_is_told(green: Copy) -> None:
    (green.folder / FILE).unlink()

    (fault,) = green.faults()
    assert (fault.file, fault.found) == (FILE, "no such file")
