"""A unit of work: everything one transaction reads under lock and writes, written together when it ends.

It begins and commits nothing itself: that is `engine.runtime`'s business alone.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from engine.domain.audit import HOUSE
from engine.domain.case import Case
from engine.domain.limits import LIMITS, Limits
from engine.domain.organisation import Officer
from engine.domain.release import Release
from engine.domain.watched import Watched
from engine.process import Interpreter, Program
from engine.storage.aftermath import Aftermath
from engine.storage.announcements import Announcements
from engine.storage.answer_drafts import AnswerDrafts
from engine.storage.batches import Batches
from engine.storage.cases import Cases, item_question
from engine.storage.clocks import Clocks
from engine.storage.comments import Comments
from engine.storage.counter_steps import CounterSteps
from engine.storage.dispatches import Dispatches
from engine.storage.dispositions import Dispositions
from engine.storage.extensions import Extensions
from engine.storage.facts import FactRows
from engine.storage.feedback import Feedbacks
from engine.storage.figures import Figures
from engine.storage.groups import Events
from engine.storage.handovers import Handovers
from engine.storage.hot_path import ask
from engine.storage.key_ring import KeyRing
from engine.storage.merges import Merges
from engine.storage.notices import Notices
from engine.storage.organisation import (
    HOME_ZONE,
    Organisation,
    officer_of,
    officer_question,
    organisation_version,
    read_organisation,
)
from engine.storage.papers import Papers
from engine.storage.pauses import Pauses
from engine.storage.placements import Placements
from engine.storage.receipts import Kept, keep_receipt, receipt_question
from engine.storage.recruiters import Recruiters
from engine.storage.releases import Releases
from engine.storage.slips import Slips
from engine.storage.subjects import Subjects
from engine.storage.trail import Trail
from engine.storage.waits import Waits
from engine.storage.watching import watch
from engine.storage.writer import Writer


class Programs(Protocol):
    """Releases made ready to run, kept in memory by what their drawings say."""

    def for_new(self, release: Release) -> tuple[Interpreter, Program]:
        """The interpreter that new cases are given to, with its program."""
        ...

    def for_case(self, release: Release, snapshot: bytes) -> tuple[Interpreter, Program]:
        """The interpreter that wrote the snapshot, with its program."""
        ...


@dataclass(slots=True)
class Memory:
    """What transactions need not read again, because it does not change or says its version."""

    releases: MutableMapping[int, Release] = field(default_factory=dict)
    organisation: Organisation | None = None
    watched: MutableMapping[int, Watched] = field(default_factory=dict)


class UnitOfWork:
    """One transaction in the officer's name, at one instant."""

    def __init__(
        self,
        connection: Connection,
        *,
        at: datetime,
        login: str | None,
        programs: Programs,
        keys: KeyRing,
        memory: Memory,
        limits: Limits = LIMITS,
        key: str | None = None,
        item: int | None = None,
    ) -> None:
        """Read who the officer is. Raises NotFound for one that is unknown or no longer active.

        In the same round trip: what the officer has done under this `key`, and the `item` that is about to be locked.
        """
        self.connection = connection
        self.at = at
        self.programs = programs
        self.limits = limits
        self._memory = memory
        self.officer: Officer | None = None
        self.zone = HOME_ZONE
        self._version: int | None = None
        self.trail = Trail(connection)
        self.cases = Cases(connection, self.trail)
        self.waits = Waits(connection)
        self.clocks = Clocks(connection)
        self.pauses = Pauses(connection, keys)
        self.extensions = Extensions(connection, keys)
        self.facts = FactRows(connection)
        self.announcements = Announcements(connection)
        self.dispatches = Dispatches(connection)
        self.notices = Notices(connection, keys)
        self._happened: list[tuple[Case, str, Mapping[str, Any]]] = []
        """What was recorded of cases: other programs may want to know."""
        self.releases = Releases(connection, memory.releases)
        self.dispositions = Dispositions(connection)
        self.subjects = Subjects(connection, keys)
        self.merges = Merges(connection)
        self.recruiters = Recruiters(connection, keys)
        self.keys = keys
        self.comments = Comments(connection, keys)
        self.counter_steps = CounterSteps(connection, keys)
        self.aftermath = Aftermath(connection)
        self.cases.why_suspended = self._why_suspended
        self.drafts = AnswerDrafts(connection, keys)
        self.handovers = Handovers(connection, keys)
        self.events = Events(connection, keys)
        self.papers = Papers(connection, keys)
        self.slips = Slips(connection)
        self.feedback = Feedbacks(connection)
        self.placements = Placements(connection, keys)
        self.batches = Batches(connection, keys)
        self.figures = Figures(connection)
        self.outsider = ""
        """Who acts that is no officer, under the name that the access record knows; a command finds it out."""
        self.receipts: Sequence[Any] = ()
        """The answer to what has been done under the key."""
        self._last = Writer(connection)
        self._open(login, key, item)

    @property
    def organisation(self) -> Organisation:
        """Every office, from memory unless one has changed."""
        if self._version is None:
            self._version = organisation_version(self.connection)
        known = self._memory.organisation
        if known is None or known.version != self._version:
            known = self._memory.organisation = read_organisation(self.connection, self._version)
        return known

    @property
    def powers(self) -> frozenset[str]:
        """What the officer's posts of today let them do; nothing where the house itself acts."""
        held = self.officer.holdings if self.officer else ()
        return frozenset().union(*(self.organisation.powers.get(each.post, ()) for each in held))

    def watched(self, release: Release) -> Watched:
        """What of a stored release clocks have to look at, found out once."""
        number = release.number or 0
        if number not in self._memory.watched:
            self._memory.watched[number] = watch(release)
        return self._memory.watched[number]

    def organisation_changed(self) -> None:
        """Forget the offices: this transaction has changed one."""
        self._version = None

    @property
    def login(self) -> str:
        """The officer's login; empty where the house itself acts."""
        return self.officer.login if self.officer else ""

    def record(
        self, kind: str, case: Case | None = None, *, office: str = "", post: str = "", on_behalf: str = "", **data: Any
    ) -> None:
        """Add to the audit chain of the case, or to the house's own."""
        who = {"officer": self.login, "office": office, "post": post, "on_behalf": on_behalf}
        self.trail.record(HOUSE if case is None else case.id, kind, self.at, data, **who)
        if case is not None:
            self._happened.append((case, kind, data))

    def hold_house(self) -> None:
        """Let nobody else change releases, offices or officers until this transaction ends."""
        self.trail.hold(HOUSE)

    def clock_face(self, moment: datetime | None) -> str:
        """Tell a moment on the officer's own clock: `10:32`, with the date where it is another day."""
        if moment is None:
            return "?"
        zone = ZoneInfo(self.zone)
        local, today = moment.astimezone(zone), self.at.astimezone(zone).date()
        return f"{local:%H:%M}" if local.date() == today else f"{local:%d-%m-%Y %H:%M}"

    def _why_suspended(self, row: int) -> dict[str, str] | None:
        found = self.counter_steps.suspended_by(row)
        if found is None:
            return None
        return {"who": found[1].who, "when": self.clock_face(found[1].at), "why": found[1].reason}

    def keep(self, key: str, kept: Kept) -> None:
        """Remember under the key what the command has done, together with what it did."""
        keep_receipt(self._last, self.login, key, kept)

    def flush(self) -> None:
        """Write everything that has been collected, together. Raises Conflict."""
        writer = self._last
        self._tell_programs()
        told = (self.announcements, self.dispatches)
        for each in (self.cases, self.waits, self.clocks, self.facts, self.drafts, *told, self.trail):
            each.flush(writer)
        writer.send()

    def _tell_programs(self) -> None:
        """Send what has happened in cases to the programs that asked for it: which case, and which step."""
        happened, self._happened = self._happened, []
        listeners = self.organisation.listeners if happened else {}
        for case, kind, data in happened:
            for each in listeners.get(kind, ()):
                told = {"case": case.number, "step": self._step_of(case, data), "at": self.at.isoformat()}
                self.dispatches.call(each, case.id, kind, told, at=self.at)

    def _step_of(self, case: Case, data: Mapping[str, Any]) -> str:
        """The name of the step that a record is about, as its diagram has it; empty where it is about none."""
        place = (str(data.get("process", "")), str(data.get("element", "")))
        known = self.releases.get(case.release).activities.get(place) if place[1] else None
        return known.name if known else ""

    def _open(self, login: str | None, key: str | None, item: int | None) -> None:
        asked = {
            "officer": officer_question(login, self.at) if login is not None else None,
            "receipts": receipt_question(login or "", key) if key else None,
            "item": item_question(item) if item is not None else None,
        }
        questions = {name: each for name, each in asked.items() if each is not None}
        answers = dict(zip(questions, ask(self.connection, *questions.values()), strict=True)) if questions else {}
        if login is not None:
            self.officer, self.zone, self._version = officer_of(answers["officer"], login, self.at)
        self.receipts = answers.get("receipts", ())
        if item is not None:
            self.cases.lock_ahead(item, answers["item"])
