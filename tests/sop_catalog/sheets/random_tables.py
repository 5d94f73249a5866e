"""Random SOP tables: every kind of row, wired at random. They can be drawn; whether they are sound is not asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from engine.domain.release import Allowance, Bound, Choice, Clock, Field, FieldKind, LegalBasis, Performer, Whose
from sop_catalog.procedure import Level, Nature, Procedure, Sheet
from sop_catalog.sheets.places import Places
from sop_catalog.sheets.table import (
    HEARERS,
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
)
from sop_catalog.sheets.ways import ways_of

Draw = Callable[[st.SearchStrategy[Any]], Any]

TEXT = st.text("abcdefghij ABC 0123456789.,:;()/&<>\"'\\é–", min_size=1, max_size=24).map(str.strip).filter(bool)
NAMES = st.sampled_from(["Kabar diterima", "Jawaban", "Pemberitahuan", "Sakit"])
CODES = st.sampled_from(["GAGAL", "SAKIT", "TIDAK_HADIR"])
AFTER = st.sampled_from(["PT72H", "P3D", "working days(3)", "PT30M"])
POSTS = ["pengelola-kasus", "psikolog", "penyuluh", "operator-sispopmi"]
KINDS = ["user", "user", "user", "manual", "receive", "send", "service", "call"]
EVENTS = ["timer", "message", "throw-message", "escalate"]
TIMES = st.builds(
    Allowance, st.sampled_from([0.5, 1.0, 3.0, 30.0, 72.0]), st.sampled_from(list(Clock)), TEXT | st.just("")
)
LEGAL = st.lists(st.builds(LegalBasis, st.just("UU 18/2017"), st.just("") | st.just("Pasal 8")), max_size=2).map(tuple)
FIELDS = st.lists(
    st.builds(
        Field,
        name=st.sampled_from(["nama", "jalan", "kondisi"]),
        label=TEXT,
        kind=st.sampled_from(list(FieldKind)),
        required=st.booleans(),
        when=st.sampled_from(["", 'jalan = "a"']),
        choices=st.lists(st.builds(Choice, st.sampled_from("abc"), TEXT), max_size=2).map(tuple),
        bound=st.sampled_from(list(Bound)),
        help=TEXT | st.just(""),
        alone=st.booleans(),
    ),
    max_size=2,
).map(tuple)


@st.composite
def tables(draw: Draw) -> Table:
    """Draw a table of one to eight steps, with forks, groups, ends, starts and pools."""
    lanes = _lanes(draw)
    count = draw(st.integers(1, 8))
    names = [f"langkah_{at}" for at in range(count)]
    inside = _grouped(draw, names)
    ends = _ends(draw)
    forks = [f"cabang_{at}" for at in range(draw(st.integers(0, 2)))]
    joins = {each: f"{each}_temu" for each in forks if draw(st.booleans())}
    pools = (PoolRow("keluarga", "Keluarga"),) if draw(st.booleans()) else ()
    wiring = _Wiring(draw, names, inside, [*forks, *joins.values()], [each.id for each in ends])
    steps = tuple(_step(draw, name, lanes, pools, wiring) for name in names)
    group = next(iter(inside.values()), "")
    groups = (GroupRow(group, draw(TEXT), catches=_catches(draw, "", wiring), **_many(draw)),) if group else ()
    also = (StartRow("message", draw(TEXT), wiring.target(""), draw(NAMES), id="mulai_lain"),)
    return _kept(
        Table(
            procedure=_procedure(draw),
            lanes=lanes,
            steps=steps,
            start=_start(draw, wiring),
            also=also if draw(st.booleans()) else (),
            pools=pools,
            forks=tuple(_fork(draw, each, joins.get(each, ""), lanes, wiring) for each in forks),
            groups=groups,
            ends=ends,
        )
    )


class _Wiring:
    """Where rows may lead: what stands in a group leads on in it, or out of it to one place."""

    def __init__(self, draw: Draw, names: list[str], inside: dict[str, str], forks: list[str], ends: list[str]) -> None:
        self.draw, self.names, self.inside = draw, names, inside
        self.within = [each for each in names if each in inside]
        self.outside = [each for each in names if each not in inside] + self.within[:1] + forks + ends
        beyond = [each for each in self.outside if each not in self.within]
        self.out = draw(st.sampled_from(beyond)) if beyond else ""

    def target(self, source: str) -> str:
        if source in self.inside:
            places = self.within + ([self.out] if self.out else [])
            return str(self.draw(st.sampled_from(places)))
        return str(self.draw(st.sampled_from(self.outside)))

    def onward(self, source: str) -> str:
        """Say nothing now and then: the next row is meant, where that can be."""
        at = self.names.index(source)
        last = at + 1 == len(self.names)
        same = not last and (self.names[at + 1] in self.within) == (source in self.inside)
        entered = not last and source not in self.inside and self.names[at + 1] in self.within[:1]
        free = (same or entered) or (last and source not in self.inside)
        return "" if free and self.draw(st.booleans()) else self.target(source)


def _lanes(draw: Draw) -> tuple[LaneRow, ...]:
    posts = draw(st.lists(st.sampled_from(POSTS), min_size=1, max_size=3, unique=True))
    found = [LaneRow(post, Performer(post), draw(TEXT | st.just(""))) for post in posts]
    if draw(st.booleans()):
        both = [Performer(posts[0], Whose.ORIGIN), Performer(posts[0], Whose.DESTINATION)]
        found[0:1] = [LaneRow(f"{posts[0]}:{each.whose}", each) for each in both]
    return tuple(found)


def _grouped(draw: Draw, names: list[str]) -> dict[str, str]:
    if len(names) < 3 or not draw(st.booleans()):
        return {}
    first = draw(st.integers(0, len(names) - 2))
    last = draw(st.integers(first, len(names) - 1))
    return dict.fromkeys(names[first : last + 1], "rombongan")


def _ends(draw: Draw) -> tuple[EndRow, ...]:
    kinds = draw(st.lists(st.sampled_from(["none", "none", "terminate", "message"]), max_size=3))
    return tuple(
        EndRow(f"akhir_{at}", draw(TEXT), kind, draw(NAMES) if kind == "message" else "")
        for at, kind in enumerate(kinds)
    )


def _procedure(draw: Draw) -> Procedure:
    sheet = Sheet(
        level=draw(st.sampled_from(list(Level))),
        nature=draw(st.sampled_from([None, *Nature])),
        promised=draw(st.none() | TIMES),
        legal=draw(LEGAL),
        warning=draw(st.lists(TEXT, max_size=2).map(tuple)),
    )
    return Procedure("c3-m05-91", draw(TEXT), sheet)


def _start(draw: Draw, wiring: _Wiring) -> StartRow:
    kind = draw(st.sampled_from(["none", "message", "timer"]))
    return StartRow(
        kind,
        draw(TEXT | st.just("")) if kind != "message" else draw(NAMES),
        wiring.target("") if wiring.outside and draw(st.booleans()) else "" if not wiring.inside else wiring.names[0],
        draw(NAMES) if kind == "message" else "",
        draw(AFTER) if kind == "timer" else "",
    )


def _step(draw: Draw, name: str, lanes: tuple[LaneRow, ...], pools: tuple[PoolRow, ...], wiring: _Wiring) -> StepRow:
    kind = draw(st.sampled_from([*KINDS, *EVENTS]))
    row = StepRow(
        name, kind, draw(TEXT), draw(st.sampled_from([each.key for each in lanes])), wiring.inside.get(name, "")
    )
    if pools and draw(st.integers(0, 3)) == 0:
        row = replace(row, talks_to="keluarga", hears=kind in HEARERS and draw(st.booleans()))
    if kind in {"receive", "send", "message", "throw-message"} or (row.talks_to and kind not in EVENTS):
        row = replace(row, message=draw(NAMES))
    if kind == "timer":
        row = replace(row, after=draw(AFTER))
    if kind == "escalate":
        row = replace(row, message=draw(CODES))
    if kind in EVENTS:
        return replace(row, to=wiring.onward(name))
    row = replace(row, catches=_catches(draw, name, wiring), **_many(draw), **_said(draw))
    if kind == "call":
        row = replace(row, calls="c3-m06-03")
    if draw(st.integers(0, 2)) == 0:
        return replace(row, question=draw(TEXT | st.just("")), exits=_exits(draw, name, wiring))
    return replace(row, to=wiring.onward(name))


def _said(draw: Draw) -> dict[str, Any]:
    return {
        "instruction": draw(TEXT | st.just("")),
        "allowance": draw(st.none() | TIMES),
        "requirements": draw(st.lists(TEXT, max_size=2).map(tuple)),
        "output": draw(TEXT | st.just("")),
        "legal": draw(LEGAL),
        "note": draw(TEXT | st.just("")),
        "form": draw(FIELDS),
        "stage": draw(st.sampled_from(["", "Disposisi"])),
    }


def _many(draw: Draw) -> dict[str, Any]:
    if draw(st.integers(0, 4)):
        return {}
    return {"each": "anggota", "item": draw(st.sampled_from(["", "orang"])), "sequential": draw(st.booleans())}


def _exits(draw: Draw, name: str, wiring: _Wiring) -> tuple[Exit, ...]:
    values = draw(st.lists(st.sampled_from(["ya", "tidak", "kurang"]), min_size=1, max_size=3, unique=True))
    found = [Exit(wiring.target(name), value, label=draw(TEXT | st.just(""))) for value in values]
    if draw(st.booleans()):
        found.append(Exit(wiring.target(name), when="jumlah > 3", label=draw(TEXT | st.just(""))))
    if draw(st.booleans()):
        found.append(Exit(wiring.target(name), label="Selain itu", default=True))
    return tuple(found)


def _catches(draw: Draw, name: str, wiring: _Wiring) -> tuple[Catch, ...]:
    found = [
        Catch("timer", draw(AFTER), wiring.target(name), draw(st.booleans()), draw(TEXT | st.just("")))
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2])))
    ]
    if draw(st.integers(0, 5)) == 0:
        found.append(Catch("error", draw(CODES), wiring.target(name), name=draw(TEXT | st.just(""))))
    if draw(st.integers(0, 5)) == 0:
        found.append(Catch("message", draw(NAMES), wiring.target(name), draw(st.booleans()), draw(TEXT | st.just(""))))
    if draw(st.integers(0, 5)) == 0:
        found.append(Catch("escalation", draw(CODES), wiring.target(name), draw(st.booleans())))
    return tuple(found)


def _fork(draw: Draw, name: str, join: str, lanes: tuple[LaneRow, ...], wiring: _Wiring) -> ForkRow:
    kind = draw(st.sampled_from(["parallel", "inclusive", "exclusive", "event"]))
    targets = list(dict.fromkeys(each for each in wiring.outside if each != name))
    most = min(3, len(targets))
    ways = draw(st.lists(st.sampled_from(targets), min_size=min(2, most), max_size=most, unique=True))
    exits = [Exit(each) for each in ways]
    if kind in {"inclusive", "exclusive"}:
        exits = [Exit(each, when=f"jumlah > {at}", label=draw(TEXT)) for at, each in enumerate(ways[:-1])]
        exits.append(Exit(ways[-1], default=True))
    lane = draw(st.sampled_from(["", *(each.key for each in lanes)]))
    named = draw(TEXT | st.just("")) if len(ways) > 1 else draw(TEXT)
    return ForkRow(name, kind, tuple(exits), join, wiring.target("") if join else "", named, lane)


def _kept(table: Table) -> Table:
    """Leave out what nothing leads to, and put ends inside groups behind the others."""
    reached = _reachable(table)
    forks = tuple(each for fork in table.forks for each in _reached(fork, reached))
    if forks != table.forks:
        return _kept(replace(table, forks=forks))
    groups = Places(table, ways_of(table)).group_of
    ends = [each for each in table.ends if each.id in reached]
    return replace(table, ends=tuple(sorted(ends, key=lambda each: bool(groups[each.id]))))


def _reachable(table: Table) -> set[str]:
    """What is led to; two forks that lead to nothing but each other are not."""
    ways = ways_of(table)
    between = {name for fork in table.forks for name in (fork.id, fork.join)}
    found = {each.target for each in ways if each.source not in between}
    while fresh := {each.target for each in ways if each.source in found & between} - found:
        found |= fresh
    return found


def _reached(fork: ForkRow, reached: set[str]) -> tuple[ForkRow, ...]:
    """Return a fork without the join that nothing leads to, or the join alone where nothing leads to the fork."""
    if fork.id not in reached:
        alone = ForkRow(fork.join, "exclusive", (Exit(fork.after_join),), name="Temu")
        return (alone,) if fork.join in reached else ()
    return (fork if fork.join in reached else replace(fork, join="", after_join=""),)
