"""What of SpiffWorkflow 3.2.0 itself has to be changed before anything runs on it; done once, when this room is opened.

It changes nothing that decides which way a case goes: depth of iteration, and what is logged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

import SpiffWorkflow
from SpiffWorkflow.bpmn.util.task import BpmnTaskIterator
from SpiffWorkflow.util.task import TaskIterator

VERSION: Final = "3.2.0"
DEPTH: Final = 1_000_000
"""Stock iterators stop at 1,000 and then say, without an error, that a case is complete."""
_LOGGERS: Final = ("spiff", "spiff.workflow", "spiff.task", "spiff.data", "spiff.workflow.event")


def harden() -> None:
    """Make SpiffWorkflow fit to be used. Raises RuntimeError on any other version than the one studied."""
    if SpiffWorkflow.__version__ != VERSION:
        raise RuntimeError(f"Expected SpiffWorkflow {VERSION}, but found {SpiffWorkflow.__version__}.")
    for iterator in (TaskIterator, BpmnTaskIterator):
        _raise_depth(iterator.__init__)
    for name in _LOGGERS:
        _silence(logging.getLogger(name))


def _raise_depth(init: Callable[..., Any]) -> None:
    code, defaults = init.__code__, init.__defaults__ or ()
    named = code.co_varnames[code.co_argcount - len(defaults) : code.co_argcount]
    init.__defaults__ = tuple(
        DEPTH if name == "max_depth" else default for name, default in zip(named, defaults, strict=True)
    )


def _silence(logger: logging.Logger) -> None:
    """Below INFO these loggers attach the data of tasks to every record; at WARNING they attach nothing."""
    logger.setLevel(logging.WARNING)
    logger.addFilter(_without_data)


def _without_data(record: logging.LogRecord) -> bool:
    for name in ("data", "internal_data", "tasks"):
        record.__dict__.pop(name, None)
    return True
