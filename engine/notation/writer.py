"""The only writer of BPMN: the same elements always become the same bytes, and a small change a small difference.

Attributes are sorted with id and name first, nothing depends on the time or on the file it came from. What the reader
kept is written again, comments between elements included.
"""

from engine.notation.model import Definitions, Element, SubProcess, UnknownDefinition, UnknownNode, Xml, nodes
from engine.notation.slots import Writing
from engine.notation.vocabulary import FORMS, Attribute, bpmn, rank_of
from engine.notation.xml_text import to_text

_CLAIMS = frozenset({bpmn("incoming"), bpmn("outgoing")})


def write(definitions: Definitions) -> bytes:
    """Return the BPMN 2.0 file of a drawing, in UTF-8. Raises ValueError for text that XML cannot hold."""
    writing = Writing(_write_element)
    for process in definitions.processes:
        writing.enter(process.flows)
        for node, _ in nodes(process):
            if isinstance(node, SubProcess):
                writing.enter(node.flows)
    root = _write_element(definitions, bpmn("definitions"), writing)
    around = definitions.comments_before, definitions.comments_after
    return to_text(root, definitions.prefixes, *around).encode("utf-8")


def _write_element(element: Element, tag: str, writing: Writing) -> Xml:
    if isinstance(element, UnknownNode | UnknownDefinition):
        return element.xml
    form = FORMS[type(element)]
    attributes = dict(element.foreign_attributes)
    for attribute in form.attributes:
        value = getattr(element, attribute.field)
        if value != attribute.absent or attribute.name in element.spelled:
            attributes[attribute.name] = _text(attribute, value)
    typed = [(slot.rank, piece) for slot in form.slots for piece in slot.write(element, writing)]
    return Xml(tag, tuple(sorted(attributes.items())), children=_with_foreign(element, typed))


def _text(attribute: Attribute, value: object) -> str:
    return ("true" if value else "false") if attribute.manner == "flag" else str(value)


def _with_foreign(element: Element, typed: list[tuple[int, Xml]]) -> tuple[Xml, ...]:
    """Put untyped children where the schema wants them, or else behind as many typed siblings as they followed."""
    counted = {id(piece) for _, piece in typed if piece.tag not in _CLAIMS}
    ranks = [(rank_of(type(element), foreign.xml), foreign) for foreign in element.foreign_children]
    ranked = [(rank, foreign.xml) for rank, foreign in ranks if rank is not None]
    placed = [foreign for rank, foreign in ranks if rank is None]
    pieces: list[Xml] = [foreign.xml for foreign in placed if foreign.place <= 0]
    seen = 0
    for _, piece in sorted([*typed, *ranked], key=lambda each: each[0]):
        pieces.append(piece)
        if placed and id(piece) in counted:
            seen += 1
            pieces += [foreign.xml for foreign in placed if foreign.place == seen]
    return (*pieces, *(foreign.xml for foreign in placed if foreign.place > seen))
