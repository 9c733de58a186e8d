"""Logs: one JSON object a line, UTC, only named fields; no secret, identity number or text (A66)."""

import logging
import sys
import traceback
from collections.abc import Iterator

import structlog
from structlog.typing import EventDict, Processor


def without_words(_logger: object, _name: str, event: EventDict) -> EventDict:
    """A fault as its kinds and its place: its own words may name a person or repeat what was typed."""
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["exception"] = "".join(_lines(traceback.TracebackException.from_exception(error)))
    return event


def _lines(fault: traceback.TracebackException) -> Iterator[str]:
    earlier = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if earlier is not None:
        yield from _lines(earlier)
    yield from fault.stack.format()
    yield f"{fault.exc_type.__name__ if fault.exc_type else 'fault'}\n"


def configure_logging(level: str) -> None:
    """Sends structlog (from `info` or `warning` on) and the standard library to standard error, as JSON."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_words,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # Django's own request log writes addresses with tokens in them; ErrorPages logs what is needed.
    for name in ("django.request", "django.security"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
