"""The tree as it stands on disk: what would be committed, read once for all house tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "sop_catalog", "web")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Every file that .gitignore lets through. Found without git, which a machine that runs the tests need not have."""
    return list(_walk(ROOT, (ROOT / ".gitignore").read_text().split()))


@pytest.fixture(scope="session")
def texts(tracked: list[Path]) -> dict[str, str]:
    """The files that hold text, by their path from the root."""
    return {str(path.relative_to(ROOT)): text for path in tracked if (text := _text(path)) is not None}


@pytest.fixture(scope="session")
def sources(texts: dict[str, str]) -> dict[str, ast.Module]:
    """The Python of the three packages, parsed, by path from the root."""
    return {
        name: ast.parse(text, name)
        for name, text in texts.items()
        if name.endswith(".py") and name.split("/", 1)[0] in PACKAGES
    }


def _walk(folder: Path, ignored: list[str]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name == ".git" or any(_ignores(pattern, path) for pattern in ignored):
            continue
        if path.is_dir():
            yield from _walk(path, ignored)
        else:
            yield path


def _ignores(pattern: str, path: Path) -> bool:
    wanted = pattern.strip("/")
    if pattern.endswith("/") and not path.is_dir():
        return False
    if "/" in pattern.rstrip("/"):
        return path == ROOT / wanted
    return fnmatch(path.name, wanted)


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
