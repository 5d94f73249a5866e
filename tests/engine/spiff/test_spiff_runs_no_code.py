"""No Python from a drawing or from a stored state, watched by an audit hook."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from engine.errors import Refusal
from engine.process import CannotRun, Completed, ForeignSnapshot
from engine.spiff import Spiff
from engine.spiff.rewriting import rewrite
from engine.spiff.scripts import Feel, NoPython, ScriptRefused
from tests.engine.constructs.sketch import bundle_of, drawn, sketch

NOW = datetime.fromisoformat("2026-01-05T08:00:00+07:00")
CANARY = "canary_7341"
CODE = f"__import__('os').system('touch /nowhere/{CANARY}')"

WATCHED: list[str] = []
WATCHING = False
CALLS = ("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn", "socket.connect", "pickle.find_class")


PARSER = "engine.spiff.parser_child"
"""The one process that reading a drawing may start. Newer Pythons tell of it twice."""


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not WATCHING or (event in {"subprocess.Popen", "os.posix_spawn"} and PARSER in repr(arguments)):
        return
    if event in CALLS or (event in {"compile", "exec", "open"} and CANARY in repr(arguments)):
        WATCHED.append(event)


sys.addaudithook(_watch)


@contextmanager
def watched() -> Iterator[list[str]]:
    global WATCHING  # noqa: PLW0603 - an audit hook stays for the life of the process
    WATCHED.clear()
    WATCHING = True
    try:
        yield WATCHED
    finally:
        WATCHING = False


PLACES = {
    "condition": f"start -> xor x\nx -[{CODE}]-> user A -> end\nx -[*]-> end other",
    "duration": f"start -> catch c (timer duration {CODE}) -> end",
    "date": f"start -> catch c (timer date {CODE}) -> end",
    "cycle": f"start -> user A -> end\nboundary b (on A; timer cycle {CODE}; beside) -> end late",
    "cardinality": f"start -> user A (times {CODE}) -> end",
    "completion condition": f"start -> user A (each who in people; until {CODE}) -> end",
    "list": f"start -> user A (each who in people) -> end\nboundary b (on A; message {CODE}; beside) -> end late",
    "error code": f"start -> sub S {{\n start s -> end e (error {CODE})\n}}\nS -> end\nboundary b (on S; error {CODE}) -> end late",
    "script": "start -> script A -> end",
}


@pytest.mark.parametrize("place", PLACES)
def test_code_in_a_drawing_is_refused_or_is_only_a_name(place: str) -> None:
    interpreter = Spiff()
    xml = PLACES[place]

    with watched() as seen:
        try:
            bundle = sketch(xml)
            program = interpreter.compile(bundle)
            step = interpreter.start(program, at=NOW, facts={"people": [CODE], "outcome": CODE})
            for wait in interpreter.waits(program, step.snapshot):
                interpreter.advance(program, step.snapshot, Completed(wait.token), at=NOW, facts={"people": [CODE]})
        except Refusal:
            pass
        interpreter.examine(sketch("start -> user A -> end"))

    assert seen == []


def test_names_ids_and_documentation_never_reach_the_library() -> None:
    xml = drawn("start -> user A -> end")["main"].replace('<userTask id="A"', f'<userTask id="A" name="{CANARY}"')
    bundle = bundle_of({"main": xml.replace("</userTask>", f"<documentation>{CANARY}</documentation></userTask>")})

    texts = rewrite(bundle).texts.values()

    assert all(CANARY.encode() not in text for text in texts)
    assert all(b'"A"' not in text for text in texts)


@pytest.mark.parametrize("ask", ["evaluate", "execute", "call_service"])
def test_the_environment_has_no_language(ask: str) -> None:
    with watched() as seen, pytest.raises(ScriptRefused):
        getattr(NoPython(), ask)(CODE, {}, external_context=None)

    assert seen == []


@pytest.mark.parametrize("ask", ["validate", "execute", "call_service"])
def test_the_engine_has_no_language_either(ask: str) -> None:
    with watched() as seen, pytest.raises(ScriptRefused):
        getattr(Feel(None), ask)(None, CODE)

    assert seen == []


@pytest.mark.parametrize(
    "forged",
    [
        b"",
        b"machine/1 []",
        b"spiffworkflow/2 []",
        b'{"serializer_version": "1.0", "spec": {}}',
        b"spiffworkflow/1 " + CODE.encode(),
        b'spiffworkflow/1 ["DIGEST","start",1,[[-1,[["begin main/main",-1,64],["node main/'
        + CANARY.encode()
        + b'",0,16]]]]]',
        b'spiffworkflow/1 ["DIGEST","start",1,[[-1,[["begin main/main",-1,999]]]]]',
        b'spiffworkflow/1 ["DIGEST","start",1,[[-1,[["begin main/main",7,64]]]]]',
        b'spiffworkflow/1 ["DIGEST","other",1,[[-1,[["begin main/main",-1,64]]]]]',
        b'spiffworkflow/1 ["DIGEST","start",1,[[0,[]]]]',
        b'spiffworkflow/1 ["DIGEST","start",-4,[[-1,[["begin main/main",-1,64]]]]]',
        b'spiffworkflow/1 ["DIGEST","start",1,[[-1,[["begin main/main",-1,64,{"event_fired":true}]]]]]',
        b'spiffworkflow/1 ["DIGEST","start",1,[[-1,[["begin main/main",-1,64,{"items":{"@date":"x"}}]]]]]',
        b"spiffworkflow/1 " + b"[" * 100_000,
    ],
)
def test_a_forged_state_is_refused_before_anything_is_made_of_it(forged: bytes) -> None:
    interpreter = Spiff()
    program = interpreter.compile(sketch("start -> user A -> end"))

    with watched() as seen, pytest.raises(ForeignSnapshot):
        interpreter.advance(
            program, forged.replace(b"DIGEST", program.digest.encode()), Completed("1"), at=NOW, facts={}
        )

    assert seen == []


def test_a_state_of_another_drawing_is_refused() -> None:
    interpreter = Spiff()
    one = interpreter.compile(sketch("start -> user A -> end"))
    other = interpreter.compile(sketch("start -> user B -> end"))
    snapshot = interpreter.start(one, at=NOW, facts={}).snapshot

    with pytest.raises(ForeignSnapshot):
        interpreter.waits(other, snapshot)


def test_a_script_task_is_refused_by_name() -> None:
    with pytest.raises(CannotRun) as refused:
        Spiff().compile(sketch(PLACES["script"]))

    assert [(each.rule, each.element) for each in refused.value.findings] == [
        ("spiff-unsupported-element", "script")
    ] or [each.element for each in refused.value.findings] == ["A"]
