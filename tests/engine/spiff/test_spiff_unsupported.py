"""What SpiffWorkflow does not run is refused by rule, element and line; and the list of it is closed."""

from pathlib import Path

import pytest

from engine.domain.limits import LIMITS
from engine.process import Bundle, CannotRun
from engine.spiff import LIMITATIONS, Spiff
from engine.spiff.unsupported import NODES, unsupported
from tests.engine.constructs.sketch import bundle_of, drawn, sketch

LINE = "\n".join(f"user u{n} -> user u{n + 1}" for n in range(NODES))
BAD = {
    "element": "start -> script A -> end",
    "event": "start -> catch c (signal s) -> end",
    "several": "start -> catch c (timer PT1H; message m) -> end",
    "compensation": "start -> user A (with isForCompensation=true) -> end",
    "instantiate": "start -> receive A (about m; with instantiate=true) -> end",
    "sub-process": "start -> user A -> end\nsub S (with triggeredByEvent=true) {\n start s (message m) -> end e\n}",
    "start": "start (message m) -> call C (calls other) -> end\nprocess other {\n start s (message m) -> end e\n}",
    "size": f"start -> user u0\n{LINE}\nu{NODES} -> end",
    "event-gateway": "start -> events g\ng -> receive R (about m) -> end\nboundary b (on R; timer PT1H) -> end late",
    "call": "start -> call C (calls nowhere) -> end",
    "call-depth": "start -> call C (calls main) -> end",
    "dead-arrow": "start -> and j -> end\nstart other (message m) -> j",
    "link": "start -> throw t (link nowhere)\ncatch c (link somewhere) -> end",
    "text": "start -> xor x\nx -[1 +]-> end\nx -[*]-> end other",
    "loop": "start -> user A -> end",
}


@pytest.mark.parametrize("rule", sorted(set(BAD) - {"loop"}))
def test_what_cannot_be_run_is_refused_by_rule_and_element(rule: str) -> None:
    bundle = sketch(BAD[rule])

    with pytest.raises(CannotRun) as refused:
        Spiff().compile(bundle)

    found = [each for each in refused.value.findings if each.rule == f"spiff-unsupported-{rule}"]
    assert found, [str(each) for each in refused.value.findings]
    assert rule == "text" or all(each.element and each.line for each in found)


def test_a_standard_loop_is_refused() -> None:
    xml = drawn(BAD["loop"])["main"].replace("</userTask>", "<standardLoopCharacteristics/></userTask>")

    findings = unsupported(bundle_of({"main": xml}), LIMITS)

    assert [each.rule for each in findings] == ["spiff-unsupported-loop"]


def test_a_bundle_without_its_process_is_refused() -> None:
    assert [each.rule for each in unsupported(Bundle("nothing", {}), LIMITS)] == ["no-process"]


def test_the_list_of_limitations_is_the_list_of_rules() -> None:
    assert set(LIMITATIONS) == {f"spiff-unsupported-{rule}" for rule in BAD} | {"spiff-unsupported-parse"}


def test_examining_asks_the_library_itself() -> None:
    assert Spiff().examine(sketch("start -> user A -> end")) == ()


def test_every_limitation_stands_on_the_page_in_the_same_words() -> None:
    page = (Path(__file__).parents[3] / "docs" / "spiffworkflow.md").read_text(encoding="utf-8")

    rows = [f"| `{rule}` | {words} |" for rule, words in LIMITATIONS.items()]

    assert [row for row in rows if row not in page] == []
    assert page.count("| `spiff-unsupported-") == len(rows)
