"""Understands a table of steps: who does what, in which time, and what follows. What the sheet leaves open becomes a question;
nothing is guessed, and when every question is answered there is a `Table`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from engine.domain.finding import Finding
from sop_catalog.procedure import Procedure, slug
from sop_catalog.registers.organisation import RegisteredPost
from sop_catalog.sheets.cells import Complaints
from sop_catalog.sheets.form import Symbol
from sop_catalog.sheets.links import check_links
from sop_catalog.sheets.reading.asking import Question, Questions
from sop_catalog.sheets.reading.covering import title_of
from sop_catalog.sheets.reading.grid import MOST_MARKS, Grid, refused
from sop_catalog.sheets.reading.headings import HEIGHT, Headings, another_table, find_headings, is_number, word_of
from sop_catalog.sheets.reading.keeping import expect_simple, kept_of
from sop_catalog.sheets.reading.lasting import lasting, unit_of
from sop_catalog.sheets.reading.own import OwnRow
from sop_catalog.sheets.reading.performers import Performers
from sop_catalog.sheets.reading.remarking import ways_said
from sop_catalog.sheets.reading.returning import Edition, returned
from sop_catalog.sheets.reading.understood import END, Line, Understood, listed
from sop_catalog.sheets.table import ROW_ID, EndRow, Exit, StartRow, StepRow, Table
from sop_catalog.sheets.undrawing.plain import plain

__all__ = ["Edition", "Line", "Question", "Understood", "understand"]

_FIRST, _LAST = re.compile(r"mulai\b.*", re.DOTALL), re.compile(r"(?:selesai|akhir)\b.*", re.DOTALL)
_DIAMONDS = frozenset("◇◆♦⬦")
_LONGEST = 40
_DIGITS = 4
"""Of the number of a row; more is no number that anybody counted to."""


def understand(
    grid: Grid,
    procedure: Procedure,
    posts: Sequence[RegisteredPost],
    answers: Mapping[str, str] | None = None,
    edition: Edition | None = None,
) -> Understood:
    """Understand a grid as the table of a procedure; `answers` are those given so far, by the key of their question.

    A sheet that was printed of the `edition` keeps what paper cannot show. Raises NotATable where there is no table of
    steps on it, or where rows were added to or taken from a sheet that shows less than its diagram says.
    """
    back = returned(grid, edition, procedure, answers or {}) if edition else None
    if back:
        return back
    headings = find_headings(grid.rows)
    if headings is None:
        raise refused("table", "No table has a row of headings with Kegiatan and Pelaksana, Waktu or Output.")
    if grid.own:
        expect_simple(grid.own, edition.drawing if edition else None)
    understood = _Reader(grid, headings, posts, Questions(answers or {})).understood(procedure)
    if grid.own and edition and understood.table:
        understood = replace(understood, table=plain(kept_of(understood.table, edition)))
    return understood


@dataclass(slots=True)
class _Raw:
    """A line before it is understood: its cells, row by row of the sheet."""

    row: int
    rows: list[int] = field(default_factory=list)


class _Reader:
    """One sheet on its way to a table."""

    def __init__(self, grid: Grid, headings: Headings, posts: Sequence[RegisteredPost], ask: Questions) -> None:
        self.grid, self.headings, self.ask = grid, headings, ask
        self.aside: list[str] = []
        self.start, self.end = "Mulai", "Selesai"
        self.terminators: dict[int, str] = {}
        self.repeated: set[int] = set()
        self.own = {each.id: each for each in grid.own.rows} if grid.own else {}
        self.called = {each.row: each.row_id for each in grid.marks if each.row_id in self.own}
        self.ends = {each.id: _carried_name(each.id) for each in self.own.values() if _is_end(each)}
        self.end_names: dict[str, str] = {}
        """Of a sheet that was printed here, which may have several ends."""
        self.raws = self._raws()
        self.performers = Performers(grid, headings, [each.rows for each in self.raws], posts, ask)

    def understood(self, procedure: Procedure) -> Understood:
        lines = [self._line(raw, at) for at, raw in enumerate(self.raws)]
        if not lines:
            raise refused("table", "There is no row with an activity below its headings.")
        lines = _apart(lines)
        lines = [replace(each, ways=self._ways(each, at, lines)) for at, each in enumerate(lines)]
        asked = self._questions_of(lines)
        lines = [each if each.id in asked else self._timed(each) for each in lines]
        table: Table | None = None
        complaints: tuple[Finding, ...] = ()
        if all(each.answer for each in self.ask.all):
            table = self._table(procedure, lines)
            found = Complaints()
            check_links(table, found)
            complaints = tuple(found.findings)
        return Understood(
            lines=tuple(lines),
            questions=tuple(sorted(self.ask.all, key=lambda each: each.row)),
            aside=tuple(self.aside),
            table=plain(table) if table and not complaints else None,
            complaints=complaints,
            title=title_of(self.grid, self.headings),
        )

    # Rows.

    def _raws(self) -> list[_Raw]:
        found: list[_Raw] = []
        blank = False
        for row in range(self.headings.below, len(self.grid.rows)):
            cells = self.grid.rows[row]
            if not any(cells) and not any(each.row == row for each in self.grid.marks):
                blank = bool(found)
            elif self._is_heading(row) or self._is_terminator(row):
                continue
            elif self._cell(row, "activity") and not (blank and not self._cell(row, "number")):
                kind = self._kind(row, found)
                if kind == "aside":
                    self.aside.append(" ".join(filter(None, cells)))
                elif kind == "part":
                    found[-1].rows.append(row)
                else:
                    if found and self.repeated and self._cell(row, "number").strip(" .") == "1":
                        raise another_table(row)
                    found.append(_Raw(row, [row]))
                    blank = False
            elif found and not blank and not self._cell(row, "number"):
                found[-1].rows.append(row)
            else:
                self.aside.append(" ".join(filter(None, cells)))
        return found

    def _kind(self, row: int, above: Sequence[_Raw]) -> str:
        """Return whether a row is a step, goes on from the one above, or is a heading: asked where only words are in it."""
        places = [*self.headings.performers, *(self.headings.columns.get(each, -1) for each in ("performer", "time"))]
        said = any(self.grid.cell(row, at) for at in places) or any(each.row == row for each in self.grid.marks)
        goes_on = bool(above) and not self._cell(row, "number") and bool(self._cell(above[-1].row, "number"))
        alone = not any(self._cell(row, each) for each in ("requirements", "output", "note"))
        if said or not (goes_on or (alone and self._cell(row, "number"))):
            return "step"
        choices = [("step", "It is a step of its own"), ("aside", "It is a heading: leave it aside")]
        if goes_on:
            choices.insert(0, ("part", "It goes on from the row above"))
        what = "“{activity}” has neither performer nor time. What is it?"
        activity = self._cell(row, "activity")
        answer = self.ask.choice(f"row-{row + 1}", row + 1, "activity", what, choices, activity=activity)
        return answer or ("part" if goes_on else "aside")

    def _is_heading(self, row: int) -> bool:
        """Whether the headings stand here again, as on a further page. Others begin another table, which is not mixed in."""
        if word_of(self._cell(row, "activity")) == "activity" and not is_number(self._cell(row, "number")):
            again = find_headings(self.grid.rows[row : row + HEIGHT])
            if again and again.begins == 0:
                if (again.columns, again.performers) != (self.headings.columns, self.headings.performers):
                    raise another_table(row)
                self.repeated |= set(range(row, row + again.below))
        return row in self.repeated or self.grid.rows[row] in self.grid.rows[: self.headings.below]

    def _is_terminator(self, row: int) -> bool:
        """A row without a number, a time and an output, that only begins or ends the table."""
        said = " ".join(self._cell(row, "activity").split())
        own = self.own.get(self.called.get(row, ""))
        if own and own.symbol is Symbol.TERMINATOR:
            self.end_names |= {self.ends[own.id]: said} if own.id in self.ends else {}
            self.start = self.start if own.id in self.ends else said
            return True
        if not said or any(self._cell(row, each) for each in ("number", "time", "output")):
            return False
        first, last = _FIRST.fullmatch(said.lower()), _LAST.fullmatch(said.lower())
        if first or last:
            self.terminators[row] = "start" if first else END
            self.start, self.end = (said, self.end) if first else (self.start, said)
        return bool(first or last)

    def _cell(self, row: int, word: str) -> str:
        column = self.headings.columns.get(word, -1)
        return self.grid.cell(row, column)

    def _cells(self, raw: _Raw, word: str) -> str:
        return "\n".join(filter(None, (self._cell(row, word) for row in raw.rows)))

    def _line(self, raw: _Raw, at: int) -> Line:
        activity = " ".join(self._cells(raw, "activity").split())
        number = re.sub(r"\D", "", self._cell(raw.row, "number"))
        note = self._cells(raw, "note")
        symbols = self._symbols(raw)
        line = Line(
            row=raw.row + 1,
            id=_carried_name(self._own_id(raw)) or _row_name(activity),
            number=int(number) if 0 < len(number) <= _DIGITS else at + 1,
            activity=activity,
            decides=Symbol.DECISION in symbols or activity.endswith("?") or bool(ways_said(note)),
            requirements=listed(self._cells(raw, "requirements")),
            time=" ".join(self._cells(raw, "time").split()),
            output="; ".join(listed(self._cells(raw, "output"))),
            note=note,
        )
        performer = self.performers.of(at, line.row, line.activity)
        return replace(line, performer=performer, outside=self.performers.talks.get(at, ""))

    def _own_id(self, raw: _Raw) -> str:
        return next((self.called[row] for row in raw.rows if row in self.called), "")

    def _timed(self, line: Line) -> Line:
        unit = unit_of(self.headings.said.get("time", ""))
        return replace(line, allowance=lasting(line.row, line.activity, line.time, self.ask, unit))

    def _symbols(self, raw: _Raw) -> set[Symbol]:
        found = {each.symbol for each in self.grid.marks if each.row in raw.rows}
        said = {
            letter for row in raw.rows for column in self.headings.performers for letter in self.grid.cell(row, column)
        }
        return found | ({Symbol.DECISION} if said & _DIAMONDS else set())

    # What follows what.

    def _ways(self, line: Line, at: int, lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
        carried = self._carried(at, lines)
        if carried is not None:
            return carried
        drawn = self._drawn(at, lines)
        if line.decides:
            said = {answer: self._numbered(number, lines) for answer, number in ways_said(line.note)}
            answers = said if len(said) > 1 and not {"ya", "tidak"} & set(said) else ("ya", "tidak")
            return tuple((answer, said.get(answer) or self._asked(line, answer, lines, drawn)) for answer in answers)
        if len(drawn) == 1:
            return (("", drawn[0]),)
        if drawn or (self.grid.arrows and at + 1 < len(lines)) or (self.grid.loose and not self._in_order()):
            return (("", self._asked(line, "", lines, drawn)),)
        return ()

    def _carried(self, at: int, lines: Sequence[Line]) -> tuple[tuple[str, str], ...] | None:
        """Return the ways that a sheet of ours carries, asked anew where they led to rows that are gone, or a row came between."""
        own = self.own.get(self._own_id(self.raws[at]))
        if own is None:
            return None
        rows = {self._own_id(raw): lines[index].id for index, raw in enumerate(self.raws)} | self.ends
        came = at + 1 < len(lines) and not self._own_id(self.raws[at + 1])
        found = []
        for each in own.ways:
            to = rows.get(each.to, "")
            asked = came or not to
            likely = [to] if to else []
            found.append((each.label, self._asked(lines[at], each.label, lines, likely) if asked else to))
        return tuple(found)

    def _in_order(self) -> bool:
        choices = (
            ("order", "Yes: each row leads to the next unless it says otherwise"),
            ("rows", "No: ask me row by row"),
        )
        said = "Some arrows are tied to no shape, so it cannot be seen where they lead: {count}. Do the rows follow one another?"
        return self.ask.choice("order", 0, "arrows", said, choices, count=self.grid.loose) != "rows"

    def _drawn(self, at: int, lines: Sequence[Line]) -> list[str]:
        where = {row: lines[index].id for index, raw in enumerate(self.raws) for row in raw.rows}
        where |= {row: END for row, kind in self.terminators.items() if kind == END}
        shapes = {each.id: each.row for each in self.grid.marks if each.id}
        found = [
            where[shapes[each.target]]
            for each in self.grid.arrows[:MOST_MARKS]
            if shapes.get(each.source) in self.raws[at].rows and shapes.get(each.target) in where
        ]
        return [each for each in dict.fromkeys(found) if each != lines[at].id]

    @staticmethod
    def _numbered(number: str | None, lines: Sequence[Line]) -> str:
        if number is None:
            return END
        found = [each.id for each in lines if each.number == int(number)]
        return found[0] if len(found) == 1 else ""

    def _asked(self, line: Line, answer: str, lines: Sequence[Line], drawn: Sequence[str]) -> str:
        named = {each.id: f"{each.number}. {each.activity}" for each in lines} | (self.end_names or {END: self.end})
        order = [*drawn, *(each for each in named if each not in drawn)]
        what = (
            "Where does “{activity}” lead when the answer is “{answer}”?"
            if answer
            else "What follows after “{activity}”?"
        )
        choices = tuple((each, named[each]) for each in order if each != line.id or answer)
        key = f"way-{line.row}-{answer}" if answer else f"way-{line.row}"
        return self.ask.choice(
            key, line.row, "arrows", what, choices, activity=line.activity, answer=answer.capitalize()
        )

    # The table.

    def _table(self, procedure: Procedure, lines: Sequence[Line]) -> Table:
        onward = {each.id: after.id for each, after in pairwise(lines)} | {lines[-1].id: END}
        merged = self._questions_of(lines)
        asked = {before.id: line for line in lines for before in [merged.get(line.id)] if before}
        merged_ids = {each: before.id for each, before in merged.items()}
        steps = []
        for line in lines:
            if line.id in merged:
                continue
            decision = asked.get(line.id, line)
            exits = tuple(_exit(answer, merged_ids.get(to, to)) for answer, to in decision.ways if answer)
            to = "" if exits else next((to for answer, to in line.ways if not answer), onward[line.id])
            pool = self.performers.outside.get(line.outside, "")
            steps.append(_step(line, decision, exits, merged_ids.get(to, to), pool))
        lanes = [each for each in self.performers.lanes() if any(each.key == step.lane for step in steps)]
        named = {END: self.end if self.end.lower() != END else "Selesai"} | self.end_names
        reached = {to for step in steps for to in (step.to, *(each.to for each in step.exits))}
        ends = tuple(EndRow(each, name) for each, name in named.items() if each in reached)
        return Table(
            procedure,
            tuple(lanes),
            tuple(steps),
            StartRow(name=self.start, to=steps[0].id),
            pools=tuple(self.performers.pools()),
            ends=ends or (EndRow(END, named[END]),),
        )

    @staticmethod
    def _questions_of(lines: Sequence[Line]) -> dict[str, Line]:
        """Return those lines that only ask for the outcome of the one above them, with that one."""
        return {each.id: before for before, each in pairwise(lines) if _is_question(before, each, lines)}


def _step(line: Line, decision: Line, exits: tuple[Exit, ...], to: str, pool: str) -> StepRow:
    answers = " atau ".join(each.label.lower() for each in exits)
    question = decision.activity if decision.activity.endswith("?") else f"{decision.activity}: {answers}?"
    return StepRow(
        id=line.id,
        kind="user",
        name=line.activity,
        instruction=line.activity,
        lane=line.performer,
        allowance=line.allowance,
        requirements=line.requirements,
        output=line.output,
        note="\n".join(dict.fromkeys(filter(None, (line.note, decision.note)))),
        question=question if exits else "",
        exits=exits,
        to=to,
        talks_to=pool,
    )


def _is_end(row: OwnRow) -> bool:
    return row.symbol is Symbol.TERMINATOR and not row.ways


def _row_name(text: str) -> str:
    """Return a text as the id of a row."""
    return slug(text).replace("-", "_")[:_LONGEST].strip("_") or "langkah"


def _carried_name(element: str) -> str:
    """Return what a sheet carries as the id of a row: it comes from outside, and need not be one. Empty where it carries none."""
    return element if not element or ROW_ID.fullmatch(element) else _row_name(element)


def _exit(answer: str, to: str) -> Exit:
    label = answer.capitalize() if answer in {"ya", "tidak"} else answer
    return Exit(to, slug(answer).replace("-", "_"), label=label)


def _is_question(before: Line, line: Line, lines: Sequence[Line]) -> bool:
    """Whether a diamond asks for the outcome of the step above it, in the same hands: then it is that step's decision."""
    if line.time or line.output or line.requirements or not line.decides or before.decides:
        return False
    led = [each for each in lines if any(to == line.id for _, to in each.ways)]
    plain_way = not before.ways or before.ways == (("", line.id),)
    return plain_way and before.performer == line.performer and all(each is before for each in led)


def _apart(lines: list[Line]) -> list[Line]:
    """Give each line an id of its own."""
    taken: set[str] = {END, "end", "start"}
    found = []
    for each in lines:
        name = each.id if each.id[0].isalpha() else f"langkah_{each.id}"
        wanted, times = name, 1
        while wanted in taken:
            times += 1
            wanted = f"{name}_{times}"
        taken.add(wanted)
        found.append(replace(each, id=wanted))
    return found
