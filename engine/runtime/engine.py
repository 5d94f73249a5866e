"""The engine: a database, interpreters and keys, and the one place where a transaction begins and ends.

A command runs in one transaction. A refusal leaves no trace in the case's tables and is noted among the accesses; a
fault of the program leaves none either and becomes an incident on the case. See `docs/engine.md`.
"""

from __future__ import annotations

import os
import random
import threading
import time
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar

from engine.commands.claim_work_item import claim_work_item
from engine.commands.complete_work_item import complete_work_item
from engine.commands.finish_trail_check import finish_trail_check
from engine.commands.pass_time import pass_time
from engine.commands.release_work_item import release_work_item
from engine.course import Overtaken
from engine.domain.case import Case
from engine.domain.dispatch import Channel
from engine.domain.limits import LIMITS, Limits
from engine.domain.organisation import Officer
from engine.domain.partner_line import Line
from engine.domain.quota import Spent
from engine.domain.receipt import Receipt
from engine.domain.sign_on import Begun
from engine.domain.token import Token
from engine.errors import NotValid, Refusal, Unavailable
from engine.process import Interpreter, Step, Wait
from engine.queries.reader import Reader
from engine.runtime.crash import crash_point
from engine.runtime.given import LONGEST_KEY, digest_of, expect_sound
from engine.runtime.library import Library
from engine.runtime.quotas import Quotas
from engine.storage import Memory, UnitOfWork
from engine.storage.access_chain import AT_ONCE, anything_unsealed, seal_accesses
from engine.storage.announcements import Announcement, next_pending, pending
from engine.storage.answer_drafts import forget_drafts
from engine.storage.bell import listen, ring
from engine.storage.calendars import outdated
from engine.storage.database import Conflict, Database, OutcomeUnknown, trouble
from engine.storage.dispatches import due_dispatches, forget_dispatches, next_dispatch
from engine.storage.due import what_is_due, when_next
from engine.storage.identity import Session, find_session, find_token, forget_sign_ins, password_of, touch_session
from engine.storage.incidents import record_incident
from engine.storage.key_ring import KeyRing
from engine.storage.notices import forget_notices
from engine.storage.organisation import organisation_version, read_officer, read_organisation
from engine.storage.partner_lines import read_line
from engine.storage.pemda import forget_pemda_sessions
from engine.storage.pemda import touch_session as touch_pemda_session
from engine.storage.placements import MOST_AT_ONCE, line_of, note_cursor, placements_to_adopt, placements_to_move
from engine.storage.quotas import take_share
from engine.storage.receipts import Kept, earlier_receipt, forget_receipts
from engine.storage.reconciling import ASKED, WHOLE, last_run
from engine.storage.releases import Releases
from engine.storage.schema import check_shape, migrate, shape_of
from engine.storage.sign_on import add_request, forget_requests, take_request
from engine.storage.signs_of_life import leave_sign
from engine.storage.slips import forget_slip_tries
from engine.storage.trail import Trail
from engine.storage.trail_check import TrailCheck, marks
from engine.storage.waits import DueTimer
from engine.storage.webhooks import forget_secrets

T = TypeVar("T")

OF_ONE_ITEM: frozenset[Callable[..., Any]] = frozenset({complete_work_item, claim_work_item, release_work_item})
"""Commands whose first argument is the work item that they lock: it is asked for together with the officer."""

SOON = timedelta(minutes=1)
"""Every worker looks for itself at least as often; what is due before that, its worker has to be told of."""
TRIES = 4
"""How often a command is carried out anew when another transaction came in between: once, and three times more."""


class Unexpected(Refusal):
    """Expected to carry this out, but something in the program went wrong; nothing was changed. It is kept as incident {incident}."""

    status: ClassVar[int] = 500


class Engine:
    """Everything that stays between two commands. One engine serves all threads of a process."""

    def __init__(
        self, database: Database, interpreters: Sequence[Interpreter], keys: KeyRing, *, limits: Limits = LIMITS
    ) -> None:
        """Open nothing yet; `check` says whether the database is fit to be used."""
        self.database = database
        self.programs = Library(interpreters, limits)
        self.limits = limits
        self._keys = keys
        self._memory = Memory()
        self._bell = threading.Condition()
        self._rung = 0
        self.enqueue: Callable[[UnitOfWork], None] | None = None
        """Puts the cases for which something is to go out before those who deliver, in the transaction that says so."""
        self._quotas = Quotas(self._take_share)
        self._checking: tuple[int, TrailCheck] | None = None
        """The record that asked for a check of every chain, and how far it has come."""

    def migrate(self) -> None:
        """Bring the database to this program's shape."""
        with self._plainly():
            migrate(self.database)

    def check(self) -> None:
        """Refuse a database that does not answer, is missing, older or newer."""
        with self._plainly():
            check_shape(self.database)

    def close(self) -> None:
        """Give every connection back."""
        self.database.close()

    @contextmanager
    def begin(self, *, officer: str | None = None, at: datetime) -> Iterator[UnitOfWork]:
        """Open a unit of work in an officer's name: leaving commits, an exception rolls back, nothing else does either."""
        with self._plainly(), self._begin(officer, at) as work:
            yield work

    def perform(
        self,
        command: Callable[..., T],
        /,
        *args: Any,
        officer: str | None = None,
        at: datetime,
        key: str | None = None,
        **more: Any,
    ) -> T:
        """Carry out one command in one transaction.

        With a `key`, the same command sent again by the same officer has no second effect and gets the same receipt.
        Tried again when another transaction came in between. Raises the command's refusals, Unavailable and its kin,
        KeyUsedOtherwise, and Unexpected for what is no refusal.
        """
        for turn in range(1, TRIES + 1):
            doing = _Doing(command.__name__, officer or "", at)
            try:
                return self._perform(command, args, more, officer, at, key, doing)
            except Overtaken as refusal:
                self._note(doing, refusal)
                self._let_time_pass(doing)
                raise
            except OutcomeUnknown:
                if key is None or turn == TRIES:
                    raise
            except Refusal as refusal:
                self._note(doing, refusal)
                raise
            except Exception as fault:
                found = trouble(fault, self.database.where) if not isinstance(fault, Conflict) else fault
                if isinstance(found, Refusal):
                    raise found from fault
                if not isinstance(found, Conflict):
                    raise Unexpected(incident=self._incident(doing, fault)) from fault
                if turn < TRIES:
                    time.sleep(random.uniform(0.005, 0.02) * 2**turn)  # noqa: S311 - two that met should not meet again
        raise Unavailable

    @contextmanager
    def reading(self, *, at: datetime) -> Iterator[Reader]:
        """Open a read transaction for queries: one moment of the database, nothing changed."""
        with self._plainly(), self.database.reading() as connection:
            version = organisation_version(connection)
            known = self._memory.organisation
            if known is None or known.version != version:
                known = self._memory.organisation = read_organisation(connection, version)
            releases = Releases(connection, self._memory.releases)
            yield Reader(
                connection,
                at,
                known,
                releases.get,
                lambda case: self._waits_of(case, releases),
                self._keys,
                lambda case, back: self._back_from(case, back, releases),
            )

    def officer(self, login: str, *, at: datetime) -> Officer:
        """Who signs in under this login, with the posts held today. Raises NotFound."""
        with self._plainly(), self.database.reading() as connection:
            return read_officer(connection, login, at)[0]

    def session(self, secret: str, *, at: datetime) -> Session | None:
        """The session of this secret if it is still good."""
        with self._plainly(), self.database.reading() as connection:
            return find_session(connection, secret, at)

    def keep_session(self, secret: str, *, at: datetime, until: datetime) -> None:
        """Keep a session open that is being used."""
        with self._plainly(), self.database.writing() as connection:
            touch_session(connection, secret, at, until)

    def keep_pemda_session(self, secret: str, *, at: datetime, until: datetime) -> None:
        """Keep a session of a local government open that is being used."""
        with self._plainly(), self.database.writing() as connection:
            touch_pemda_session(connection, secret, at, until)

    def begin_sign_on(
        self, state: str, *, browser: str, nonce: str, verifier: str, following: str, at: datetime
    ) -> None:
        """Remember that a browser goes to the provider of sign-on."""
        with self._plainly(), self.database.writing() as connection:
            add_request(connection, state, browser=browser, nonce=nonce, verifier=verifier, following=following, at=at)

    def back_from_sign_on(self, state: str, *, browser: str, at: datetime) -> Begun | None:
        """What a browser began that comes back with this state. From now on it counts as used."""
        with self._plainly(), self.database.writing() as connection:
            return take_request(connection, state, browser=browser, at=at)

    def token(self, secret: str, *, at: datetime) -> Token | None:
        """The token of this secret, if it is still good."""
        with self._plainly(), self.database.reading() as connection:
            return find_token(connection, secret, at)

    def spend(self, token: Token, *, rate: int, at: datetime) -> Spent:
        """Count one request against a token's own rate, or this one where it has none. Says whether there was one left."""
        return self._quotas.spend(token.number, token.rate or rate, at)

    def password_hash(self, login: str) -> str | None:
        """The password hash of an active officer, for `web.identity` to verify against."""
        with self._plainly(), self.database.reading() as connection:
            found = password_of(connection, login)
        return found[1] if found else None

    def note_refusal(self, refusal: Refusal, *, officer: str, what: str, at: datetime) -> None:
        """Keep that a page was refused to somebody."""
        self._note(_Doing(what, officer, at), refusal)

    def note_incident(self, refusal: Refusal, *, case: int | None, event: str, at: datetime) -> int:
        """Keep as an incident what was refused where no person could be told. Returns its number; 0 if it could not be."""
        doing = _Doing(event, "", at)
        doing.case = case
        return self._incident(doing, refusal)

    def due(self, *, at: datetime) -> tuple[DueTimer, ...]:
        """The timers and rungs whose instant has come, and the offers to other offices whose time is up."""
        with self._plainly(), self.database.reading() as connection:
            return what_is_due(connection, at)

    def outdated(self, *, but: Collection[int] = ()) -> tuple[tuple[int | None, int], ...]:
        """Cases, and start timers without one, in which an older edition of the calendars counted what is due."""
        with self._plainly(), self.database.reading() as connection:
            return outdated(connection, but=but)

    def announced(self, *, at: datetime, case: int | None = None) -> tuple[Announcement, ...]:
        """What is to be delivered now, of one case or of all."""
        with self._plainly(), self.database.reading() as connection:
            return pending(connection, at, of=case)

    def next_delivery(self, case: int, *, at: datetime) -> datetime | None:
        """When something of one case is to be delivered after this instant."""
        with self._plainly(), self.database.reading() as connection:
            return next_pending(connection, at, of=case)

    def to_send(self, channel: Channel, *, at: datetime, without: Sequence[str] = ()) -> tuple[tuple[int, str], ...]:
        """What is to leave the house now by this channel, but not to those receivers: row and receiver."""
        with self._plainly(), self.database.reading() as connection:
            return due_dispatches(connection, channel, at, without)

    def next_sending(self, channel: Channel, *, at: datetime) -> datetime | None:
        """When something is to leave the house by this channel after this instant."""
        with self._plainly(), self.database.reading() as connection:
            return next_dispatch(connection, channel, at)

    def line(self, partner: str) -> Line:
        """How the line to a partner is."""
        with self._plainly(), self.database.reading() as connection:
            return read_line(connection, partner)

    def placements_to_move(self, *, after: int = 0) -> tuple[int, ...]:
        """Cases that news of the placement system may move now: of those with a row after this one, the first `MOST_AT_ONCE`."""
        with self._plainly(), self.database.reading() as connection:
            found = {*placements_to_move(connection, after), *placements_to_adopt(connection, after)}
        return tuple(sorted(found)[:MOST_AT_ONCE])

    def news_cursor(self) -> tuple[str, datetime | None]:
        """Up to where the news of the placement system has been read, and when it was last asked for."""
        with self._plainly(), self.database.reading() as connection:
            line = line_of(connection)
        return (line.cursor, line.asked_at) if line is not None else ("", None)

    def note_cursor(self, cursor: str, *, at: datetime) -> None:
        """Remember up to where the news of the placement system has been read."""
        with self._plainly(), self.database.writing() as connection:
            note_cursor(connection, cursor, at)

    def last_reconciled(self) -> tuple[datetime | None, datetime | None]:
        """When this house and the placement system were compared last over the line, and when somebody last asked for it."""
        with self._plainly(), self.database.reading() as connection:
            run, asked = last_run(connection, WHOLE), last_run(connection, ASKED)
        return run.at if run is not None else None, asked.at if asked is not None else None

    def next_instant(self, *, at: datetime) -> datetime | None:
        """When the next timer, rung or delivery is due after this instant."""
        with self._plainly(), self.database.reading() as connection:
            return when_next(connection, at)

    def tidy(self, *, at: datetime) -> int:
        """Let go of keys, sessions, attempts and drafts that nobody will ask for again. Returns how many rows went."""
        with self._plainly(), self.database.writing() as connection:
            return (
                forget_receipts(connection, at)
                + forget_sign_ins(connection, at)
                + forget_pemda_sessions(connection, at)
                + forget_requests(connection, at)
                + forget_slip_tries(connection, at)
                + forget_drafts(connection)
                + forget_notices(connection, at)
                + forget_dispatches(connection, at)
                + forget_secrets(connection, at)
            )

    def leave_sign(self, name: str, *, at: datetime) -> None:
        """Remember that the worker, or a backup, has just been there."""
        with self._plainly(), self.database.writing() as connection:
            leave_sign(connection, name, at)

    def seal_accesses(self) -> int:
        """Seal what has been noted of accesses since, so that no note can be changed unseen. Returns how many."""
        done = 0
        with self._plainly():
            with self.database.reading() as connection:
                if not anything_unsealed(connection):
                    return 0
            while True:
                with self.database.writing() as connection:
                    sealed = seal_accesses(connection)
                done += sealed
                if sealed < AT_ONCE:
                    return done

    def check_trail(self, *, at: datetime) -> int:
        """Read the next piece of every chain where somebody has asked for it, and keep what was found after the last.

        Returns how many pieces were read: 0 or 1. In between others get their turn.
        """
        with self._plainly(), self.database.reading() as connection:
            asked, done = marks(connection)
            if asked <= done:
                self._checking = None
                return 0
            begun, check = self._checking or (asked, TrailCheck())
            check = (check if begun == asked else TrailCheck()).further(connection)
        self._checking = (asked, check)
        if check.done:
            self.perform(finish_trail_check, check, asked=asked, at=at)
            self._checking = None
        return 1

    def shape(self) -> str:
        """Which migration the database has been through last; empty where it has been through none."""
        with self._plainly(), self.database.reading() as connection:
            return shape_of(connection) or ""

    def wait_for_bell(self, seen: int, timeout: float | None) -> int:
        """Sleep until something has been stored that is due earlier than known, or until the time is up."""
        with self._bell:
            self._bell.wait_for(lambda: self._rung != seen, timeout)
            return self._rung

    def listen(self, going: Callable[[], bool]) -> None:
        """Ring the bell here whenever any process stores what is due soon. Raises Unavailable; returns where none can tell."""
        if not self.database.sqlite:
            with self._plainly():
                listen(self.database, self.ring, going)

    def ring(self) -> None:
        """Wake who sleeps in `wait_for_bell`."""
        with self._bell:
            self._rung += 1
            self._bell.notify_all()

    def _perform(
        self,
        command: Callable[..., T],
        args: Sequence[Any],
        more: dict[str, Any],
        officer: str | None,
        at: datetime,
        key: str | None,
        doing: _Doing,
    ) -> T:
        expect_sound([*args, *more.values(), key], self.limits)
        if key and len(key) > LONGEST_KEY:
            raise NotValid(what="the key", wanted=f"at most {LONGEST_KEY} characters", found=len(key))
        digest = digest_of(args, more) if key else ""
        item = args[0] if command in OF_ONE_ITEM and args and isinstance(args[0], int) else None
        with self._begin(officer, at, doing, key=key, item=item) as work:
            if key and (earlier := earlier_receipt(work.receipts, key, doing.command, digest)):
                return earlier  # type: ignore[return-value] # only commands that give receipts may have a key
            result = command(work, *args, **more)
            crash_point(2)
            if key:
                if not isinstance(result, Receipt):
                    raise TypeError(f"{doing.command} gives no receipt, so it takes no key")
                work.keep(key, Kept(doing.command, digest, result, at))
        return result

    @contextmanager
    def _begin(
        self,
        officer: str | None,
        at: datetime,
        doing: _Doing | None = None,
        *,
        key: str | None = None,
        item: int | None = None,
    ) -> Iterator[UnitOfWork]:
        with self.database.writing() as connection:
            work = UnitOfWork(
                connection,
                at=at,
                login=officer,
                programs=self.programs,
                keys=self._keys,
                memory=self._memory,
                limits=self.limits,
                key=key,
                item=item,
            )
            crash_point(1)
            try:
                yield work
            finally:
                if doing is not None:
                    doing.case = work.cases.in_hand
                    doing.officer = doing.officer or work.outsider
            work.flush()
            earliest = _earliest(work)
            soon = earliest is not None and earliest < at + SOON
            if soon:
                ring(connection)
            if work.announcements.any and self.enqueue is not None:
                self.enqueue(work)
            crash_point(3)
        crash_point(4)
        if soon or work.announcements.any:
            self.ring()

    def _back_from(self, case: Case, back: str, releases: Releases) -> Step:
        interpreter, program = self.programs.for_case(releases.get(case.release), case.snapshot)
        return interpreter.go_back(program, case.snapshot, back)

    def _waits_of(self, case: Case, releases: Releases) -> tuple[Wait, ...]:
        if not case.snapshot:
            return ()
        interpreter, program = self.programs.for_case(releases.get(case.release), case.snapshot)
        return interpreter.waits(program, case.snapshot)

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Tell troubles of the database as refusals."""
        with self.database.plainly():
            yield

    def _take_share(self, token: int, minute: int, wanted: int, at: datetime) -> int:
        with self._plainly(), self.database.writing() as connection:
            return take_share(connection, token, minute, wanted, at)

    def _note(self, doing: _Doing, refusal: Refusal) -> None:
        """Keep a refusal among the accesses: what was asked and which refusal it got, never what was typed."""
        if isinstance(refusal, Unavailable):
            return
        said = {"command": doing.command, "refusal": type(refusal).__name__, "status": refusal.status}
        with suppress(Refusal), self._plainly(), self.database.writing() as connection:
            Trail(connection).note("refused", doing.at, doing.officer[:80], doing.case, **said)

    def _let_time_pass(self, doing: _Doing) -> None:
        if doing.case is not None:
            with suppress(Refusal):
                self.perform(pass_time, case=doing.case, at=doing.at)

    def _incident(self, doing: _Doing, fault: Exception) -> int:
        """Keep a fault of the program: its kind and place in the code, never its words, which may be a person's."""
        where = traceback.extract_tb(fault.__traceback__)[-1]
        place = f"{os.path.basename(where.filename)}:{where.lineno} {where.name}"  # noqa: PTH119 - a frame's file need not exist
        with suppress(Refusal), self._plainly(), self.database.writing() as connection:
            return record_incident(
                connection,
                code=type(fault).__name__,
                case=doing.case,
                element="",
                event=doing.command,
                place=place,
                at=doing.at,
            )
        return 0


def _earliest(work: UnitOfWork) -> datetime | None:
    """The earliest instant that a unit of work has stored at which something is due by itself."""
    told = (work.waits.earliest, work.clocks.earliest, work.handovers.earliest, work.dispatches.earliest)
    return min((each for each in told if each is not None), default=None)


class _Doing:
    """What is being carried out, for the record of its failing."""

    def __init__(self, command: str, officer: str, at: datetime) -> None:
        self.command = command
        self.officer = officer
        self.at = at
        self.case: int | None = None
