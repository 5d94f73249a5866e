"""Takes everything out of a drawing that is not for the public: what is kept is named here, all else is gone.

Kept are what is drawn and how it hangs together: kinds, names, arrows, lanes, places on the page, and times that are
plain. Gone are instructions, forms, notes, expressions, messages, annotations, comments, whatever other programs put
in, and every id that somebody chose.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from engine.domain.release import Whose
from engine.notation import (
    CallActivity,
    Definitions,
    Element,
    Expression,
    Lane,
    Participant,
    Plane,
    Process,
    Shape,
    Task,
    TimerDefinition,
    UnknownDefinition,
    UnknownNode,
    elements,
)
from sop_catalog.diagram.extension import read_performer
from sop_catalog.sheets.elements import WHOSE

_KEPT: Final = frozenset(
    {"name", "collaborations", "participants", "processes", "nodes", "flows", "lane_sets", "lanes", "child_set"}
    | {"definitions", "kind", "loop", "sequential", "interrupting", "triggered_by_event"}
    | {"diagrams", "plane", "shapes", "edges", "bounds", "waypoints", "label", "x", "y", "width", "height"}
    | {"is_horizontal", "is_expanded", "is_marker_visible", "target_namespace", "message_flows"}
)
_REFERENCES: Final = frozenset({"id", "source", "target", "element", "default", "attached_to", "process", "node_refs"})
_PLAIN_TIME: Final = re.compile(r"(R\d{0,4}/)?P[0-9YMWDTHS.]{2,30}|[a-z]+ [a-z]+\(\d{1,4}\)")
"""`P3D`, `PT72H`, `working days(3)`: a time that no fact decides."""


@dataclass(frozen=True, slots=True)
class Stripped:
    """A drawing that may be shown, and which element each of it was."""

    definitions: Definitions
    origin: Mapping[str, str]
    """Id in the public drawing → id in the catalogue's."""


def strip(drawing: Definitions, code: str, posts: Mapping[str, str], shown: Collection[str] = ()) -> Stripped:
    """Return the public drawing of one process; `posts` are titles by code, `shown` the SOPs that the public may see.

    Raises LookupError where the drawing does not hold the process.
    """
    if drawing.process(code) is None:
        raise LookupError(code)
    maker = _Maker(drawing, code, posts, frozenset(shown))
    return Stripped(maker.definitions(), {new: old for old, new in maker.ids.items()})


class _Maker:
    def __init__(self, drawing: Definitions, code: str, posts: Mapping[str, str], shown: frozenset[str]) -> None:
        self.drawing, self.code, self.posts, self.shown = drawing, code, posts, shown
        kept = [each for each in elements(drawing) if each.id and self._is_kept(each)]
        self.ids = {each.id: f"e{at}" for at, each in enumerate(dict.fromkeys(each for each in kept), 1)}
        self.ids[code] = code

    def _is_kept(self, element: Element) -> bool:
        if isinstance(element, Process):
            return element.id == self.code
        return not isinstance(element, Participant) or element.process in {None, self.code}

    def definitions(self) -> Definitions:
        drawing = self.drawing
        return Definitions(
            id=f"{self.code}-publik",
            target_namespace=drawing.target_namespace,
            collaborations=tuple(map(self._made, drawing.collaborations)),
            processes=tuple(self._made(each) for each in drawing.processes if each.id == self.code),
            diagrams=tuple(map(self._made, drawing.diagrams[:1])),
        )

    def _made(self, one: Any) -> Any:
        """The same thing again, with nothing in it but what is kept."""
        if isinstance(one, tuple):
            return tuple(self._made(each) for each in one if self._may_stay(each))
        if not is_dataclass(one) or isinstance(one, type):
            return one
        if isinstance(one, UnknownNode) or (isinstance(one, CallActivity) and one.called not in self.shown):
            return Task(id=self.ids[one.id], name=one.name)
        said = {each.name: self._field(each.name, getattr(one, each.name)) for each in fields(one)}
        made = {name: value for name, value in said.items() if value is not None}
        return type(one)(**{**made, **self._more(one)})

    def _field(self, name: str, value: Any) -> Any:
        if name in _REFERENCES:
            return self._referred(value)
        return self._made(value) if name in _KEPT else None

    def _referred(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.ids[each] for each in value if each in self.ids)
        return self.ids.get(value) if value else None

    def _may_stay(self, each: Any) -> bool:
        """Whether a thing is still about something that is shown."""
        if isinstance(each, UnknownDefinition):
            return False
        about = [getattr(each, name, "") for name in ("element", "source", "target")]
        if any(said and said not in self.ids for said in about):
            return False
        return not isinstance(each, Participant) or each.process in {None, self.code}

    def _more(self, one: Any) -> dict[str, Any]:
        """What is kept of some kinds only, or said otherwise."""
        if isinstance(one, TimerDefinition):
            text = one.text.strip()
            return {"expression": Expression(text=text if _PLAIN_TIME.fullmatch(text) else "")}
        if isinstance(one, CallActivity):
            return {"called": one.called}
        if isinstance(one, Lane):
            return {"name": self._post(one)}
        if isinstance(one, Shape | Plane):
            return {"name": ""}
        return {}

    def _post(self, lane: Lane) -> str:
        """A lane by its post, whatever is written on it; by its words where it names no post that is known."""
        performer = read_performer(lane)
        title = self.posts.get(performer.post, "") if performer else ""
        if performer is None or not title:
            return lane.name
        return f"{title} ({WHOSE[performer.whose]})" if performer.whose is not Whose.CASE else title
