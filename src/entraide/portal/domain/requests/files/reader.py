"""The child process that opens what a stranger sent: few resources, no way to write, one word as its answer.

`python -m entraide.portal.domain.requests.files.reader KIND [words]` reads the file on standard input and
prints `ok` or the fault; with `words` what a sound PDF prints, as JSON, in place of `ok`. A file that makes
it die is a broken file; the web server lives on (A43).
"""

import contextlib
import importlib
import json
import resource
import sys
from collections.abc import Callable
from functools import partial

from entraide.portal.domain.requests.files.kinds import HEIC, PDF, Kind, kind_of_extension
from entraide.portal.domain.requests.files.verdicts import Fault, Refused
from entraide.portal.domain.requests.files.words import PrintedWords

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 10


def main() -> None:
    """Limits itself, then reads."""
    kind = kind_of_extension(sys.argv[1])
    if kind is None:
        raise SystemExit(2)
    content = sys.stdin.buffer.read()
    check = _checker(kind)
    tell = _teller() if sys.argv[2:] == ["words"] else None
    _limit_myself()
    try:
        check(content)
        answer = json.dumps(tell(content)) if tell else "ok"
    except Refused as refused:
        print(refused.fault.value)  # noqa: T201 (the answer)
    except MemoryError:
        print(Fault.BROKEN.value)  # noqa: T201
    else:
        print(answer)  # noqa: T201


def _checker(kind: Kind) -> Callable[[bytes], None]:
    """The check of one kind; its library alone is loaded, for a quick answer."""
    package = __package__ or ""
    if kind is PDF:
        return importlib.import_module(f"{package}.pdf").check_pdf  # type: ignore[no-any-return]
    if kind is HEIC:
        return importlib.import_module(f"{package}.heic").check_heic  # type: ignore[no-any-return]
    return partial(importlib.import_module(f"{package}.images").check_image, kind=kind)


def _teller() -> Callable[[bytes], list[PrintedWords]]:
    return importlib.import_module(f"{__package__ or ''}.pdf_words").printed_words  # type: ignore[no-any-return]


def _limit_myself() -> None:
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for name, limit in limits.items():
        # Some systems know no limit of memory; the others still hold.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(name, (limit, limit))


if __name__ == "__main__":
    main()
