"""Put an edition of a procedure in force: new cases begin on it, running ones stay where they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from engine.course.clocks import set_start
from engine.domain.receipt import Receipt
from engine.domain.release import Release, ReleaseState
from engine.errors import NotValid
from engine.notation import ManualTask, UserTask, nodes, read_kept
from engine.process import Program
from engine.rights import expect_power
from engine.storage import UnitOfWork


class NobodyToDoIt(NotValid):
    """Expected a post for every step that a person does, but “{step}” of {code} has none."""


def drawings_hash(drawings: Mapping[str, bytes]) -> str:
    """Return the hash by which releases are told apart: of every drawing, by the name of its process."""
    digest = hashlib.sha256()
    for process, text in sorted(drawings.items()):
        digest.update(f"{process} {hashlib.sha256(text).hexdigest()}\n".encode())
    return digest.hexdigest()


def publish_release(work: UnitOfWork, release: Release) -> Receipt:
    """Supersede the edition in force by this one, and re-release every procedure that calls it.

    An edition that says the same as the one in force changes nothing. Refused (CannotRun) where the interpreter cannot
    run it as BPMN 2.0 says, where a step for a person names no post, and for whoever may not publish.
    """
    expect_power(work, "publish", "put a procedure in force")
    release = replace(release, sha256=drawings_hash(release.drawings))
    current = work.releases.in_force(release.code)
    if current is not None and _same(current, release):
        return Receipt(state="unchanged", number=current.number, name=release.code)
    number = _put_in_force(work, release)
    for caller in work.releases.callers(release.code):
        _put_in_force(work, _with(caller, release))
    return Receipt(state=ReleaseState.IN_FORCE.value, number=number, name=release.code)


def _same(current: Release, new: Release) -> bool:
    return _said(current) == _said(new)


def _said(release: Release) -> tuple[object, ...]:
    return release.sha256, dict(release.activities), release.title, dict(release.facts), dict(release.timings)


def _with(caller: Release, called: Release) -> Release:
    """A caller as it is with the new drawing of what it calls."""
    others = {place: each for place, each in caller.activities.items() if place[0] not in called.drawings}
    drawings = {**caller.drawings, **called.drawings}
    return replace(
        caller,
        drawings=drawings,
        activities={**others, **called.activities},
        sha256=drawings_hash(drawings),
        timings={**caller.timings, **called.timings},
    )


def _put_in_force(work: UnitOfWork, release: Release) -> int:
    _expect_posts(release)
    edition = work.releases.next_edition(release.code)
    release = replace(
        release,
        edition=edition,
        state=ReleaseState.IN_FORCE,
        published_at=work.at,
        published_by=release.published_by or work.login,
        number=None,
    )
    _, program = work.programs.for_new(release)
    ended = work.releases.end(release.code, ReleaseState.SUPERSEDED, work.at)
    work.waits.close_starts(ended)
    messages = [(each.element, each.message) for each in program.starts if each.message]
    number = work.releases.add(release, messages)
    _set_clocks(work, number, program)
    work.record("release.published", code=release.code, edition=edition, sha256=release.sha256)
    return number


def _expect_posts(release: Release) -> None:
    """Every step that a person does must be known to the release, with a post: nobody else could ever open it."""
    for process, text in release.drawings.items():
        drawn = read_kept(text).process(process)
        for node, _ in nodes(drawn) if drawn else ():
            known = release.activities.get((process, node.id))
            if isinstance(node, UserTask | ManualTask) and (known is None or known.performer is None):
                raise NobodyToDoIt(step=node.name or node.id, code=process)


def _set_clocks(work: UnitOfWork, number: int, program: Program) -> None:
    for start in program.starts:
        set_start(work, number, start)
