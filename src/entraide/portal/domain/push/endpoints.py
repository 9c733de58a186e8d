"""To which addresses a push may go: those of the browsers' own services, and no others (A59).

A browser names the address, so that anybody can name any: a closed list is the only safe rule.
"""

import re
from urllib.parse import urlsplit

from django.conf import settings

# Chrome, Brave, Opera and Samsung; Firefox; Safari; Edge.
_SERVICES = frozenset({"fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com"})
_SERVICES_BELOW = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.){1,3}notify\.windows\.com")
_LONGEST = 1000
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1"})


def is_push_address(text: str) -> bool:
    """An https address of a known service. In the demo also one of this machine, to try it out."""
    if len(text) > _LONGEST or not text.isascii() or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username or parts.password or parts.fragment or not parts.path.startswith("/"):
        return False
    if is_this_machine(text):
        return True
    known = host in _SERVICES or _SERVICES_BELOW.fullmatch(host) is not None
    return parts.scheme == "https" and port in {None, 443} and known


def is_this_machine(text: str) -> bool:
    """Only ever true in the demo."""
    parts = urlsplit(text)
    return bool(settings.ENTRAIDE.demo) and parts.scheme == "http" and parts.hostname in _THIS_MACHINE
