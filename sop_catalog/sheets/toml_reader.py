"""Reads an SOP table from TOML. What does not fit is refused row by row, all of it at once; nothing is guessed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace

from engine.domain.finding import Finding
from engine.domain.release import Bound, Choice, Duty, Field, FieldKind, Performer, Rung, RungAct, Whose
from sop_catalog.errors import NotATable
from sop_catalog.procedure import (
    CODE,
    DUTY,
    Generality,
    Level,
    Nature,
    Occasion,
    Procedure,
    Scope,
    ServicePart,
    ServiceText,
    Sheet,
    Shown,
    Status,
)
from sop_catalog.sheets.cells import Complaints, Row
from sop_catalog.sheets.links import check_links
from sop_catalog.sheets.table import (
    ROW_ID,
    Catch,
    EndRow,
    Exit,
    ForkRow,
    GroupRow,
    LaneRow,
    PoolRow,
    StartRow,
    StepRow,
    Table,
    lane_key,
)

STEP_KINDS = frozenset(
    {"user", "manual", "receive", "send", "service", "call", "timer", "message", "throw-message", "escalate"}
)
_EDITION = re.compile(r"[0-9]{1,6}")

_SHEET = frozenset(
    [
        "code",
        "title",
        "kind",
        "area",
        "owner",
        "nature",
        "scope",
        "generality",
        "promised",
        "promised_basis",
        "status",
        "legal",
        "qualification",
        "equipment",
        "warning",
        "records",
        "related",
        "facts",
        "occasion",
        "shown",
        "standard",
        "office",
        "variant_of",
        "variant_edition",
        "lane",
        "pool",
        "step",
        "fork",
        "group",
        "end",
        "start",
        "start_also",
        "duty",
        "rung",
    ]
)
_DUTY = frozenset({"code", "title", "time", "time_basis", "begins", "ends", "most", "most_basis", "times", "legal"})
_RUNG = frozenset({"at", "after", "do"})
_STANDARD = frozenset({"part", "text"})
_LANE = frozenset({"post", "office", "name"})
_POOL = frozenset({"id", "name"})
_CATCHES = frozenset({"late", "on_error", "on_message", "on_escalation"})
_MANY = frozenset({"each", "item", "sequential"})
_STEP = (
    frozenset(
        [
            "id",
            "lane",
            "kind",
            "name",
            "do",
            "time",
            "time_basis",
            "needs",
            "output",
            "legal",
            "note",
            "act",
            "stage",
            "stage_time",
            "stage_basis",
            "calls",
            "message",
            "after",
            "code",
            "talks_to",
            "hears_from",
            "fields",
            "question",
            "exits",
            "to",
            "group",
        ]
    )
    | _CATCHES
    | _MANY
)
_EXIT = frozenset({"value", "label", "to", "when", "default"})
_CATCH = frozenset({"after", "code", "name", "to", "interrupting"})
_FIELD = frozenset({"name", "label", "kind", "required", "choices", "help", "when", "bound", "alone"})
_FORK = frozenset({"id", "kind", "to", "join", "after_join", "name", "lane", "group"})
_GROUP = frozenset({"id", "name", "to", "group"}) | _CATCHES | _MANY
_END = frozenset({"id", "name", "kind", "code", "lane", "group"})
_START = frozenset({"kind", "name", "to", "message", "after"})
_START_ALSO = _START | {"id"}


def read_toml(text: str, file: str = "table") -> Table:
    """Read one SOP table. Raises NotATable with a finding for every place that does not fit."""
    complaints = Complaints()
    try:
        cells = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise NotATable(
            file, (Finding("sop-table", "This is not TOML: {problem}", facts={"problem": problem}),)
        ) from problem
    table = _table(Row("sheet", cells, complaints, _SHEET), complaints)
    if not complaints.findings:
        check_links(table, complaints)
    if complaints.findings:
        raise NotATable(file, tuple(complaints.findings))
    return table


def _table(row: Row, complaints: Complaints) -> Table:
    start = Row("start", row.cells.get("start", {}), complaints, _START)
    also = row.rows("start_also", _START_ALSO)
    lanes = _lanes(row.rows("lane", _LANE))
    called = _ways_to_call(lanes)
    return Table(
        procedure=_procedure(row),
        lanes=lanes,
        pools=tuple(PoolRow(_identifier(each), each.needed("name")) for each in row.rows("pool", _POOL)),
        steps=tuple(_in_lane(_step(each), called) for each in row.rows("step", _STEP)),
        forks=tuple(_fork(each) for each in row.rows("fork", _FORK)),
        groups=tuple(_group(each) for each in row.rows("group", _GROUP)),
        ends=tuple(_end(each) for each in row.rows("end", _END)),
        start=_start(start),
        also=tuple(replace(_start(each), id=_identifier(each)) for each in also),
    )


def _start(row: Row) -> StartRow:
    return StartRow(
        _kind(row, frozenset({"none", "message", "timer"})),
        row.text("name"),
        row.text("to"),
        row.text("message"),
        row.text("after"),
    )


def _procedure(row: Row) -> Procedure:
    code = row.needed("code")
    if code and not CODE.fullmatch(code):
        row.complaints.add(row.name, "code is {found}; write c3-m05, c3-m05-02 or p-c3-02.", found=code)
    sheet = Sheet(
        level=row.word("kind", Level) or Level.MICRO,
        area=row.text("area"),
        owner=row.text("owner"),
        status=row.word("status", Status) or Status.PROPOSED,
        nature=row.word("nature", Nature),
        scope=row.word("scope", Scope),
        generality=row.word("generality", Generality),
        promised=row.allowance("promised", row.text("promised_basis")),
        duties=tuple(filter(None, map(_duty, row.rows("duty", _DUTY)))),
        ladder=tuple(filter(None, map(_rung, row.rows("rung", _RUNG)))),
        legal=row.legal("legal"),
        qualification=row.texts("qualification"),
        related=row.texts("related"),
        equipment=row.texts("equipment"),
        warning=row.texts("warning"),
        records=row.texts("records"),
        facts=row.texts("facts"),
        occasion=row.word("occasion", Occasion),
        shown=row.word("shown", Shown),
        standard=tuple(filter(None, map(_service_text, row.rows("standard", _STANDARD)))),
        office=row.text("office"),
        variant_of=row.text("variant_of"),
        variant_edition=_edition(row),
    )
    return Procedure(code, row.needed("title"), sheet)


def _edition(row: Row) -> int | None:
    said = row.text("variant_edition")
    if said and not _EDITION.fullmatch(said):
        row.complaints.add(row.name, "variant_edition is {found}; write the number of an edition.", found=said)
        return None
    return int(said) if said else None


def _service_text(row: Row) -> ServiceText | None:
    part, text = row.word("part", ServicePart), row.needed("text")
    if part is None and "part" not in row.cells:
        row.complaints.add(row.name, "part is missing.")
    return ServiceText(part, text) if part and text else None


def _duty(row: Row) -> Duty | None:
    row.name = f"duty {row.cells.get('code', row.name)}"
    code, title, time = row.needed("code"), row.needed("title"), row.needed("time")
    if code and not DUTY.fullmatch(code):
        row.complaints.add(row.name, "code is {found}; write small letters, digits and hyphens.", found=code)
    allowance = row.allowance("time", row.text("time_basis")) if time else None
    if allowance is None:
        return None
    return Duty(
        code=code,
        title=title,
        allowance=allowance,
        begins=row.text("begins"),
        ends=row.text("ends"),
        most=row.allowance("most", row.text("most_basis")),
        times=row.number("times"),
        legal=row.legal("legal"),
    )


def _rung(row: Row) -> Rung | None:
    part, after, act = row.part("at"), row.allowance("after"), row.word("do", RungAct)
    if act is None and "do" not in row.cells:
        row.complaints.add(row.name, "do is missing.")
    if ("at" in row.cells) == ("after" in row.cells):
        row.complaints.add(row.name, "Write either at (a part such as 75 %) or after (a time after it was due).")
    return Rung(part, after, act) if act and (part or after) else None


def _lanes(rows: tuple[Row, ...]) -> tuple[LaneRow, ...]:
    found = [(each, Performer(each.needed("post"), each.word("office", Whose) or Whose.CASE)) for each in rows]
    among = [performer for _, performer in found]
    return tuple(LaneRow(lane_key(performer, among), performer, row.text("name")) for row, performer in found)


def _ways_to_call(lanes: tuple[LaneRow, ...]) -> dict[str, str]:
    """A step may always say `post:office`; the post alone means its only lane, or that of the case's office."""
    found = {each.performer.post: each.key for each in lanes if each.performer.whose == Whose.CASE}
    found |= {f"{each.performer.post}:{each.performer.whose}": each.key for each in lanes}
    return found | {each.key: each.key for each in lanes}


def _in_lane(step: StepRow, called: dict[str, str]) -> StepRow:
    return replace(step, lane=called.get(step.lane, step.lane))


def _step(row: Row) -> StepRow:
    row.name = f"step {row.cells.get('id', row.name)}"
    return StepRow(
        id=_identifier(row),
        kind=_kind(row, STEP_KINDS, "user"),
        name=row.needed("name"),
        lane=row.needed("lane"),
        group=row.text("group"),
        instruction=row.text("do"),
        allowance=row.allowance("time", row.text("time_basis")),
        requirements=row.texts("needs"),
        output=row.text("output"),
        legal=row.legal("legal"),
        note=row.text("note"),
        act=row.text("act"),
        stage=row.text("stage"),
        stage_allowance=row.allowance("stage_time", row.text("stage_basis")),
        form=tuple(_field(each) for each in row.rows("fields", _FIELD)),
        calls=row.text("calls"),
        message=row.text("message") or row.text("code"),
        after=row.text("after"),
        each=row.text("each"),
        item=row.text("item"),
        sequential=row.flag("sequential"),
        talks_to=_partner(row),
        hears=bool(row.text("hears_from")),
        question=row.text("question"),
        exits=tuple(_exit(each) for each in row.rows("exits", _EXIT)),
        to=row.text("to"),
        catches=_catches(row),
    )


def _partner(row: Row) -> str:
    """The pool that a message flow leads to or comes from."""
    told, heard = row.text("talks_to"), row.text("hears_from")
    if told and heard:
        row.complaints.add(row.name, "Write either talks_to or hears_from: one step draws one message flow.")
    return told or heard


def _exit(row: Row) -> Exit:
    return Exit(row.needed("to"), row.text("value"), row.text("when"), row.text("label"), row.flag("default"))


def _catches(row: Row) -> tuple[Catch, ...]:
    return (
        *(_catch(each, "timer", "after") for each in row.rows("late", _CATCH)),
        *(_catch(each, "error", "code") for each in row.rows("on_error", _CATCH)),
        *(_catch(each, "message", "name") for each in row.rows("on_message", _CATCH | {"label"})),
        *(_catch(each, "escalation", "code") for each in row.rows("on_escalation", _CATCH)),
    )


def _catch(row: Row, kind: str, key: str) -> Catch:
    interrupting = row.flag("interrupting", otherwise=True)
    if kind == "error" and not interrupting:
        row.complaints.add(row.name, "An error always interrupts.")
    return Catch(kind, row.needed(key), row.needed("to"), interrupting, row.text("label" if key == "name" else "name"))


def _field(row: Row) -> Field:
    pairs = (each.partition("|") for each in row.texts("choices"))
    return Field(
        name=row.needed("name"),
        label=row.needed("label"),
        kind=row.word("kind", FieldKind) or FieldKind.TEXT,
        required=row.flag("required"),
        when=row.text("when"),
        choices=tuple(Choice(value.strip(), label.strip() or value.strip()) for value, _, label in pairs),
        bound=row.word("bound", Bound) or Bound.FACT,
        help=row.text("help"),
        alone=row.flag("alone"),
    )


def _fork(row: Row) -> ForkRow:
    row.name = f"fork {row.cells.get('id', row.name)}"
    ways = row.cells.get("to", [])
    plain = isinstance(ways, list) and all(isinstance(each, str) for each in ways)
    return ForkRow(
        id=_identifier(row),
        kind=_kind(row, frozenset({"parallel", "inclusive", "exclusive", "event"}), "parallel"),
        ways=tuple(Exit(each) for each in row.texts("to")) if plain else tuple(map(_exit, row.rows("to", _EXIT))),
        join=row.text("join"),
        after_join=row.text("after_join"),
        name=row.text("name"),
        lane=row.text("lane"),
        group=row.text("group"),
    )


def _group(row: Row) -> GroupRow:
    row.name = f"group {row.cells.get('id', row.name)}"
    return GroupRow(
        id=_identifier(row),
        name=row.needed("name"),
        to=row.text("to"),
        catches=_catches(row),
        each=row.text("each"),
        item=row.text("item"),
        sequential=row.flag("sequential"),
        group=row.text("group"),
    )


def _end(row: Row) -> EndRow:
    row.name = f"end {row.cells.get('id', row.name)}"
    kinds = frozenset({"none", "terminate", "error", "escalation", "message"})
    return EndRow(
        _identifier(row),
        row.text("name"),
        _kind(row, kinds),
        row.text("code"),
        row.text("lane"),
        row.text("group"),
    )


def _kind(row: Row, kinds: frozenset[str], otherwise: str = "none") -> str:
    found = row.text("kind") or otherwise
    if found not in kinds:
        row.complaints.add(row.name, "kind is {found}; it can be {known}.", found=found, known=", ".join(sorted(kinds)))
    return found


def _identifier(row: Row) -> str:
    found = row.needed("id")
    if found and not ROW_ID.fullmatch(found):
        row.complaints.add(
            row.name, "id is {found}; write up to 46 letters, digits and _, a letter first.", found=found
        )
    return found
