"""What the column *Keterangan* says of all that has no symbol of the five: parallel work, waiting, calls, groups,
repetition, messages. Whole sentences that name steps by their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from engine.notation import (
    Activity,
    BoundaryEvent,
    CallActivity,
    CompensateDefinition,
    ConditionalDefinition,
    EndEvent,
    ErrorDefinition,
    EscalationDefinition,
    Event,
    EventBasedGateway,
    EventDefinition,
    FlowNode,
    Gateway,
    InclusiveGateway,
    IntermediateThrowEvent,
    Lookup,
    MessageDefinition,
    MultiInstance,
    ParallelGateway,
    Participant,
    ReceiveTask,
    SendTask,
    SignalDefinition,
    StandardLoop,
    StartEvent,
    SubProcess,
    TerminateDefinition,
    TimerDefinition,
    UnknownNode,
)
from sop_catalog.sheets.passages import Passages
from sop_catalog.sheets.wording import listed, message_text, timer_text

_EVENTS: Final[Mapping[type[EventDefinition], str]] = {
    EscalationDefinition: "Memberi tahu atasan.",
    ConditionalDefinition: "Menunggu sampai syaratnya terpenuhi.",
    CompensateDefinition: "Membatalkan yang sudah dikerjakan.",
    TerminateDefinition: "Semua langkah yang masih berjalan dihentikan.",
    ErrorDefinition: "SOP berakhir tanpa hasil.",
}
"""Said of an event, waited for or sent, whatever it carries. The last two stand at ends alone."""


class Remarks:
    """The sentences of one form. `numbers` gives each row its number, None for a terminator."""

    def __init__(
        self,
        passages: Passages,
        lookup: Lookup,
        numbers: Mapping[str, int | None],
        names: Mapping[str, str],
        titles: Mapping[str, str],
    ) -> None:
        self.passages = passages
        self.lookup = lookup
        self.numbers = numbers
        self.names = names
        self.titles = titles

    def of(self, row: FlowNode) -> Iterator[str]:
        """Every sentence about one row."""
        yield from self._call(row)
        yield from self._begin(row)
        yield from self._waits(row)
        yield from self._groups(row)
        yield from self._repeats(row)
        yield from self._parts(row)
        yield from self._meets(row)
        yield from (self._border(event, row) for event in self.passages.boundaries(row))
        yield from self._talks(row)
        yield from self._end(row)
        if isinstance(row, UnknownNode):
            yield f"Unsur “{row.xml.local}” tidak mempunyai lambang pada SOP AP."

    def steps(self, rows: Sequence[str], last: str = "dan") -> str:
        """`langkah 4 dan 6`; a terminator by what it says."""
        numbered = sorted({number for each in rows if (number := self.numbers.get(each)) is not None})
        ends = dict.fromkeys(f"“{self.names[each]}”" for each in rows if self.numbers.get(each) is None)
        said = [str(each) for each in numbered]
        whole = [f"langkah {listed(said, last)}"] if said else []
        return listed([*whole, *ends], last)

    def _call(self, row: FlowNode) -> Iterator[str]:
        if isinstance(row, CallActivity) and row.called:
            title = self.titles.get(row.called, "")
            yield f"Dilaksanakan menurut SOP {row.called.upper()}{f' {title}' if title else ''}."

    def _begin(self, row: FlowNode) -> Iterator[str]:
        if not isinstance(row, StartEvent):
            return
        for each in row.definitions:
            if isinstance(each, TimerDefinition):
                yield f"Dimulai menurut waktu: {timer_text(each.text) or each.text}."
            elif isinstance(each, MessageDefinition):
                yield f"Dimulai karena diterima {self._message(each.message)}."
            elif isinstance(each, SignalDefinition):
                yield "Dimulai karena ada tanda dari proses lain."
            elif isinstance(each, ConditionalDefinition):
                yield "Dimulai bila syaratnya terpenuhi."
        around = self.lookup.scope_of(row.id)
        if isinstance(around, SubProcess):
            how = "menghentikan langkah lain" if row.interrupting else "berjalan di samping langkah lain"
            yield f"Bagian “{around.name}” dapat dimulai sewaktu-waktu dan {how}."

    def _waits(self, row: FlowNode) -> Iterator[str]:
        if isinstance(row, ReceiveTask):
            yield f"Menunggu {self._message(row.message)}."
        if isinstance(row, SendTask):
            yield f"Mengirim {self._message(row.message)}."
        if not isinstance(row, Event) or isinstance(row, StartEvent | EndEvent):
            return
        sends = isinstance(row, IntermediateThrowEvent)
        yield from filter(None, (self._event(each, sends=sends) for each in row.definitions))

    def _event(self, each: EventDefinition, *, sends: bool) -> str:
        """What is waited for, or sent, on the way from one step to the next or at the end."""
        if isinstance(each, TimerDefinition):
            return f"Menunggu {timer_text(each.text) or 'sampai waktu yang ditentukan pada kasus'}."
        if isinstance(each, MessageDefinition):
            return f"{'Mengirim' if sends else 'Menunggu'} {self._message(each.message)}."
        if isinstance(each, SignalDefinition):
            return "Mengirim tanda kepada proses lain." if sends else "Menunggu tanda dari proses lain."
        return next((said for kind, said in _EVENTS.items() if isinstance(each, kind)), "")

    def _groups(self, row: FlowNode) -> Iterator[str]:
        around = self.lookup.scope_of(row.id)
        while isinstance(around, SubProcess):
            if not isinstance(row, StartEvent):
                yield f"Bagian dari “{around.name or around.id}”."
            if self.passages.members(around)[:1] == (row.id,):
                yield from _repeated(around, f"Bagian “{around.name or around.id}” diulang")
            around = self.lookup.scope_of(around.id)

    def _repeats(self, row: FlowNode) -> Iterator[str]:
        if isinstance(row, Activity):
            yield from _repeated(row, "Diulang")

    def _parts(self, row: FlowNode) -> Iterator[str]:
        """How the work goes several ways behind a row."""
        told: set[str] = set()
        for arrow in self.passages.arrows:
            if arrow.source != row.id:
                continue
            for gateway in arrow.through:
                node = self.lookup.node(gateway)
                if gateway in told or node is None or len(self.lookup.outgoing(gateway)) < 2:  # noqa: PLR2004
                    continue
                told.add(gateway)
                yield from self._split(node, arrow.label if gateway == arrow.through[0] else "")
        if isinstance(row, Gateway) or len(self.lookup.outgoing(row.id)) < 2:  # noqa: PLR2004
            return
        conditional = any(each.condition for each in self.lookup.outgoing(row.id))
        yield self._together(self.passages.reached(row)) if not conditional else self._as_needed(row)

    def _split(self, gateway: FlowNode, label: str) -> Iterator[str]:
        own = {flow.name for flow in self.lookup.outgoing(gateway.id)}
        before = f"Bila “{label}”: " if label and label not in own else ""
        ways = self.passages.reached(gateway)
        if isinstance(gateway, EventBasedGateway):
            said = f"Selanjutnya menurut yang terjadi lebih dahulu: {self.steps(ways, 'atau')}."
        elif isinstance(gateway, InclusiveGateway):
            said = self._as_needed(gateway)
        else:
            said = self._together(ways)
        yield before + (said[0].lower() + said[1:] if before else said)

    def _together(self, ways: Sequence[str]) -> str:
        return f"Sesudah ini dikerjakan bersamaan: {self.steps(ways)}."

    def _as_needed(self, node: FlowNode) -> str:
        said = []
        for flow in self.lookup.outgoing(node.id):
            target = self.lookup.node(flow.target)
            rows = (flow.target,) if flow.target in self.numbers else self.passages.reached(target) if target else ()
            said.append(f"{self.steps(rows)}{f' ({flow.name})' if flow.name else ''}")
        return f"Sesudah ini dikerjakan yang diperlukan, satu atau beberapa: {'; '.join(said)}."

    def _meets(self, row: FlowNode) -> Iterator[str]:
        """What must be done before a row begins, where several ways come together."""
        for gateway in self._joins(row.id):
            before = [each.source for each in self.passages.arrows if gateway in each.through]
            sources = self.steps(tuple(dict.fromkeys(before)))
            if isinstance(self.lookup.node(gateway), InclusiveGateway):
                yield f"Dimulai sesudah semua yang dikerjakan dari {sources} selesai."
            else:
                yield f"Dimulai sesudah {sources} selesai."

    def _joins(self, row: str) -> Iterator[str]:
        """The last place on each arrow to a row where ways come together that wait for each other."""
        last = (
            next((each for each in reversed(arrow.through) if self._waits_for_all(each)), "")
            for arrow in self.passages.arrows
            if arrow.target == row
        )
        yield from filter(None, dict.fromkeys(last))

    def _waits_for_all(self, gateway: str) -> bool:
        waits = isinstance(self.lookup.node(gateway), InclusiveGateway | ParallelGateway)
        return waits and len(self.lookup.incoming(gateway)) > 1

    def _border(self, event: BoundaryEvent, row: FlowNode) -> str:
        ways = self.passages.reached(event)
        where = self.steps(ways, "dan") or "berakhir"
        if event.attached_to != row.id:
            group = self.lookup.node(event.attached_to)
            rows = self.passages.members(group) if isinstance(group, SubProcess) else ()
            before = f"Selama {self.steps(rows)}: "
        else:
            before = ""
        said = f"bila {self._cause(event)}: "
        if event.interrupting:
            said += f"dihentikan, lanjut ke {where}."
        else:
            said += f"{where} juga dikerjakan, langkah ini tetap berjalan."
        return before + said if before else said[0].upper() + said[1:]

    def _cause(self, event: BoundaryEvent) -> str:
        for each in event.definitions:
            if isinstance(each, TimerDefinition):
                return f"dalam {timer_text(each.text) or event.name or 'waktu yang ditentukan'} belum selesai"
            if isinstance(each, MessageDefinition):
                return f"diterima {self._message(each.message)}"
            if isinstance(each, ErrorDefinition):
                return f"terjadi “{event.name or 'kegagalan'}”"
            if isinstance(each, SignalDefinition):
                return "ada tanda dari proses lain"
            if isinstance(each, ConditionalDefinition):
                return "syaratnya terpenuhi"
        return f"terjadi “{event.name or event.id}”"

    def _talks(self, row: FlowNode) -> Iterator[str]:
        pools = {
            each.id: each.name
            for whole in self.lookup.definitions.collaborations
            for each in whole.participants
            if isinstance(each, Participant)
        }
        flows = [each for whole in self.lookup.definitions.collaborations for each in whole.message_flows]
        sent = [pools[each.target] for each in flows if each.source == row.id and each.target in pools]
        got = [pools[each.source] for each in flows if each.target == row.id and each.source in pools]
        if sent:
            yield f"Disampaikan kepada {listed(list(dict.fromkeys(sent)))}."
        if got:
            yield f"Diterima dari {listed(list(dict.fromkeys(got)))}."

    def _end(self, row: FlowNode) -> Iterator[str]:
        if isinstance(row, EndEvent):
            yield from filter(None, (self._event(each, sends=True) for each in row.definitions))

    def _message(self, reference: str | None) -> str:
        found = self.lookup.find(reference) if reference else None
        return f"pesan “{message_text(found.name)}”" if found is not None and found.name else "pesan"


def _repeated(node: Activity, before: str) -> Iterator[str]:
    if isinstance(node.loop, MultiInstance):
        what = (node.loop.item.name if node.loop.item else "") or node.loop.collection or ""
        times = node.loop.cardinality.text.strip() if node.loop.cardinality else ""
        each = (
            f"untuk setiap {what.replace('_', ' ')}"
            if what
            else f"{times} kali"
            if times.isdigit()
            else "sebanyak perlu"
        )
        yield f"{before} {each}, {'satu per satu' if node.loop.sequential else 'bersamaan'}."
    elif isinstance(node.loop, StandardLoop):
        yield f"{before} sampai cukup."
