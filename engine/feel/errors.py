"""What can go wrong with an expression: it is not FEEL, or it costs too much.

A value of the wrong kind is not an error here: it gives null and a warning, as the standard asks.
"""


class FeelSyntaxError(ValueError):
    """The text is not an expression of our FEEL subset. Positions count characters from 0, lines and columns from 1."""

    def __init__(self, text: str, position: int, expected: str, found: str) -> None:
        self.text = text
        self.position = position
        self.line = text.count("\n", 0, position) + 1
        self.column = position - (text.rfind("\n", 0, position) + 1) + 1
        self.expected = expected
        self.found = found
        super().__init__(f"Expected {expected}, but found {found} at line {self.line}, column {self.column}.")

    def __reduce__(self) -> tuple[type["FeelSyntaxError"], tuple[str, int, str, str]]:
        return FeelSyntaxError, (self.text, self.position, self.expected, self.found)


class FeelLimitExceeded(ValueError):
    """An evaluation was stopped because it would cost more than its limits allow."""
