"""Our interpreter of BPMN 2.0: a drawing becomes a compact program, a case a small set of tokens.

It is a pure function: no clock, no chance, no memory between two calls. What it runs, and how, is in `docs/bpmn.md`.
"""

from engine.machine.interpreter import Machine
from engine.machine.program import Program

__all__ = ["Machine", "Program"]
