"""Every refusal is a sentence that can be said: with its facts, in both languages, under its status."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from engine.errors import Refusal
from web import errors as told
from web.language import read_translations

PACKAGES = ("engine", "sop_catalog", "web")


@pytest.fixture(scope="module")
def refusals() -> dict[str, type[Refusal]]:
    """All there are, by name: every module is imported, so that none hides."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if not module.name.startswith("web.frontend"):
                importlib.import_module(module.name)
    found = [each for each in _below(Refusal) if each.__module__.split(".")[0] in PACKAGES]
    assert len({each.__name__ for each in found}) == len(found)  # a problem's type is made from the name
    return {each.__name__: each for each in found}


@pytest.fixture(scope="module")
def indonesian(root: Path) -> Catalog:
    return read_translations(root / "web/translations/id/LC_MESSAGES")


def test_every_refusal_says_what_was_expected_and_what_was_found(refusals: dict[str, type[Refusal]]) -> None:
    odd = [
        name
        for name, each in refusals.items()
        if not (each.template().startswith("Expected ") and ", but" in each.template())
    ]

    assert odd == []


def test_every_refusal_has_a_status_that_the_web_tells(refusals: dict[str, type[Refusal]]) -> None:
    untold = {
        name: each.status
        for name, each in refusals.items()
        if each.status not in told.TITLES or each.status not in told.WORDS
    }

    assert untold == {}


def test_every_refusal_is_raised_with_the_facts_of_its_sentence(
    refusals: dict[str, type[Refusal]], sources: dict[str, ast.Module]
) -> None:
    checked = [
        (f"{name}:{call.lineno}", raised, _facts(call))
        for name, tree in sources.items()
        for call, raised in _raised(tree, refusals)
    ]
    assert len(checked) > len(refusals) / 2

    wrong = [
        f"{where} {raised.__name__} has {sorted(given)}, its sentence {sorted(_fields(raised.template()))}"
        for where, raised, given in checked
        if given != _fields(raised.template())
    ]

    assert wrong == []


def test_every_refusal_is_raised_somewhere(refusals: dict[str, type[Refusal]], sources: dict[str, ast.Module]) -> None:
    named = {each.id for tree in sources.values() for each in ast.walk(tree) if isinstance(each, ast.Name)}
    named |= {each.attr for tree in sources.values() for each in ast.walk(tree) if isinstance(each, ast.Attribute)}

    assert sorted(set(refusals) - named) == []


def test_every_refusal_is_translated_and_the_translation_asks_for_no_other_fact(
    refusals: dict[str, type[Refusal]], indonesian: Catalog
) -> None:
    spoken = {name: _translation(indonesian, each) for name, each in refusals.items()}

    assert sorted(name for name, text in spoken.items() if not text) == []
    assert [name for name, text in spoken.items() if not _fields(text) <= _fields(refusals[name].template())] == []


def _below(parent: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in parent.__subclasses__():
        yield child
        yield from _below(child)


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _facts(call: ast.Call) -> set[str]:
    return {each.arg for each in call.keywords if each.arg}


def _raised(tree: ast.Module, refusals: dict[str, type[Refusal]]) -> Iterator[tuple[ast.Call, type[Refusal]]]:
    """Calls whose facts stand there: of the refusal itself, or of Refusal.__init__ in a refusal that has its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name in refusals:
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__" and _plain(call):
                    yield call, refusals[node.name]
        elif isinstance(node, ast.Call) and _plain(node):
            raised = refusals.get(ast.unparse(node.func).rsplit(".", 1)[-1])
            if raised and "__init__" not in vars(raised):
                yield node, raised


def _plain(call: ast.Call) -> bool:
    return all(each.arg for each in call.keywords)


def _translation(catalogue: Catalog, refusal: type[Refusal]) -> str:
    message = catalogue.get(refusal.template())
    return str(message.string) if message and not message.fuzzy else ""
