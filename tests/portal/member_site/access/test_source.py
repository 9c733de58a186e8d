"""The network that an attempt is counted for (A7, A54)."""

import pytest
from django.test import RequestFactory

from entraide.portal.foundation.web.source import source_of


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_attempts_are_counted_by_ipv4_address_or_by_the_home_of_an_ipv6_one(
    address: str, source: str
) -> None:
    """A7: all of IPv4 written the IPv6 way is not one network, whose first mistyper would close it to all."""
    assert source_of(RequestFactory().get("/", REMOTE_ADDR=address)) == source


def test_a_header_does_not_choose_the_network_when_no_proxy_stands_in_front() -> None:
    """A54"""
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="203.0.113.9")

    assert source_of(request) == "192.0.2.7"
