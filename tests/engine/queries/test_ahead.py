from engine.domain.release import Release, ReleaseState
from engine.queries.ahead import Place, ahead
from tests.engine.queries.small_house import BPMN, NOW, activities, of_drawings


def release(**drawn: str) -> Release:
    drawings = {code.replace("_", "-"): BPMN.format(text).encode() for code, text in drawn.items()}
    return Release("m1", 1, "M", ReleaseState.IN_FORCE, drawings, activities(), "x", NOW)


def process(code: str, inside: str) -> str:
    return f'<process id="{code}" isExecutable="true">{inside}</process>'


def flows(*pairs: str) -> str:
    ends = (pair.split(">") for pair in pairs)
    return "".join(f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate(ends))


def names(found: Release, place: Place) -> list[tuple[str, list[str], bool]]:
    return [(each.answer, [step.element for step in each.steps], each.ends) for each in ahead(found, place)]


def test_each_answer_leads_to_its_own_next_step() -> None:
    ways = ahead(of_drawings(), Place("m1-01", "a", ("m1/panggil",)))

    assert [(each.answer, each.outcome) for each in ways] == [("Lengkap", "ya"), ("Belum", "tidak")]
    assert [each.ends for each in ways] == [True, False]
    assert [step.name for step in ways[1].steps] == ["Menelepon"]


def test_the_end_of_a_micro_leads_on_to_what_the_macro_does_next() -> None:
    macro = process(
        "m1",
        '<startEvent id="s"/><callActivity id="p" calledElement="m2"/><userTask id="lanjut"/><endEvent id="e"/>'
        + flows("s>p", "p>lanjut", "lanjut>e"),
    )
    micro = process("m2", '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>' + flows("s>a", "a>e"))

    assert names(release(m1=macro, m2=micro), Place("m2", "a", ("m1/p",))) == [("", ["lanjut"], False)]


def test_a_call_and_a_sub_process_are_looked_into() -> None:
    macro = process(
        "m1",
        '<startEvent id="s"/><userTask id="a"/><subProcess id="q"><startEvent id="qs"/><callActivity id="p" calledElement="m2"/>'
        '<sequenceFlow id="qf" sourceRef="qs" targetRef="p"/></subProcess><endEvent id="e"/>'
        + flows("s>a", "a>q", "q>e"),
    )
    micro = process("m2", '<startEvent id="s"/><userTask id="dalam"/><endEvent id="e"/>' + flows("s>dalam", "dalam>e"))

    assert names(release(m1=macro, m2=micro), Place("m1", "a", ())) == [("", ["dalam"], False)]


def test_a_fork_leads_to_all_its_branches() -> None:
    forked = process(
        "m1",
        '<startEvent id="s"/><userTask id="a"/><parallelGateway id="g"/><userTask id="b"/><manualTask id="c"/>'
        + flows("s>a", "a>g", "g>b", "g>c"),
    )

    assert names(release(m1=forked), Place("m1", "a", ())) == [("", ["b", "c"], False)]


def test_a_loop_is_walked_once_and_an_off_page_link_is_followed() -> None:
    looped = process(
        "m1",
        '<startEvent id="s"/><userTask id="a"/><exclusiveGateway id="g"/><exclusiveGateway id="h"/>'
        '<intermediateThrowEvent id="lempar"><linkEventDefinition name="L"/></intermediateThrowEvent>'
        '<intermediateCatchEvent id="tangkap"><linkEventDefinition name="L"/></intermediateCatchEvent><userTask id="b"/>'
        + flows("s>a", "a>g", "g>h", "h>g", "h>lempar", "tangkap>b"),
    )

    assert names(release(m1=looped), Place("m1", "a", ())) == [("", ["b"], False)]


def test_a_step_that_the_release_does_not_know_has_nothing_ahead() -> None:
    assert ahead(of_drawings(), Place("m1-01", "nowhere", ())) == ()
    assert ahead(of_drawings(), Place("m9", "a", ())) == ()
