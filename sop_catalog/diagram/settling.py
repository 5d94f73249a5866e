"""Puts a picture that an editor has written back into the order that it had, so that a small change stays a small difference.

Editors sort shapes as they draw them and say what was understood. Nothing of where anything is drawn is changed here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from engine.notation import Definitions, Edge, Plane, Shape

_Drawn = TypeVar("_Drawn", Shape, Edge)


def settle(new: Definitions, old: Definitions) -> Definitions:
    """Return the new drawing with its shapes and edges in the order of the old one; what is new comes last."""
    if len(new.diagrams) != 1 or len(old.diagrams) != 1:
        return new
    before, after = old.diagrams[0].plane, new.diagrams[0].plane
    plane = replace(after, shapes=_shapes(after, before), edges=_in_order(after.edges, before.edges))
    return replace(new, diagrams=(replace(new.diagrams[0], plane=plane),))


def _shapes(after: Plane, before: Plane) -> tuple[Shape, ...]:
    """The shapes without the marks and the labels that an editor adds though nothing is said by them."""
    silent = {each.element for each in before.shapes if each.is_marker_visible is None}
    bare = {each.element for each in before.shapes if each.label is None}
    plain = []
    for each in after.shapes:
        marked = None if each.element in silent and each.is_marker_visible else each.is_marker_visible
        empty = each.element in bare and each.label is not None and each.label.bounds is None
        plain.append(replace(each, is_marker_visible=marked, label=None if empty else each.label))
    return _in_order(tuple(plain), before.shapes)


def _in_order(new: tuple[_Drawn, ...], old: tuple[_Drawn, ...]) -> tuple[_Drawn, ...]:
    places = {each.element: at for at, each in enumerate(old)}
    return tuple(sorted(new, key=lambda each: places.get(each.element, len(places))))
