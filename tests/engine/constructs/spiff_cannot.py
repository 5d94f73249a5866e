"""The constructs of the house profile that SpiffWorkflow does not run as BPMN 2.0 says: a closed list with reasons.

A test of one of these asks SpiffWorkflow only that it refuses the drawing by name.
"""

from typing import Final

NOT_ON_SPIFFWORKFLOW: Final[dict[str, str]] = {}
