"""The two commands of the README: what is made ready again, what is not, and which words go where."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest


@dataclass
class Machine:
    """A project of five small files beside a run.py whose programs are only noted, not started."""

    run: ModuleType
    place: Path
    calls: list[list[str]] = field(default_factory=list)
    failing: str = "nothing"

    def note(self, command: list[object]) -> int:
        self.calls.append([str(word).removeprefix(f"{self.place}/") for word in command])
        return 3 if self.failing in self.calls[-1][0] else 0

    def uv(self, *words: object) -> None:
        self.note(["uv", *words])
        if words[0] == "venv":
            self.run.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            self.run.PYTHON.touch()

    def steps(self, act: Callable[[], object]) -> list[str]:
        """The first words of what `act` starts."""
        self.calls.clear()
        act()
        return [" ".join(call[:3]) for call in self.calls]


@pytest.fixture
def machine(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    spec = importlib.util.spec_from_file_location("run_on_trial", root / "run.py")
    assert spec is not None
    assert spec.loader is not None
    run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run)
    made = Machine(run, tmp_path)
    for name, below in {"HERE": ".", "TOOLS": ".tools", "VENV": ".venv", "LOCKS": "locks"}.items():
        monkeypatch.setattr(run, name, tmp_path / below)
    monkeypatch.setattr(run, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(run, "uv", made.uv)
    monkeypatch.setattr(run, "call", made.note)
    monkeypatch.setattr(run, "become", made.note)
    monkeypatch.setattr(run, "fetch_chromium", lambda: None)
    files = ("locks/runtime.txt", "locks/development.txt", "locks/build.txt", "pyproject.toml")
    for file in (*files, "web/frontend/package.json", "web/frontend/src/index.js", "web/static/styles/frame.css"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("first")
    return made


def test_a_fresh_clone_gets_an_environment_packages_and_the_project(machine: Machine) -> None:
    steps = machine.steps(lambda: machine.run.ready("runtime"))

    assert steps == ["uv venv --quiet", "uv pip install", "uv pip install"]
    assert "locks/runtime.txt" in machine.calls[1]
    assert "--require-hashes" in machine.calls[1]
    assert "-e" in machine.calls[2]


def test_what_is_ready_is_not_made_again(machine: Machine) -> None:
    machine.run.ready("runtime")

    assert machine.steps(lambda: machine.run.ready("runtime")) == []


def test_the_tests_add_their_packages_to_what_is_there(machine: Machine) -> None:
    machine.run.ready("runtime")

    assert machine.steps(lambda: machine.run.ready("development")) == ["uv pip install"]
    assert machine.steps(lambda: machine.run.ready("runtime")) == []


@pytest.mark.parametrize("file", ["web/frontend/src/index.js", "web/static/styles/frame.css", "pyproject.toml"])
def test_a_changed_source_builds_the_project_alone(machine: Machine, file: str) -> None:
    machine.run.ready("runtime")

    (machine.place / file).write_text("second")

    machine.steps(lambda: machine.run.ready("runtime"))
    assert [call[-2] for call in machine.calls] == ["-e"]


def test_a_changed_lock_installs_what_it_names_alone(machine: Machine) -> None:
    machine.run.ready("runtime")

    (machine.place / "locks/runtime.txt").write_text("second")

    machine.steps(lambda: machine.run.ready("runtime"))
    assert [call[-1] for call in machine.calls] == ["locks/runtime.txt"]


def test_an_environment_that_was_made_elsewhere_is_made_anew(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.run.ready("runtime")

    monkeypatch.setattr(machine.run, "place", lambda: "another folder")

    assert machine.steps(lambda: machine.run.ready("runtime")) == [
        "uv venv --quiet",
        "uv pip install",
        "uv pip install",
    ]


def test_what_failed_is_tried_again_the_next_time(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*words: object) -> None:
        machine.uv(*words)
        if "-e" in words:
            raise subprocess.CalledProcessError(1, ["uv"])

    monkeypatch.setattr(machine.run, "uv", broken)
    assert machine.run.main(["check"]) == 1

    monkeypatch.setattr(machine.run, "uv", machine.uv)
    assert machine.steps(lambda: machine.run.ready("runtime")) == ["uv pip install", "uv pip install"]


def test_a_step_that_fails_is_named(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*words: object) -> None:
        raise subprocess.CalledProcessError(7, ["uv", *map(str, words)])

    monkeypatch.setattr(machine.run, "uv", broken)

    assert machine.run.main([]) == 7
    assert "This step did not work: uv venv" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "started"),
    [
        ([], [".venv/bin/lajur", "serve"]),
        (["check", "bpmn", "--json"], [".venv/bin/lajur", "check", "bpmn", "--json"]),
        (["bench", "durable-step", "--quick"], [".venv/bin/python", "-m", "benchmarks.durable_step", "--quick"]),
    ],
)
def test_the_first_word_says_what_is_started(machine: Machine, words: list[str], started: list[str]) -> None:
    machine.run.main(words)

    assert machine.calls[-1] == started


def test_the_suite_runs_every_check_even_when_one_fails(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.failing = "lint-imports"

    code = machine.run.main(["test"])

    started = [Path(call[0]).name for call in machine.calls if call[0] != "uv"]
    assert started == ["ruff", "ruff", "lint-imports", "mypy", "python"]
    assert code == 1
    assert "Not green: Ladder" in capsys.readouterr().out


def test_further_words_go_to_pytest_alone(machine: Machine) -> None:
    code = machine.run.main(["test", "tests/house", "-k", "ladder"])

    assert [call for call in machine.calls if call[0] != "uv"] == [
        [".venv/bin/python", "-m", "pytest", "tests/house", "-k", "ladder"]
    ]
    assert code == 0


def test_the_long_tests_run_when_they_are_asked_for(machine: Machine) -> None:
    machine.run.main(["test", "--long"])

    assert machine.calls[-1] == [".venv/bin/python", "-m", "pytest", "-m", "long"]


def test_an_old_python_is_told_what_is_needed(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))

    assert machine.run.main([]) == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().out


def test_whoever_stops_the_runner_stops_the_program(root: Path) -> None:
    asks = "import run, sys; run.become([sys.executable, '-c', 'import os; print(os.getpid())'])"

    with subprocess.Popen([sys.executable, "-c", asks], cwd=root, stdout=subprocess.PIPE, text=True) as runner:
        said, _ = runner.communicate(timeout=30)

    assert said.strip() == str(runner.pid)


def test_the_runner_needs_the_standard_library_only(root: Path) -> None:
    isolated = [sys.executable, "-S", "-I", "-c", "import runpy; runpy.run_path('run.py', run_name='read')"]

    done = subprocess.run(isolated, cwd=root, capture_output=True, text=True, check=False)

    assert done.stderr == ""
