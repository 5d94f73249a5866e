"""The other interpreter: SpiffWorkflow 3.2.0 behind the port, and the only room that knows SpiffWorkflow.

What it does here, what of it is mended and what it does not run: docs/spiffworkflow.md.
"""

from engine.spiff.hardening import harden

harden()

from engine.spiff.interpreter import Spiff, SpiffProgram  # noqa: E402 - nothing may run before it is hardened
from engine.spiff.unsupported import LIMITATIONS  # noqa: E402 - as above

__all__ = ["LIMITATIONS", "Spiff", "SpiffProgram"]
