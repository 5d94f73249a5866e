"""Somebody who goes from page to page as one officer and then another, and looks at each on a desk by day and on a phone by night."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from engine import sign_in
from tests.browser.fitness import GRAVE, faults
from tests.browser.officer_at_screen import DESK, PHONE, OfficerAtScreen

Screen = tuple[str, dict[str, int]]
LOOKS: tuple[Screen, ...] = (("light", DESK), ("dark", PHONE))
COOKIE = "lajur"
DRAWN = "[data-viewer], [data-editor]"
UNFOLD = "most => [...document.querySelectorAll('main details')].slice(0, most ?? undefined).forEach(each => each.open = true)"


@dataclass
class Visitor(OfficerAtScreen):
    """One window in which the officer changes without a word, and day turns into night."""

    wrong: dict[str, list[str]] = field(default_factory=dict)
    """Page, light and width → what is wrong there."""
    grave: frozenset[str] = GRAVE
    looks: tuple[Screen, ...] = LOOKS
    screen: Screen = LOOKS[0]
    seen: list[str] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)

    def become(self, login: str) -> None:
        """Be this officer from the next page on; nobody where the login is empty."""
        context, engine, at = self.page.context, self.office.engine, self.office.clock()
        self.login = login
        if not login:
            context.clear_cookies()
            return
        if login not in self.secrets:
            secret = engine.perform(sign_in, login, address="127.0.0.1", right=True, at=at).name
            engine.keep_session(secret, at=at, until=at + timedelta(hours=8))
            self.secrets[login] = secret
        context.add_cookies([{"name": COOKIE, "value": self.secrets[login], "url": self.office.address}])

    def settle(self) -> None:
        """Wait until the diagrams of the page have come."""
        for each in self.page.locator(DRAWN).all():
            if each.is_visible():
                self.page.wait_for_function("each => each.hasAttribute('data-ready')", arg=each.element_handle())

    def unfold(self, most: int | None = None) -> None:
        """Open whatever is folded on the page, or so much of it."""
        self.page.evaluate(UNFOLD, most)

    def send(self, action: str, /, **said: Any) -> None:
        """Fill in the form whose address ends so, folded or not, and press its first button."""
        self.unfold()
        form = self.page.locator(f"form[action$='{action}']").first
        for name, value in said.items():
            box = form.locator(f"[name='{name}']").first
            match box.evaluate("each => each.type"):
                case "select-one":
                    box.select_option(index=value) if isinstance(value, int) else box.select_option(value)
                case "radio" | "checkbox":
                    box.check()
                case _:
                    box.fill(value)
        with self.page.expect_navigation():
            form.locator("button").first.click()

    def look(
        self, name: str, *, unfold: bool = True, whole: bool = False, narrow: bool = False, folds: int | None = None
    ) -> None:
        """Look at what is on the screen, with everything on it unfolded, by day and by night; remember what is wrong.

        `whole`: what stands on the narrow screen is not what stands on the wide one, so that everything is asked of both.
        `folds`: so many are opened, where there are many alike.
        `narrow`: what is on the screen differs from a page that was looked at by a sentence, so that the narrow screen is enough.
        """
        self.seen.append(name)
        looks = self.looks[-1:] if narrow else self.looks
        for scheme, size in looks:
            self.turn_to(scheme, size)
            if unfold:
                self.unfold(folds)
            self.picture(f"{name}-{scheme}")
            if found := faults(self.page, self.grave, again=not whole and (scheme, size) != looks[0]):
                self.wrong[f"{name}, {scheme}, {size['width']} px"] = found
        self.turn_to(*self.looks[0])

    def turn_to(self, scheme: str, size: dict[str, int]) -> None:
        """Sit before another screen; a diagram is drawn for the screen on which its page was opened."""
        if (scheme, size) == self.screen:
            return
        self.screen = (scheme, size)
        self.page.set_viewport_size(cast("Any", size))
        self.page.emulate_media(color_scheme=cast("Any", scheme))
        if self.page.locator(DRAWN).count():
            self.page.reload()
            self.settle()
