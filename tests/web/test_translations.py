"""Every text that a person may read is there in Indonesian."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.extract import extract_from_dir

import engine
import sop_catalog
from engine.domain import explaining
from engine.errors import Refusal
from engine.forms import SENTENCES
from web.language import read_translations

WEB = Path(__file__).parents[2] / "web"
SOURCES = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}


def translated() -> dict[str, str]:
    """Original → what is said instead; of a plural, each of its forms."""
    whole = read_translations(WEB / "translations" / "id" / "LC_MESSAGES")
    known = [(_forms(each.id), _forms(each.string)) for each in whole if each.id]
    return {original: said[0] for originals, said in known for original in originals if said}


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    return [each for each in ([text] if isinstance(text, str) else text or ()) if each]


def said_on_pages() -> Iterator[str]:
    for _, _, message, _, _ in extract_from_dir(str(WEB), SOURCES, keywords=KEYWORDS):
        yield message if isinstance(message, str) else message[0]


def refusals() -> Iterator[type[Refusal]]:
    for package in (engine, sop_catalog):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".spiff" not in module.name:
                importlib.import_module(module.name)
    waiting = [Refusal]
    while waiting:
        each = waiting.pop()
        waiting += each.__subclasses__()
        if each.__module__.split(".")[0] in {"engine", "sop_catalog", "web"}:
            yield each


def braces(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|\{\w*\}", text))


def test_every_text_of_the_pages_has_its_indonesian() -> None:
    known = translated()

    assert sorted({each for each in said_on_pages() if not known.get(each)}) == []


def test_every_refusal_has_its_indonesian() -> None:
    known = translated()

    assert sorted({each.template() for each in refusals() if not known.get(each.template())}) == []


def test_everything_that_is_said_of_an_answer_has_its_indonesian() -> None:
    known = translated()

    assert [each for each in SENTENCES if not known.get(each)] == []


def test_every_reason_for_a_due_date_has_its_indonesian() -> None:
    known = translated()

    said = sorted(sentences_in(Path(explaining.__file__)))

    assert len(said) >= 40
    assert [each for each in said if not known.get(each)] == []


def sentences_in(path: Path) -> set[str]:
    """Every whole sentence of a module that is not a docstring: what it says is an expression of its own there."""
    tree = ast.parse(path.read_text())
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told)
    texts = {node.value for node in nodes if isinstance(node.value, str)}
    return {text for text in texts if "{" in text or (text.endswith(".") and len(text) > 1)}


def test_a_translation_names_the_same_facts_as_its_original() -> None:
    wrong = [text for text, said in translated().items() if braces(said) - braces(text) - {"%(num)s"}]

    assert wrong == []


def test_every_finding_about_a_drawing_has_its_indonesian() -> None:
    known = translated()
    rooms = ("engine/notation", "engine/machine/profile", "engine/spiff/unsupported.py", "sop_catalog/rules")

    missing = [text for room in rooms for text in findings_in(WEB.parent / room) if not known.get(text)]

    assert missing == []


def findings_in(room: Path) -> Iterator[str]:
    """Every whole sentence in a room that says what was expected of a drawing."""
    for path in [room] if room.suffix else sorted(room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if text.startswith("Expected ") and "\n" not in text and text[-1] in ".})":
                    yield text
