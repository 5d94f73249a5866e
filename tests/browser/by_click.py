"""Hands that do it in a browser: they sign in, find the step on the group's board or on the case's page, and press its buttons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.browser.group_at_screen import complete_together
from tests.browser.house_at_work import Chore, Hands, Person, Turn
from tests.browser.officer_at_screen import OfficerAtScreen

OWN_OFFICER = 20
"""From so many on, the officer of the post itself signs in; below, whoever holds every post of the office."""
BOARDS = {"Membaca hasil pendataan": "forty-board"}
"""Steps before which a picture of the board is kept, and its name."""
GROUND = "Pilihan yang bersangkutan, dan tidak ada yang menghalangi."


@dataclass
class ByClick:
    """One window before which one officer after another sits down."""

    screen: OfficerAtScreen
    board: str
    """The address of the group's board."""
    answers: Mapping[str, Any]
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Step → the name of the picture that is kept of the case's page after it was done first."""
    counted: Counter[str] = field(default_factory=Counter)
    kept: set[str] = field(default_factory=set)

    def alone(self, turn: Turn) -> None:
        """Do one step of one case on its own page."""
        chore, person = turn.chores[0], turn.people[0]
        self._sit_down(turn, chore.name)
        self._open(chore)
        for course in turn.courses:
            if self.screen.page.locator("summary", has_text="Tetapkan satu disposisi lagi").count():
                self.screen.page.locator("summary", has_text="Tetapkan satu disposisi lagi").click()
            self.screen.decide(course, GROUND)
        if len(turn.courses) > 1:
            self.screen.picture("forty-two-courses")
        self._answer_as(turn, chore, person)
        self.screen.work(chore.name, turn.outcome, [chore.case])
        self.counted["alone"] += 1
        self._keep(chore.name, self.pictures)

    def together(self, turn: Turn) -> bool:
        """Choose all of them on the board, and complete the step with one form, unless the page wants each alone."""
        page, first = self.screen.page, turn.chores[0]
        self._sit_down(turn, first.name)
        self.screen.go(self.board)
        self._keep(first.name, BOARDS)
        page.get_by_label("Langkah").select_option(value="/".join(first.place))
        self.screen.press("Tampilkan")
        page.locator("[name=item]").first.wait_for()
        wanted = {f"{each.item}:{each.version}" for each in turn.chores}
        shown = set(page.locator("[name=item]").evaluate_all("boxes => boxes.map(each => each.value)"))
        assert wanted <= shown, f"{first.name}: {len(wanted - shown)} of {len(wanted)} are not on the board"
        if wanted == shown:
            page.get_by_role("link", name="Pilih semua").click()
            page.get_by_role("link", name="Batalkan pilihan").wait_for()
        else:
            for each in sorted(wanted):
                page.locator(f"[name=item][value='{each}']").check()
        self.screen.press("Selesaikan bersama")
        page.locator("form[data-questions], .said-note + .card").first.wait_for()
        if not page.locator("form[data-questions]").count():
            self.counted["refused"] += 1
            return False
        self._answer_as(turn, first, turn.people[0])
        self.screen.fill_in()
        complete_together(self.screen, len(turn.chores), turn.outcome, pictures=False)
        self.counted["together"] += 1
        return True

    def _keep(self, step: str, pictures: Mapping[str, str]) -> None:
        """Keep a picture, the first time."""
        if step in pictures and step not in self.kept:
            self.kept.add(step)
            self.screen.picture(pictures[step])

    def _sit_down(self, turn: Turn, step: str) -> None:
        chore = turn.chores[0]
        place = chore.office.removeprefix("bp3mi-")
        login = turn.login if len(turn.chores) >= OWN_OFFICER or step in self.pictures else f"semua.{place}"
        if login != self.screen.login:
            self.counted["sign-ins"] += 1
            self.screen.sign_in(login)

    def _open(self, chore: Chore) -> None:
        """By its link on the page at hand, or else on the page of its case."""
        page = self.screen.page
        link = page.locator(f"a[href='/work/{chore.item}']").first
        if not link.is_visible():
            self.screen.go(f"/cases/{chore.case}")
        link.click()
        page.locator("h1", has_text=chore.name).wait_for()

    def _answer_as(self, turn: Turn, chore: Chore, person: Person) -> None:
        """What this person says, and then what is said for everybody."""
        names = [each.name for each in turn.activity.form]
        told = {name: person.told(chore, name) for name in names}
        self.screen.own = {name: said for name, said in told.items() if said is not None}
        self.screen.answers = self.answers


@dataclass
class Shared:
    """Clicks at some steps, commands at all others."""

    clicks: ByClick
    commands: Hands
    clicked: Callable[[Turn], bool]

    def alone(self, turn: Turn) -> None:
        (self.clicks if self.clicked(turn) else self.commands).alone(turn)

    def together(self, turn: Turn) -> bool:
        return (self.clicks if self.clicked(turn) else self.commands).together(turn)
