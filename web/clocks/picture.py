"""The picture of a case's time: what is drawn where. It counts nothing: the spans are the engine's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import g
from flask_babel import format_datetime

from engine.domain.clock import CaseClock
from engine.queries.clock_pages import TimeSpent
from engine.queries.clocks import Spent
from web.clocks.words import SPENT
from web.language import gettext, local, plain_moment
from web.remaining import span_words

AHEAD = 3
"""A due date that lies further ahead than so many times what has passed is told by an arrow at the edge."""
FAR = 20
"""… and where nothing else is ahead, further than so many times: what has passed would be a speck."""
LEAST = timedelta(hours=8)
"""The least that is drawn ahead."""
SHORTEST = timedelta(minutes=15)
"""So much is drawn at least."""
TOLD = timedelta(minutes=1)
"""Less of a kind of time is not told."""
ROOM = 1.06
"""A little beyond the last thing that is drawn."""
TICKS = 6
STEPS = tuple(timedelta(hours=each) for each in (1, 3, 6, 12, 24, 48, 168, 336, 744, 2208, 8784))
LAST_TICK = 90
"""A tick further to the right than this would have its words cut off."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of a bar."""

    what: str
    x: str
    width: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One bar."""

    clock: CaseClock
    track_x: str
    track_width: str
    """From its beginning until it is due, or until it ended."""
    pieces: tuple[Piece, ...]
    due_x: str
    """Empty where it has none, or where that lies beyond the picture."""
    beyond: bool
    """Whether it is due after what is drawn."""
    sums: tuple[tuple[str, str], ...]
    """Word and amount of each kind of time, as its clock counts."""


@dataclass(frozen=True, slots=True)
class Picture:
    """All of them, on one scale."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[str, str], ...]
    now_x: str
    """Empty once everything is over."""
    kinds: tuple[tuple[str, Any], ...]
    """What its patterns mean: only those that occur."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From moments to per cent of the width."""

    begins: datetime
    ends: datetime

    def at(self, moment: datetime) -> float:
        """Where a moment stands."""
        part = (moment - self.begins) / (self.ends - self.begins) * 100
        return min(max(part, 0.0), 100.0)


def picture(found: Sequence[TimeSpent]) -> Picture | None:
    """What is drawn of the time of a case; nothing where it has no clocks."""
    if not found:
        return None
    clocks = [each.bar.clock for each in found]
    going = any(each.going for each in clocks)
    scale = _scale(clocks)
    used = {span.what for each in found for span in each.bar.spans}
    return Picture(
        lines=tuple(_line(each, scale) for each in found),
        ticks=_ticks(scale),
        now_x=_percent(scale.at(g.now)) if going else "",
        kinds=tuple((each.value, words) for each, words in SPENT.items() if each in used),
    )


def _scale(clocks: Sequence[CaseClock]) -> Scale:
    begins = min(each.started_at for each in clocks)
    told = max(each.ended_at or g.now for each in clocks)
    reach = told + max((told - begins) * AHEAD, LEAST)
    dues = [each.due_at for each in clocks if each.due_at is not None]
    near = [each for each in dues if each <= reach]
    ahead = min((each for each in dues if each > told), default=told)
    speck = told - begins > LEAST and ahead - begins > (told - begins) * FAR
    ends = max([told, *near, told if speck or any(each > told for each in near) else ahead])
    return Scale(begins, begins + max((ends - begins) * ROOM, SHORTEST))


def _line(found: TimeSpent, scale: Scale) -> Line:
    one = found.bar.clock
    until = one.ended_at or max(filter(None, (one.due_at, g.now)))
    first, last = scale.at(one.started_at), scale.at(until)
    beyond = one.due_at is not None and one.due_at > scale.ends
    return Line(
        clock=one,
        track_x=_percent(first),
        track_width=_percent(last - first),
        pieces=tuple(_piece(each, one, scale) for each in found.bar.spans),
        due_x=_percent(scale.at(one.due_at)) if one.due_at is not None and not beyond else "",
        beyond=beyond,
        sums=tuple(
            (str(words), span_words(found.sums[what], one.allowance.clock))
            for what, words in SPENT.items()
            if found.sums.get(what, timedelta(0)) >= TOLD
        ),
    )


def _piece(span: Any, one: CaseClock, scale: Scale) -> Piece:
    first, last = scale.at(span.begins), scale.at(span.ends)
    told = {"what": SPENT[span.what], "begins": plain_moment(span.begins), "ends": plain_moment(span.ends)}
    words = gettext("%(what)s: %(begins)s – %(ends)s", **told)
    return Piece(Spent(span.what).value, _percent(first), _percent(max(last - first, 0.2)), f"{one.name}, {words}")


def _ticks(scale: Scale) -> tuple[tuple[str, str], ...]:
    """Round moments on the reader's clock, with their words."""
    length = scale.ends - scale.begins
    step = next((each for each in STEPS if length / each <= TICKS), STEPS[-1])
    at = datetime.combine(local(scale.begins).date(), time(), local(scale.begins).tzinfo)
    shape = "HH.mm" if step < timedelta(hours=24) else "d MMM" if length < timedelta(days=300) else "MMM y"
    found = []
    while at < scale.ends:
        at += step
        if scale.begins < at and scale.at(at) <= LAST_TICK:
            midnight = step < timedelta(hours=24) and local(at).hour == 0
            words = str(format_datetime(at, "d MMM" if midnight else shape))
            found.append((_percent(scale.at(at)), words))
    return tuple(found)


def _percent(part: float) -> str:
    return f"{part:.2f}%"
