"""Access rules that somebody can keep to: lengths that fit each other and the forms."""

from collections.abc import Iterator

from entraide.profiles.faults import Fault
from entraide.profiles.files import PROFILE
from entraide.profiles.model import Security

# Whoever reads a longer minimum gives up; the forms themselves take 512 characters.
LONGEST_MINIMUM = 128
SHORTEST_MINIMUM = 8


def check_security(security: Security) -> Iterator[Fault]:
    for name in ("password_min_length", "agent_password_min_length"):
        length = getattr(security, name)
        if not SHORTEST_MINIMUM <= length <= LONGEST_MINIMUM:
            yield Fault(
                PROFILE, f"security.{name}", str(length), f"from {SHORTEST_MINIMUM} to {LONGEST_MINIMUM}"
            )
    shortest, phrase = security.password_min_length, security.passphrase_min_length
    if phrase and not shortest <= phrase <= LONGEST_MINIMUM:
        expected = f"0, or from password_min_length ({shortest}) to {LONGEST_MINIMUM}"
        yield Fault(PROFILE, "security.passphrase_min_length", str(phrase), expected)
