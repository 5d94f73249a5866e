"""Which Lajur this is: its version, and the commit that it was taken at where that can be read."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_COMMIT = re.compile(r"[0-9a-f]{40,64}")


def version(root: Path = ROOT) -> str:
    """The version that the tree says, or that the package was installed with; empty where neither is known.

    The tree goes first: an editable installation keeps the number that it was installed with.
    """
    stated = root / "pyproject.toml"
    if stated.is_file():
        return str(tomllib.loads(stated.read_text())["project"]["version"])
    try:
        return version_of("lajur")
    except PackageNotFoundError:
        return ""


def commit(root: Path = ROOT) -> str:
    """The first letters of the commit that the tree stands at; empty where the program was not taken out of a repository."""
    folder = root / ".git"
    try:
        head = (folder / "HEAD").read_text().strip()
        found = _named(folder, head.removeprefix("ref: ")) if head.startswith("ref: ") else head
    except OSError:
        return ""
    return found[:10] if _COMMIT.fullmatch(found) else ""


def _named(folder: Path, name: str) -> str:
    """What a branch points to: in a file of its own, or packed with others in one."""
    own = folder / name
    if own.is_file():
        return own.read_text().strip()
    packed = folder / "packed-refs"
    lines = packed.read_text().splitlines() if packed.is_file() else []
    return next((line.split(" ")[0] for line in lines if line.endswith(f" {name}")), "")
