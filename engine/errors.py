"""Every refusal of the engine. A refusal is an answer to a person, not a fault of the program.

The docstring of a refusal is its sentence, with the facts of the case in braces;
the web translates the sentence and fills the facts in afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar


class Refusal(Exception):
    """Expected something else."""

    status: ClassVar[int] = 400
    """The HTTP status that says the same to another program (RFC 9110)."""

    def __init__(self, **facts: object) -> None:
        """Keep the facts that the sentence names. Raises KeyError where one is missing."""
        self.facts = facts
        super().__init__(self.sentence())

    @classmethod
    def template(cls) -> str:
        """The sentence with its braces, on one line: the key under which it is translated."""
        return " ".join((cls.__doc__ or "").split())

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """What happened, in whole words, in the language of `translate`."""
        return translate(self.template()).format_map(self.facts)


class NotFound(Refusal):
    """Expected to find {what}, but there is none that you may see."""

    status = 404


class NotYours(Refusal):
    """Expected {who} to {act}, but that is the work of {post}."""

    status = 403


class WrongState(Refusal):
    """Expected to {act}, but {what} is {state}."""

    status = 409


class NotValid(Refusal):
    """Expected {what} to be {wanted}, but it is {found}."""

    status = 422


class Unavailable(Refusal):
    """Expected to reach the database, but it does not answer now; nothing was changed. Please try again."""

    status = 503
