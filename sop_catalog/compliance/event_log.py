"""Completed steps as an event log that other tools read: XES, IEEE 1849-2016. A resource is a post of an office, never a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from xml.sax.saxutils import quoteattr

from engine.queries.oversight import StepRow

NAMESPACE = "http://www.xes-standard.org/"
EXTENSIONS = (("Concept", "concept"), ("Time", "time"), ("Lifecycle", "lifecycle"), ("Organizational", "org"))
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849.2016" xes.features="" xmlns="{NAMESPACE}">\n'
_GLOBALS = (
    '<global scope="trace"><string key="concept:name" value="-"/></global>\n'
    '<global scope="event"><string key="concept:name" value="-"/>'
    '<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>'
    '<string key="lifecycle:transition" value="complete"/><string key="org:resource" value="-"/></global>\n'
    '<classifier name="Step" keys="concept:name lifecycle:transition"/>\n'
    '<classifier name="Resource" keys="org:resource"/>\n'
)


def write_event_log(steps: Iterable[StepRow], *, name: str, made_at: datetime) -> Iterator[str]:
    """Write the log piece by piece. Steps come case by case; each trace is one case, each event one completed step.

    An event's time is when the step was really done, where that was entered later.
    """
    yield _HEAD
    for extension, prefix in EXTENSIONS:
        yield f'<extension name="{extension}" prefix="{prefix}" uri="{NAMESPACE}{prefix}.xesext"/>\n'
    yield _GLOBALS
    yield _text("concept:name", name) + _text("lifecycle:model", "standard") + _moment("lajur:made", made_at) + "\n"
    for case, group in groupby(steps, key=lambda each: each.case):
        yield f"<trace>{_text('concept:name', case)}\n"
        for each in sorted(group, key=_done):
            yield _event(each)
        yield "</trace>\n"
    yield "</log>\n"


def _event(step: StepRow) -> str:
    told = [
        _text("concept:name", step.name or step.element),
        _text("concept:instance", str(step.item)),
        _moment("time:timestamp", _done(step)),
        _text("lifecycle:transition", "complete"),
        _text("org:resource", f"{step.post or '-'}@{step.office}"),
        _text("org:role", step.post or "-"),
        _text("org:group", step.office),
        _text("lajur:sop", step.process),
        _text("lajur:element", step.element),
        f'<boolean key="lajur:late" value="{"true" if step.over is not None else "false"}"/>',
    ]
    return f"<event>{''.join(told)}</event>\n"


def _done(step: StepRow) -> datetime:
    return step.happened_at or step.closed_at or step.opened_at


def _text(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(_plain(value))}/>'


def _moment(key: str, value: datetime) -> str:
    return f'<date key="{key}" value="{value.astimezone(UTC).isoformat(timespec="milliseconds")}"/>'


def _plain(text: str) -> str:
    """Without what XML 1.0 cannot hold."""
    return "".join(each for each in text if each in "\t\n\r" or " " <= each not in "\ufffe\uffff")
