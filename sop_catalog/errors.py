"""Every refusal of the catalogue. Like the engine's: the docstring is the sentence, and it is an answer to a person."""

from __future__ import annotations

from engine.domain.finding import Finding
from engine.errors import NotValid


class NotATable(NotValid):
    """Expected an SOP table in {file}, but {count} places do not fit; the first: {first}"""

    def __init__(self, file: str, findings: tuple[Finding, ...]) -> None:
        """Keep all findings for whoever lists them."""
        self.findings = findings
        super().__init__(file=file, count=len(findings), first=str(findings[0]))


class SheetTooLong(NotValid):
    """Expected an SOP of at most {most} rows for a printed sheet, but {code} has {count}."""
