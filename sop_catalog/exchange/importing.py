"""A file, a folder or a zip of hundreds of BPMN files brought in: each read, repaired, judged and told of in one report.

Nothing is stored here. A second run over what came out changes nothing.
"""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain
from typing import Self

from engine.domain.finding import Finding
from engine.notation import (
    BPMNDI,
    CallActivity,
    Definitions,
    Document,
    NotReadable,
    Xml,
    examine,
    nodes,
    open_document,
    to_text,
    write,
)
from sop_catalog.diagram.layout import layout
from sop_catalog.exchange.archive import Incoming
from sop_catalog.exchange.identities import mend_ids
from sop_catalog.exchange.incoming import readable
from sop_catalog.exchange.lossless import Piece, lost
from sop_catalog.exchange.repairs import (
    code_from_name,
    main_process,
    mend_conditions,
    mend_times,
    set_code,
    set_executable,
    tasks_by_persons,
    vendor_tasks,
    wanted_code,
)
from sop_catalog.exchange.report import Imported
from sop_catalog.procedure import CODE
from sop_catalog.publishing import Verdict, judge, read_file

Step = Callable[[Xml], tuple[Xml, list[Finding]]]
"""One repair: a tree in, a tree out, and what was done."""
Shelf = Callable[[str], bytes | None]
"""The drawing that is at hand under a code, besides those that are brought in."""

FEW = 12
"""So many files and fewer are not worth a second process."""
WORKERS = 2
_DIAGRAM = f"{{{BPMNDI}}}BPMNDiagram"
_TOLD = 5
"""As many pieces that would be lost are told one by one."""


def bring_in(
    files: Sequence[Incoming], *, shelf: Shelf = lambda _: None, persons: bool = False, workers: int = WORKERS
) -> list[Imported]:
    """Read, repair and judge files, each with the others and what is on the shelf at hand.

    Where `persons`, tasks of no particular kind are read as done by a person. The order of the files is kept.
    """
    with _Hands(workers if len(files) > FEW else 1) as hands:
        mended = hands.each(partial(mend, persons=persons), files)
        mended = _one_code_each(files, mended, persons=persons)
        at_hand = {each.code: each.text for each in reversed(mended) if each.code}
        bundles = [(each, _called_by(each, at_hand, shelf)) for each in mended]
        return hands.each(_judged, bundles)


class _Hands:
    """This process, or a few others beside it."""

    def __init__(self, count: int) -> None:
        fresh = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(count, mp_context=fresh) if count > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def each(self, do: Callable[..., Imported], things: Sequence[object]) -> list[Imported]:
        """Do the same with each, in order."""
        if self._pool is None:
            return [do(each) for each in things]
        return list(self._pool.map(do, things, chunksize=8))


def mend(file: Incoming, *, persons: bool = False, code: str = "") -> Imported:
    """Read one file and repair what can mean one thing only. What the rules say of it is not asked yet."""
    source, repairs = readable(file.source)
    try:
        document = open_document(source)
    except NotReadable as refusal:
        return Imported(file.place, file.source, findings=refusal.findings)
    mended, more = _mended(document, code or wanted_code(document.root, file.stem), persons=persons)
    repairs = (*repairs, *more)
    examined = examine(_text_of(mended) if more else source)
    if examined.definitions is None:
        return Imported(file.place, file.source, findings=examined.findings)
    drawing, drawn = _with_picture(examined.definitions, sound=not examined.errors)
    repairs = (*repairs, *drawn)
    plain = write(drawing)
    process = main_process(mended.root)
    return Imported(
        file.place,
        file.source,
        code=process.get("id") if process else "",
        title=process.get("name") if process else "",
        text=_as_it_came(file, mended, plain, changed=bool(repairs), drawn=bool(drawn)),
        plain=plain,
        repairs=repairs,
        findings=tuple(vendor_tasks(mended.root)) + (() if plain == source else _losses(mended, plain)),
        calls=tuple(sorted({each.called for each in _calls(drawing) if each.called})),
        drawn=bool(drawing.diagrams and any(each.plane.shapes for each in drawing.diagrams)),
    )


def _as_it_came(file: Incoming, mended: Document, plain: bytes, *, changed: bool, drawn: bool) -> bytes:
    """The bytes of the file where nothing was done to it; else its own tree with the repairs, and the new picture if it got one."""
    if not changed and _is_plain_utf_8(file.source):
        return file.source
    if drawn:
        kept = tuple(each for each in mended.root.children if each.tag != _DIAGRAM)
        made = tuple(each for each in open_document(plain).root.children if each.tag == _DIAGRAM)
        root, _ = mend_ids(replace(mended.root, children=(*kept, *made)))
        mended = replace(mended, root=root)
    return _text_of(mended)


def _is_plain_utf_8(source: bytes) -> bool:
    return not source.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))


def _mended(document: Document, code: str, *, persons: bool) -> tuple[Document, list[Finding]]:
    root, repairs = mend_ids(document.root)
    steps: list[Step] = [partial(set_code, code=code), set_executable, mend_times, mend_conditions]
    for step in [*steps, tasks_by_persons] if persons else steps:
        root, more = step(root)
        repairs = [*repairs, *more]
    return replace(document, root=root), sorted(repairs, key=lambda each: each.line or 0)


def _text_of(document: Document) -> bytes:
    return to_text(document.root, document.prefixes, document.before, document.after).encode()


def _calls(drawing: Definitions) -> Iterable[CallActivity]:
    every = chain.from_iterable(nodes(process) for process in drawing.processes)
    return (node for node, _ in every if isinstance(node, CallActivity))


def _with_picture(drawing: Definitions, *, sound: bool) -> tuple[Definitions, tuple[Finding, ...]]:
    """Lay out a drawing that has no picture at all; one that it has stays as it is."""
    if any(each.plane.shapes for each in drawing.diagrams) or not sound or not any(p.nodes for p in drawing.processes):
        return drawing, ()
    return layout(drawing), (Finding("layout", "Laid the drawing out, for it had no picture.", severity="note"),)


def _losses(mended: Document, text: bytes) -> tuple[Finding, ...]:
    """Say what our own way of writing would not carry. Nothing is left out in silence."""
    gone = lost(mended.root, open_document(text).root)
    message = "Our way of writing does not carry {what} with “{text}”; it stays in the file as it came."
    return tuple(
        Finding("not-carried", message, severity="warning", facts=_words_of(each)) for each in gone[:_TOLD]
    ) + ((_more(len(gone) - _TOLD),) if len(gone) > _TOLD else ())


def _words_of(piece: Piece) -> dict[str, object]:
    _, tag, attributes, text = piece
    said = " ".join([*(f"{name.rpartition('}')[2]}={value}" for name, value in attributes), text]).strip()
    return {"what": tag.rpartition("}")[2], "text": said[:120]}


def _more(count: int) -> Finding:
    message = "Our way of writing does not carry {count} pieces more; they stay in the file as it came."
    return Finding("not-carried", message, severity="warning", facts={"count": count})


def _one_code_each(files: Sequence[Incoming], mended: Sequence[Imported], *, persons: bool) -> list[Imported]:
    """Give files that would have one code the names of their files as codes; two of one SOP's code are refused."""
    seen: dict[str, str] = {}
    made: list[Imported] = []
    taken = {each.code for each in mended}
    for file, one in zip(files, mended, strict=True):
        each = one
        if each.code in seen and each.code and not CODE.fullmatch(each.code):
            wish = _free(code_from_name(file.stem) or each.code, taken, file)
            taken.add(wish)
            each = mend(file, persons=persons, code=wish)
        if each.code in seen and each.code:
            message = "Expected {code} in one file only, but {other} holds it too."
            facts = {"code": each.code, "other": seen[each.code]}
            each = replace(each, findings=(*each.findings, Finding("code-once", message, facts=facts)))
        elif each.code:
            seen[each.code] = file.place
        made.append(each)
    return made


def _free(wish: str, taken: set[str], file: Incoming) -> str:
    return wish if wish not in taken else f"{wish}-{hashlib.sha256(file.place.encode()).hexdigest()[:6]}"


def _called_by(one: Imported, at_hand: Mapping[str, bytes], shelf: Shelf) -> dict[str, bytes]:
    """The drawings that a file calls, however deep: those that came with it, else those on the shelf."""
    found: dict[str, bytes] = {}
    waiting = list(one.calls)
    while waiting:
        code = waiting.pop()
        text = at_hand.get(code) or shelf(code)
        if code not in found and text and code != one.code:
            found[code] = text
            waiting += _read(text).calls
    return found


@lru_cache(maxsize=2048)
def _read(text: bytes) -> _Held:
    verdict = read_file(text)
    drawing = verdict.drawing
    calls = tuple(sorted({each.called for each in _calls(drawing.definitions) if each.called})) if drawing else ()
    return _Held(verdict, calls)


class _Held:
    """A drawing that was read, and what it calls."""

    def __init__(self, verdict: Verdict, calls: tuple[str, ...]) -> None:
        self.verdict = verdict
        self.calls = calls


def _judged(bundle: tuple[Imported, Mapping[str, bytes]]) -> Imported:
    """Put a file before every rule, with what it calls."""
    one, called = bundle
    if not one.text:
        return one
    known = {code: held.drawing for code, text in called.items() if (held := _read(text).verdict).drawing}
    verdict = judge(_read(one.text).verdict, known)
    return replace(one, findings=(*one.findings, *(each for each in verdict.findings if each not in one.findings)))
