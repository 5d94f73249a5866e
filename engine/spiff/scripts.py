"""Where SpiffWorkflow would run Python. Here nothing can: a condition is a key to a FEEL expression that was parsed
before, and everything else that asks for a script is refused.
"""

from __future__ import annotations

from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine


class ScriptRefused(Exception):
    """Expected no script to be asked for, because no drawing that has one is accepted."""


class NoPython(BasePythonScriptEngineEnvironment):
    """An environment without a language. Some of SpiffWorkflow asks it directly, past the engine."""

    def evaluate(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise ScriptRefused

    def execute(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise ScriptRefused

    def call_service(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise ScriptRefused


class Feel(PythonScriptEngine):
    """Answers conditions for one run; the one thing that a task can reach the run by."""

    def __init__(self, run: Any) -> None:
        super().__init__(NoPython())
        self.run = run

    def validate(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: the stock engine would parse Python."""
        raise ScriptRefused

    def evaluate(self, task: Any, key: str, **_: Any) -> bool:
        """Whether the condition behind a key holds where the task stands."""
        return bool(self.run.holds(task, key))

    def execute(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise ScriptRefused

    def call_service(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise ScriptRefused
