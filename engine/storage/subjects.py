"""Persons as rows: every field encrypted for its own place, and found again over blind indexes only.

Where two rows are known to be one person, neither is changed: one row points to the other, and reading puts them together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, delete, exists, func, insert, or_, select, true, update

from engine.domain.subject import FIELDS, IDENTITY, LASTING, MATCHED, RULES, Subject, found_by
from engine.errors import NotFound
from engine.storage.key_ring import KeyRing
from engine.storage.tables import access_record, participation, subject, subject_field, subject_key, subject_source
from engine.storage.tables import case as cases
from engine.storage.upsert import add_missing, add_or_set

_WEIGHTS = {**dict.fromkeys(IDENTITY, 10), "telepon": 4, "nama_tahun": 3, "nama_tempat": 2, "nama": 1}
"""How much it says that two persons share an index of this kind."""
AT_ONCE = 500
"""So many persons are asked for with one statement."""
PERSON = func.coalesce(subject.c.person_id, subject.c.id)
"""The row that stands for a person, whichever of the rows one has."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A row of a register outside the house, as it was taken over."""

    subject: int
    office: str
    source: str
    row: int
    facts: Mapping[str, Any]
    at: datetime
    by: int


class Subjects:
    """The persons that cases are about."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys

    def add(self, at: datetime) -> Subject:
        """Begin to know somebody."""
        row = {"created_at": at, "indexed": RULES}
        made = self._connection.execute(insert(subject).returning(subject.c.id), row).scalar_one()
        return Subject(made, {})

    def write(self, number: int, fields: Mapping[str, str]) -> None:
        """Set these fields; an empty text takes one away."""
        rows = [
            {"subject_id": number, "name": name, "value": self._lock(number, name, clear)}
            for name, clear in fields.items()
            if clear
        ]
        if rows:
            self._connection.execute(add_or_set(self._connection, subject_field), rows)
        if gone := [name for name, clear in fields.items() if not clear]:
            mine = (subject_field.c.subject_id == number) & subject_field.c.name.in_(gone)
            self._connection.execute(delete(subject_field).where(mine))
        if MATCHED & fields.keys():
            self._index(number)

    def read(self, number: int) -> Subject:
        """Return a person with every field in clear text. Raises NotFound, KeyMissing, CellChanged.

        What was written under this very number stands; what was not comes from the rows known to be the same person,
        but for what belongs to one episode alone.
        """
        rows = self.rows_of(number)
        fields: dict[str, str] = {}
        for each in sorted(rows, key=lambda row: (row != number, row != self.person(number), -row)):
            known = self.read_own(each)
            fields |= {
                name: clear
                for name, clear in known.items()
                if name not in fields and (each == number or name in LASTING)
            }
        return Subject(number, fields)

    def read_many(self, numbers: Collection[int], only: Collection[str]) -> dict[int, dict[str, str]]:
        """The same of many persons in few questions: these fields alone, none of which belongs to one episode."""
        wanted, fields = sorted(set(numbers)), [each for each in only if each in LASTING]
        known: dict[int, dict[str, str]] = {}
        for begin in range(0, len(wanted), AT_ONCE):
            known |= self._read_some(wanted[begin : begin + AT_ONCE], fields)
        return known

    def _read_some(self, numbers: Collection[int], fields: Collection[str]) -> dict[int, dict[str, str]]:
        asked = select(subject.c.id, PERSON.label("person")).where(subject.c.id.in_(numbers))
        person = {row.id: int(row.person) for row in self._connection.execute(asked)}
        stands = sorted(set(person.values()))
        same = select(subject.c.id, PERSON.label("person")).where(
            or_(subject.c.id.in_(stands), subject.c.person_id.in_(stands))
        )
        of = {row.id: int(row.person) for row in self._connection.execute(same)}
        cells = select(subject_field).where(
            subject_field.c.subject_id.in_(sorted(of)), subject_field.c.name.in_(fields)
        )
        told: dict[int, dict[int, dict[str, str]]] = {each: {} for each in stands}
        for row in self._connection.execute(cells):
            clear = self._keys.unlock(row.value, _place(row.subject_id, row.name))
            told[of[row.subject_id]].setdefault(row.subject_id, {})[row.name] = clear
        return {number: _put_together(told[whole], number, whole) for number, whole in person.items()}

    def read_own(self, number: int, names: Collection[str] = ()) -> dict[str, str]:
        """What was written under this number alone, in clear text. Raises KeyMissing, CellChanged."""
        found = select(subject_field).where(subject_field.c.subject_id == number)
        if names:
            found = found.where(subject_field.c.name.in_(sorted(names)))
        known = {row.name: row.value for row in self._connection.execute(found)}
        order = {name: place for place, name in enumerate(FIELDS)}
        return {
            name: self._keys.unlock(known[name], _place(number, name))
            for name in sorted(known, key=lambda each: (order.get(each, len(order)), each))
        }

    def read_own_many(self, numbers: Collection[int], names: Collection[str]) -> dict[int, dict[str, str]]:
        """A few fields of many persons, each as it was written under that number alone. Raises KeyMissing, CellChanged."""
        found: dict[int, dict[str, str]] = {}
        wanted = sorted(set(numbers))
        for begins in range(0, len(wanted), AT_ONCE):
            these = subject_field.c.subject_id.in_(wanted[begins : begins + AT_ONCE])
            rows = select(subject_field).where(these, subject_field.c.name.in_(sorted(names)))
            for row in self._connection.execute(rows):
                clear = self._keys.unlock(row.value, _place(row.subject_id, row.name))
                found.setdefault(row.subject_id, {})[row.name] = clear
        return found

    def names(self, number: int | None) -> frozenset[str]:
        """The names of the fields that are known of a person whose case this is; no field is read."""
        return frozenset(self._connection.execute(names_known(number)).scalars()) if number is not None else frozenset()

    def person(self, number: int) -> int:
        """The number of the row that stands for this person. Raises NotFound."""
        found = self._connection.execute(select(PERSON).where(subject.c.id == number)).scalar()
        if found is None:
            raise NotFound(what=f"person {number}")
        return int(found)

    def rows_of(self, number: int) -> tuple[int, ...]:
        """Every row known to be the same person, the one that stands for it first. Raises NotFound."""
        person = self.person(number)
        found = select(subject.c.id).where(subject.c.person_id == person, subject.c.id != person)
        return (person, *self._connection.execute(found.order_by(subject.c.id)).scalars())

    def join(self, other: int, keep: int) -> None:
        """Let the row `other`, and all that point to it, be read as `keep`. Both stand for a person."""
        self._connection.execute(update(subject).where(subject.c.id == other).values(merged_into=keep))
        moved = or_(subject.c.id == other, subject.c.person_id == other)
        self._connection.execute(update(subject).where(moved).values(person_id=keep))

    def part(self, other: int) -> None:
        """Let the row stand for itself again, with those that pointed to it."""
        rows = self._connection.execute(
            select(subject.c.id, subject.c.merged_into).where(subject.c.person_id == self.person(other))
        )
        points = {row.id: row.merged_into for row in rows}
        below = [each for each in points if each != other and _leads(points, each, other)]
        self._connection.execute(update(subject).where(subject.c.id == other).values(merged_into=None, person_id=None))
        if below:
            self._connection.execute(update(subject).where(subject.c.id.in_(below)).values(person_id=other))

    def lock_rows(self, numbers: Iterable[int]) -> None:
        """Let nobody else join or part these persons until this transaction ends."""
        held = select(subject.c.id).where(subject.c.id.in_(sorted(numbers))).order_by(subject.c.id).with_for_update()
        self._connection.execute(held).all()

    def find(self, fields: Mapping[str, str]) -> tuple[int, ...]:
        """Rows that share one of these identity numbers, the first known first."""
        wanted = {name: self._keys.index(name, fields[name]) for name in IDENTITY if fields.get(name)}
        same = [(subject_key.c.kind == name) & (subject_key.c.hash == found) for name, found in wanted.items() if found]
        if not same:
            return ()
        found = select(subject_key.c.subject_id).where(or_(*same)).distinct().order_by(subject_key.c.subject_id)
        return tuple(self._connection.execute(found).scalars())

    def alike(
        self, fields: Mapping[str, str], *, least: int, most: int, within: Collection[str] | None = None
    ) -> tuple[int, ...]:
        """Rows that share enough indexes with these fields to be looked at, those that share most first.

        `within` keeps to rows that these offices know of their own: a frequent name elsewhere shall not hide theirs.
        """
        hashes = {each for kind, text in found_by(fields) if (each := self._keys.index(kind, text))}
        if not hashes:
            return ()
        weight = func.sum(case(_WEIGHTS, value=subject_key.c.kind, else_=0))
        found = (
            select(subject_key.c.subject_id)
            .where(subject_key.c.hash.in_(sorted(hashes)))
            .where(true() if within is None else _known_in(within))
            .group_by(subject_key.c.subject_id)
            .having(weight >= least)
            .order_by(weight.desc(), subject_key.c.subject_id)
            .limit(most)
        )
        return tuple(self._connection.execute(found).scalars())

    def offices_of(self, number: int) -> frozenset[str]:
        """The offices that know the person of their own: they run a case of it, or brought it in with their register."""
        rows = self.rows_of(number)
        run = select(cases.c.office).where(cases.c.subject_id.in_(rows))
        brought = select(subject_source.c.office).where(subject_source.c.subject_id.in_(rows))
        return frozenset(self._connection.execute(run.union(brought)).scalars())

    def seen_from(self, number: int) -> frozenset[str]:
        """The offices to whose officers the person exists: those that know it, and those that take part in its cases."""
        rows = self.rows_of(number)
        part = select(participation.c.office).join(cases, cases.c.id == participation.c.case_id)
        taking = self._connection.execute(part.where(cases.c.subject_id.in_(rows))).scalars()
        return self.offices_of(number) | frozenset(taking)

    def cases_of(self, number: int) -> tuple[Any, ...]:
        """The cases of a person that are no part of another, the first first: id, number, office, state, opened_at."""
        found = select(cases.c.id, cases.c.number, cases.c.office, cases.c.state, cases.c.opened_at)
        mine = cases.c.subject_id.in_(self.rows_of(number)) & cases.c.parent_id.is_(None)
        return tuple(self._connection.execute(found.where(mine).order_by(cases.c.opened_at, cases.c.id)))

    def taking_part(self, numbers: Collection[int], offices: Collection[str]) -> frozenset[int]:
        """Of these cases, those in which one of the offices takes part."""
        asked = participation.c.case_id.in_(sorted(numbers)), participation.c.office.in_(sorted(offices))
        return frozenset(self._connection.execute(select(participation.c.case_id).where(*asked)).scalars())

    def take(self, taken: Taken) -> bool:
        """Keep where a person came from. False where that row of that register was taken over before."""
        row = {
            "subject_id": taken.subject,
            "office": taken.office,
            "source": taken.source,
            "row": taken.row,
            "facts": dict(taken.facts),
            "imported_at": taken.at,
            "by": taken.by,
        }
        return self._connection.execute(add_missing(self._connection, subject_source), row).rowcount == 1

    def told_by(self, row: int, seen: Collection[str]) -> tuple[str, ...]:
        """Where a row's fields come from: cases, those not in `seen` by their office alone, and registers with the line."""
        named = select(cases.c.number, cases.c.office).where(cases.c.subject_id == row, cases.c.parent_id.is_(None))
        found = self._connection.execute(named.order_by(cases.c.id))
        told = [each.number if each.number in seen else each.office for each in found]
        brought = select(subject_source).where(subject_source.c.subject_id == row).order_by(subject_source.c.id)
        lines = self._connection.execute(brought).mappings()
        return (*told, *(f"{each['source']}: {each['row']} ({each['office']})" for each in lines))

    def looks_at(self, number: int) -> tuple[Any, ...]:
        """Who has seen or looked for a person, the latest first: at, officer, kind, data."""
        rows = self.rows_of(number)
        mine = select(cases.c.id).where(cases.c.subject_id.in_(rows))
        by_case = access_record.c.case_id.in_(mine) & access_record.c.kind.startswith("subject.")
        found = select(access_record).where(or_(access_record.c.subject_id.in_(rows), by_case))
        return tuple(self._connection.execute(found.order_by(access_record.c.id.desc())))

    def taken(self, office: str, source: str) -> frozenset[int]:
        """The rows of that register that were taken over before."""
        found = select(subject_source.c.row).where(subject_source.c.office == office, subject_source.c.source == source)
        return frozenset(self._connection.execute(found).scalars())

    def index_anew(self, most: int) -> int:
        """Make the indexes of persons anew whose were made by earlier rules. Returns how many there were."""
        found = select(subject.c.id).where(subject.c.indexed < RULES).order_by(subject.c.id).limit(most)
        numbers = self._connection.execute(found).scalars().all()
        for number in numbers:
            self._index(number)
        self._connection.execute(update(subject).where(subject.c.id.in_(numbers)).values(indexed=RULES))
        return len(numbers)

    def _index(self, number: int) -> None:
        made = {(kind, self._keys.index(kind, text)) for kind, text in found_by(self.read_own(number, MATCHED))}
        self._connection.execute(delete(subject_key).where(subject_key.c.subject_id == number))
        rows = [{"subject_id": number, "kind": kind, "hash": found} for kind, found in sorted(made, key=str) if found]
        if rows:
            self._connection.execute(insert(subject_key), rows)

    def _lock(self, number: int, name: str, clear: str) -> str:
        return self._keys.lock(clear, _place(number, name))


def names_known(number: int | None) -> Select[str]:
    """The names of the fields that are known of a person whose case this is; a statement for pages."""
    person = select(PERSON).where(subject.c.id == number).scalar_subquery()
    rows = select(subject.c.id).where(or_(subject.c.id == person, subject.c.person_id == person))
    shared = subject_field.c.subject_id.in_(rows) & subject_field.c.name.in_(sorted(LASTING))
    found = select(subject_field.c.name).where(or_(subject_field.c.subject_id == number, shared))
    return found.distinct().order_by(subject_field.c.name)


def names_of_many(connection: Connection, numbers: Collection[int]) -> Mapping[int, frozenset[str]]:
    """The same of several persons at once."""
    if not numbers:
        return {}
    wanted = select(subject.c.id, PERSON.label("person")).where(subject.c.id.in_(sorted(numbers)))
    person = {row.id: row.person for row in connection.execute(wanted)}
    stands = sorted(set(person.values()))
    rows = select(subject.c.id, PERSON.label("person")).where(
        or_(subject.c.id.in_(stands), subject.c.person_id.in_(stands))
    )
    of = {row.id: row.person for row in connection.execute(rows)}
    found = select(subject_field.c.subject_id, subject_field.c.name).where(subject_field.c.subject_id.in_(sorted(of)))
    own: dict[int, set[str]] = {each: set() for each in of}
    shared: dict[int, set[str]] = {each: set() for each in stands}
    for row in connection.execute(found):
        own[row.subject_id].add(row.name)
        if row.name in LASTING:
            shared[of[row.subject_id]].add(row.name)
    return {number: frozenset(own[number] | shared[whole]) for number, whole in person.items()}


def _known_in(offices: Collection[str]) -> ColumnElement[bool]:
    """Whether one of the offices takes part in a case of the row that an index belongs to, or brought the row in."""
    mine = sorted(offices)
    part = cases.c.id == participation.c.case_id, participation.c.office.in_(mine)
    brought = subject_source.c.subject_id == subject_key.c.subject_id, subject_source.c.office.in_(mine)
    return or_(exists().where(cases.c.subject_id == subject_key.c.subject_id, *part), exists().where(*brought))


def _put_together(rows: Mapping[int, Mapping[str, str]], own: int, whole: int) -> dict[str, str]:
    """One value of each field: what was written under the row itself, or the one that stands for the person, or the latest."""
    known: dict[str, str] = {}
    for row in sorted(rows, key=lambda each: (each != own, each != whole, -each)):
        known = {**rows[row], **known}
    return known


def _leads(points: Mapping[int, int | None], each: int | None, to: int) -> bool:
    seen: set[int] = set()
    while each is not None and each not in seen:
        if each == to:
            return True
        seen.add(each)
        each = points.get(each)
    return False


def _place(number: int, name: str) -> str:
    return f"subject_field.{name}.{number}"
