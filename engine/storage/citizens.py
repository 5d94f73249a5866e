"""What a local government may know of its own citizens. The only place in which anything of a case is read for one.

It gives frozen rows of the fields that docs/pemda.md names with their legal basis, and nothing leads from a row to
anything else. A citizen is whoever's case

* says where they came from (`desa_asal`, or else `daerah_asal`; of several answers the latest), within the working area,
* has a course set for it (UU 18/2017; domain.md §7.11: only after the disposition), and is not cancelled,
* is running, or ended within a year (Permen P2MI 33/2025 Pasal 16).

Of those, nobody is told by name who may be a victim of trafficking (UU 21/2007 Pasal 44): everybody whose screening has
not said that they are none, whose file is closed, or who does not want it. Of them a local government learns, from the
regency up, that there are some. Who has agreed in so many words (`setuju_data_pemda`) is told like everybody else.

Protection is the person's, and not a case's: what any of their cases says counts for each of them. What a case was only
given a copy of, when it began, says nothing new; where two answers stand against each other, the careful one holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Text, func, or_, select, type_coerce

from engine.domain.audit import canonical
from engine.domain.disposition import DispositionState
from engine.domain.pemda import (
    HOME,
    REMEMBERED,
    AgeGroup,
    HandoverStep,
    Pemda,
    age_group,
    is_area,
    lies_in,
    month_begins,
    month_ends,
    month_of,
)
from engine.domain.small_numbers import banded
from engine.domain.subject import RIGHTS
from engine.feel.values import from_json
from engine.storage.subjects import Subjects
from engine.storage.tables import case, disposition, fact, pemda_month, release, subject

T = TypeVar("T")
VILLAGE, REGENCY = "desa_asal", "daerah_asal"
CONSENT = "setuju_data_pemda"
"""Yes: tell them of me. No: do not, whoever I am. The fact is the person's own, or their guardian's, and may change."""
SCREENING, CLEARED, SUSPECTED = "hasil_penapisan", "tidak_terindikasi", "terindikasi"
SECRECY, CLOSED_FILE = "kelas_kerahasiaan", "tertutup"
VICTIM = ("korban_dirahasiakan", "korban_tppo_rehab")
RESULT, SCHEDULE, HELD, PROTOCOL = "serah_terima_hasil", "jadwal_serah_terima", "tanggal_serah_terima", "nomor_ba"
ARRIVAL = "tanggal_tiba"
RECRUITED_IN = "desa_perekrut"
PROTECTED = "protected"
"""Under which name the figures of a month keep how many there are of whom nothing is told."""
NAMED = ("nama", "tanggal_lahir")
"""The only fields of a person that are read."""
_OF_PERSON = (VILLAGE, REGENCY, CONSENT, SCREENING, SECRECY, *VICTIM)
"""What is said of the person rather than of this one case."""
_READ = (*_OF_PERSON, RESULT, SCHEDULE, HELD, PROTOCOL, ARRIVAL)
_BEGINNING = 1
"""The version of a case in which it was given the facts that it began with."""
_AT_ONCE = 500
_DECIDED = (DispositionState.OPEN.value, DispositionState.CLOSED.value)


@dataclass(frozen=True, slots=True)
class Citizen:
    """One citizen, as their local government is told of them: these fields, and no others."""

    number: str
    name: str
    age: AgeGroup
    region: str
    """The Kemendagri code of the village, or of what is known around it."""
    dispositions: tuple[str, ...]
    """Codes of the courses that are set."""
    handover: HandoverStep
    handover_at: datetime | None
    protocol: str
    """The number of the berita acara."""
    arrived_at: datetime | None
    office: str
    """The code of the office to ask."""


FIELDS = ("number", "name", "age", "region", "dispositions", "handover", "protocol", "arrival", "office")
"""What is noted of each look at a citizen."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A citizen with the rows that the look at them is noted under."""

    case: int
    subject: int
    citizen: Citizen


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands to local governments, for the office that runs it."""

    region: str
    disposed: bool
    protected: bool
    agreed: bool | None
    """What the person said themselves; None: nothing yet."""


@dataclass(frozen=True, slots=True)
class _Word:
    """One answer that stands in a case."""

    at: datetime
    value: Any
    against: Any = None
    """The answer of another branch that it stands against, if there is one."""


@dataclass(slots=True)
class _Family:
    """A case with its sub-cases, and what they say together."""

    row: Any
    facts: dict[str, list[_Word]] = field(default_factory=dict)
    courses: list[tuple[str, datetime]] = field(default_factory=list)
    others: list[_Family] = field(default_factory=list)
    """The other cases of the same person."""
    before: _Family | None = None
    """The one that this one takes up again."""

    def word(self, name: str) -> _Word | None:
        """What was written last under a name, in whichever of the cases."""
        own = max(self.facts.get(name, ()), key=lambda each: each.at, default=None)
        if own is None and self.before is not None and name in _OF_PERSON:
            return self.before.word(name)
        return own

    def latest(self, name: str) -> Any:
        """Its value."""
        word = self.word(name)
        return word.value if word is not None else None

    def written(self, name: str) -> datetime | None:
        word = self.word(name)
        return word.at if word is not None and word.value is not None else None

    def says(self, name: str, value: Any) -> bool:
        """Whether any case of the person says so, or did against another answer, whatever others say."""
        words = (word for each in (self, *self.others) for word in each.facts.get(name, ()))
        return any(value in (word.value, word.against) for word in words)

    @property
    def region(self) -> str:
        """Where the person came from, as closely as it is known; empty where it is not, or two answers stand."""
        village, regency = self.word(VILLAGE), self.word(REGENCY)
        if any(each is not None and each.against is not None for each in (village, regency)):
            return ""
        known, around = (_place(each.value) if each is not None else "" for each in (village, regency))
        if known and (not around or lies_in(known, around)):
            return known
        return around if not known or self._after(REGENCY, VILLAGE) else known

    def _after(self, one: str, other: str) -> bool:
        first, second = self.written(one), self.written(other)
        return first is not None and (second is None or first >= second)

    @property
    def agreed(self) -> bool | None:
        """What the person said last counts, in whichever of their cases; of a yes and a no that stand together, the no.

        A case in which nobody was asked says nothing, and takes back no more than its own answer.
        """
        words = (word for each in (self, *self.others) for word in each.facts.get(CONSENT, ()))
        answers = (each for each in words if isinstance(each.value, bool))
        said = max(answers, key=lambda each: (each.at, not each.value), default=None)
        return None if said is None else said.value and said.against is None

    @property
    def protected(self) -> bool:
        """Whether nobody outside may be told who it is. What is not known protects, and so does what was once suspected."""
        return self._is_shielded if self.agreed is None else not self.agreed

    @property
    def counts_as_protected(self) -> bool:
        """Whether it is one of those of whom there are some: a yes changes nothing here, or it would tell what it was said to."""
        return self._is_shielded or self.agreed is False

    @property
    def _is_shielded(self) -> bool:
        screened = self.word(SCREENING)
        cleared = screened is not None and screened.value == CLEARED and screened.against is None
        suspected = self.says(SCREENING, SUSPECTED)
        secret = self.says(SECRECY, CLOSED_FILE) or any(self.says(each, value=True) for each in VICTIM)
        return secret or suspected or not cleared

    @property
    def disposed_at(self) -> datetime | None:
        return min((at for _, at in self.courses), default=None)


class Citizens:
    """What one transaction tells local governments."""

    def __init__(self, connection: Connection, subjects: Subjects, at: datetime) -> None:
        """Use this transaction, and this time."""
        self._connection = connection
        self._subjects = subjects
        self._at = at
        self._known: dict[str, list[_Family]] = {}

    def of(self, pemda: Pemda, *, search: str = "", begin: int = 0, most: int = 50) -> tuple[tuple[Seen, ...], int]:
        """Some of the citizens who are told by name, the latest case first, and how many there are.

        `search`: in their name or the number. Names are read of those alone who are given back, or searched.
        """
        told = [each for each in self._told(pemda) if not each.protected]
        wanted = " ".join(search.casefold().split())
        if not wanted:
            return self._seen(told[begin : begin + most]), len(told)
        found = [
            each
            for each in self._seen(told)
            if wanted in each.citizen.name.casefold() or wanted in each.citizen.number.casefold()
        ]
        return tuple(found[begin : begin + most]), len(found)

    def one(self, pemda: Pemda, number: str) -> Seen | None:
        """One citizen by the number of the case. None for every other number alike."""
        row = self._connection.execute(select(case).where(case.c.number == number, case.c.parent_id.is_(None))).first()
        if row is None:
            return None
        family = next(iter(self._families([row])), None)
        if family is None or family.protected or not self._is_told(family, pemda):
            return None
        return self._seen([family])[0]

    def protected(self, pemda: Pemda) -> str:
        """How many there were at the end of last month of whom nothing is told, in bands; empty for none.

        As it was counted with the figures of the month: it never moves with the list of names.
        """
        if not pemda.tells_protected:
            return ""
        last = month_of(month_begins(month_of(self._at)) - timedelta(days=1))
        figures = self._connection.execute(select(pemda_month.c.figures).where(pemda_month.c.month == last)).scalar()
        return str((figures or {}).get(PROTECTED, {}).get(pemda.area, ""))

    def protected_by(self, ends: datetime) -> Mapping[str, str]:
        """By province and regency, in bands, how many there are of whom nothing is told and whose first course was set by then."""
        asked = select(disposition.c.case_id).where(disposition.c.state.in_(_DECIDED), disposition.c.decided_at < ends)
        roots = self._roots(self._connection.execute(asked.distinct()).scalars().all())
        rows = [row for row in self._rows(roots) if self._stands(row)]
        counts: dict[str, int] = {}
        for some in _pieces(rows):
            for each in self._families(some):
                if each.counts_as_protected and each.region:
                    parts = each.region.split(".")
                    for area in (".".join(parts[:length]) for length in range(1, min(len(parts), 2) + 1)):
                        _count(counts, area)
        return {area: banded(count) for area, count in sorted(counts.items())}

    def standing(self, root: int) -> Standing:
        """How a case stands to local governments, whoever its person is."""
        row = self._connection.execute(select(case).where(case.c.id == root)).one()
        family = next(iter(self._families([row])))
        return Standing(family.region, family.disposed_at is not None, family.protected, family.agreed)

    def counted(self, month: str) -> Mapping[str, Mapping[str, int]]:
        """Counts of a month by place, of those only who are told by name: `origins`, `repeats` and `recruiters`.

        Who is protected is in none of them, so that no difference to a list of names says anything of them. A case
        belongs to the month in which its first course was set.
        """
        counts: dict[str, dict[str, int]] = {"origins": {}, "repeats": {}, "recruiters": {}}
        families = [each for each in self._families(self._disposed(month)) if not each.protected and each.region]
        families = [each for each in families if each.disposed_at and month_of(each.disposed_at) == month]
        again = self._repeating(families)
        recruited = self._recruited(families)
        for each in families:
            _count(counts["origins"], each.region)
            if each.row.id in again:
                _count(counts["repeats"], each.region)
            if place := recruited.get(each.row.id):
                _count(counts["recruiters"], place)
        return counts

    def _seen(self, families: Sequence[_Family]) -> tuple[Seen, ...]:
        known = self._subjects.read_many([int(each.row.subject_id) for each in families], NAMED)
        return tuple(self._one(each, known[int(each.row.subject_id)]) for each in families)

    def _one(self, family: _Family, known: Mapping[str, str]) -> Seen:
        step, at = _handover(family)
        told = Citizen(
            family.row.number,
            known.get("nama", ""),
            age_group(known.get("tanggal_lahir", ""), self._at),
            family.region,
            tuple(dict.fromkeys(kind for kind, _ in family.courses)),
            step,
            at,
            str(family.latest(PROTOCOL) or ""),
            _moment(family.latest(ARRIVAL)),
            family.row.origin_office or family.row.office,
        )
        return Seen(family.row.id, int(family.row.subject_id), told)

    def _told(self, pemda: Pemda) -> list[_Family]:
        """Every citizen of an area, whether by name or not; asked once."""
        if pemda.area not in self._known:
            self._known[pemda.area] = self._ask(pemda)
        return self._known[pemda.area]

    def _ask(self, pemda: Pemda) -> list[_Family]:
        text = type_coerce(fact.c.value, Text)
        inside = or_(text == canonical(pemda.area), text.like(canonical(pemda.area)[:-1] + ".%"))
        named = select(fact.c.case_id).where(fact.c.name.in_((VILLAGE, REGENCY)), inside)
        roots = self._roots(self._connection.execute(named.distinct()).scalars().all())
        rows = self._rows(roots)
        found = [each for each in self._families(rows) if self._is_told(each, pemda)]
        return sorted(found, key=lambda each: -int(each.row.id))

    def _is_told(self, family: _Family, pemda: Pemda) -> bool:
        disposed = family.disposed_at is not None
        return disposed and self._stands(family.row) and lies_in(family.region, pemda.area)

    def _stands(self, row: Any) -> bool:
        """Whether anything is told of a case at all."""
        over = row.ended_at is not None and self._at - row.ended_at > REMEMBERED
        return row.subject_id is not None and row.state != "cancelled" and not over

    def _roots(self, numbers: Collection[int]) -> list[int]:
        """The cases that these are parts of, or are."""
        roots: set[int] = set()
        here = set(numbers)
        while here:
            above: set[int] = set()
            for some in _pieces(sorted(here)):
                found = self._connection.execute(select(case.c.id, case.c.parent_id).where(case.c.id.in_(some)))
                for row in found:
                    (roots if row.parent_id is None else above).add(row.parent_id or row.id)
            here = above - roots
        return sorted(roots)

    def _rows(self, numbers: Sequence[int]) -> list[Any]:
        found = [self._connection.execute(select(case).where(case.c.id.in_(some))).all() for some in _pieces(numbers)]
        return [row for rows in found for row in rows if row.parent_id is None]

    def _disposed(self, month: str) -> list[Any]:
        """Every case for which a course was set in a month."""
        within = disposition.c.decided_at >= month_begins(month), disposition.c.decided_at < month_ends(month)
        decided = select(disposition.c.case_id).where(disposition.c.state.in_(_DECIDED), *within)
        roots = self._roots(self._connection.execute(decided.distinct()).scalars().all())
        return [row for row in self._rows(roots) if row.subject_id is not None and row.state != "cancelled"]

    def _families(self, rows: Iterable[Any]) -> list[_Family]:
        """Cases with what they and the cases below them say, and beside them the other cases of their persons."""
        families = {row.id: _Family(row) for row in rows}
        others = {row.id: _Family(row) for row in self._beside(families)}
        self._read(families, _READ)
        self._read(others, _OF_PERSON)
        for some in _pieces(sorted(root_of := self._below(families))):
            courses = select(disposition).where(disposition.c.case_id.in_(some), disposition.c.state.in_(_DECIDED))
            for row in self._connection.execute(courses.order_by(disposition.c.id)):
                families[root_of[row.case_id]].courses.append((row.kind, row.decided_at))
        self._join({**families, **others})
        return list(families.values())

    def _read(self, families: Mapping[int, _Family], names: Sequence[str]) -> None:
        """Let cases know what stands in them and below. What one was only given a copy of when it began stands elsewhere."""
        root_of = self._below(families)
        for some in _pieces(sorted(root_of)):
            asked = select(fact, case.c.parent_id, case.c.follows_id).join(case, case.c.id == fact.c.case_id)
            for row in self._connection.execute(asked.where(fact.c.case_id.in_(some), fact.c.name.in_(names))):
                given = row.written_in <= _BEGINNING
                if given and (row.parent_id is not None or (row.follows_id is not None and row.name in _OF_PERSON)):
                    continue
                words = families[root_of[row.case_id]].facts.setdefault(row.name, [])
                words.append(_Word(row.written_at, row.value, row.disputed))

    def _beside(self, families: Mapping[int, _Family]) -> list[Any]:
        """The other cases of the same persons, whichever office runs them."""
        person = func.coalesce(subject.c.person_id, subject.c.id)
        subjects = sorted({int(each.row.subject_id) for each in families.values() if each.row.subject_id is not None})
        persons: set[int] = set()
        for some in _pieces(subjects):
            persons |= set(self._connection.execute(select(person).where(subject.c.id.in_(some))).scalars())
        found: list[Any] = []
        for some in _pieces(sorted(persons)):
            mine = or_(subject.c.id.in_(some), subject.c.person_id.in_(some))
            asked = select(case).join(subject, subject.c.id == case.c.subject_id)
            found += self._connection.execute(asked.where(mine, case.c.parent_id.is_(None))).all()
        return [row for row in found if row.id not in families]

    def _join(self, families: Mapping[int, _Family]) -> None:
        """Let the cases of one person know of each other."""
        person = func.coalesce(subject.c.person_id, subject.c.id).label("person")
        subjects = sorted({int(each.row.subject_id) for each in families.values() if each.row.subject_id is not None})
        person_of: dict[int, int] = {}
        for some in _pieces(subjects):
            asked = select(subject.c.id, person).where(subject.c.id.in_(some))
            person_of |= {row.id: row.person for row in self._connection.execute(asked)}
        theirs: dict[int, list[_Family]] = {}
        for each in families.values():
            if each.row.subject_id is not None:
                theirs.setdefault(person_of[int(each.row.subject_id)], []).append(each)
        for mine in theirs.values():
            for each in mine:
                each.others = [other for other in mine if other is not each]
        for each in families.values():
            each.before = families.get(each.row.follows_id)

    def _below(self, families: Mapping[int, _Family]) -> dict[int, int]:
        """Every case of these families, with the one that it is part of in the end."""
        root_of = {number: number for number in families}
        here = list(families)
        while here:
            found: dict[int, int] = {}
            for some in _pieces(here):
                asked = select(case.c.id, case.c.parent_id).where(case.c.parent_id.in_(some))
                found |= {row.id: root_of[row.parent_id] for row in self._connection.execute(asked)}
            here = [each for each in found if each not in root_of]
            root_of |= found
        return root_of

    def _repeating(self, families: Sequence[_Family]) -> frozenset[int]:
        """Those whose person had an earlier case, in whichever office."""
        person = func.coalesce(subject.c.person_id, subject.c.id)
        by_subject: dict[int, list[_Family]] = {}
        for each in families:
            by_subject.setdefault(int(each.row.subject_id), []).append(each)
        found: set[int] = set()
        for some in _pieces(sorted(by_subject)):
            asked = select(subject.c.id, person.label("person")).where(subject.c.id.in_(some))
            mine: dict[int, list[_Family]] = {}
            for row in self._connection.execute(asked):
                mine.setdefault(row.person, []).extend(by_subject[row.id])
            for row in self._connection.execute(_first_attempts(person, sorted(mine))):
                found |= {each.row.id for each in mine[row.person] if each.row.opened_at > row.first}
        return frozenset(found)

    def _recruited(self, families: Sequence[_Family]) -> dict[int, str]:
        """Where whoever recruited them came from: the place alone, never who it was."""
        places: dict[int, str] = {}
        for some in _pieces([each.row.id for each in families]):
            asked = select(fact.c.case_id, fact.c.value).where(fact.c.case_id.in_(some), fact.c.name == RECRUITED_IN)
            places |= {row.case_id: _place(row.value) for row in self._connection.execute(asked)}
        return places


def _first_attempts(person: Any, persons: Sequence[int]) -> Any:
    """When each of these persons came first; what they ask of their own data is no attempt."""
    whole = case.c.parent_id.is_(None), case.c.follows_id.is_(None), release.c.code != RIGHTS
    found = select(person.label("person"), func.min(case.c.opened_at).label("first"))
    found = found.join(case, case.c.subject_id == subject.c.id).join(release, release.c.id == case.c.release_id)
    return found.where(*whole, person.in_(persons)).group_by(person)


def _handover(family: _Family) -> tuple[HandoverStep, datetime | None]:
    """How far the hand-over has come, and the instant that belongs to it."""
    result, schedule = family.latest(RESULT), _moment(family.latest(SCHEDULE))
    if result == "diserahkan":
        return HandoverStep.DONE, _moment(family.latest(HELD))
    decided, planned = family.written(RESULT), family.written(SCHEDULE)
    if result == "ditunda" and (planned is None or (decided is not None and planned <= decided)):
        return HandoverStep.POSTPONED, None
    if schedule is not None:
        return HandoverStep.PLANNED, schedule
    return (HandoverStep.PREPARED if family.latest(PROTOCOL) else HandoverStep.NOT_YET), None


def _moment(stored: Any) -> datetime | None:
    """An instant out of a fact as it is stored; None for anything else."""
    try:
        value = from_json(stored)
    except ValueError:
        return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo is not None else value.replace(tzinfo=HOME)


def _place(value: Any) -> str:
    """A place by its code; empty for anything else that somebody may have typed, which is told to nobody."""
    return value if isinstance(value, str) and is_area(value) else ""


def _count(counts: dict[str, int], place: str) -> None:
    counts[place] = counts.get(place, 0) + 1


def _pieces(numbers: Sequence[T]) -> Iterable[Sequence[T]]:
    return (numbers[begin : begin + _AT_ONCE] for begin in range(0, len(numbers), _AT_ONCE))


def root_of(connection: Connection, row: int) -> int:
    """The case that a case is part of in the end, or is."""
    while (above := connection.execute(select(case.c.parent_id).where(case.c.id == row)).scalar()) is not None:
        row = int(above)
    return row
