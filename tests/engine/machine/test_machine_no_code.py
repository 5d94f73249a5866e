"""No Python, ever, from a model: code stands in every place of a drawing where text can stand, and none of it runs."""

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tests.engine.constructs.sketch import drawn

CHILD = Path(__file__).with_name("no_code_child.py")
ROOT = Path(__file__).parents[3]

RICH = """
start -> user A -> xor x -[a = 1]-> service B -> end done (message told)
x -[*]-> sub S {
    start in -> send C (about letter) -> end out (escalation LATE)
}
S -> user M (each person in persons; until person = "z") -> and s -> receive R (about answer) -> and j
s -> catch t (timer PT1H) -> j
j -> user N (times 2) -> throw o (link page)
catch i (link page) -> throw tell (message told) -> call c (calls main2) -> end
boundary bt (on A; timer R2/P1D; beside) -> end e1
boundary bm (on A; message news; beside) -> end e2
boundary be (on B; error E1) -> end e3 (error E2)
boundary bs (on S; escalation LATE; beside) -> end e4
start st (timer R/P1D) -> A
start sm (message hello) -> A
"""
CALLED = '<process id="main2" isExecutable="true"><startEvent id="s2"/><userTask id="U2"/><endEvent id="z2"/>'
CALLED += '<sequenceFlow id="f21" sourceRef="s2" targetRef="U2"/><sequenceFlow id="f22" sourceRef="U2" targetRef="z2"/></process>'

CODE = [
    "__import__('os').system('touch canary')",
    "import os; os.system('touch canary')",
    "().__class__.__base__.__subclasses__()",
    "exec('import os')",
    "${T(java.lang.Runtime).getRuntime().exec('touch canary')}",
    "{{ ''.__class__ }}",
    "= __import__('os')",
    "lambda: open('canary', 'w')",
    "(x for x in ().__class__.__bases__)",
    "f\"{open('canary','w')}\"",
    'eval("1")',
    "{__class__.__init__.__globals__}",
    "%s%s%n{0.__class__}",
]
LANGUAGES = ("python", "text/python", "groovy", "javascript", "juel")
VENDORS = {
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
    "spiffworkflow": "http://spiffworkflow.org/bpmn/schema/1.0/core",
    "flowable": "http://flowable.org/bpmn",
    "activiti": "http://activiti.org/bpmn",
}
CARRIERS = [
    "script",
    "preScript",
    "postScript",
    "executionListener",
    "taskListener",
    "serviceTaskOperator",
    "ioMapping",
    "inputOutput",
    "properties",
    "instructionsForEndUser",
    "calledDecisionId",
    "messageVariable",
    "correlation",
    "formKey",
    "field",
    "unitTests",
    "conditions",
]
TEXTS = re.compile(r"(?<=>)[^<>]+(?=<)")
VALUES = re.compile(r'(?<=")[^"]*(?=")')
ELEMENTS = re.compile(r"<([a-zA-Z]+) id=\"([^\"]+)\"[^>]*?(/?)>")


def _whole() -> str:
    return drawn(RICH)["main"].replace("</definitions>", f"{CALLED}</definitions>")


def _drawings() -> list[str]:
    whole = _whole()
    files = [whole]
    for code in CODE:
        files += [whole[: at.start()] + escape(code) + whole[at.end() :] for at in TEXTS.finditer(whole)]
    for code in CODE[:2]:
        files += [whole[: at.start()] + quoteattr(code)[1:-1] + whole[at.end() :] for at in VALUES.finditer(whole)]
        files += _with_carriers(whole, code)
    return files


def _with_carriers(whole: str, code: str) -> list[str]:
    files = []
    for at in ELEMENTS.finditer(whole):
        tag, _, closed = at.groups()
        before, head, after = whole[: at.start()], at[0], whole[at.end() :]
        opened = head[:-2] + ">" if closed else head
        end = f"</{tag}>" if closed else ""
        inner = "".join(
            f'<v:{name} xmlns:v="{space}" class={quoteattr(code)}>{escape(code)}</v:{name}>'
            for space in VENDORS.values()
            for name in CARRIERS
        )
        files.append(f"{before}{opened}<extensionElements>{inner}</extensionElements>{end}{after}")
        files.append(f"{before}{opened}<script>{escape(code)}</script>{end}{after}")
        files.append(f"{before}{opened}<documentation>{escape(code)}</documentation>{end}{after}")
        attributes = "".join(
            f' xmlns:v{n}="{s}" v{n}:expression={quoteattr(code)}' for n, s in enumerate(VENDORS.values())
        )
        files.append(before + head.replace(" id=", f"{attributes} id=", 1) + after)
    for language in LANGUAGES:
        changed = whole.replace("<conditionExpression ", f'<conditionExpression language="{language}" ')
        files.append(TEXTS.sub(lambda _: escape(code), changed))
        files.append(whole.replace("<definitions ", f'<definitions expressionLanguage="{language}" '))
    for tag in ("scriptTask", "businessRuleTask", "complexGateway", "task"):
        other = f'<{tag} id="A"><script>{escape(code)}</script>'
        files += [whole.replace('<userTask id="A">', other).replace("</userTask>", f"</{tag}>", 1)]
    return files


def _facts(code: str) -> dict[str, object]:
    return {"a": 1, "persons": [code, code], "outcome": code, "person": code, "__builtins__": code, code: code}


def test_no_code_of_a_model_or_of_a_form_is_ever_run(tmp_path: Path) -> None:
    drawings = _drawings()
    cases = [(xml, _facts(CODE[index % len(CODE)])) for index, xml in enumerate(drawings)]

    done = subprocess.run(
        [sys.executable, "-B", str(CHILD)],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        timeout=300,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    answers = json.loads(done.stdout)
    assert len(answers) == len(drawings) > 1_000
    assert answers[0] in {"ended", "running"}
    assert {"ended", "refused: CannotRun", "refused: NotReadable"} <= set(answers)
    assert list(tmp_path.iterdir()) == []


def test_the_hook_would_notice(tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.engine.machine import no_code_child as child\n"
        "sys.addaudithook(child._hook); child.armed = True\n"
        "eval('1 + 1')\n"
    )

    done = subprocess.run(
        [sys.executable, "-B", "-c", script], capture_output=True, text=True, cwd=tmp_path, check=False
    )

    assert done.returncode == 99
    assert "compile" in done.stderr
