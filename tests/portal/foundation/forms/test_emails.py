"""E-mail addresses as people type them (PROF-04)."""

import pytest
from django import forms

from entraide.portal.foundation.forms.emails import EmailAddressField


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("camille@example.org", "camille@example.org"),
        ("  Camille.Martin+sante@Example.ORG ", "Camille.Martin+sante@example.org"),
        ("camille＠example.org", "camille@example.org"),
        ("camille@exam\u200bple.org", "camille@example.org"),
    ],
)
def test_an_address_is_read_with_what_a_copied_text_brings(typed: str, stored: str) -> None:
    assert EmailAddressField().clean(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "camille", "camille@", "@example.org", "camille@example", "camille@localhost",
        "camille@example.org\nBcc: thief@example.com", "camille@example.org\r\n.", "a@b@example.org",
        "camille@example.123", "camille@[192.0.2.1]", "camille@192.0.2.1", "camille@-example.org",
        "cam ille@example.org", "camille@example.org, x@example.org", "camille@example..org",
    ],
)  # fmt: skip
def test_what_no_mail_can_reach_is_refused_with_what_to_do(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="Écrivez-la en entier"):
        EmailAddressField().clean(typed)


def test_an_address_longer_than_any_server_takes_is_refused() -> None:
    with pytest.raises(forms.ValidationError, match="trop long"):
        EmailAddressField().clean(f"{'a' * 250}@example.org")
