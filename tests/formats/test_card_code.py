"""The code of a card: read with the public key alone, and never after a change (B-07)."""

from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from entraide.formats.card_code import (
    CardClaims,
    CardCodeRefused,
    CardFault,
    CardKey,
    read_card_code,
    read_keys,
    write_card_code,
    write_keys,
)

KEY = Ed25519PrivateKey.from_private_bytes(b"c" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
PUBLIC = CardKey("mese", KEY.public_key())
KEYS = {PUBLIC.id: PUBLIC}
CLAIMS = CardClaims(
    mutual="mese", member_number="30041827", number="30041828", name="Bruno Vautrin",
    birth_date=date(1980, 2, 29), starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), series=1,
)  # fmt: skip


def fault_of(text: str) -> CardFault:
    with pytest.raises(CardCodeRefused) as refused:
        read_card_code(text, keys=KEYS)
    return refused.value.fault


@given(
    name=st.text(min_size=1).filter(lambda one: one.split()),
    days=st.lists(st.dates(), min_size=3, max_size=3),
    series=st.integers(1, 999_999),
)
def test_what_was_written_is_read_again_with_the_public_key(name: str, days: list[date], series: int) -> None:
    """B-07"""
    try:
        name.encode()
    except UnicodeEncodeError:
        return
    starts_on, ends_on = sorted(days[1:])
    claims = replace(
        CLAIMS, name=name, birth_date=days[0], starts_on=starts_on, ends_on=ends_on, series=series
    )

    read = read_card_code(write_card_code(claims, key=KEY), keys=KEYS)

    assert read == replace(claims, name=" ".join(name.split())[:80].strip())


def test_the_same_claims_have_one_code() -> None:
    assert write_card_code(CLAIMS, key=KEY) == write_card_code(CLAIMS, key=KEY)


def test_a_code_with_one_bit_changed_is_never_read() -> None:
    """B-07: of the text as it is printed, wherever the bit stands."""
    code = write_card_code(CLAIMS, key=KEY).encode()

    for place in range(len(code)):
        for bit in range(7):
            altered = bytearray(code)
            altered[place] ^= 1 << bit
            assert fault_of(altered.decode()) in set(CardFault)


@pytest.mark.parametrize(
    "change",
    [{"name": "Bruno Vautrin-Roux"}, {"ends_on": date(2027, 12, 31)}, {"series": 2}, {"number": "30041829"}],
)
def test_other_claims_under_the_signature_of_a_card_are_forged(change: dict[str, object]) -> None:
    signature = write_card_code(CLAIMS, key=KEY).rpartition(".")[2]
    other = write_card_code(replace(CLAIMS, **change), key=KEY).rpartition(".")[0]  # type: ignore[arg-type]

    assert fault_of(f"{other}.{signature}") == CardFault.FORGED


def test_a_card_signed_by_somebody_else_in_our_name_is_refused() -> None:
    """Under the id of their own key it is unknown, under that of ours it is forged."""
    theirs = write_card_code(CLAIMS, key=OTHER)
    dressed = theirs.replace(CardKey("mese", OTHER.public_key()).id, PUBLIC.id)

    assert fault_of(theirs) == CardFault.UNKNOWN_KEY
    assert fault_of(dressed) == CardFault.FORGED


def test_a_card_of_another_mutual_is_told_from_a_forged_one() -> None:
    assert fault_of(write_card_code(replace(CLAIMS, mutual="autre"), key=OTHER)) == CardFault.OTHER_MUTUAL


def test_a_key_proves_no_card_of_another_mutual() -> None:
    """Whose keys stand in the same file."""
    assert fault_of(write_card_code(replace(CLAIMS, mutual="autre"), key=KEY)) == CardFault.FORGED


@pytest.mark.parametrize("text", [
    "", "EC1", "https://example.org/", "EC2" + write_card_code(CLAIMS, key=KEY)[3:], "1" * 5000,
    write_card_code(CLAIMS, key=KEY)[:-1], write_card_code(CLAIMS, key=KEY) + "A", "EC1....", "é" * 90,
    f"EC1.{PUBLIC.id}.AAAA.{'A' * 86}",
])  # fmt: skip
def test_what_is_no_code_is_malformed(text: str) -> None:
    assert fault_of(text) == CardFault.MALFORMED


@pytest.mark.parametrize("change", [{"name": " "}, {"number": "30 04"}, {"ends_on": date(2025, 1, 1)}])
def test_what_could_not_be_read_is_not_written(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no code can hold"):
        write_card_code(replace(CLAIMS, **change), key=KEY)  # type: ignore[arg-type]


def test_keys_of_several_mutuals_are_read_from_one_file() -> None:
    other = CardKey("autre", OTHER.public_key())

    found = read_keys("# cards of two mutuals\n" + write_keys([PUBLIC, other]))

    assert found == {PUBLIC.id: PUBLIC, other.id: other}


@pytest.mark.parametrize(
    "line", ["mese", "mese 00000000 AAAA", write_keys([PUBLIC]).replace(PUBLIC.id, "00000000")]
)
def test_a_bad_line_of_a_file_of_keys_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_keys(f"# keys\n{line}")
