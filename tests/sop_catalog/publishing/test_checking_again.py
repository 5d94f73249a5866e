"""`lajur check` over many files: several at a time, and only what could have another verdict than the last time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.domain.finding import Finding, Leg, Phrase, Phrases
from sop_catalog.publishing import check_paths, remembering, side_by_side
from sop_catalog.publishing.drawings import Drawings, Verdict
from sop_catalog.publishing.judging import judge
from sop_catalog.publishing.remembering import Remembered

HOUSE = Path(__file__).parents[3]
MACRO = "c3-m16"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A macro with its micros, as they ship."""
    folder = next((HOUSE / "bpmn").rglob("m16-*"))
    return Path(shutil.copytree(folder, tmp_path / "bpmn" / "m16"))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Codes of what is put before the rules, as it happens."""
    told: list[str] = []

    def told_of(verdict: Verdict, known: Drawings, *, on: date | None = None) -> Verdict:
        told.append(verdict.drawing.code if verdict.drawing else "")
        return judge(verdict, known, on=on)

    monkeypatch.setattr(side_by_side, "judge", told_of)
    return told


def change(file: Path, old: str = "</bpmn:definitions>", new: str = "<!-- x --></bpmn:definitions>") -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_what_has_not_changed_is_not_judged_again(catalogue: Path, judged: list[str], tmp_path: Path) -> None:
    first = check_paths([catalogue], remembered=tmp_path / "checked.json")
    judged.clear()

    again = check_paths([catalogue], remembered=tmp_path / "checked.json")

    assert judged == []
    assert again == first
    assert len(again) > 1


def test_a_change_is_judged_with_all_that_it_touches(catalogue: Path, judged: list[str], tmp_path: Path) -> None:
    check_paths([catalogue], remembered=tmp_path / "checked.json")
    judged.clear()
    change(next(catalogue.glob(f"{MACRO}-01-*")), 'clock="working-hours"', 'clock="jam"')

    verdicts = check_paths([catalogue], remembered=tmp_path / "checked.json")

    assert {f"{MACRO}-01", MACRO} <= set(judged)
    assert [Path(each.place).name[:9] for each in verdicts if not each.accepted] == [f"{MACRO}-01"]


def test_another_program_judges_anew(
    catalogue: Path, judged: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_paths([catalogue], remembered=tmp_path / "checked.json")
    judged.clear()
    monkeypatch.setattr(remembering, "program_digest", lambda: "another")

    check_paths([catalogue], remembered=tmp_path / "checked.json")

    assert len(judged) == len(list(catalogue.iterdir()))


def test_a_law_that_is_replaced_on_the_day_is_judged_anew(catalogue: Path, judged: list[str], tmp_path: Path) -> None:
    remembered = tmp_path / "checked.json"
    file = next(catalogue.glob(f"{MACRO}-01-*"))
    change(file, "<lajur:related>", '<lajur:legalBasis instrument="Permen P2MI 23/2025" /><lajur:related>')
    late = check_paths([file], remembered=remembered, on=date(2026, 11, 22))
    early = check_paths([file], remembered=remembered, on=date(2025, 10, 7))

    again = check_paths([file], remembered=remembered, on=date(2026, 11, 23))

    assert again == late
    assert [[each.rule for each in found[0].findings] for found in (late, early)] == [[], ["legal-basis-known"]]
    assert judged == [f"{MACRO}-01"] * 2


@pytest.mark.parametrize("content", ["", "{", "[]", '{"program": 7}', "\x00"])
def test_a_memory_that_cannot_be_read_is_none(content: str, catalogue: Path, judged: list[str], tmp_path: Path) -> None:
    memory = tmp_path / "checked.json"
    memory.write_text(content)

    check_paths([next(catalogue.glob(f"{MACRO}-01-*"))], remembered=memory)

    assert judged == [f"{MACRO}-01"]


def test_two_processes_say_what_one_says(tmp_path: Path) -> None:
    folder = HOUSE / "tests" / "drawings" / "rules"
    told: list[tuple[str, int, int]] = []

    side_by_side_ = check_paths([folder], workers=2, watch=lambda *said: told.append(said))

    assert side_by_side_ == check_paths([folder])
    assert told[-1] == ("judge", len(side_by_side_), len(side_by_side_))
    assert any(not each.accepted for each in side_by_side_)


class Pool:
    """Processes that are all ended while they do one kind of work."""

    def __init__(self, fatal: str) -> None:
        self.fatal = fatal
        self.ended = False

    def submit(self, do: Callable[..., Any], work: Callable[..., Any], files: Any) -> Future[Any]:
        done: Future[Any] = Future()
        self.ended = self.ended or work.__name__ == self.fatal
        if self.ended:
            done.set_exception(BrokenProcessPool())
        else:
            done.set_result(do(work, files))
        return done

    def shutdown(self, *, cancel_futures: bool) -> None:
        """Nothing is left to end."""


def test_files_that_no_process_could_read_are_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = HOUSE / "tests" / "drawings" / "rules"
    alone = check_paths([folder])
    monkeypatch.setattr(side_by_side, "ProcessPoolExecutor", lambda *_, **__: Pool("_look_at"))

    assert check_paths([folder], workers=2) == alone


def test_files_that_no_process_could_judge_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_by_side, "ProcessPoolExecutor", lambda *_, **__: Pool("_judge"))

    verdicts = check_paths([HOUSE / "tests" / "drawings" / "rules"], workers=2)

    assert {tuple(each.rule for each in verdict.findings)[:1] for verdict in verdicts} == {("not-judged",)}


def test_two_files_of_one_code_are_told(catalogue: Path) -> None:
    first = next(catalogue.glob(f"{MACRO}-01-*"))
    shutil.copy(first, catalogue / "zz.bpmn")

    verdicts = check_paths([catalogue])

    assert [[each.rule for each in verdict.findings] for verdict in verdicts if not verdict.accepted] == [["code-once"]]
    assert not verdicts[-1].accepted


def test_nothing_is_written_beside_the_drawings(catalogue: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))

    check_paths([catalogue])

    assert sorted(tmp_path.rglob("*")) == before


def test_a_verdict_is_remembered_as_it_was_told(tmp_path: Path) -> None:
    way = Phrases((Phrase("{step} is done", {"step": "Periksa"}), Phrase("and ended")))
    legs = (Leg(way.parts[0], ("a", "b")), Leg(way.parts[1], ()))
    found = Finding("a-rule", "It ends after {way}, {times} times.", "note", "a", 7, {"way": way, "times": 3}, legs)
    memory = Remembered(tmp_path / "checked.json")
    memory.judge("key", [found])
    memory.keep()

    told = Remembered(tmp_path / "checked.json").verdict("key")

    assert told == (found,)
    assert told[0].sentence() == found.sentence()
