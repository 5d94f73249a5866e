"""No work list and no page about time asks the database more often because there is more to show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from engine import ask_extension, give_feedback, open_case, pause_clocks
from engine.storage import tables
from tests.web.office import HEAD, HELPDESK, NOW, OWNER, SISPOPMI, Browser
from tests.web.test_numbers_open_cases import statements
from web.wiring import Wiring

WAITING = {"reason": "applicant", "text": "Menunggu salinan paspor."}
MINUTE = timedelta(minutes=1)
A_MINUTE: dict[str, Any] = {**WAITING, "begins_at": NOW - MINUTE, "ends_at": NOW}
MOST = 70
"""Statements of the page that needs most, the tab of a case's times; those of the session and the menu among them."""


def grow(wiring: Wiring, word: str) -> str:
    """One more case whose step stands still and whose stage is to be extended, and one more thing that the public says."""

    def do(command: Callable[..., Any], *args: Any, **more: Any) -> Any:
        return wiring.engine.perform(command, *args, **{"officer": SISPOPMI, "at": NOW, **more})

    number = str(do(open_case, "p-c3-01", office="bp3mi-jatim", at=NOW - 2 * MINUTE).case)
    with wiring.engine.reading(at=NOW) as reader:
        mine = select(tables.clock).join(tables.case).where(tables.case.c.number == number)
        clocks = {row.kind: row.id for row in reader.connection.execute(mine)}
    do(ask_extension, clocks["stage"], amount=1, reason="Libur.")
    do(pause_clocks, number, **A_MINUTE)
    do(pause_clocks, number, **WAITING, clocks=[clocks["step"]])
    do(give_feedback, "s11-m03-04", 1, kind="saran", text=word, officer=None)
    return number


def test_more_cases_pauses_extensions_and_feedback_cost_no_more_statements(
    wiring: Wiring, officer: Callable[[str], Browser]
) -> None:
    number = grow(wiring, "satu")
    pages = {HELPDESK: ["/work/mine", "/work/post", "/work/office", "/work/1"], HEAD: ["/extensions"]}
    pages |= {SISPOPMI: ["/cases", f"/cases/{number}", f"/cases/{number}?tab=time"], OWNER: ["/catalogue/feedback"]}
    browsers = {login: officer(login) for login in pages}

    def cost(login: str, address: str) -> int:
        browsers[login].get(address)
        with statements() as sent:
            assert browsers[login].get(address).status == 200
        return len(sent)

    few = {address: cost(login, address) for login, of in pages.items() for address in of}
    for word in ("dua", "tiga", "empat"):
        grow(wiring, word)
    for _ in range(3):
        wiring.engine.perform(pause_clocks, number, **A_MINUTE, officer=SISPOPMI, at=NOW)

    assert {address: cost(login, address) for login, of in pages.items() for address in of} == few
    assert max(few.values()) <= MOST
