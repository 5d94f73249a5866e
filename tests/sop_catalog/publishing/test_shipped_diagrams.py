"""What lies in `bpmn/`: every rule holds, and each file is as the one writer writes it."""

from __future__ import annotations

from pathlib import Path

from engine.notation import read, write
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.procedure import Level
from sop_catalog.publishing import check_paths
from tests.shipped import BPMN, FILES

NOTED = [("p-c3-11", "calls-resolve"), ("p-s11-01", "calls-resolve")]
"""What is told of the shipped diagrams and is meant so: a complaint is closed after mediation by the micro that closes
complaints, and what a data subject asks for is done by the micro that does it."""


def test_every_shipped_diagram_is_accepted_and_nothing_is_told_of_it_but_what_is_meant() -> None:
    verdicts = check_paths([BPMN])

    said = [(Path(each.place).stem, found) for each in verdicts for found in each.findings]
    assert [("-".join(place.split("-")[:3]), found.rule) for place, found in said] == NOTED
    assert {found.severity for _, found in said} == {"note"}
    assert all(each.accepted for each in verdicts)
    assert len(verdicts) == len(FILES) > 0


def test_every_shipped_diagram_is_written_as_the_writer_writes() -> None:
    assert [file.name for file in FILES if write(read(text := file.read_bytes())) != text] == []


def test_every_shipped_diagram_lies_where_its_code_says() -> None:
    assert [file.name for file in FILES if not lies_right(file)] == []


def lies_right(file: Path) -> bool:
    procedure = read_procedure(read(file.read_bytes()).processes[0])
    area = {"c": "core", "s": "supporting", "l": "other"}.get(procedure.code[0])
    home = "maps" if procedure.sheet.level is Level.MAP else area
    return (file.name, file.relative_to(BPMN).parts[0]) == (procedure.file_name, home)
