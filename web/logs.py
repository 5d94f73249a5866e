"""What is written down about the running of the program: one line an event, and nothing about a person.

An officer stands here by number alone, a request by the rule of its address and never by the address, a fault by its
kind and place and never by its words.
"""

from __future__ import annotations

import logging
import secrets
import sys
import time
from typing import Any, TextIO

import structlog
from flask import Flask, Response, g, request

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
OURS = ("engine", "sop_catalog", "web")

log = structlog.get_logger("web")


def start(level: str, form: str = "json", stream: TextIO | None = None) -> None:
    """Write events of this level and above, as JSON or for the eye. Other libraries' events travel the same way."""
    out = stream or sys.stderr
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _only_the_place,
    ]
    last: structlog.types.Processor = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_without_values, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.basicConfig(level=LEVELS[level], handlers=[handler], force=True)
    logging.getLogger("waitress").setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(out),
    )


def follow(app: Flask) -> None:
    """Give each request a number of its own, and write one line when it has been answered."""
    app.before_request(_begin)
    app.after_request(_answered)
    app.teardown_request(_end)


def _begin() -> None:
    g.request_number, g.begun = secrets.token_hex(8), time.perf_counter()
    structlog.contextvars.bind_contextvars(request=g.request_number)


def _answered(response: Response) -> Response:
    if "request_number" not in g:
        return response
    response.headers["X-Request-Id"] = g.request_number
    if request.endpoint != "static":
        officer = g.get("officer")
        log.info(
            "answered",
            method=request.method if request.url_rule else "-",
            route=request.url_rule.rule if request.url_rule else "-",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - g.begun) * 1000),
            officer=officer.number if officer else None,
        )
    return response


def _end(_: BaseException | None) -> None:
    structlog.contextvars.unbind_contextvars("request")


def _without_values(_: object, __: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    """Of what other libraries say, keep the sentence and not what was filled into it."""
    record: logging.LogRecord = event["_record"]
    event["logger"] = record.name
    if not record.name.startswith(OURS):
        event["event"] = str(record.msg) if "%" in str(record.msg) else record.name
    return event


def _only_the_place(_: object, __: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    """Keep where a fault happened and of which kind it is; its words may be somebody's data."""
    fault: Any = event.pop("exc_info", None)
    fault = sys.exc_info() if fault is True else fault
    fault = fault[1] if isinstance(fault, tuple) else fault
    if isinstance(fault, BaseException):
        frames = []
        trace = fault.__traceback__
        while trace is not None:
            frames.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
            trace = trace.tb_next
        event["fault"] = type(fault).__name__
        event["places"] = frames[-12:]
    return event
