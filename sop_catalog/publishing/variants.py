"""An office's own variant of a central SOP: begun as a copy that says whose it is, compared with what it stands in for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine import NotFound, NotValid, Receipt, UnitOfWork
from engine.domain.release import Release, variant_code
from engine.notation import LAJUR, CallActivity, Definitions, FlowNode, Process, SubProcess, read, write
from engine.queries.catalogue import ReleaseRow, catalogue, release_page
from engine.queries.reader import Reader
from sop_catalog.diagram.extending import write_sheet
from sop_catalog.diagram.extension import is_sop, read_procedure
from sop_catalog.publishing.drafting import CodeTaken
from sop_catalog.publishing.owners import expect_owner
from sop_catalog.storage import Drafts, DraftState

_SHEET = f"{{{LAJUR}}}sheet"


class VariantOfVariant(NotValid):
    """Expected a central SOP to make a variant of, but {code} is the variant of one office itself."""


class NoSheet(NotValid):
    """Expected an SOP with a cover sheet to make a variant of, but {code} has none."""


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One variant in force, beside what it stands in for."""

    row: ReleaseRow
    central: ReleaseRow | None
    """None where the central SOP is not in force any more: then no case begins on the variant."""
    compared: int
    """The edition of the central SOP that it was last compared with; 0 where none is said."""
    is_behind: bool
    """Whether the central SOP's own drawing has changed since."""


def begin_variant(work: UnitOfWork, code: str, office: str) -> Receipt:
    """Begin a draft of this office's variant of the central SOP in force.

    It calls the office's variants of what the central one calls, as far as they are in force. Refused to who may not
    publish for this office, where the variant is in force already, and for the variant of a variant.
    """
    who = expect_owner(work, "begin a variant", office)
    place = work.organisation.office(office)
    central = work.releases.in_force(code)
    if central is None:
        raise NotFound(what=f"a procedure {code} in force")
    if central.stands_in_for:
        raise VariantOfVariant(code=code)
    own = variant_code(code, office)
    there = work.releases.in_force(own)
    if there is not None:
        raise CodeTaken(code=own, now=there.edition, when=there.published_at)
    title = f"{central.title} ({place.name})"
    content = as_variant(central, office, title, _called(work, central, office))
    drafts = Drafts(work.connection)
    number = drafts.add(code=own, title=title, content=content, base=None, by=work.login, at=work.at)
    drafts.note(number, "begun", at=work.at, by=work.login)
    told: dict[str, Any] = {"draft": number, "code": own, "variant_of": code, "central_edition": central.edition}
    work.record("draft.begun", None, **told, **who)
    return Receipt(state=DraftState.DRAFT.value, number=number, name=own)


def _called(work: UnitOfWork, central: Release, office: str) -> dict[str, str]:
    """What the central SOP calls → the office's variant of it, where one is in force."""
    found = {code: work.releases.in_office(code, office) for code in central.drawings if code != central.code}
    return {code: each.code for code, each in found.items() if each is not None and each.code != code}


def as_variant(central: Release, office: str, title: str, called: Mapping[str, str]) -> bytes:
    """The central drawing as that of the office: its own code and title, and a sheet that says whose it is."""
    drawing = read(central.drawings[central.code])
    process = drawing.process(central.code)
    if process is None or not is_sop(process):
        raise NoSheet(code=central.code)
    code = variant_code(central.code, office)
    sheet = replace(
        read_procedure(process).sheet, office=office, variant_of=central.code, variant_edition=central.edition
    )
    extensions = tuple(write_sheet(sheet) if each.tag == _SHEET else each for each in process.extensions)
    made = replace(process, id=code, name=title, extensions=extensions, nodes=tuple(_calling(process.nodes, called)))
    return write(_renamed(replace(drawing, processes=_instead(drawing, process, made)), central.code, code, title))


def renamed(drawing: Definitions, code: str, name: str) -> Definitions:
    """A drawing whose process is called otherwise, so that it can be compared with another's."""
    process = drawing.process(code)
    if process is None:
        raise LookupError(code)
    return _renamed(replace(drawing, processes=_instead(drawing, process, replace(process, id=name))), code, name)


def _instead(drawing: Definitions, old: Process, new: Process) -> tuple[Process, ...]:
    return tuple(new if each is old else each for each in drawing.processes)


def _renamed(drawing: Definitions, old: str, new: str, title: str = "") -> Definitions:
    """The same with everything that points to the process pointing to its new id."""
    collaborations = tuple(
        replace(
            each,
            participants=tuple(
                replace(one, process=new, name=title or one.name) if one.process == old else one
                for one in each.participants
            ),
        )
        for each in drawing.collaborations
    )
    diagrams = tuple(
        replace(each, plane=replace(each.plane, element=new)) if each.plane.element == old else each
        for each in drawing.diagrams
    )
    return replace(drawing, collaborations=collaborations, diagrams=diagrams)


def _calling(nodes: Iterable[FlowNode], called: Mapping[str, str]) -> Iterable[FlowNode]:
    for each in nodes:
        if isinstance(each, CallActivity):
            yield replace(each, called=called.get(each.called or "", each.called))
        elif isinstance(each, SubProcess):
            yield replace(each, nodes=tuple(_calling(each.nodes, called)))
        else:
            yield each


def variants(reader: Reader) -> tuple[VariantRow, ...]:
    """Every variant in force, by code."""
    rows = {each.code: each for each in catalogue(reader)}
    own = [each for each in rows.values() if each.facts.get("variant_of")]
    return tuple(_beside(reader, each, rows.get(each.facts["variant_of"])) for each in own)


def _beside(reader: Reader, row: ReleaseRow, central: ReleaseRow | None) -> VariantRow:
    said = row.facts.get("variant_edition", "")
    compared = int(said) if said.isdecimal() else 0
    return VariantRow(row, central, compared, central is not None and _changed(reader, central, compared))


def _changed(reader: Reader, central: ReleaseRow, since: int) -> bool:
    if since == central.edition:
        return False
    try:
        before = release_page(reader, central.code, since).release
    except NotFound:
        return True
    return before.drawings[central.code] != release_page(reader, central.code).release.drawings[central.code]
