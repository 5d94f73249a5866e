"""The page of the interface: every operation of the document stands on it, and every example on it runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.serving import BaseWSGIServer, make_server

from engine import create_token, publish_release
from engine.delivery.webhook import signed
from engine.domain.release import Performer
from tests.shipped import BPMN
from tests.small_office import release_of
from tests.web.office import HEAD, HELPDESK, NOW, OWNER, SISPOPMI, Browser, Clock
from tests.web.one_app import app_over
from tests.web.test_api import Program, renamed
from tests.web.test_api_contract import PINNED
from web.api.examples import CHECK_IN_PYTHON, CHECK_IN_SHELL, EXAMPLES, VARIABLES
from web.api.interface import NEEDED
from web.app import POLICY
from web.wiring import Wiring

MANAGER, LEADER = "pengelola-kasus.jatim", "ketua-tim-pelindungan.jatim"
CATCHES = """
    start -> user A -> end
    boundary b (on A; error TAK_DAPAT_DIHUBUNGI) -> user B -> end mended
"""
WAITS = "start -> receive R (about balasan) -> user A -> end"


@dataclass
class House:
    """A program that answers over a real line, and what stands in it for the examples."""

    wiring: Wiring
    server: BaseWSGIServer
    folder: Path
    clock: Clock
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def token(self, login: str, scope: str = "") -> str:
        """A token of this officer with no scope but this one, or with all."""
        if (login, scope) not in self.tokens:
            more: dict[str, Any] = {"scopes": [scope]} if scope else {}
            made = self.wiring.engine.perform(create_token, login, name="uji", **more, at=NOW)
            self.tokens[login, scope] = made.name
        return self.tokens[login, scope]

    def as_(self, login: str) -> Program:
        return Program(app_over(self.wiring).test_client(), self.token(login))

    def opened(self, release: str = "p-c3-01", by: str = SISPOPMI) -> Any:
        return self.as_(by).post("/cases", {"release": release}).get_json()

    def item_of(self, case: str, by: str = HELPDESK) -> dict[str, Any]:
        shown = self.as_(by).get(f"/cases/{case}").get_json()["work_items"]
        return dict(shown[0])

    def done(self, case: str, by: str = HELPDESK, **more: Any) -> dict[str, Any]:
        """Complete the step at which a case stands. Returns it as it is then."""
        item = self.item_of(case, by)
        answer = self.as_(by).post(f"/work-items/{item['id']}/complete", {"seen": item["version"], **more})
        assert answer.status_code == 200, answer.text
        return dict(self.as_(by).get(f"/work-items/{item['id']}").get_json())


@pytest.fixture
def house(wiring: Wiring, tmp_path: Path, clock: Clock) -> Iterator[House]:
    server = make_server("127.0.0.1", 0, app_over(wiring), threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    own = Performer("petugas-helpdesk")
    for code, text in (("c3-m91", CATCHES), ("c3-m92", WAITS)):
        names: dict[str, Any] = {each: {"performer": own} for each in ("A", "B") if f"user {each}" in text}
        wiring.engine.perform(publish_release, release_of(text, code, **names), at=NOW)
    yield House(wiring, server, tmp_path, clock)
    server.shutdown()
    server.server_close()


def item(told: Mapping[str, Any]) -> dict[str, str]:
    return {"ITEM": str(told["id"]), "SEEN": str(told["version"])}


def first_step(house: House) -> tuple[str, dict[str, str]]:
    return HELPDESK, item(house.item_of(house.opened()["number"]))


def in_hand(house: House) -> tuple[str, dict[str, str]]:
    told = house.item_of(house.opened()["number"])
    claimed = house.as_(HELPDESK).post(f"/work-items/{told['id']}/claim", {"seen": told["version"]})
    return HELPDESK, item(claimed.get_json())


def with_questions(house: House) -> tuple[str, dict[str, str]]:
    case = house.opened()["number"]
    house.done(case)
    return HELPDESK, item(house.item_of(case))


def after_the_first(house: House) -> tuple[str, dict[str, str]]:
    case = house.opened()["number"]
    earlier = house.done(case)
    return HELPDESK, item(house.item_of(case)) | {"EARLIER": str(earlier["id"])}


def just_done(house: House) -> tuple[str, dict[str, str]]:
    return HELPDESK, item(house.done(house.opened()["number"]))


def answered(house: House) -> tuple[str, dict[str, str]]:
    case = house.opened()["number"]
    house.done(case)
    return HELPDESK, item(house.done(case, outcome="tidak", facts={"sakit": "no", "anak": "no"}))


def that_can_fail(house: House) -> tuple[str, dict[str, str]]:
    return HELPDESK, item(house.item_of(house.opened("c3-m91", HELPDESK)["number"]))


def case(house: House) -> tuple[str, dict[str, str]]:
    return SISPOPMI, {"CASE": house.opened()["number"]}


def resting(house: House) -> tuple[str, dict[str, str]]:
    number = house.opened()["number"]
    assert house.as_(SISPOPMI).post(f"/cases/{number}/suspend", {"reason": "Uji"}).status_code == 200
    return SISPOPMI, {"CASE": number}


def ended(house: House) -> tuple[str, dict[str, str]]:
    number = house.opened("c3-m91", HELPDESK)["number"]
    house.done(number)
    return HELPDESK, {"CASE": number}


def waiting(house: House) -> tuple[str, dict[str, str]]:
    return HELPDESK, {"CASE": house.opened("c3-m92", HELPDESK)["number"]}


def to_be_decided(house: House) -> tuple[str, dict[str, str]]:
    number = house.opened("c3-m05-04", MANAGER)["number"]
    house.done(number, MANAGER, facts={"usulan_disposisi": ["pulang"], "dasar_usulan": "x"})
    house.done(number, LEADER, outcome="diajukan")
    house.done(number, HEAD, outcome="disetujui")
    return HEAD, {"CASE": number}


def paused(house: House) -> tuple[str, dict[str, str]]:
    number = house.opened()["number"]
    made = house.as_(SISPOPMI).post(f"/cases/{number}/pauses", {"reason": "applicant", "text": "Uji"})
    house.clock.now += timedelta(minutes=1)
    return SISPOPMI, {"PAUSE": str(made.get_json()["id"])}


def drawing(house: House) -> tuple[str, dict[str, str]]:
    file = house.folder / "sop.bpmn"
    file.write_bytes(renamed())
    return OWNER, {"FILE": str(file)}


def draft(house: House) -> tuple[str, dict[str, str]]:
    (file,) = BPMN.rglob("c3-m03-02-*.bpmn")
    sent = house.as_(OWNER).send("/releases", file.read_bytes().replace(b'name="', b'name="X', 1), "application/xml")
    return OWNER, {"DRAFT": str(sent.get_json()["draft"]["number"])}


def group(house: House) -> tuple[str, dict[str, str]]:
    made = house.as_(SISPOPMI).post("/events", {"title": "Uji", "release": "p-c3-01"})
    return SISPOPMI, {"EVENT": made.get_json()["number"]}


def anybody(house: House) -> tuple[str, dict[str, str]]:
    return SISPOPMI, {}


GIVEN: dict[str, Callable[[House], tuple[str, dict[str, str]]]] = {
    **dict.fromkeys(("health", "ready", "list_releases", "add_case", "list_work_items", "add_event"), anybody),
    **dict.fromkeys(("show_case", "show_history", "suspend", "list_clocks", "list_pauses", "add_pause"), case),
    **dict.fromkeys(("show_work_item", "claim"), first_step),
    "resume": resting,
    "reopen": ended,
    "add_disposition": to_be_decided,
    "give_back": in_hand,
    "complete": with_questions,
    "fail": that_can_fail,
    "take_back": just_done,
    "list_returnable": after_the_first,
    "send_back": after_the_first,
    "correct": answered,
    "add_message": waiting,
    "finish_pause": paused,
    "add_release": drawing,
    "show_draft": draft,
    "show_event": group,
    "add_people": group,
}
"""Operation → what stands there before its example is run, and who may."""


def environment(house: House, name: str) -> dict[str, str]:
    """The variables of one example: its token has the one scope of the operation."""
    login, more = GIVEN[name](house)
    needed = NEEDED[f"api.{name}"].scope
    known = {"LAJUR": house.address, "KEY": uuid4().hex, "TOKEN": house.token(login, needed.value if needed else "")}
    assert more.keys() | known.keys() <= VARIABLES.keys()
    return known | more


def in_python(text: str, variables: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Run an example in this process, which saves starting one. Returns what it printed."""
    printed: list[str] = []
    with monkeypatch.context() as patched:
        for variable, value in variables.items():
            patched.setenv(variable, value)
        exec(compile(text, "<example>", "exec"), {"print": printed.append})  # noqa: S102 - our own text, as the page shows it
    return "\n".join(printed)


def in_shell(text: str, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    known = {"PATH": os.environ["PATH"], **variables}
    return subprocess.run(["bash", "-euc", text], env=known, capture_output=True, text=True, check=False, timeout=60)


def faults(name: str, answer: Any) -> list[str]:
    """What stands against an answer by the description of its operation: few requests of schemathesis get so far."""
    document = json.loads(PINNED.read_text(encoding="utf-8"))
    told = next(
        each
        for methods in document["paths"].values()
        for each in methods.values()
        if isinstance(each, dict) and each.get("operationId") == name
    )
    described = next(each for status, each in told["responses"].items() if status.startswith("2"))
    schema = described["content"]["application/json"]["schema"] | {"components": document["components"]}
    return [each.message for each in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(answer)]


def needs(*programs: str) -> None:
    missing = [each for each in programs if shutil.which(each) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"{', '.join(missing)} is not installed")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")


def test_every_operation_has_its_example_and_its_scope_and_stands_on_the_page(browser: Browser) -> None:
    page = browser.get("/api/v1/docs?lang=en")
    document = json.loads(browser.get("/api/v1/openapi.json").response.data)

    told = [each for methods in document["paths"].values() for each in methods.values() if isinstance(each, dict)]
    names = {each["operationId"] for each in told}
    assert names == set(EXAMPLES) == set(GIVEN) == {each.removeprefix("api.") for each in NEEDED}
    assert {each.get("id") for each in page.tree.find_class("api-operation")} == names
    assert all(EXAMPLES[name].curl in page.tree.text_content() for name in names)
    assert all(EXAMPLES[name].python in page.tree.text_content() for name in names)


def test_the_page_speaks_two_languages_and_is_fit_for_the_policy_of_every_page(browser: Browser) -> None:
    indonesian, english = browser.get("/api/v1/docs"), browser.get("/api/v1/docs?lang=en")

    assert "Antarmuka untuk program lain" in indonesian.text
    assert "ditulis dalam bahasa Inggris" in indonesian.text
    assert "The interface for programs" in english.text
    assert indonesian.link("English") == "/api/v1/docs?lang=en"
    assert english.response.headers["Content-Security-Policy"] == POLICY
    assert english.tree.xpath("//script[not(@src)] | //*[@style] | //script[starts-with(@src, 'http')]") == []


def test_a_field_is_told_with_its_kind_and_its_limits(browser: Browser) -> None:
    (operation,) = [
        each
        for each in browser.get("/api/v1/docs?lang=en").tree.find_class("api-operation")
        if each.get("id") == "add_case"
    ]
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in operation.xpath(".//tr")]

    assert ["release required", "text", "1 to 200 characters", "The code of a procedure in force."] in rows
    assert "cases:write" in operation.text_content()


@pytest.mark.parametrize("language", ["curl", "python"])
def test_every_example_runs(house: House, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    needs("bash", "curl")
    for name, example in EXAMPLES.items():
        variables = environment(house, name)
        if language == "curl":
            run = in_shell(example.curl, variables)
            assert run.returncode == 0, f"{name}: {run.stdout} {run.stderr}"
            answer = run.stdout
        else:
            answer = in_python(example.python, variables, monkeypatch)
        assert faults(name, json.loads(answer)) == [], name


@pytest.mark.parametrize(("forged", "said"), [(False, "genuine"), (True, "forged")])
def test_a_call_is_checked_as_the_page_says(forged: bool, said: str, tmp_path: Path) -> None:
    needs("bash", "openssl")
    body, stamp = b'{"id":"k","event":"case.opened","step":"100 % \\u2026"}', str(int(datetime.now(UTC).timestamp()))
    good = " ".join(f"v1,{signed(each, 'k', stamp, body)}" for each in ("baru", "lama"))
    sent = body.replace(b"opened", b"ended!") if forged else body
    headers = {"webhook-id": "k", "webhook-timestamp": stamp, "webhook-signature": good}
    (tmp_path / "body").write_bytes(sent)
    told = {name.upper().replace("-", "_"): value for name, value in headers.items()}
    names: dict[str, Any] = {}

    exec(compile(CHECK_IN_PYTHON, "<example>", "exec"), names)  # noqa: S102 - as above
    in_python_ = [names["checked"](each, headers, sent) for each in ("baru", "lama")]
    run = in_shell(CHECK_IN_SHELL, {**told, "SECRET": "lama", "BODY": str(tmp_path / "body")})

    assert in_python_ == [not forged] * 2
    assert names["checked"]("baru", {**headers, "webhook-timestamp": str(int(stamp) - 301)}, sent) is False
    assert run.stdout.strip() == said, run.stderr


def test_the_shell_of_the_examples_needs_nothing_of_ours(house: House) -> None:
    """The Python of an example runs in a process of its own too, where nothing but Python is known."""
    variables = environment(house, "show_case")

    run = subprocess.run(
        [sys.executable, "-I", "-c", EXAMPLES["show_case"].python],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert json.loads(run.stdout)["number"] == variables["CASE"], run.stderr
