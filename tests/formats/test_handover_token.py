"""The token that hands somebody over: what is read is what was signed, and nothing else (TELE-02, A58)."""

import base64
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from entraide.formats.handover_token import (
    LEEWAY_SECONDS,
    MAX_LENGTH,
    HandOverClaims,
    TokenFault,
    TokenRefused,
    key_id,
    read_key_set,
    read_token,
    write_key_set,
    write_token,
)

KEY = Ed25519PrivateKey.from_private_bytes(b"1" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"2" * 32)
KEYS = {key_id(KEY.public_key()): KEY.public_key()}
NOW = 1_800_000_000
CLAIMS = HandOverClaims(
    issuer="https://espace.example.org", audience="ima", subject="0a" * 16, nonce="n-1",
    issued_at=NOW, expires_at=NOW + 60,
)  # fmt: skip


def refused(text: str, *, audience: str = "ima", now: int = NOW) -> TokenFault:
    with pytest.raises(TokenRefused) as refusal:
        read_token(text, keys=KEYS, audience=audience, now=now)
    return refusal.value.fault


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(header: object, payload: bytes, key: Ed25519PrivateKey = KEY) -> str:
    text = f"{encode(json.dumps(header, separators=(',', ':')).encode())}.{encode(payload)}"
    return f"{text}.{encode(key.sign(text.encode()))}"


def header() -> dict[str, str]:
    return {"alg": "EdDSA", "kid": key_id(KEY.public_key()), "typ": "JWT"}


def payload_of(token: str) -> bytes:
    part = token.split(".")[1]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.mark.parametrize("claims", [CLAIMS, replace(CLAIMS, actor="0b" * 16)])
def test_what_is_read_is_what_was_written(claims: HandOverClaims) -> None:
    token = write_token(claims, key=KEY)

    assert read_token(token, keys=KEYS, audience="ima", now=NOW) == claims
    assert read_token(f" {token}\n", keys=KEYS, audience="ima", now=NOW) == claims


def test_it_has_the_shape_that_any_library_reads() -> None:
    first, payload, signature = write_token(CLAIMS, key=KEY).split(".")

    assert json.loads(base64.urlsafe_b64decode(first + "==")) == header()
    told = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert told["exp"] - told["iat"] == 60
    KEY.public_key().verify(base64.urlsafe_b64decode(signature + "=="), f"{first}.{payload}".encode())


@pytest.mark.parametrize(
    ("now", "fault"),
    [
        (NOW - LEEWAY_SECONDS - 1, TokenFault.NOT_YET),
        (NOW + 60, TokenFault.EXPIRED),
        (NOW + 10**6, TokenFault.EXPIRED),
    ],
)
def test_outside_its_minute_it_is_refused(now: int, fault: TokenFault) -> None:
    assert refused(write_token(CLAIMS, key=KEY), now=now) == fault


@pytest.mark.parametrize("now", [NOW - LEEWAY_SECONDS, NOW, NOW + 59])
def test_within_its_minute_it_is_read(now: int) -> None:
    assert read_token(write_token(CLAIMS, key=KEY), keys=KEYS, audience="ima", now=now) == CLAIMS


def test_another_partner_gets_nothing_of_it() -> None:
    assert refused(write_token(CLAIMS, key=KEY), audience="rma") == TokenFault.OTHER_AUDIENCE


def test_another_partner_is_not_told_what_it_says_and_one_that_comes_late_is() -> None:
    """Whom somebody else's token hands over is nothing to this partner."""
    token = write_token(CLAIMS, key=KEY)
    for audience, now, claims in (("rma", NOW, None), ("ima", NOW + 60, CLAIMS)):
        with pytest.raises(TokenRefused) as refusal:
            read_token(token, keys=KEYS, audience=audience, now=now)
        assert refusal.value.claims == claims


def test_a_key_that_is_not_ours_opens_nothing() -> None:
    assert refused(write_token(CLAIMS, key=OTHER)) == TokenFault.UNKNOWN_KEY
    # Signed by a stranger who says that it is our key.
    stolen = signed(header(), payload_of(write_token(CLAIMS, key=KEY)), OTHER)
    assert refused(stolen) == TokenFault.FORGED


def test_one_letter_less_or_another_one_is_refused() -> None:
    token = write_token(CLAIMS, key=KEY)
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        assert refused(token[:place] + other + token[place + 1 :]) in {
            TokenFault.MALFORMED, TokenFault.FORGED, TokenFault.UNKNOWN_KEY,
        }  # fmt: skip
        assert refused(token[:place] + token[place + 1 :]) in {
            TokenFault.MALFORMED, TokenFault.FORGED, TokenFault.UNKNOWN_KEY,
        }  # fmt: skip


@pytest.mark.parametrize(
    "first",
    [
        {"alg": "none", "kid": key_id(KEY.public_key()), "typ": "JWT"},
        {"alg": "HS256", "kid": key_id(KEY.public_key()), "typ": "JWT"},
        {"kid": key_id(KEY.public_key()), "alg": "EdDSA", "typ": "JWT"},
        {"alg": "EdDSA", "kid": key_id(KEY.public_key()), "typ": "JWT", "jku": "https://x.example"},
        {"alg": "EdDSA", "typ": "JWT"},
        [],
        None,
    ],
)
def test_another_header_is_refused_whoever_signed_it(first: object) -> None:
    assert refused(signed(first, payload_of(write_token(CLAIMS, key=KEY)))) == TokenFault.MALFORMED


@pytest.mark.parametrize(
    "payload",
    [
        b"{}",
        b"[]",
        b"no json",
        b"\xff",
        b"[" * 900,
        json.dumps({"iss": "x"}).encode(),
        json.dumps(
            {"iss": "x", "aud": ["ima"], "sub": "s", "jti": "n", "iat": NOW, "exp": NOW + 9},
            separators=(",", ":"),
        ).encode(),
        json.dumps(
            {"iss": "x", "aud": "ima", "sub": "s", "jti": "n", "iat": NOW, "exp": 1e12},
            separators=(",", ":"),
        ).encode(),
        json.dumps(
            {"iss": "x", "aud": "ima", "sub": "s", "jti": "n", "iat": NOW, "exp": True},
            separators=(",", ":"),
        ).encode(),
        json.dumps(
            {"iss": "x", "aud": "ima", "sub": "s", "jti": "n", "iat": NOW, "exp": NOW + 9, "act": 3},
            separators=(",", ":"),
        ).encode(),
        json.dumps(
            {"iss": "x", "aud": "ima", "sub": "s", "jti": "n", "iat": NOW, "exp": NOW + 9, "more": 1},
            separators=(",", ":"),
        ).encode(),
        # Half a character: JSON can name it, no text can hold it.
        json.dumps(
            {"iss": "\ud800", "aud": "ima", "sub": "s", "jti": "n", "iat": NOW, "exp": NOW + 9},
            separators=(",", ":"),
        ).encode(),
    ],
)
def test_other_claims_are_refused_although_the_signature_is_right(payload: bytes) -> None:
    assert refused(signed(header(), payload)) == TokenFault.MALFORMED


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "é" * 300, "A" * (MAX_LENGTH + 1), "." * 90])
def test_what_is_no_token_is_refused(text: str) -> None:
    assert refused(text) == TokenFault.MALFORMED


def test_what_is_longer_than_any_token_is_refused_although_the_signature_is_right() -> None:
    token = write_token(replace(CLAIMS, subject="a" * MAX_LENGTH), key=KEY)

    assert refused(token) == TokenFault.MALFORMED


def test_a_token_is_written_in_one_way_alone() -> None:
    """The last letter of the signature has bits that say nothing: with others it is no token of ours."""
    token = write_token(CLAIMS, key=KEY)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = alphabet[alphabet.index(token[-1]) + 1]

    assert base64.urlsafe_b64decode(f"{token[-86:]}==") == base64.urlsafe_b64decode(
        f"{token[-86:-1]}{other}=="
    )
    assert refused(token[:-1] + other) == TokenFault.MALFORMED


@pytest.mark.parametrize("empty", ["issuer", "audience", "subject", "nonce"])
def test_a_token_without_one_of_its_claims_is_not_written(empty: str) -> None:
    with pytest.raises(ValueError, match="a claim"):
        write_token(replace(CLAIMS, **{empty: ""}), key=KEY)


def test_the_key_set_is_read_as_it_is_written() -> None:
    text = write_key_set([KEY.public_key(), OTHER.public_key()])

    assert set(read_key_set(text)) == {key_id(KEY.public_key()), key_id(OTHER.public_key())}
    assert read_token(write_token(CLAIMS, key=KEY), keys=read_key_set(text), audience="ima", now=NOW)


def test_a_key_under_the_id_of_another_one_is_refused() -> None:
    """Else a set could put a stranger's key in the place of ours."""
    theirs = write_key_set([OTHER.public_key()])
    text = theirs.replace(key_id(OTHER.public_key()), key_id(KEY.public_key()))

    with pytest.raises(ValueError, match="key 1"):
        read_key_set(text)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"keys": 3}', '{"keys": [3]}', '{"keys": [{"kty": "RSA"}]}',
     '{"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "0", "x": "AAAA"}]}'],
)  # fmt: skip
def test_a_bad_key_set_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="key"):
        read_key_set(text)
