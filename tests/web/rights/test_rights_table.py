"""Who may do what, in one table: `table.txt`, every route × everybody. A new route without a row fails here.

The words: `yes` the check of rights is passed, whatever becomes of it; `no` refused by name; `nothing` answered like
something that does not exist; `sign-in` sent to the door; `open` for everybody, asked for by nobody here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from werkzeug.routing import Rule

from tests.web.office import NOW
from tests.web.rights.asking import ask, changed, meaning, rules
from tests.web.rights.world import PERSONAL, RECRUITER, ROLES, THERE, WITHIN, World
from web.config import Settings
from web.wiring import wire

OUTSIDERS = {"anonymous", "homeless", "elsewhere", "owner", "auditor", "admin", "approver"}
"""Who has nothing to do in the office that the world is about."""
TABLE = Path(__file__).with_name("table.txt")


@pytest.fixture(scope="module")
def world(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An office in which everything exists once."""
    made = standing(built, tmp_path_factory.mktemp("rights"))
    yield made
    made.wiring.engine.close()


@dataclass
class Found:
    """What every route said to everybody."""

    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """Route → role → word."""
    leaks: list[str] = field(default_factory=list)
    """Where somebody could read what was not theirs."""


@pytest.fixture(scope="module")
def found(world: World) -> Found:
    """Ask everything; after each change the world is put back."""
    told = Found()
    for name, rule in rules(world):
        if not opened(name):
            told.words[name] = {role: one(world, name, rule, role, told) for role in ROLES}
    world.back()
    world.sign_in()  # among the routes was the way out
    return told


def test_every_route_has_its_row_and_every_row_its_route(world: World) -> None:
    assert sorted(table()) == sorted(name for name, _ in rules(world))


def test_everybody_may_do_what_the_table_says_and_nothing_else(found: Found) -> None:
    wrong = {
        f"{name} as {role}": f"{said}, not {table()[name][role]}"
        for name, row in found.words.items()
        for role, said in row.items()
        if said != table()[name][role]
    }

    assert wrong == {}


def test_nobody_reads_on_any_page_what_belongs_to_another_office(found: Found) -> None:
    assert found.leaks == []


@pytest.mark.parametrize("tab", ["way", "diagram", "person", "time", "documents"])
def test_the_office_itself_sees_its_case_and_the_person_only_after_saying_why(world: World, tab: str) -> None:
    page = world.browsers["colleague"].get(f"/cases/{world.names['case']}?tab={tab}")

    assert page.status == 200
    assert [each for each in PERSONAL.values() if each in page.text] == []


def test_the_words_of_this_test_are_on_pages_at_all(world: World) -> None:
    case, group = f"/cases/{world.names['case']}", f"/groups/{world.names['event']}"

    assert WITHIN["comment"] in world.browsers["colleague"].get(case).text
    assert WITHIN["title"] in world.browsers["head"].get(group).text
    assert WITHIN["reason"] in world.browsers["receiver"].get(f"/cases/handovers/{world.names['handover']}").text
    assert WITHIN["asked"] in world.browsers["approver"].get(f"/extensions/{world.names['extension']}").text


def one(world: World, name: str, rule: Rule, role: str, told: Found) -> str:
    """Ask once, look for words that are not this role's, and put back what changed."""
    answer = ask(world, name, rule, role)
    told.leaks += [f"{name} as {role}: {word}" for word in hidden_from(role, name) if word.encode() in answer.data]
    if changed(answer, name):
        world.back()
    return meaning(answer)


def hidden_from(role: str, name: str) -> list[str]:
    """What this role must not read in the answer of this route."""
    within = list(WITHIN.values()) if role in OUTSIDERS else [WITHIN["draft"], WITHIN["comment"], WITHIN["title"]]
    theirs = list(THERE.values())
    if role == "approver" and name.partition(" ")[2] in {"clocks.extension", "clocks.extensions"}:
        within.remove(WITHIN["asked"])
    if role in OUTSIDERS or role == "receiver":
        return [*PERSONAL.values(), RECRUITER, *within, *theirs]
    return [*PERSONAL.values(), *theirs] if name.startswith("GET") else theirs


def standing(built: Path, place: Path) -> World:
    """The office of the other web tests with everything in it."""
    shutil.copytree(built, place / "office")
    made = World(wire(Settings(data_dir=place / "office", testing=True), clock=lambda: NOW))
    made.fill()
    made.sign_in()
    made.keep()
    return made


def table() -> dict[str, dict[str, str]]:
    """Route → role → word."""
    head, *rows = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {f"{method} {endpoint}": dict(zip(head[2:], words, strict=True)) for method, endpoint, *words in rows}


def opened(name: str) -> bool:
    return set(table().get(name, {}).values()) == {"open"}
