#!/usr/bin/env python3
"""The two commands of the README, on a machine that has only python3 and pip.

    python3 run.py            make everything ready and serve Lajur at http://127.0.0.1:8000
    python3 run.py test       make everything ready and run every check; further words go to pytest
    python3 run.py bench X    run benchmarks/X.py
    python3 run.py lock       renew the files in locks/ after pyproject.toml has changed
    python3 run.py WORD …     any other command of `lajur`: check, migrate, token, settings, …

Standard library only: what it needs it fetches, as locked in locks/, into .tools/ and .venv/ beside this file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent
TOOLS = HERE / ".tools"
VENV = HERE / ".venv"
LOCKS = HERE / "locks"
PYTHON = VENV / "bin" / "python"
ENVIRONMENT = {
    "UV_CACHE_DIR": str(TOOLS / "cache"),  # beside this file: a user need not have a home
    "npm_config_cache": str(TOOLS / "npm"),
    **os.environ,
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_SYSTEM_CERTS": "1",
    "UV_NO_PROGRESS": "1",
    "NODE_USE_SYSTEM_CA": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_ROOT_USER_ACTION": "ignore",
}


def main(words: list[str]) -> int:
    """Do what the first word says; without one, serve."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file may be started by any python3 there is
        print(f"Lajur needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 2
    try:
        return do(words)
    except subprocess.CalledProcessError as failed:
        print(f"\nThis step did not work: {' '.join(map(str, failed.cmd))}\nWhat it printed stands above.")
        return failed.returncode or 1
    except KeyboardInterrupt:
        return 130


def do(words: list[str]) -> int:
    """Run one command and give back its exit code. Raises CalledProcessError where getting ready fails."""
    first, rest = (words or ["serve"])[0], words[1:]
    if first == "lock":
        return lock()
    if first == "test":
        ready("development")
        return test(rest)
    if first == "bench" and rest:
        ready("development")
        return call([PYTHON, "-m", f"benchmarks.{rest[0].replace('-', '_')}", *rest[1:]])
    ready("runtime")
    return become([VENV / "bin" / "lajur", first, *rest])


def ready(lock: str) -> None:
    """Bring .venv to what locks/{lock}.txt says and build the browser parts, unless that has been done."""
    started = time.monotonic()
    packages = LOCKS / f"{lock}.txt"
    want = {"place": place(), lock: digest([packages]), "project": digest(project_files())}
    stamp = VENV / "ready.txt"
    have = dict(line.split(" ", 1) for line in stamp.read_text().splitlines()) if stamp.exists() else {}
    if PYTHON.exists() and have.items() >= want.items():
        return
    if not PYTHON.exists() or (have and have["place"] != want["place"]):
        say("Making a Python environment in .venv")
        uv("venv", "--quiet", "--clear", "--python", sys.executable, VENV)
        have = {}
    if have.get(lock) != want[lock]:
        say(f"Installing what locks/{lock}.txt names")
        uv("pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", packages)
    if have.get("project") != want["project"]:
        say("Building the browser parts and installing Lajur itself (the first time this takes a minute)")
        uv("pip", "install", "--quiet", "--python", PYTHON, "--no-deps", "--reinstall-package", "lajur",
           "--build-constraint", LOCKS / "build.txt", "-e", HERE)  # fmt: skip
    stamp.write_text("".join(f"{name} {value}\n" for name, value in {**have, **want}.items()))
    say(f"Ready after {time.monotonic() - started:.0f} s")


def place() -> str:
    """Where this stands and with which Python: an environment that was made elsewhere does not work here."""
    return f"{HERE} with Python {sys.version_info.major}.{sys.version_info.minor}"


def test(words: list[str]) -> int:
    """Run every check: the ladder, style, types, then the tests. All are run even when one fails."""
    fetch_chromium()
    checks: list[tuple[str, list[object]]] = [
        ("Style", [VENV / "bin" / "ruff", "check", "."]),
        ("Format", [VENV / "bin" / "ruff", "format", "--check", "."]),
        ("Ladder", [VENV / "bin" / "lint-imports"]),
        ("Types", [VENV / "bin" / "mypy"]),
    ]
    failed = []
    if not words or words == ["--long"]:
        for name, command in checks:
            say(name)
            if call(command) != 0:
                failed.append(name)
    say("Tests")
    three = ["-m", "not long", "-n", "3", "--dist", "worksteal"]  # two cores: a third of the time is waiting for others
    chosen = ["-m", "long"] if words == ["--long"] else words or three
    if call([PYTHON, "-m", "pytest", *chosen]) != 0:
        failed.append("Tests")
    if failed:
        say(f"Not green: {', '.join(failed)}")
    return 1 if failed else 0


def fetch_chromium() -> None:
    """Install Debian's chromium where it is missing and this user may. The browser tests say so where it stays missing."""
    if shutil.which("chromium") or shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    say("Installing Debian's chromium for the browser tests")
    quiet = {**ENVIRONMENT, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)


def lock() -> int:
    """Write locks/ anew from pyproject.toml: exact versions with their hashes, and no address of any index."""
    compile_ = ["pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate",
                "--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links"]  # fmt: skip
    project = HERE / "pyproject.toml"
    uv(*compile_, project, "-o", LOCKS / "runtime.txt")
    uv(*compile_, project, "--group", f"{project}:dev", "-c", LOCKS / "runtime.txt", "-o", LOCKS / "development.txt")
    uv(*compile_, LOCKS / "build.in", "-o", LOCKS / "build.txt")
    uv(*compile_, LOCKS / "tools.in", "-o", LOCKS / "tools.txt")
    return 0


def uv(*words: object) -> None:
    """Run uv, fetching it first. Raises CalledProcessError where it fails."""
    program = TOOLS / "bin" / "uv"
    want = digest([LOCKS / "tools.txt"])
    stamp = TOOLS / "ready.txt"
    if not program.exists() or not stamp.exists() or stamp.read_text() != want:
        say("Fetching uv, the installer")
        call_or_raise([with_pip(), "-m", "pip", "install", "--quiet", "--no-cache-dir", "--upgrade",
                       "--target", TOOLS, "--require-hashes", "-r", LOCKS / "tools.txt"])  # fmt: skip
        stamp.write_text(want)
    call_or_raise([program, *words])


def with_pip() -> str:
    """A Python that has pip: this one, or the one that an environment without it was made from."""
    own = find_spec("pip") is not None
    return sys.executable if own else getattr(sys, "_base_executable", sys.executable)


def project_files() -> list[Path]:
    """What the installed project is made from: its own description and the sources of the browser parts."""
    web = HERE / "web"
    parts = [path for path in (web / "frontend").iterdir() if path.is_file()]
    parts += [*(web / "frontend" / "src").rglob("*"), *(web / "static" / "styles").glob("*.css")]
    return [HERE / "pyproject.toml", LOCKS / "build.txt", *sorted(path for path in parts if path.is_file())]


def digest(paths: list[Path]) -> str:
    """SHA-256 over the names and contents of these files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(str(path.relative_to(HERE)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def become(command: list[object]) -> NoReturn:
    """Turn into a program: it keeps the process number, and whoever stops this stops it."""
    os.chdir(HERE)
    os.execve(str(command[0]), [str(word) for word in command], ENVIRONMENT)  # noqa: S606 - our own program


def call(command: list[object]) -> int:
    """Run a program in this folder and give back its exit code. Stopped by Ctrl-C, it may first tidy up."""
    process = subprocess.Popen([str(word) for word in command], cwd=HERE, env=ENVIRONMENT)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait()
        raise


def call_or_raise(command: list[object]) -> None:
    subprocess.run([str(word) for word in command], cwd=HERE, env=ENVIRONMENT, check=True)


def say(sentence: str) -> None:
    print(f"· {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
