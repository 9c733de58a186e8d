"""The child process that opens what a stranger sent: few resources, no way to write or to the network,
one word as its answer.

`python -m entraide.portal.domain.requests.files.reader KIND [words | pages | page N]` reads the file on
standard input and prints `ok` or the fault. With `words` what a sound PDF prints, as JSON, in place of `ok`.
Of a file that was checked before: with `pages` how many it has, with `page N` that page as a JPEG. A file
that makes it die is a broken file; the web server lives on (A43).
"""

import contextlib
import ctypes
import importlib
import json
import resource
import sys
from collections.abc import Callable
from functools import partial

from entraide.portal.domain.requests.files.kinds import HEIC, PDF, Kind, kind_of_extension
from entraide.portal.domain.requests.files.verdicts import Fault, Refused
from entraide.portal.domain.requests.files.words import PrintedWords

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
# Of Linux: a network of its own, without a single device that is up, and the right to it.
NEW_NETWORK, NEW_USER = 0x40000000, 0x10000000


def main() -> None:
    """Limits itself, then reads."""
    kind = kind_of_extension(sys.argv[1])
    if kind is None:
        raise SystemExit(2)
    content = sys.stdin.buffer.read()
    task = _task(kind, sys.argv[2:])
    limit_myself()
    try:
        answer = task(content)
    except Refused as refused:
        answer = refused.fault.value.encode()
    except MemoryError:
        answer = Fault.BROKEN.value.encode()
    sys.stdout.buffer.write(answer)


def _task(kind: Kind, asked: list[str]) -> Callable[[bytes], bytes]:
    """What is asked, with its libraries loaded before the limits hold."""
    if asked[:1] in (["pages"], ["page"]):
        shown = importlib.import_module(f"{__package__ or ''}.shown")
        number = int(asked[1]) if asked[1:] else None
        return partial(shown.shown, kind=kind, number=number)
    check = _checker(kind)
    tell = _teller() if asked == ["words"] else None

    def run(content: bytes) -> bytes:
        check(content)
        return json.dumps(tell(content)).encode() if tell else b"ok"

    return run


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


def limit_myself() -> None:
    """From here on: little memory and time, no file to write, no network."""
    _leave_the_network()
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


def _leave_the_network() -> None:
    """By the kernel where it lets a process do so, and for whatever Python does everywhere (A43)."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)
    sys.addaudithook(_refuse_sockets)


def _refuse_sockets(event: str, _arguments: object) -> None:
    if event.startswith("socket."):
        raise OSError("no network here")


if __name__ == "__main__":
    main()
