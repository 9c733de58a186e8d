"""The network that an attempt comes from: what limits count by."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def source_of(request: HttpRequest) -> str:
    """The network an attempt comes from: an IPv4 address, or the first half of an IPv6 one.

    With an https public address our own proxy stands in front: the last address it wrote counts.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    if settings.ENTRAIDE.is_https:
        peer = request.headers.get("X-Forwarded-For", peer).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped is not None:
        # A proxy that listens on IPv6 alone writes IPv4 this way; their first halves are all one.
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)
