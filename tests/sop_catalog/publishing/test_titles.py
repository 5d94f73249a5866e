"""The shipped catalogue is the stand-in list, title by title, and every macro is reached from a map."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from engine.notation import CallActivity, nodes, read_kept
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.procedure import Level, Procedure, macro_of
from tests.shipped import FILES

LIST = Path(__file__).with_name("titles.txt")
MAPS = 82


@cache
def shipped() -> dict[str, Procedure]:
    found = (read_procedure(each) for file in FILES for each in read_kept(file.read_bytes()).processes)
    return {each.code: each for each in found}


def listed() -> dict[str, str]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))


def calls(code: str) -> set[str]:
    (file,) = [each for each in FILES if each.name.startswith(f"{code}-") and not each.name[len(code) + 1].isdigit()]
    process = read_kept(file.read_bytes()).process(code)
    return (
        {node.called for node, _ in nodes(process) if isinstance(node, CallActivity) and node.called}
        if process
        else set()
    )


def test_every_title_of_the_list_is_drawn_and_no_other() -> None:
    drawn = {code: each.title.casefold() for code, each in shipped().items() if each.sheet.level is not Level.MAP}

    assert drawn == {code: title.casefold() for code, title in listed().items()}


def test_there_are_as_many_as_the_agency_has() -> None:
    assert Counter(each.sheet.level for each in shipped().values()) == {
        Level.MAP: MAPS,
        Level.MACRO: 106,
        Level.MICRO: 644,
    }


def test_every_micro_is_called_by_its_macro_and_every_macro_by_a_map() -> None:
    micros = {code for code in listed() if macro_of(code)}
    macros = listed().keys() - micros
    maps = {code for code in shipped() if code.startswith("p-")}

    assert {code for code in micros if code not in calls(macro_of(code) or "")} == set()
    assert macros - set().union(*map(calls, maps)) == set()
