"""The house profile: each rule refuses what it is about, names the element and the line, and lets the rest alone."""

from pathlib import Path

import pytest

from engine.domain.finding import Finding
from engine.domain.limits import Limits
from engine.machine import Machine, profile
from engine.notation import BPMN
from engine.process import Bundle, CannotRun
from tests.engine.constructs.sketch import bundle_of, drawn, sketch

RULES_FOLDER = Path(profile.__file__).parent
NOT_RULES = {"__init__", "sight", "passing"}

BAD: dict[str, list[tuple[str, str]]] = {
    "element-outside-profile": [
        ("start -> task A -> end", "A"),
        ("start -> script A -> end", "A"),
        ("start -> rule A -> end", "A"),
        ("start -> complex g -> user A -> end", "g"),
        ("start s (signal go) -> user A -> end", "s"),
        ("start s (conditional true) -> user A -> end", "s"),
        ("start -> user A -> end e (signal go)", "e"),
        ("start -> user A -> end e (compensate)", "e"),
        ("start -> user A -> end e (cancel)", "e"),
        ("start -> catch c (signal go) -> user A -> end", "c"),
        ("start -> catch c (conditional true) -> user A -> end", "c"),
        ("start -> catch c -> user A -> end", "c"),
        ("start -> throw c (signal go) -> user A -> end", "c"),
        ("start -> throw c (compensate) -> user A -> end", "c"),
        ("start -> throw c (timer PT1H) -> user A -> end", "c"),
        ("start -> user A -> end\nboundary b (on A; signal go) -> end x", "b"),
        ("start -> user A -> end\nboundary b (on A; conditional true) -> end x", "b"),
        ("start -> user A -> end\nboundary b (on A; compensate) -> end x", "b"),
        ("start -> user A -> end\nboundary b (on A) -> end x", "b"),
        ("start s (error E1) -> user A -> end", "s"),
    ],
    "special-sub-process": [
        ("start -> user A -> end\nsub S (with triggeredByEvent=true) {\nstart s (timer PT1H) -> end e\n}", "S"),
    ],
    "one-definition": [("start -> catch c (timer PT1H; message m) -> user A -> end", "c")],
    "tokens-one-at-a-time": [
        ("start -> user A (with isForCompensation=true) -> end", "A"),
        ("start -> user A (with startQuantity=2) -> end", "A"),
        ("start -> user A (with completionQuantity=2) -> end", "A"),
        ("start -> receive A (about m; with instantiate=true) -> end", "A"),
        ("start -> events g (with instantiate=true) -> catch a (message a) -> end\ng -> catch b (message b) -> end", "g"),
        ("start -> events g (with eventGatewayType=parallel) -> catch a (message a) -> end\ng -> catch b (message b) -> end", "g"),
    ],
    "code-of-other-engines": [
        ("start -> service A (with camunda:class=x.Y) -> end", "A"),
        ("start -> service A (with camunda:expression=1) -> end", "A"),
        ("start -> service A (with camunda:delegateExpression=x) -> end", "A"),
        ("start (with camunda:class=x) -> user A -> end", "start"),
    ],
    "foreign-ignored": [("start -> user A (with camunda:assignee=sari) -> end", "A")],
    "start-of-a-process": [("start -> sub S {\nuser A -> end e\n}\nS -> end", "S")],
    "one-none-start": [
        ("start -> sub S {\nstart a -> user A -> end e\nstart b -> A\n}\nS -> end", "S"),
        ("start -> sub S {\nstart a (message m) -> user A -> end e\n}\nS -> end", "S"),
        ("start -> call c (calls p) -> end\nprocess p {\nstart a (message m) -> user A -> end e\n}", "p"),
        ("start -> call c (calls p) -> end\nprocess p {\nstart a -> user A -> end e\nstart b -> A\n}", "p"),
    ],
    "start-is-the-start": [
        ("start -> user A -> xor x -[a]-> start\nx -[*]-> end", "start"),
        ("start s (message m) -> user A -> end\nstart t", "t"),
    ],
    "end-is-the-end": [("start -> user A -> end -> user B -> end f", "end")],
    "boundary-leads-on": [
        ("start -> user A -> end\nboundary b (on A; timer PT1H)", "b"),
        ("start -> user A -> user B -> boundary b (on A; timer PT1H) -> end", "b"),
    ],
    "error-interrupts": [("start -> user A -> end\nboundary b (on A; error E; beside) -> end x", "b")],
    "condition-where-none-is-asked": [
        ("start -[a]-> user A -> end", "main.0"),
        ("start -> user A -> and g -[a]-> end\ng -> end f", "main.2"),
        ("start -> throw t -[a]-> user A -> end", "main.1"),
    ],
    "join-is-not-conditional": [("start -> user A -> xor x -[a]-> end", "main.2")],
    "choice-has-conditions": [
        ("start -> user A -> xor x -> end\nx -[a]-> end", "main.2"),
        ("start -> user A -> or x -> end\nx -[a]-> end", "main.2"),
    ],
    "feel-only": [
        ("start -> xor x -[${a == true}]-> user A -> end\nx -[*]-> end", "main.1"),
        ("start -> xor x -[#{a}]-> user A -> end\nx -[*]-> end", "main.1"),
        ("start -> catch c (timer duration ${a}) -> user A -> end", "c"),
    ],
    "feel-readable": [
        ("start -> xor x -[a ==]-> user A -> end\nx -[*]-> end", "main.1"),
        ("start -> xor x -[__import__('os').system('id')]-> user A -> end\nx -[*]-> end", "main.1"),
        ("start -> user A (times 1 +) -> end", "A"),
        ("start -> user A (each p in persons; until lambda: 1) -> end", "A"),
    ],
    "timer-of-its-kind": [
        ("start -> catch c (timer R3/P1D) -> user A -> end", "c"),
        ("start -> user A -> end\nboundary b (on A; timer R3/P1D) -> end x", "b"),
    ],
    "timer-readable": [
        ("start -> catch c (timer -PT1H) -> user A -> end", "c"),
        ("start -> catch c (timer 2026-03-01T08:00:00) -> user A -> end", "c"),
        ("start -> catch c (timer 2026-02-30T08:00:00Z) -> user A -> end", "c"),
        ("start -> catch c (timer 2026-03-01) -> user A -> end", "c"),
        ("start -> catch c (timer duration PT) -> user A -> end", "c"),
        ("start -> catch c (timer duration P1.5M) -> user A -> end", "c"),
        ("start -> catch c (timer duration P99999999999M) -> user A -> end", "c"),
        ("start -> catch c (timer date PT1H) -> user A -> end", "c"),
        ("start -> catch c (timer duration import os) -> user A -> end", "c"),
        ("start -> user A -> end\nboundary b (on A; timer R-5/P1D; beside) -> end x", "b"),
        ("start -> user A -> end\nboundary b (on A; timer R0/P1D; beside) -> end x", "b"),
        ("start -> user A -> end\nboundary b (on A; timer R/PT1S; beside) -> end x", "b"),
        ("start -> user A -> end\nboundary b (on A; timer R/PT0S; beside) -> end x", "b"),
        ("start -> user A -> end\nboundary b (on A; timer cycle PT1H; beside) -> end x", "b"),
    ],
    "message-has-a-name": [
        ("start -> catch c (message) -> user A -> end", "c"),
        ("start -> receive A -> end", "A"),
        ("start -> user A -> end e (message)", "e"),
    ],
    "thrown-code": [("start -> user A -> end e (error)", "e"), ("start -> throw t (escalation) -> user A -> end", "t")],
    "links-in-pairs": [
        ("start -> user A -> throw t (link nowhere)", "t"),
        ("start -> throw t (link x)\ncatch a (link x) -> user A -> end\ncatch b (link x) -> user B -> end", "t"),
        ("start -> throw t (link x) -> user B -> end\ncatch a (link x) -> user A -> end", "t"),
        ("start -> user B -> catch a (link x) -> user A -> throw t (link x)", "a"),
    ],
    "event-gateway-waits-for-events": [
        ("start -> events g -> catch a (message a) -> end", "g"),
        ("start -> events g -> catch a (message a) -> end\ng -> user A -> end", "g"),
        ("start -> events g -> catch a (message a) -> end\ng -> receive A (about m) -> end\nboundary b (on A; timer PT1H) -> end", "g"),
        ("start -> and s -> events g -> catch a (message a) -> end\ng -> catch b (message b) -> end\ns -> a", "a"),
    ],
    "multi-instance-over-a-list": [
        ("start -> user A (each p in persons; times 3) -> end", "A"),
        ("start -> user A (each outcome in persons) -> end", "A"),
    ],
    "call-leads-somewhere": [("start -> call c (calls missing) -> end", "c")],
    "calls-end": [
        ("start -> call c (calls main) -> end", "c"),
        ("start -> user A -> call c (calls p) -> end\nprocess p {\nstart s -> user B -> call d (calls main) -> end e\n}", "d"),
    ],
    "reachable-nodes": [
        ("start -> user A -> end\nuser B -> end f", "B"),
        ("start -> user A -> end\ncatch a (link x) -> user B -> end", "a"),
        ("start -> user A -> end\nuser B -> user C -> B", "B"),
    ],
    "rest-in-every-loop": [
        ("start -> xor m -> xor x -[a]-> m\nx -[*]-> user A -> end", "m"),
        ("start -> xor m -> throw t (message n) -> xor x -[a]-> m\nx -[*]-> user A -> end", "m"),
        ("start -> throw o (link x)\ncatch i (link x) -> xor y -[a]-> throw p (link x)\ny -[*]-> user A -> end", "i"),
        ("start -> xor m -> sub S {\nstart s -> end e\n}\nS -> xor x -[a]-> m\nx -[*]-> user A -> end", "m"),
        ("start -> xor m -> call c (calls p) -> xor x -[a]-> m\nx -[*]-> user A -> end\nprocess p {\nstart s -> end e\n}", "m"),
        ("start -> xor m -> sub S {\nstart s -> end e (error E)\n}\nS -> user A -> end\nboundary b (on S; error E) -> m", "m"),
        ("start -> xor m -> user L (each p in persons) -> xor x -[a]-> m\nx -[*]-> user A -> end", "m"),
    ],
    "outcome-within-reach": [
        ('start -> user A -> catch c (timer PT1H) -> xor x -[outcome = "a"]-> end\nx -[*]-> end', "x"),
        ('start -> and s -> user A -> and j -> xor x -[outcome = "a"]-> end\nx -[*]-> end\ns -> user B -> j', "x"),
        ('start -> receive A (about m) -> xor x -[outcome = "a"]-> end\nx -[*]-> end', "x"),
    ],
}  # fmt: skip

ALTERED: dict[str, list[tuple[str, tuple[str, str]]]] = {
    "executable": [("main", ('isExecutable="true"', 'isExecutable="false"'))],
    "special-sub-process": [("S", ("subProcess", "transaction")), ("S", ("subProcess", "adHocSubProcess"))],
    "tokens-one-at-a-time": [("A", ("</userTask>", "<standardLoopCharacteristics/></userTask>"))],
    "one-definition": [("t", ("<timerEventDefinition>", "<eventDefinitionRef>x</eventDefinitionRef><timerEventDefinition>"))],
    "element-outside-profile": [
        ("A", ('<userTask id="A">', '<choreographyTask id="A">')),
        ("A", ('<userTask id="A">', '<subChoreography id="A">')),
    ],
    "code-of-other-engines": [
        ("A", ('<userTask id="A">', f'<userTask id="A"><extensionElements>{code}</extensionElements>'))
        for code in (
            '<camunda:taskListener event="create"/>',
            '<camunda:executionListener event="end"><camunda:script scriptFormat="groovy">x</camunda:script></camunda:executionListener>',
            "<camunda:properties><camunda:property><camunda:script/></camunda:property></camunda:properties>",
            '<s:preScript xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core">import os</s:preScript>',
            '<s:postScript xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core">import os</s:postScript>',
            '<s:serviceTaskOperator xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core" id="x"/>',
            '<z:ioMapping xmlns:z="http://camunda.org/schema/zeebe/1.0"/>',
            '<f:x xmlns:f="http://flowable.org/bpmn" expression="a"/>',
        )
    ],
    "untyped-children": [
        ("A", ('<userTask id="A">', f'<userTask id="A">{child}'))
        for child in (
            "<script>import os</script>",
            "<somethingNew/>",
            "<dataInputAssociation><targetRef>x</targetRef><transformation>import os</transformation></dataInputAssociation>",
            "<dataOutputAssociation><assignment><from>a</from><to>b</to></assignment></dataOutputAssociation>",
        )
    ],
    "default-without-condition": [("main.3", ('default="main.7"', 'default="main.3"'))],
    "feel-only": [
        ("main.3", ('<conditionExpression xsi:type="tFormalExpression"', f'<conditionExpression xsi:type="tFormalExpression" language="{language}"'))
        for language in ("python", "groovy", "http://www.w3.org/1999/XPath", "http://java.sun.com/products/jsp/", "juel")
    ]
    + [("main.3", ("<definitions ", '<definitions expressionLanguage="python" '))],
    "multi-instance-over-a-list": [
        ("M", (old, new))
        for old, new in (
            ("<loopDataInputRef>persons<", "<loopDataInputRef>persons[1]<"),
            ("<loopDataInputRef>persons</loopDataInputRef>", ""),
            ('name="person"', 'name="a person"'),
            ("<inputDataItem", "<loopDataOutputRef>done</loopDataOutputRef><inputDataItem"),
            ('isSequential="false"', 'isSequential="false" behavior="One"'),
        )
    ],
}  # fmt: skip

WHOLE = """
start -> user A -> sub S {
    start in -> user B -> end out
}
S -> xor x -[a]-> user M (each person in persons) -> end
x -[b]-> catch t (timer PT1H) -> end
x -[*]-> end
"""


def _rules(bundle: Bundle) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in Machine().examine(bundle):
        found.setdefault(finding.rule, []).append(finding)
    return found


@pytest.mark.parametrize(("rule", "drawing", "element"), [(rule, *bad) for rule, bads in BAD.items() for bad in bads])
def test_a_drawing_that_breaks_a_rule_is_found_at_its_element(rule: str, drawing: str, element: str) -> None:
    found = _rules(sketch(drawing))

    assert rule in found, f"found only {sorted(found)}"
    assert element in [each.element for each in found[rule]]
    assert all(each.line for each in found[rule])
    assert all(str(each) for each in found[rule])


@pytest.mark.parametrize(
    ("rule", "element", "change"), [(rule, *bad) for rule, bads in ALTERED.items() for bad in bads]
)
def test_a_change_of_a_good_drawing_is_found_at_its_element(rule: str, element: str, change: tuple[str, str]) -> None:
    xml = drawn(WHOLE)["main"]
    assert change[0] in xml
    altered = xml.replace(*change, -1 if change[0] == "subProcess" else 1)
    if "horeography" in change[1]:
        altered = altered.replace("</userTask>", f"</{change[1][1:].split()[0]}>", 1)

    found = _rules(bundle_of({"main": altered}))

    assert rule in found, f"found only {sorted(found)}"
    assert element in [each.element for each in found[rule]]


def test_every_rule_has_a_bad_drawing() -> None:
    files = {path.stem.replace("_", "-") for path in RULES_FOLDER.glob("*.py") if path.stem not in NOT_RULES}

    assert files == {*BAD, *ALTERED}
    assert len(profile.RULES) == len(files)


GOOD = [
    WHOLE,
    "start -> user A -> end",
    "start -> user A\n",
    'start -> user A -> xor x -[outcome = "a"]-> end\nx -[*]-> end',
    'start -> user A -> xor m -> xor x -[outcome = "a"]-> user B -> m\nx -[*]-> end',
    "start -> xor m -> user A -> xor x -[a]-> m\nx -[*]-> end",
    'start -> user A -> throw t (message told) -> and s -> xor x -[outcome = "a"]-> end\nx -[*]-> end\ns -> user B -> end',
    "start -> xor m -> sub S {\nstart s -> user A -> end e\n}\nS -> xor x -[a]-> m\nx -[*]-> end",
    "start -> xor m -> catch t (timer PT1H) -> xor x -[a]-> m\nx -[*]-> end",
    "start -> xor m -> user A -> end\nboundary b (on A; timer PT1H) -> m",
    "start -> sub S {\nstart s -> user A -> end e (error E)\n}\nS -> end\nboundary b (on S; error E) -> S",
    "start -> call c (calls p) -> call d (calls p) -> end\nprocess p {\nstart s -> user A -> end e\n}",
    "start -> call c (calls p) -> end\nprocess p {\nstart s -> user A -> end e\nstart m (message m) -> A\n}",
]  # fmt: skip


@pytest.mark.parametrize("drawing", GOOD)
def test_a_lawful_drawing_has_no_findings(drawing: str) -> None:
    assert Machine().examine(sketch(drawing)) == ()


def test_a_drawing_with_errors_is_not_compiled_and_tells_them_all() -> None:
    with pytest.raises(CannotRun, match="ScriptTask") as refusal:
        Machine().compile(sketch("start -> script A -> rule B -> end"))

    assert [each.element for each in refusal.value.findings] == ["A", "B"]


def test_a_warning_does_not_keep_a_drawing_from_running() -> None:
    bundle = sketch("start -> user A (with camunda:assignee=sari) -> end")

    assert [each.severity for each in Machine().examine(bundle)] == ["warning"]
    assert Machine().compile(bundle).code == "main"


def test_a_bundle_without_its_process_is_refused() -> None:
    bundle = sketch("start -> user A -> end")

    assert [each.rule for each in Machine().examine(Bundle("other", bundle.drawings))] == ["no-process"]
    assert [each.rule for each in Machine().examine(Bundle("main", {}))] == ["no-process"]


def test_calls_deeper_than_the_limit_are_refused() -> None:
    levels = "\n".join(
        f"process p{level} {{\nstart s -> user A -> call c (calls p{level + 1}) -> end e\n}}" for level in range(5)
    )
    bundle = sketch(f"start -> call c (calls p0) -> end\n{levels}\nprocess p5 {{\nstart s -> user A -> end e\n}}")

    def told(depth: int) -> list[tuple[str, str]]:
        return [(each.rule, each.severity) for each in Machine().examine(bundle, Limits(call_depth=depth))]

    assert told(12) == []
    assert told(6) == [("calls-end", "warning")]
    assert told(5) == [("calls-end", "warning"), ("calls-end", "error")]


def test_what_is_wrong_in_a_called_process_counts() -> None:
    bundle = sketch("start -> call c (calls p) -> end\nprocess p {\nstart s -> script A -> end e\n}")

    assert [(each.rule, each.element) for each in Machine().examine(bundle)] == [("element-outside-profile", "A")]


def test_lawful_bpmn_that_is_not_run_is_let_alone() -> None:
    xml = drawn("start -> user A -> end")["main"]
    inside = "<ioSpecification><dataInput/><inputSet/><outputSet/></ioSpecification><potentialOwner/><property/>"
    xml = xml.replace('<userTask id="A">', f'<userTask id="A" implementation="##unspecified">{inside}')

    assert BPMN in xml
    assert Machine().examine(bundle_of({"main": xml})) == ()
