"""Every text that the program may say, as its sources hold it: what translations are held against, both ways."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir

ROOMS = ("engine", "sop_catalog", "web")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
_VARIES = re.compile(r"“[^”]*”|[\w.-]*\d[\w.-]*")


def texts(root: Path) -> frozenset[str]:
    """Everything written down somewhere: in a constant, a docstring, a template, a register or a drawing's facts."""
    found = set(in_templates(root / "web"))
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            if "node_modules" not in path.parts:
                found.update(_constants(ast.parse(path.read_text())))
        for path in sorted((root / room).rglob("*.toml")):
            found.update(_strings(tomllib.loads(path.read_text())))
    return frozenset(found)


def in_templates(web: Path) -> Iterator[str]:
    """What templates hand to the translation, both forms of a plural."""
    for _, _, message, _, _ in extract_from_dir(str(web), [("**/templates/**.html", "jinja2")], keywords=KEYWORDS):
        yield from [message] if isinstance(message, str) else message


def shape(node: ast.expr) -> str | None:
    """The phrase under which a constant, or a text with something put in, is translated; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _VARIES.sub("{}", node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [each.value if isinstance(each, ast.Constant) else "\0" for each in node.values]
        return re.sub(r"“[^”]*”|[\w.-]*[\d\0][\w.-]*", "{}", "".join(map(str, parts)))
    return None


def _constants(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            yield " ".join(node.value.split())
        if isinstance(node, ast.Constant | ast.JoinedStr) and (phrase := shape(node)):
            yield phrase


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in _strings(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _strings(each))
