"""What an editor has sorted anew is put back, so that a small change stays a small difference."""

from __future__ import annotations

from dataclasses import replace

from engine.notation import Definitions, Label, Plane, read, write
from sop_catalog.diagram.settling import settle
from tests.shipped import BPMN

TEXT = next(BPMN.rglob("c3-m05-02-*.bpmn")).read_bytes()


def with_plane(drawing: Definitions, plane: Plane) -> Definitions:
    return replace(drawing, diagrams=(replace(drawing.diagrams[0], plane=plane),))


def test_shapes_and_edges_stand_in_the_order_they_had_without_what_was_only_understood() -> None:
    drawing = read(TEXT)
    plane = drawing.diagrams[0].plane
    shapes = tuple(
        replace(each, is_marker_visible=True, label=each.label or Label()) for each in reversed(plane.shapes)
    )
    written = with_plane(drawing, replace(plane, shapes=shapes, edges=plane.edges[::-1]))

    assert write(settle(written, drawing)) == TEXT


def test_what_is_new_comes_last() -> None:
    drawing = read(TEXT)
    plane = drawing.diagrams[0].plane
    fewer = with_plane(drawing, replace(plane, shapes=plane.shapes[1:]))

    settled = settle(drawing, fewer)

    assert settled.diagrams[0].plane.shapes[-1] == plane.shapes[0]
