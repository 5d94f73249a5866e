"""From a drawing to a release in force: judged against what is in force, and put in force only while that still is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from engine import Engine, Receipt, UnitOfWork, WrongState, drawings_hash, publish_release, revoke_release
from engine.domain.release import Activity, Performer, Release, ReleaseState, Timing
from engine.notation import Activity as Node
from engine.notation import Definitions, Lookup
from engine.process import Interpreter
from engine.queries import catalogue
from sop_catalog.diagram.extension import is_sop, read_activities, read_procedure
from sop_catalog.diagram.outcomes import outcomes_read
from sop_catalog.procedure import Sheet
from sop_catalog.publishing.drawings import Drawing, Drawings, Verdict, bundle_of, read_file
from sop_catalog.publishing.judging import judge, today
from sop_catalog.publishing.opinions import kept_opinion
from sop_catalog.publishing.owners import expect_owner

NOT_YET = datetime.max.replace(tzinfo=UTC)
"""Stands where a release says when it was published until it has been: the same file sent again is the same command."""


TRIES = 4
"""How often a draft is judged anew when something that it calls was published while it was being judged."""


class CalledChanged(WrongState):
    """Expected {code} to hold what is in force, but {called} was published or revoked while it was being judged. Send it once more."""


class NotThatEdition(WrongState):
    """Expected edition {edition} of {code} to be in force, but edition {now} came into force at {when}. Look at that one first."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A file before every rule and both interpreters, and the release that it would be if nothing stands against it."""

    verdict: Verdict
    release: Release | None = None


def weigh(
    engine: Engine, text: bytes, *, at: datetime, interpreters: Sequence[Interpreter], by: str, place: str = ""
) -> Weighed:
    """Put a file before every rule, with what is in force, and before both interpreters."""
    known = in_force(engine, at=at)
    verdict = judge(read_file(text, place), known, on=today(at))
    drawing = verdict.drawing
    if drawing is None or not verdict.accepted:
        return Weighed(verdict)
    held = {**known, drawing.code: drawing}
    if len(interpreters) > 1:
        bundle, _ = bundle_of(drawing, held)
        digest = drawings_hash({code: held[code].text for code in bundle.drawings})
        said = kept_opinion(digest, bundle, interpreters[0], interpreters[1])
        fresh = [each for each in said if each not in verdict.findings]
        verdict = replace(verdict, findings=(*verdict.findings, *fresh))
        if not verdict.accepted:
            return Weighed(verdict)
    return Weighed(verdict, build_release(drawing, held, at=NOT_YET, by=by))


def put_in_force(work: UnitOfWork, release: Release) -> Receipt:
    """Publish a release that was judged, unless something that it calls has changed since.

    Nobody else publishes until this transaction ends. Refused as publishing is. Done only out of an approved draft.
    """
    work.hold_house()
    for process, text in release.drawings.items():
        current = work.releases.in_force(process) if process != release.code else None
        if process != release.code and (current is None or current.drawings[process] != text):
            raise CalledChanged(code=release.code, called=process)
    return publish_release(work, release)


def revoke_edition(work: UnitOfWork, code: str, *, edition: int, reason: str) -> Receipt:
    """Take the edition out of force that was looked at, so that no case begins on it. Refused where another one is by now.

    One person does it: it stops something, and nothing comes into force by it. What calls it keeps its own copy.
    """
    expect_owner(work, "revoke a procedure")
    work.hold_house()
    current = work.releases.in_force(code)
    expect_owner(work, "revoke a procedure", current.office if current else "")
    if current is not None and current.edition != edition:
        raise NotThatEdition(code=code, edition=edition, now=current.edition, when=current.published_at)
    return revoke_release(work, code, reason=reason)


def build_release(drawing: Drawing, known: Drawings, *, at: datetime, by: str) -> Release:
    """Make the self-contained release of a drawing that was accepted, with the facts of every activity read out once."""
    bundle, _ = bundle_of(drawing, known)
    held = {code: drawing if code == drawing.code else known[code] for code in bundle.drawings}
    texts = {code: each.text for code, each in held.items()}
    activities = {
        (each.process, each.element): each for code in held for each in _activities(bundle.drawings[code], code)
    }
    process = drawing.definitions.process(drawing.code)
    procedure = read_procedure(process) if process is not None else None
    promised = procedure.sheet.promised if procedure else None
    facts = {
        "level": procedure.sheet.level.value if procedure else "",
        "area": procedure.sheet.area if procedure else "",
        "owner": procedure.sheet.owner if procedure else "",
        "status": procedure.sheet.status.value if procedure else "",
        "promised": f"{promised.amount:g} {promised.clock}" if promised else "",
        **(_shown(procedure.sheet) if procedure else {}),
    }
    return Release(
        code=drawing.code,
        edition=0,
        title=(procedure.title if procedure else "") or drawing.code,
        state=ReleaseState.IN_FORCE,
        drawings=texts,
        activities=activities,
        sha256=drawings_hash(texts),
        published_at=at,
        published_by=by,
        facts=facts,
        timings={code: _timing(bundle.drawings[code], code) for code in held},
    )


def _shown(sheet: Sheet) -> dict[str, str]:
    """What the lists say of it besides: nothing where the sheet is silent, so that older editions say the same."""
    said = {"public": "publik" if sheet.is_public else "", "office": sheet.office, "variant_of": sheet.variant_of}
    said["variant_edition"] = str(sheet.variant_edition or "")
    return {name: text for name, text in said.items() if text}


def _timing(drawing: Definitions, code: str) -> Timing:
    process = drawing.process(code)
    return read_procedure(process).sheet.timing if process else Timing()


def _activities(drawing: Definitions, code: str) -> Iterator[Activity]:
    """What is to be done in one drawing; in one without a cover sheet, which is no SOP, by anybody in the office."""
    process = drawing.process(code)
    own = (each for each in read_activities(drawing) if each.process == code)
    if process is None or is_sop(process):
        yield from own
        return
    lookup = Lookup(drawing)
    for each in own:
        node = lookup.node(each.element)
        outcomes = outcomes_read(node, lookup) if isinstance(node, Node) else each.outcomes
        yield replace(each, performer=each.performer or Performer(""), outcomes=outcomes)


def in_force(engine: Engine, *, at: datetime) -> dict[str, Drawing]:
    """Return the own drawing of every procedure in force."""
    with engine.reading(at=at) as reader:
        releases = [reader.release(row.number) for row in catalogue(reader)]
    return {each.code: drawing_kept(each.code, each.drawings[each.code]) for each in releases}


@lru_cache(maxsize=2048)
def drawing_kept(code: str, text: bytes) -> Drawing:
    """Read a drawing that was accepted before."""
    read = read_file(text)
    if read.drawing is None or read.drawing.code != code:
        raise LookupError(code)
    return read.drawing
