"""Translations against sources, both ways: nothing is said that has none, and none is kept that nobody says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from engine.errors import Refusal
from tests.house import said
from web.language import WORDS

BUILT = {f"{act} work item {{}}" for act in ("claim", "complete", "fail", "give back", "keep a draft of", "reassign")}
"""Put together of an act and a step, where a step is refused (`engine.rights.expect_holder`)."""
BUILT |= {"procedure {}, edition {}"}  # with an edition only where one was asked for
ASKED = {"expect_event", "expect_member", "expect_officer", "expect_opener", "expect_own_office", "expect_owner"}
ASKED |= {"expect_power", "expect_self_or_power", "running"}
"""Functions that refuse in the words that they are given: by place, an act."""
UNSEEN = {"ForeignSnapshot", "NotATime"}
"""Refusals that become an incident, whose text no officer reads."""


@pytest.fixture(scope="module")
def messages(root: Path) -> dict[str, list[Message]]:
    """Every message of every file."""
    files = sorted((root / "web/translations").rglob("*.po"))
    return {path.name: [each for each in read_po(BytesIO(path.read_bytes())) if each.id] for path in files}


def test_every_translated_text_is_said_somewhere(root: Path, messages: dict[str, list[Message]]) -> None:
    spoken = said.texts(root) | BUILT

    unused = [
        f"{name}: {each.id}" for name, all_ in messages.items() for each in all_ if not set(_forms(each)) <= spoken
    ]

    assert unused == []


def test_no_translation_is_empty_doubtful_or_given_twice(messages: dict[str, list[Message]]) -> None:
    every = [each for all_ in messages.values() for each in all_]
    first = [_forms(each)[0] for each in every]

    assert [each.id for each in every if each.fuzzy] == []
    assert [each.id for each in every if not all(_strings(each))] == []
    assert sorted({each for each in first if first.count(each) > 1}) == []


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(map(str, message.string or ("",)))


def test_what_a_refusal_says_in_words_of_its_own_has_its_indonesian(
    sources: dict[str, ast.Module], messages: dict[str, list[Message]]
) -> None:
    known = {form for all_ in messages.values() for each in all_ for form in _forms(each)}
    kinds = _names(Refusal) - UNSEEN

    missing = [
        f"{name}:{call.lineno} {phrase}"
        for name, tree in sources.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for phrase in _phrases(call, kinds)
        if phrase not in known
    ]

    assert missing == []


def _phrases(call: ast.Call, kinds: set[str]) -> Iterator[str]:
    name = ast.unparse(call.func).rsplit(".", 1)[-1]
    given = [each.value for each in call.keywords if each.arg in WORDS] if name in kinds else []
    given += call.args if name in ASKED else []
    for each in given:
        phrase = said.shape(each)
        if phrase and any(letter.isalpha() for letter in phrase):
            yield phrase


def _names(parent: type[Refusal]) -> set[str]:
    return {parent.__name__}.union(*(_names(each) for each in parent.__subclasses__()))


def _forms(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)
