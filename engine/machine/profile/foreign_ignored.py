"""What other tools wrote for themselves is kept in the file and ignored here, and that is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine.profile.code_of_other_engines import NAMES
from engine.machine.profile.sight import Sight, find

RULE: Final = "foreign-ignored"

SILENT: Final = ("urn:lajur:", "http://bpmn.io/", "http://www.omg.org/spec/", "http://www.w3.org/")
"""Our own extension, colours of the modellers, the standard itself."""


WHO: Final = frozenset(["assignee", "candidateusers", "candidategroups", "assignmentdefinition"])
"""By what other engines find who does a task."""


def check(sight: Sight) -> Iterator[Finding]:
    """Find attributes and extension elements of other vendors that are not code."""
    for element in sight.elements():
        foreign = {name for name, _ in element.foreign_attributes if name.startswith("{")}
        foreign |= {each.tag for each in element.extensions if each.tag.startswith("{")}
        names = sorted(
            name.rpartition("}")[2]
            for name in foreign
            if not name[1:].startswith(SILENT) and name.rpartition("}")[2].lower() not in NAMES
        )
        who = [name for name in names if name.lower() in WHO]
        names = [name for name in names if name not in who]
        if who:
            message = "“{name}” says by {what} who does it; that is kept and not used: the post of its lane decides."
            yield find(RULE, element, message, severity="warning", what=", ".join(who))
        if names:
            message = "“{name}” carries {what}, which only another tool knows; it is kept and ignored."
            yield find(RULE, element, message, severity="warning", what=", ".join(names))
