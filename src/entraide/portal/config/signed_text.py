"""What the commands that check something signed have in common: keys of a file, and the answer."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from entraide.portal.config.refused import Refused

Keys = TypeVar("Keys")


def keys_in(path: Path, read: Callable[[str], Keys]) -> Keys:
    """The public keys of a file; raises Refused for one that cannot be read."""
    try:
        return read(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    except ValueError as error:
        raise Refused(f"{path}: {error}") from None


def answered(state: str, line: str, *, reasons: Mapping[str, str]) -> int:
    """Prints `valid` and the line, and gives 0; raises Refused with the reason in any other state."""
    if state != "valid":
        raise Refused(f"refused, {state}: {reasons[state]}" + (f"\n{line}" if line else ""))
    sys.stdout.write(f"valid\n{line}\n")
    return 0
