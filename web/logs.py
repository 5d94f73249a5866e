"""What is written down about the running of the program: one line of JSON an event, and nothing about a person."""

from __future__ import annotations

import logging
import sys

import structlog

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def start(level: str) -> None:
    """Write events of this level and above to standard error."""
    logging.basicConfig(level=LEVELS[level], format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("waitress").setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_the_place,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _only_the_place(_: object, __: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    """Keep where a fault happened and of which kind it is; its words may be somebody's data."""
    fault = event.pop("exc_info", None)
    if isinstance(fault, BaseException):
        frames = []
        trace = fault.__traceback__
        while trace is not None:
            frames.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
            trace = trace.tb_next
        event["fault"] = type(fault).__name__
        event["places"] = frames[-12:]
    return event
