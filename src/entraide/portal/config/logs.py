"""Logs: one JSON object a line, UTC, only named fields; no secret, identity number or text (A66)."""

import logging
import os
import sys

import structlog
from structlog.typing import Processor


def _level() -> int:
    """ENTRAIDE_LOG_LEVEL: `info` (default) or `warning`; the demo on a terminal asks for `warning`."""
    return logging.WARNING if os.environ.get("ENTRAIDE_LOG_LEVEL") == "warning" else logging.INFO


def configure_logging() -> None:
    """Sends structlog and the standard library to standard error, as JSON."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(_level()),
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
