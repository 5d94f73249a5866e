"""The main menu: which places there are, and who is shown which. It gives no right: the engine asks again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request
from flask_babel import lazy_gettext

from web.identity import has_power, opens_cases


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the menu."""

    endpoint: str
    label: Any
    icon: str
    powers: frozenset[str] = frozenset()
    """Any of these is enough; empty: for everybody."""
    opening: bool = False
    """Whether only those see it whose posts open cases."""
    always: bool = False
    """Whether it stands in the bar of a phone, rather than behind *more*."""
    alone: bool = False
    """Whether it is marked on its own pages only, and not on every page of its place."""
    pages: frozenset[str] = frozenset()
    """The further pages of an entry that stands alone."""

    @property
    def place(self) -> str:
        """The blueprint that it leads to."""
        return self.endpoint.partition(".")[0]

    @property
    def shown(self) -> bool:
        """Whether this officer has something to do there."""
        return self.endpoint in current_app.view_functions and (
            (not self.powers or any(has_power(each) for each in self.powers)) and (not self.opening or opens_cases())
        )

    @property
    def own(self) -> frozenset[str]:
        """The pages that belong to it and not to its place."""
        return self.pages | {self.endpoint} if self.alone else frozenset()

    @property
    def here(self) -> bool:
        """Whether the page that is being made belongs to it."""
        if self.alone or request.endpoint in _ALONE:
            return request.endpoint in self.own
        return request.blueprint == self.place


ENTRIES = (
    Entry("work.mine", lazy_gettext("My work"), "inbox", always=True),
    Entry("cases.browse", lazy_gettext("Cases"), "folder-open", always=True),
    Entry("groups.browse", lazy_gettext("Groups"), "users", always=True),
    Entry("people.search", lazy_gettext("Persons"), "contact"),
    Entry("catalog.areas", lazy_gettext("Catalogue"), "book-open"),
    Entry(
        "catalog.desk",
        lazy_gettext("SOP desk"),
        "pencil",
        frozenset({"publish"}),
        alone=True,
        pages=frozenset({"catalog.draft", "catalog.draw_draft", "catalog.publish"}),
    ),
    Entry("audit.overview", lazy_gettext("Oversight"), "chart-column", frozenset({"audit", "oversee"})),
    Entry("exchange.overview", lazy_gettext("SISKOP2MI"), "workflow", frozenset({"exchange", "administer"})),
    Entry(
        "audit.unpublished",
        lazy_gettext("Public figures"),
        "eye",
        frozenset({"figures"}),
        alone=True,
        pages=frozenset({"audit.unpublished_file"}),
    ),
    Entry("house.overview", lazy_gettext("Running the house"), "settings", frozenset({"administer"})),
    Entry("cases.new", lazy_gettext("New case"), "plus", opening=True, always=True, alone=True),
)
_ALONE = frozenset[str]().union(*(each.own for each in ENTRIES))


def start(app: Flask) -> None:
    """Give every page its menu, and let it ask whether to offer what opens cases."""
    app.jinja_env.globals.update(menu=menu, opens_cases=opens_cases)


def menu() -> Iterable[Entry]:
    """What this officer sees, in order; nothing before sign-in."""
    return [each for each in ENTRIES if each.shown] if g.get("officer") else []
