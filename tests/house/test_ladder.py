"""Each contract of the ladder says no when it is broken, and says yes to the tree as it stands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import grimp
import pytest
from grimp import ImportGraph
from importlinter import Contract
from importlinter.api import read_configuration
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
KINDS: dict[str, type[Any]] = {
    "layers": LayersContract,
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
}
OPTIONS = read_configuration(str(PROJECT))
CONTRACTS: dict[str, dict[str, Any]] = {each["name"]: each for each in OPTIONS["contracts_options"]}

BREAKAGES = {
    "The engine's ladder": ("engine.notation.model", "engine.process"),
    "The catalogue's ladder": ("sop_catalog.procedure", "sop_catalog.sheets"),
    "The web's ladder": ("web.config", "web.wiring"),
    "The engine stands below the catalogue, the catalogue below the web": ("engine.rights", "sop_catalog.procedure"),
    "The engine's inner rooms are entered through its doors only": ("web.wiring", "engine.storage.database"),
    "Only engine.spiff knows SpiffWorkflow": ("engine.runtime", "SpiffWorkflow"),
    "Only engine.worker knows the library of jobs": ("engine.delivery", "procrastinate"),
    "Only storage, queries and the catalogue's own storage know SQLAlchemy": ("web.app", "sqlalchemy"),
    "Only the notation, the drawings' sheets and engine.spiff read XML": ("engine.machine", "lxml"),
    "Only the web serves HTTP": ("sop_catalog.procedure", "werkzeug"),
    "A command never calls a command": ("engine.commands.claim_work_item", "engine.commands.release_work_item"),
    "The domain is plain: the standard library only": ("engine.domain.case", "marshmallow"),
    "Only signing in knows the libraries of sign-on": ("engine.rights", "authlib"),
}
"""For each contract one import that it forbids, and that no other contract does."""

KNOWS = {
    "Only engine.spiff knows SpiffWorkflow": {"engine.spiff"},
    "Only engine.worker knows the library of jobs": {"engine.worker"},
    "Only storage, queries and the catalogue's own storage know SQLAlchemy": {
        "engine.storage",
        "engine.queries",
        "sop_catalog.storage",
    },
    "Only the notation, the drawings' sheets and engine.spiff read XML": {
        "engine.notation",
        "engine.spiff",
        "sop_catalog.sheets",
    },
}
"""The rooms for which the rule is made; every other room must stand under it."""

EXHAUSTIVE = [name for name, options in CONTRACTS.items() if options.get("exhaustive")]


@pytest.fixture(scope="module")
def graph() -> ImportGraph:
    packages = OPTIONS["session_options"]["root_packages"]
    return grimp.build_graph(*packages, include_external_packages=True, cache_dir=None)


def broken(graph: ImportGraph) -> set[str]:
    return {name for name in CONTRACTS if not contract(name).check(deepcopy(graph), verbose=False).kept}


def contract(name: str) -> Contract:
    options = CONTRACTS[name]
    made: Contract = KINDS[options["type"]](
        name=name, session_options=OPTIONS["session_options"], contract_options=options
    )
    return made


def test_the_tree_keeps_every_contract(graph: ImportGraph) -> None:
    assert broken(graph) == set()


def test_every_contract_has_an_import_that_breaks_it() -> None:
    assert set(BREAKAGES) == set(CONTRACTS)


@pytest.mark.parametrize("name", BREAKAGES)
def test_one_forbidden_import_breaks_one_contract(graph: ImportGraph, name: str) -> None:
    changed = deepcopy(graph)
    importer, imported = BREAKAGES[name]
    assert importer in changed.modules

    changed.add_import(importer=importer, imported=imported)

    assert broken(changed) - broken(graph) == {name}


@pytest.mark.parametrize("name", EXHAUSTIVE)
def test_a_new_module_at_the_top_of_a_package_has_no_place_of_its_own(graph: ImportGraph, name: str) -> None:
    changed = deepcopy(graph)

    changed.add_module(f"{CONTRACTS[name]['containers'][0]}.drawer")

    assert broken(changed) - broken(graph) == {name}


def test_every_package_has_an_exhaustive_ladder() -> None:
    packages = {container for name in EXHAUSTIVE for container in CONTRACTS[name]["containers"]}

    assert packages == set(OPTIONS["session_options"]["root_packages"])


@pytest.mark.parametrize("name", KNOWS)
def test_no_room_is_left_out_of_a_contract(graph: ImportGraph, name: str) -> None:
    packages = OPTIONS["session_options"]["root_packages"]
    rooms = set().union(*(graph.find_children(package) for package in packages))
    under = set(CONTRACTS[name]["source_modules"])

    outside = {room for room in rooms if room not in under and room.split(".")[0] not in under}

    assert outside - KNOWS[name] == set()


def test_the_program_itself_finds_an_import_hidden_in_a_function(tmp_path: Path) -> None:
    for package in OPTIONS["session_options"]["root_packages"]:
        _copy_sources(PROJECT.parent / package, tmp_path / package)
    shutil.copy(PROJECT, tmp_path)
    with (tmp_path / "engine/commands/claim_work_item.py").open("a") as module:
        module.write(
            "\ndef hidden():\n    from engine.commands import release_work_item\n    return release_work_item\n"
        )

    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache", "--no-logo"],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "A command never calls a command BROKEN" in done.stdout
    assert done.stdout.count("BROKEN") == 1


def test_the_domain_imports_the_standard_library_and_the_engine_only(graph: ImportGraph) -> None:
    domain = {"engine.domain", *graph.find_descendants("engine.domain")}

    known = {found.split(".")[0] for module in domain for found in graph.find_modules_directly_imported_by(module)}

    assert known - sys.stdlib_module_names == {"engine"}


SIGNS_ON = {"web.identity.provider"}
"""Asks the provider within a browser's round trip: nothing is announced, and nothing delivered (decision 15)."""


def test_only_delivery_calls_out(graph: ImportGraph) -> None:
    callers = {"smtplib", "socket", "ftplib", "httpx", "requests", "urllib3", "aiohttp", "paramiko"}
    inside = [module for module in graph.modules if module.split(".")[0] in OPTIONS["session_options"]["root_packages"]]

    found = {
        module: sorted(hits) for module in inside if (hits := callers & graph.find_modules_directly_imported_by(module))
    }

    ours = ("engine.delivery", "web.simulator")  # the latter plays a program outside the house
    assert {module for module in found if not module.startswith(ours)} == SIGNS_ON, found


def _copy_sources(source: Path, target: Path) -> None:
    def other(folder: str, names: list[str]) -> set[str]:
        del folder
        return {name for name in names if "." in name and not name.endswith(".py")} | {"node_modules", "__pycache__"}

    shutil.copytree(source, target, ignore=other)
