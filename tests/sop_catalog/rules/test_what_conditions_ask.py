"""What conditions ask: answers that forms offer, facts of what runs in the same case, and the clock."""

from __future__ import annotations

from engine.domain.finding import Finding
from engine.notation import write
from sop_catalog.publishing import Drawing, judge, read_file
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.toml_reader import read_toml

HEAD = 'code = "{code}"\ntitle = "T"\nkind = "{kind}"\n[[lane]]\npost = "psikolog"\n'
STEP = '[[step]]\nid = "{id}"\nlane = "psikolog"\nname = "{id}"\n{more}\n'
CHOICE = 'fields = [{name="kondisi", label="Kondisi", kind="choice", choices=["sehat|Sehat", "sakit|Sakit"]}]'
SICK = 'kondisi = \\"sakit\\"'


def drawing(code: str, *steps: tuple[str, str], kind: str = "mikro") -> Drawing:
    """A drawing of steps in a row: id, and the rest of the row."""
    rows = "".join(STEP.format(id=name, more=more) for name, more in steps)
    found = read_file(write(draw(read_toml(HEAD.format(code=code, kind=kind) + rows)))).drawing
    assert found is not None
    return found


def told(rule: str, own: Drawing, *others: Drawing) -> list[Finding]:
    verdict = judge(read_file(own.text), {each.code: each for each in others}, walked=False)
    return [each for each in verdict.findings if each.rule == rule]


def deciding(*conditions: str) -> str:
    """A question with one exit to `c` for each condition, and one to `b` for everything else."""
    exits = [f'{{when="{each}", label="{number}", to="c"}}' for number, each in enumerate(conditions)]
    return f'question = "?"\nexits = [{", ".join(exits)}, {{default=true, label="lain", to="b"}}]'


def deciding_on(*conditions: str) -> Drawing:
    return drawing("c3-m05-91", ("a", f"{CHOICE}\n{deciding(*conditions)}"), ("b", ""), ("c", ""))


def test_a_condition_that_also_asks_the_clock_is_not_tried() -> None:
    never = SICK.replace("sakit", "lelah")

    assert len(told("condition-can-be-met", deciding_on(never))) == 1
    assert told("condition-can-be-met", deciding_on(f'{SICK} and today() > date(\\"2026-01-01\\")')) == []


def test_each_exit_that_fits_an_answer_of_another_is_told_once() -> None:
    found = told("condition-can-be-met", deciding_on(*[SICK] * 4))

    assert [(each.facts["one"], each.facts["other"]) for each in found] == [("0", "1"), ("1", "2"), ("2", "3")]


def test_exits_that_ask_different_facts_may_fit_the_same_case() -> None:
    more = CHOICE.replace("}]", '}, {name="usia", label="Usia", kind="choice", choices=["muda|Muda", "tua|Tua"]}]')
    young = 'usia = \\"muda\\"'
    own = drawing("c3-m05-91", ("a", f"{more}\n{deciding(SICK, young)}"), ("b", ""), ("c", ""))

    assert [each.severity for each in told("condition-can-be-met", own)] == ["warning"]


def test_a_fact_that_what_runs_before_it_asks_for_is_there_in_time() -> None:
    first = drawing("c3-m05-91", ("tanya", CHOICE))
    second = drawing("c3-m05-92", ("a", deciding(SICK)), ("b", CHOICE), ("c", ""))
    calls = (("satu", 'kind = "call"\ncalls = "c3-m05-91"'), ("dua", 'kind = "call"\ncalls = "c3-m05-92"'))
    macro = drawing("c3-m05", *calls, kind="makro")

    assert [each.facts["fact"] for each in told("output-comes-in-time", second)] == ["kondisi"]
    assert told("output-comes-in-time", second, first, macro) == []
