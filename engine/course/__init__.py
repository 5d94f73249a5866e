"""The course of a case: what one step of the interpreter means for its rows. Shared by the commands; not one of them."""

from engine.course.beginning import begin, open_sub_case
from engine.course.ending import DISPOSITIONS_CLOSED, stop
from engine.course.progress import Happening, Overtaken, after_timers, arrive, follow, go_on, pass_due

__all__ = [
    "DISPOSITIONS_CLOSED",
    "Happening",
    "Overtaken",
    "after_timers",
    "arrive",
    "begin",
    "follow",
    "go_on",
    "open_sub_case",
    "pass_due",
    "stop",
]
