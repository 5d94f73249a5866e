"""Where SpiffWorkflow would run Python. Here nothing can: a condition is a key to a FEEL expression that was parsed
before, and everything else that asks for a script is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine


class ScriptRefused(Exception):  # noqa: N818 - the house's word for an answer of no
    """Expected no script to be asked for, because no drawing that has one is accepted."""


class NoPython(BasePythonScriptEngineEnvironment):  # type: ignore[misc] # untyped library
    """An environment without a language. Some of SpiffWorkflow asks it directly, past the engine."""

    def evaluate(
        self, expression: str, context: Mapping[str, Any], external_context: Mapping[str, Any] | None = None
    ) -> NoReturn:
        """Refuse."""
        raise ScriptRefused

    def execute(
        self, script: str, context: Mapping[str, Any], external_context: Mapping[str, Any] | None = None
    ) -> NoReturn:
        """Refuse."""
        raise ScriptRefused

    def call_service(self, context: Mapping[str, Any], **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise ScriptRefused


class Feel(PythonScriptEngine):  # type: ignore[misc] # untyped library
    """Answers conditions for one run; the one thing that a task can reach the run by."""

    def __init__(self, run: Any) -> None:
        super().__init__(NoPython())
        self.run = run

    def validate(self, expression: str) -> NoReturn:
        """Refuse: the stock engine would parse Python."""
        raise ScriptRefused

    def evaluate(self, task: Any, expression: str, external_context: Mapping[str, Any] | None = None) -> bool:  # noqa: ARG002 - there is no other context than the facts
        """Whether the condition behind a key holds where the task stands."""
        return bool(self.run.holds(task, expression))

    def execute(self, task: Any, script: str, external_context: Mapping[str, Any] | None = None) -> NoReturn:
        """Refuse."""
        raise ScriptRefused

    def call_service(self, task: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise ScriptRefused
