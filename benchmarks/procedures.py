"""The two procedures that are measured, drawn by this program so that every design runs the same diagram."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from engine.domain.release import Activity, Allowance, Clock, Field, Outcome, Performer, Release, ReleaseState

MONDAY = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
STEPS = 8
"""User tasks of the micro: as many as an SOP of the catalogue has, with one decision half-way."""
_DECISION = 4

_HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:lajur:bench">'
_FEEL, _PYTHON = 'outcome = "{}"', "outcome == '{}'"


def micro(condition: str = _FEEL) -> bytes:
    """Eight tasks in a row; after the fourth one can go back to the first."""
    tasks = "".join(f'<userTask id="t{n}" name="Langkah {n}"/>' for n in range(1, STEPS + 1))
    path = ["s", "t1", "t2", "t3", "t4", "g", "t5", "t6", "t7", "t8", "e"]
    flows = "".join(_flow(a, b) for a, b in pairwise(path) if (a, b) != ("g", "t5"))
    choices = _flow("g", "t5", condition.format("lanjut")) + _flow("g", "t1", condition.format("ulang"))
    return _drawn("micro", tasks + '<exclusiveGateway id="g"/>', flows + choices)


def loop(condition: str = _FEEL) -> bytes:
    """One task that is done again until somebody says that it is enough."""
    flows = _flow("s", "t1") + _flow("t1", "g")
    choices = _flow("g", "t1", condition.format("ulang")) + _flow("g", "e", condition.format("lanjut"))
    return _drawn("loop", '<userTask id="t1" name="Langkah"/><exclusiveGateway id="g"/>', flows + choices)


def stock(draw: str) -> bytes:
    """The same drawing with the conditions that stock SpiffWorkflow evaluates: Python."""
    return {"micro": micro, "loop": loop}[draw](_PYTHON)


def release(code: str) -> Release:
    """The drawing as the engine takes it: every step for a post, with an allowance, a form of one fact, and outcomes."""
    xml, count = (micro(), STEPS) if code == "micro" else (loop(), 1)
    both = (Outcome("lanjut", "Lanjut"), Outcome("ulang", "Ulang"))
    decides = 1 if code == "loop" else _DECISION
    steps = {
        (code, f"t{n}"): Activity(
            code,
            f"t{n}",
            f"Langkah {n}",
            "userTask",
            line=n,
            performer=Performer("petugas"),
            allowance=Allowance(4, Clock.WORKING_HOURS),
            form=(Field("catatan", "Catatan"),),
            outcomes=both if n == decides else (),
        )
        for n in range(1, count + 1)
    }
    return Release(code, 1, code.title(), ReleaseState.IN_FORCE, {code: xml}, steps, "", MONDAY)


def _drawn(code: str, nodes: str, flows: str) -> bytes:
    body = f'<startEvent id="s"/>{nodes}<endEvent id="e"/>{flows}'
    return f'{_HEAD}<process id="{code}" isExecutable="true">{body}</process></definitions>'.encode()


def _flow(source: str, target: str, condition: str = "") -> str:
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'
