"""What each operation asks of a token: the table, and that a token without that scope, whatever else it has, is turned away."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from engine import create_token
from engine.domain.token import TokenScope
from tests.web.office import HELPDESK, NOW
from tests.web.one_app import app_over
from tests.web.test_api_contract import PINNED
from web.wiring import Wiring

TABLE = {
    "add_case": "cases:write",
    "add_disposition": "dispositions:write",
    "add_event": "groups:write",
    "add_message": "messages:write",
    "add_pause": "clocks:write",
    "add_people": "groups:write",
    "add_release": "releases:write",
    "claim": "work:write",
    "complete": "work:write",
    "correct": "work:write",
    "fail": "work:write",
    "finish_pause": "clocks:write",
    "give_back": "work:write",
    "health": "",
    "list_clocks": "clocks:read",
    "list_pauses": "clocks:read",
    "list_releases": "releases:read",
    "list_returnable": "work:read",
    "list_work_items": "work:read",
    "ready": "",
    "reopen": "cases:write",
    "resume": "cases:write",
    "send_back": "work:write",
    "show_case": "cases:read",
    "show_draft": "releases:read",
    "show_event": "groups:read",
    "show_history": "cases:read",
    "show_work_item": "work:read",
    "suspend": "cases:write",
    "take_back": "work:write",
}
"""Operation → the scope that it needs; empty: open to everybody."""
BEYOND = "urn:lajur:problem:beyond-scope"


def operations() -> dict[str, tuple[str, str]]:
    """Operation → method and an address of its own."""
    paths: dict[str, dict[str, Any]] = json.loads(PINNED.read_text(encoding="utf-8"))["paths"]
    return {
        told["operationId"]: (method.upper(), re.sub(r"\{\w+\}", "1", path))
        for path, methods in paths.items()
        for method, told in methods.items()
        if "operationId" in told
    }


def test_every_operation_stands_in_the_table() -> None:
    assert operations().keys() == TABLE.keys()


@pytest.mark.parametrize("scope", list(TokenScope))
def test_a_scope_opens_its_own_operations_and_all_others_together_none_of_them(
    wiring: Wiring, scope: TokenScope
) -> None:
    client = app_over(wiring).test_client()
    others = [each for each in TokenScope if each is not scope]
    only, without = (
        wiring.engine.perform(create_token, HELPDESK, name="uji", scopes=each, at=NOW).name
        for each in ([scope], others)
    )

    def turned_away(name: str, token: str) -> bool:
        method, address = operations()[name]
        said = client.open(address, method=method, json={}, headers={"Authorization": f"Bearer {token}"})
        told = said.get_json(silent=True) or json.loads(said.data or b"{}")
        return said.status_code == 403 and isinstance(told, dict) and told.get("type") == BEYOND

    asking = {name for name, needed in TABLE.items() if needed}
    assert {name for name in asking if not turned_away(name, only)} == {
        name for name in asking if TABLE[name] == scope.value
    }
    assert {name for name in asking if turned_away(name, without)} == {
        name for name in asking if TABLE[name] == scope.value
    }
