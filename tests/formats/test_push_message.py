"""A sealed push is what RFC 8291 says, sign for sign, and who sends it is what RFC 8292 says."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from entraide.formats.push_message import (
    LONGEST,
    Receiver,
    bytes_of,
    private_key,
    public_point,
    seal_message,
    sender_header,
    text_of,
)
from tests.portal.push_service import Browser

# The example of RFC 8291, section 5 and appendix A.
MESSAGE = b"When I grow up, I want to be a watermelon"
POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_comes_out_as_it_is_printed() -> None:
    sender = ec.derive_private_key(int.from_bytes(bytes_of(SENDER)), ec.SECP256R1())
    receiver = Receiver(bytes_of(POINT), bytes_of(SECRET))

    assert text_of(seal_message(MESSAGE, receiver, sender=sender, salt=bytes_of(SALT))) == BODY


def test_a_browser_opens_what_was_sealed_for_it_and_no_other_does() -> None:
    browser, other = Browser.new(), Browser.new()
    body = seal_message(
        "Une réponse".encode(), browser.receiver, sender=private_key(b"s" * 32), salt=b"x" * 16
    )

    assert browser.open(body) == "Une réponse".encode()
    with pytest.raises(ValueError, match="does not open"):
        other.open(body)
    with pytest.raises(ValueError, match="does not open"):
        browser.open(body[:-1] + bytes([body[-1] ^ 1]))


def test_what_is_too_long_for_one_record_is_refused() -> None:
    browser = Browser.new()

    seal_message(b"x" * LONGEST, browser.receiver, sender=private_key(b"s" * 32), salt=b"x" * 16)
    with pytest.raises(ValueError, match="at most"):
        seal_message(b"x" * (LONGEST + 1), browser.receiver, sender=private_key(b"s" * 32), salt=b"x" * 16)


@pytest.mark.parametrize(
    ("point", "secret"),
    [
        (b"", b"s" * 16),
        (b"\x04" + b"\x01" * 64, b"s" * 16),
        (b"\x00" * 65, b"s" * 16),
        (public_point(private_key(b"a" * 32)), b"s" * 15),
        (public_point(private_key(b"a" * 32))[:-1], b"s" * 16),
    ],
)
def test_keys_that_no_browser_makes_are_refused(point: bytes, secret: bytes) -> None:
    """A point that is not on the curve would give our side of the secret away, sign by sign."""
    with pytest.raises(ValueError, match=r".+"):
        Receiver(point, secret)


@pytest.mark.parametrize("text", ["+a==", "é", "a/b", "abc!", "a"])
def test_what_is_no_base64url_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        bytes_of(text)


def test_the_header_says_for_whom_until_when_and_by_whom_and_is_signed() -> None:
    key = private_key(b"k" * 32)
    header = sender_header(key, service="https://push.example", contact="mailto:a@example.org", expires=1700)
    token, point = header.removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")

    assert bytes_of(point) == public_point(key)
    assert json.loads(bytes_of(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(bytes_of(claims)) == {
        "aud": "https://push.example", "exp": 1700, "sub": "mailto:a@example.org",
    }  # fmt: skip
    raw = bytes_of(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.public_key().verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))


def test_a_seed_gives_the_same_key_again_and_another_one_another() -> None:
    assert public_point(private_key(b"a" * 32)) == public_point(private_key(b"a" * 32))
    assert public_point(private_key(b"a" * 32)) != public_point(private_key(b"b" * 32))
    for edge in (b"\x00" * 32, b"\xff" * 32):
        assert len(public_point(private_key(edge))) == 65
