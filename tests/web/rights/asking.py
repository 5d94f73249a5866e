"""Asks every route as every role, and says in one word what the answer means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import uuid4

from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.web.rights.world import IMAGE, ROLES, World
from web.app import create_app

OUTSIDE = {"static"}
"""Routes that lead to files of the program itself."""

LAST = {"identity.sign_in", "identity.sign_out", "identity.sessions", "identity.password"}
"""After these a browser has to sign in anew."""

TOKEN = re.compile(r'name="csrf" value="([^"]+)"')

SENT: dict[str, Any] = {
    "reason": "Uji hak",
    "note": "Uji hak",
    "text": "Uji hak",
    "ground": "Uji hak",
    "why": "Uji hak",
    "seen": "1",
    "version": "1",
    "kind": "pulang",
    "closing": "tidak-dapat-dihubungi",
    "until": "2026-12-01T10:00",
    "on": "2026-12-01",
    "title": "Uji",
    "name": "Uji",
    "outcome": "",
}
"""What a page would have sent; a route takes what it knows of it."""


BODIES: dict[str, Any] = {
    "api.add_case": {"release": "p-c3-01"},
    "api.add_disposition": {"kind": "pulang", "ground": "Uji hak"},
    "api.add_event": {"title": "Uji", "release": "p-c3-01"},
    "api.add_people": {"people": [{"nama": "Zzuji Contoh"}]},
    "api.add_message": {"name": "uji", "keys": {}},
    "api.claim": {"seen": 1},
    "api.give_back": {"seen": 1},
    "api.complete": {"seen": 1},
    "api.fail": {"seen": 1, "code": "UJI"},
    "api.take_back": {"seen": 1, "reason": "Uji hak"},
    "api.send_back": {"seen": 1, "reason": "Uji hak", "to": 1},
    "api.correct": {"answers": {}, "reason": "Uji hak"},
    "api.suspend": {"reason": "Uji hak"},
    "api.resume": {"reason": "Uji hak"},
    "api.reopen": {"reason": "Uji hak"},
    "api.add_pause": {"reason": "applicant", "text": "Uji hak"},
}
"""What another program sends: its bodies are read strictly, so that each route gets its own."""
XML = {"Content-Type": "application/xml"}


def rules(world: World) -> list[tuple[str, Rule]]:
    """Every route with each of its methods: `GET cases.show`."""
    found = create_app(world.wiring).url_map.iter_rules()
    named = {
        f"{method} {rule.endpoint}": rule
        for rule in sorted(found, key=lambda each: len(each.arguments))
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
        if rule.endpoint not in OUTSIDE
    }
    return sorted(named.items(), key=lambda each: (each[1].endpoint in LAST, each[0]))


def ask(world: World, name: str, rule: Rule, role: str) -> TestResponse:
    """Ask one route in one role, with everything that a page of ours would have sent along."""
    method = name.split(maxsplit=1)[0]
    address = address_of(world, rule, role)
    if rule.rule.startswith("/api/"):
        return _as_program(world, rule, method, address, role)
    client = world.browsers[role].client
    if method == "GET":
        return client.get(address)
    return client.open(address, method=method, data={**SENT, **_secrets(world, role), **_more(world, rule)})


def _as_program(world: World, rule: Rule, method: str, address: str, role: str) -> TestResponse:
    headers = {"Authorization": f"Bearer {world.tokens[role]}"} if role in world.tokens else {}
    client = world.programs
    assert client is not None
    if rule.endpoint == "api.add_release":
        return client.open(address, method=method, headers={**headers, **XML}, data=b"<x/>")
    return client.open(address, method=method, headers=headers, json=BODIES.get(rule.endpoint))


def address_of(world: World, rule: Rule, role: str) -> str:
    """The route's address, about what stands in the world."""
    values = {name: _value(world, rule.endpoint, name, role) for name in rule.arguments}
    return str(re.sub(r"<(?:[a-z]+(?:\([^)]*\))?:)?(\w+)>", lambda found: str(values[found[1]]), rule.rule))


def meaning(answer: TestResponse) -> str:
    """`yes` for what passed the check of rights, whatever became of it; else who was turned away, and how."""
    status = answer.status_code
    if status == 401 or (status in (302, 303) and "/sign-in" in answer.headers["Location"]):
        return "sign-in"
    if status in (200, 201, 202, 204, 302, 303, 304, 400, 409, 413, 415, 422):
        return "yes"
    return {403: "no", 404: "nothing"}.get(status, str(status))


def changed(answer: TestResponse, name: str) -> bool:
    """Whether the world may be another one now."""
    return not name.startswith("GET") and answer.status_code < 400


def _value(world: World, endpoint: str, name: str, role: str) -> Any:
    own = {"token": world.names.get(f"token_{role}", 1)}
    place = endpoint.partition(".")[0]
    numbers: Mapping[str, str] = {"groups": "event", "catalog": "draft", "cases": "handover", "people": "person"}
    special = {
        ("people.name_recruiter", "number"): "recruiter",
        ("api.show_event", "number"): "event",
        ("api.add_people", "number"): "event",
        ("catalog.feedback_words", "case"): "feedback",
        ("exchange.acknowledge", "number"): "batch",
        ("exchange.fetch", "number"): "batch",
        ("exchange.mend", "number"): "difference",
        ("exchange.set_aside", "number"): "news",
    }
    process = "c3-m05-02" if place in ("catalog", "audit") else "p-c3-01"
    fixed = {
        "process": process,
        "edition": 1,
        "older": 1,
        "newer": 1,
        "side": "after",
        "kind": "json" if place == "people" else "csv",
        "act": "decline",
        "written": "pdf",
        "form": "json",
    }
    fixed |= {"disposition": 1, "login": "pengelola-kasus.jatim", "office": "bp3mi-jatim", "holding": 1}
    fixed |= {"post": "pengelola-kasus", "document": "surat-rujukan", "law": "uu-21-2007", "article": "pasal-44"}
    fixed |= {"unit": "bp3mi", "fact": "keluarga_bersedia", "area": "35.07", "month": "2026-10", "period": "2026-10"}
    codes = {
        "catalog.area": "C3",
        "house.office": "bp3mi-jatim",
        "public.slip": world.names["code"],
        **dict.fromkeys(
            (
                "public.give",
                "public.sop",
                "public.sop_data",
                "public.sop_drawing",
                "public.sop_picture",
                "public.sop_sheet",
            ),
            "s11-m03-04",
        ),
        **dict.fromkeys(
            (
                "public.figure",
                "public.figure_csvw",
                "public.figure_schema",
                "public.figures_edition",
                "public.newest_figures",
            ),
            "dispositions",
        ),
        "papers.print_": "tanda-terima-pendataan",
    }
    if name == "code":
        return codes.get(endpoint, "c3-m05-02")
    if (endpoint, name) in special:
        return world.names[special[endpoint, name]]
    if name == "number" and place in numbers:
        return world.names[numbers[place]]
    return own.get(name) or world.names.get(name) or fixed.get(name, 1)


def _secrets(world: World, role: str) -> dict[str, str]:
    """The token against forged forms, and a key that nobody has used."""
    if role not in world.forms:
        page = world.browsers[role].client.get("/work/mine" if ROLES[role] else "/sign-in")
        world.forms[role] = TOKEN.search(page.get_data(as_text=True))[1]  # type: ignore[index]
    return {"csrf": world.forms[role], "key": uuid4().hex}


def _more(world: World, rule: Rule) -> dict[str, Any]:
    """What differs from route to route."""
    names, place = world.names, rule.endpoint.partition(".")[0]
    sent = {"office": "bp3mi-jatim", "to": "bp3mi-bali", "to_office": "bp3mi-bali", "case": names["case"]}
    sent |= {"release": "p-c3-01"} if rule.endpoint == "cases.new" else {}
    sent |= {"person": str(names["other"]), "other": str(names["other"]), "item": str(names["item"])}
    if place == "work":
        sent["to"] = "1" if rule.endpoint == "work.send_back" else "petugas-helpdesk.jatim"
    if place == "public":
        sent |= {"code": names["code"], "pin": names["pin"], "kind": "akses"}
    if rule.endpoint == "people.join_recruiters":
        sent |= {"keep": str(names["recruiter"]), "other": str(names["recruiter"] - 1)}
    if rule.endpoint == "audit.export":
        sent |= {"table": "sops", "as": "csv", "purpose": "Uji hak"}
    if place == "clocks":
        sent |= {"reason": "applicant", "of": "all", "amount": "1", "grant": "yes", "what": "void"}
    if rule.endpoint == "papers.attach":
        sent |= {"kind": "paspor", "file": (BytesIO(IMAGE), "uji.pdf")}
    return sent
