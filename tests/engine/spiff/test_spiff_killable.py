"""The parser in a process that can be killed."""

import pytest

from engine.spiff import killable


def test_what_the_parser_refuses_is_a_finding_and_the_child_lives_on() -> None:
    refused = killable.try_parsing(b"<definitions/>")

    again = killable.try_parsing(b"not xml at all")

    assert [each.rule for each in (*refused, *again)] == ["spiff-unsupported-parse"] * 2


def test_a_text_that_takes_too_long_is_refused_and_its_child_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    killable.close()
    monkeypatch.setattr(killable, "DEADLINE", 0.0)

    late = killable.try_parsing(b"<definitions>" + b"<a/>" * 300_000 + b"</definitions>")

    assert [each.facts["memory"] for each in late] == [256]
    monkeypatch.undo()
    assert killable.try_parsing(b"<definitions/>") != late


def test_a_text_that_needs_too_much_memory_is_refused() -> None:
    bomb = b"<a>" + b"x" * 200_000_000 + b"</a>"

    refused = killable.try_parsing(bomb)

    assert [each.rule for each in refused] == ["spiff-unsupported-parse"]
