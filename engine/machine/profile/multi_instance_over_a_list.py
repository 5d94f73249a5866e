"""A multi-instance activity says over which list it runs, or how often, and nothing that would be ignored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import Activity, MultiInstance

RULE: Final = "multi-instance-over-a-list"

NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")


def check(sight: Sight) -> Iterator[Finding]:
    """Find multi-instance activities whose instances could not be counted, or whose output would be lost."""
    for activity in sight.of(Activity):
        if isinstance(activity.loop, MultiInstance):
            for message in _wrong(activity.loop):
                yield find(RULE, activity, message, line=activity.loop.line)


def _wrong(loop: MultiInstance) -> Iterator[str]:
    collection = (loop.collection or "").strip()
    item = (loop.item.name or loop.item.id) if loop.item else ""
    if bool(collection) == (loop.cardinality is not None):
        yield "Expected “{name}” to run over a list (loopDataInputRef) or a number of times (loopCardinality), and not both."
    if collection and not NAME.fullmatch(collection):
        yield "Expected the list of “{name}” to be the name of a fact."
    if loop.item and not (NAME.fullmatch(item) and item != "outcome" and collection):
        yield "Expected the item of “{name}” to have a plain name, other than outcome, and a list to come from."
    if loop.output_collection or loop.output_item:
        yield "Expected no output list of “{name}”: an instance writes facts of its own name."
    if loop.foreign_attribute("behavior", "All") != "All" or any(
        each.xml.local.endswith(("EventRef", "Definition")) for each in loop.foreign_children
    ):
        yield "Expected “{name}” to throw no events as its instances end."
