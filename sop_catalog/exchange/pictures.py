"""A drawing as a picture, made on the server without a browser; whether it could run is not asked."""

from __future__ import annotations

import re

import typst

from engine.notation import Definitions, NotReadable, examine
from sop_catalog.diagram.drawing import draw_svg
from sop_catalog.diagram.layout import layout
from sop_catalog.exchange.incoming import readable

DENSITY = 144
"""Points of a PNG to the inch; one pixel of the drawing is 1/96 inch."""
_LARGEST = 40_000_000
"""Width times height of a PNG in points; a larger drawing is made coarser."""
_SIZE = re.compile(r'<svg [^>]*?width="([0-9.]+)" height="([0-9.]+)"')
_PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'


def drawing_in(source: bytes) -> Definitions:
    """Read a file as far as it can be read, a stranger's too. Raises NotReadable."""
    text, _ = readable(source)
    examined = examine(text)
    if examined.definitions is None:
        raise NotReadable(*examined.findings)
    return examined.definitions


def svg_of(definitions: Definitions) -> str:
    """Draw it; one without a picture is laid out first. Raises ValueError where there is nothing to be drawn."""
    if not any(each.plane.shapes for each in definitions.diagrams):
        definitions = layout(definitions)
    return draw_svg(definitions)


def png_of(svg: str) -> bytes:
    """Make a PNG of a drawing's SVG, with the typesetter's own fonts: the same on every machine."""
    size = _SIZE.search(svg)
    points = (float(size[1]) * float(size[2]) if size else 0.0) * (DENSITY / 96) ** 2
    density = DENSITY if points <= _LARGEST else DENSITY * (_LARGEST / points) ** 0.5
    made = typst.compile(_PAGE, format="png", ppi=density, ignore_system_fonts=True, sys_inputs={"svg": svg})
    return bytes(made) if isinstance(made, bytes | bytearray) else b"".join(made or [])
