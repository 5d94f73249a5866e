"""The life of a draft: begun, drawn, submitted, approved by a second person, in force on its day.

A draft never touches what is in force before somebody else than its author has said so. Every act is in the house's
audit chain; what was said with it stands with the draft.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from engine import Engine, NotFound, NotValid, Receipt, Refusal, Unavailable, UnitOfWork, WrongState
from engine.domain.release import Release
from engine.notation import examine, write
from engine.process import Interpreter
from sop_catalog.diagram.extension import is_sop, read_procedure
from sop_catalog.diagram.settling import settle
from sop_catalog.procedure import CODE
from sop_catalog.publishing.drawings import Verdict, read_file
from sop_catalog.publishing.judging import judge, today
from sop_catalog.publishing.owners import expect_owner
from sop_catalog.publishing.releasing import TRIES, CalledChanged, in_force, put_in_force, weigh
from sop_catalog.storage import Draft, Drafts, DraftState
from sop_catalog.storage.drafts import NotItsAuthor, sha256

PLAIN = re.compile(r"[^\W\d][\w.-]{0,79}")
"""The code of a drawing that is no SOP: an id as XML has it, as long as there is room for one."""

log = logging.getLogger(__name__)


class BaseSuperseded(WrongState):
    """Expected edition {edition} of {code} to be still in force, for the draft was begun from it, but edition {now} came into force at {when}. Compare the two, and base the draft on the new one."""


class BaseRevoked(WrongState):
    """Expected {code} to be still in force, for the draft was begun from it, but it was revoked meanwhile."""


class CodeTaken(WrongState):
    """Expected {code} to be a new procedure, but edition {now} of it came into force at {when}. Begin a draft from that edition."""


class NotADrawing(NotValid):
    """Expected a BPMN 2.0 file, but: {first}"""


class CodeChanged(NotValid):
    """Expected the drawing to keep its code {code}, for it is an edition of that procedure, but it says {found}."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of a file that was sent in: what the rules say of it, and the draft that was begun of it."""

    verdict: Verdict
    draft: int | None = None
    """None where it cannot be drawn on: it could not be read, or its code is none."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a draft that was to go one step further."""

    verdict: Verdict
    receipt: Receipt | None = None


# Commands: each one transaction, given to `Engine.perform`.


def begin_draft(work: UnitOfWork, *, code: str = "", content: bytes = b"") -> Receipt:
    """Begin a draft from the edition in force of `code`, or from a file that was sent in; of a file, its code decides.

    Raises NotFound where nothing is in force under the code, and NotADrawing for a file that cannot be read.
    """
    who = expect_owner(work, "begin a draft")
    current = work.releases.in_force(code) if code and not content else None
    if code and not content and current is None:
        raise NotFound(what=f"a procedure {code} in force")
    text = current.drawings[code] if current else content
    text, code, title = _tidied(text)
    expect_owner(work, "begin a draft", _office_of(text, code))
    current = current or work.releases.in_force(code)
    base = (current.edition, current.drawings[code]) if current else None
    drafts = Drafts(work.connection)
    number = drafts.add(code=code, title=title, content=text, base=base, by=work.login, at=work.at)
    drafts.note(number, "begun", at=work.at, by=work.login)
    work.record("draft.begun", None, draft=number, code=code, edition=base[0] if base else None, **who)
    return Receipt(state=DraftState.DRAFT.value, number=number, name=code)


def save_draft(work: UnitOfWork, number: int, content: bytes, *, seen: int) -> Receipt:
    """Keep the drawing as it is now. Refused to all but its author, and where the page has not seen the last version.

    Not in the audit chain: a drawing is saved every few seconds, and nothing comes of it before it is submitted.
    """
    expect_owner(work, "change the draft")
    drafts = Drafts(work.connection)
    held = _own(drafts, number, work, "change the draft", seen)
    held.expect(DraftState.DRAFT, "change the draft")
    text, code, title = _tidied(content, held.content)
    if held.base_edition is not None and code != held.code:
        raise CodeChanged(code=held.code, found=code)
    if text != held.content:
        held = held.edit(by=work.login, at=work.at, code=code, title=title, content=text)
        drafts.save(held)
    return Receipt(state=held.state.value, number=held.version, name=code)


def rebase_draft(work: UnitOfWork, number: int, *, seen: int) -> Receipt:
    """Take the edition that is in force now as what the draft changes; its author has compared the two."""
    who = expect_owner(work, "change the draft")
    drafts = Drafts(work.connection)
    held = _own(drafts, number, work, "change the draft", seen)
    held.expect(DraftState.DRAFT, "change the draft")
    current = work.releases.in_force(held.code)
    fresh = _based(held, current, at=work.at)
    drafts.save(fresh)
    drafts.note(number, "rebased", at=work.at, by=work.login, note=str(fresh.base_edition or ""))
    work.record("draft.rebased", None, draft=number, code=held.code, edition=fresh.base_edition, **who)
    return Receipt(state=held.state.value, number=number, name=held.code)


def submit_draft(work: UnitOfWork, number: int, *, seen: int, on: date, note: str) -> Receipt:
    """Hand a draft that was judged to a second person, to come into force on a day. Refused for a day that has passed."""
    who = expect_owner(work, "submit the draft")
    if on < today(work.at):
        raise NotValid(what="the day on which it comes into force", wanted="today or later", found=on)
    drafts = Drafts(work.connection)
    held = _own(drafts, number, work, "submit the draft", seen)
    expect_owner(work, "submit the draft", _office_of(held.content, held.code))
    moved = held.submit(by=work.login, at=work.at, on=on)
    _expect_base(work, held)
    drafts.save(moved)
    drafts.note(number, "submitted", at=work.at, by=work.login, note=note.strip())
    told: dict[str, Any] = {
        "draft": number,
        "code": held.code,
        "sha256": sha256(held.content),
        "effective_on": on.isoformat(),
    }
    work.record("draft.submitted", None, **told, **who)
    return Receipt(state=moved.state.value, number=number, name=held.code)


def approve_draft(work: UnitOfWork, number: int, *, seen: int, note: str, release: Release | None = None) -> Receipt:
    """Let a draft come into force: at once with the `release` that was judged, or else on its day.

    Refused (OwnDraft) for whoever has drawn or submitted it, and without a note.
    """
    who = expect_owner(work, "approve the draft")
    if not note.strip():
        raise NotValid(what="the note", wanted="given", found="missing")
    drafts = Drafts(work.connection)
    held = drafts.lock(number, seen=seen).approve(by=work.login, at=work.at)
    expect_owner(work, "approve the draft", _office_of(held.content, held.code))
    _expect_base(work, held)
    drafts.save(held)
    drafts.note(number, "approved", at=work.at, by=work.login, note=note.strip())
    told: dict[str, Any] = {"draft": number, "code": held.code, "sha256": sha256(held.content), "author": held.author}
    work.record("draft.approved", None, **told, **who)
    if release is None:
        return Receipt(state=held.state.value, number=number, name=held.code)
    return _put(work, held, release)


def send_back_draft(work: UnitOfWork, number: int, *, seen: int, reason: str) -> Receipt:
    """Give a draft that was submitted or approved back to its author. Refused without a reason."""
    who = expect_owner(work, "send the draft back")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    drafts = Drafts(work.connection)
    held = drafts.lock(number, seen=seen).send_back(at=work.at)
    expect_owner(work, "send the draft back", _office_of(held.content, held.code))
    drafts.save(held)
    drafts.note(number, "sent-back", at=work.at, by=work.login, note=reason.strip())
    work.record("draft.sent_back", None, draft=number, code=held.code, **who)
    return Receipt(state=held.state.value, number=number, name=held.code)


def withdraw_draft(work: UnitOfWork, number: int, *, seen: int) -> Receipt:
    """Put one's own draft away."""
    who = expect_owner(work, "withdraw the draft")
    drafts = Drafts(work.connection)
    held = _own(drafts, number, work, "withdraw the draft", seen)
    drafts.save(held.withdraw(at=work.at))
    drafts.note(number, "withdrawn", at=work.at, by=work.login)
    work.record("draft.withdrawn", None, draft=number, code=held.code, **who)
    return Receipt(state=DraftState.WITHDRAWN.value, number=number, name=held.code)


def put_draft_in_force(work: UnitOfWork, number: int, release: Release) -> Receipt:
    """Make an edition of an approved draft whose day has come."""
    expect_owner(work, "put a procedure in force")
    held = Drafts(work.connection).lock(number)
    held.expect(DraftState.APPROVED, "put the draft in force")
    if held.effective_on is None or held.effective_on > today(work.at):
        raise WrongState(act="put the draft in force", what="this SOP draft", state=held.state.value)
    return _put(work, held, release)


def stop_draft(work: UnitOfWork, number: int, *, reason: str) -> Receipt:
    """Give an approved draft that could not come into force on its day back to its author."""
    drafts = Drafts(work.connection)
    held = drafts.lock(number)
    held.expect(DraftState.APPROVED, "stop the draft")
    held = held.send_back(at=work.at)
    drafts.save(held)
    drafts.note(number, "stopped", at=work.at, by=work.login, note=reason)
    work.record("draft.stopped", None, draft=number, code=held.code)
    return Receipt(state=held.state.value, number=number, name=held.code)


def _own(drafts: Drafts, number: int, work: UnitOfWork, act: str, seen: int) -> Draft:
    """Hold one's own draft. Refused (NotItsAuthor) for anybody but its author, whatever else there is to say of it."""
    held = drafts.lock(number)
    if held.author != work.login:
        raise NotItsAuthor(act=act)
    return held.expect_seen(seen)


def _put(work: UnitOfWork, held: Draft, release: Release) -> Receipt:
    _expect_base(work, held)
    receipt = put_in_force(work, release)
    current = work.releases.in_force(held.code)
    edition = current.edition if current else 0
    drafts = Drafts(work.connection)
    drafts.save(held.put_in_force(at=work.at, edition=edition))
    drafts.note(held.number, "in-force", at=work.at, by=work.login, note=str(edition))
    work.record(
        "draft.published", None, draft=held.number, code=held.code, edition=edition, approved_by=held.approved_by
    )
    return receipt


def _expect_base(work: UnitOfWork, held: Draft) -> None:
    """Refuse where another edition than that which the draft changes is in force by now."""
    work.hold_house()
    current = work.releases.in_force(held.code)
    if current is None:
        if held.base_edition is not None:
            raise BaseRevoked(code=held.code)
        return
    now = {"code": held.code, "now": current.edition, "when": current.published_at}
    if held.base_edition is None:
        raise CodeTaken(**now)
    if sha256(current.drawings[held.code]) != held.base_sha256:
        raise BaseSuperseded(edition=held.base_edition, **now)


def _based(held: Draft, current: Release | None, *, at: datetime) -> Draft:
    edition = current.edition if current else None
    digest = sha256(current.drawings[held.code]) if current else ""
    return replace(held, base_edition=edition, base_sha256=digest, changed_at=at, version=held.version + 1)


def _tidied(content: bytes, earlier: bytes = b"") -> tuple[bytes, str, str]:
    """A drawing as our own writer writes it, in the order of the earlier one, with its code and title.

    A drawing without a cover sheet, made with another program, keeps the name that it has there as its code.
    """
    examined = examine(content)
    if examined.definitions is None:
        raise NotADrawing(first=examined.findings[0].sentence() if examined.findings else "?")
    before = examine(earlier).definitions if earlier else None
    text = write(settle(examined.definitions, before) if before else examined.definitions)
    drawing = read_file(text).drawing
    code = drawing.code if drawing else ""
    process = drawing.definitions.process(code) if drawing else None
    form = PLAIN if process is not None and not is_sop(process) else CODE
    if not form.fullmatch(code):
        raise NotValid(
            what="the code of the procedure", wanted="like c3-m05-02, c3-m05 or p-c3-01", found=code or "missing"
        )
    return text, code, (process.name if process else "") or code


def _office_of(content: bytes, code: str) -> str:
    """The office whose variant a drawing is; empty for one of every office."""
    drawing = read_file(content).drawing
    process = drawing.definitions.process(code) if drawing else None
    return read_procedure(process).sheet.office if process is not None else ""


# What is judged first, and then done.


def check_draft(engine: Engine, content: bytes, *, at: datetime) -> Verdict:
    """Put a drawing before every rule, with what is in force. Nothing is kept."""
    return judge(read_file(content), in_force(engine, at=at), on=today(at))


def hand_in(
    engine: Engine,
    content: bytes,
    *,
    officer: str,
    at: datetime,
    interpreters: Sequence[Interpreter],
    key: str | None = None,
) -> HandedIn:
    """Judge a file that was sent in and begin a draft of it, sound or not: its author may mend it. Nothing comes into force."""
    verdict = weigh(engine, content, at=at, interpreters=interpreters, by=officer).verdict
    try:
        begun = engine.perform(begin_draft, content=content, officer=officer, at=at, key=key)
    except NotValid:
        if verdict.accepted:
            raise
        return HandedIn(verdict)
    return HandedIn(verdict, begun.number)


def hand_in_and_submit(
    engine: Engine,
    content: bytes,
    *,
    officer: str,
    at: datetime,
    interpreters: Sequence[Interpreter],
    on: date,
    key: str | None = None,
) -> HandedIn:
    """Begin a draft of a file that was sent in, and submit it where nothing stands against it. A second person decides."""
    if on < today(at):
        raise NotValid(what="the day on which it comes into force", wanted="today or later", found=on)
    handed = hand_in(engine, content, officer=officer, at=at, interpreters=interpreters, key=key)
    if handed.draft is None or not handed.verdict.accepted:
        return handed
    further = hashlib.sha256(f"{key}/submit".encode()).hexdigest() if key else None
    given: dict[str, Any] = {"seen": 1, "on": on, "note": "", "key": further}
    judged = submit(engine, handed.draft, officer=officer, at=at, interpreters=interpreters, **given)
    return replace(handed, verdict=handed.verdict if judged.receipt else judged.verdict)


def submit(
    engine: Engine,
    number: int,
    *,
    officer: str,
    at: datetime,
    interpreters: Sequence[Interpreter],
    seen: int,
    on: date,
    note: str,
    key: str | None = None,
) -> Judged:
    """Judge a draft by every rule and both interpreters, and hand it to a second person where nothing stands against it."""
    weighed = weigh(engine, _content(engine, number, at), at=at, interpreters=interpreters, by=officer)
    if weighed.release is None:
        return Judged(weighed.verdict)
    given: dict[str, Any] = {"seen": seen, "on": on, "note": note}
    return Judged(weighed.verdict, engine.perform(submit_draft, number, officer=officer, at=at, key=key, **given))


def approve(
    engine: Engine,
    number: int,
    *,
    officer: str,
    at: datetime,
    interpreters: Sequence[Interpreter],
    seen: int,
    note: str,
    key: str | None = None,
) -> Judged:
    """Judge a draft anew and let it come into force: now where its day has come, else on its day."""
    row = _read(engine, number, at)
    for turn in range(1, TRIES + 1):
        weighed = weigh(engine, row.content, at=at, interpreters=interpreters, by=row.author)
        if weighed.release is None:
            return Judged(weighed.verdict)
        now = row.effective_on is not None and row.effective_on <= today(at)
        given: dict[str, Any] = {"seen": seen, "note": note, "release": weighed.release if now else None}
        try:
            return Judged(
                weighed.verdict, engine.perform(approve_draft, number, officer=officer, at=at, key=key, **given)
            )
        except CalledChanged:
            if turn == TRIES:
                raise
    raise AssertionError


def publish_due(engine: Engine, *, at: datetime, interpreters: Callable[[], Sequence[Interpreter]]) -> int:
    """Put in force every approved draft whose day has come. One that cannot be goes back to its author, with the reason.

    The interpreters are asked for only where there is a draft. Returns how many were moved. Raises Unavailable.
    """
    with engine.reading(at=at) as reader:
        due = Drafts(reader.connection).due(today(at))
    return sum(_publish_one(engine, number, at=at, interpreters=interpreters()) for number in due)


def _publish_one(engine: Engine, number: int, *, at: datetime, interpreters: Sequence[Interpreter]) -> int:
    row = _read(engine, number, at)
    try:
        weighed = weigh(engine, row.content, at=at, interpreters=interpreters, by=row.author)
        if weighed.release is not None:
            engine.perform(put_draft_in_force, number, weighed.release, at=at)
            return 1
        reason = next(each.sentence() for each in weighed.verdict.findings if each.severity == "error")
    except (Unavailable, CalledChanged):
        raise
    except Refusal as refusal:
        reason = str(refusal)
    log.warning("draft_stopped: draft %s of %s", number, row.code)
    try:
        engine.perform(stop_draft, number, reason=reason, at=at)
    except WrongState:
        return 0
    return 1


def _read(engine: Engine, number: int, at: datetime) -> Draft:
    with engine.reading(at=at) as reader:
        return Drafts(reader.connection).get(number)


def _content(engine: Engine, number: int, at: datetime) -> bytes:
    return _read(engine, number, at).content
