"""What the interface answers is what its description says, whatever it is sent (schemathesis)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation

from engine import create_token
from tests.web.office import HELPDESK, NOW, OWNER, SISPOPMI
from tests.web.one_app import with_one_library
from tests.web.test_api import Program
from tests.web.test_api_contract import PINNED
from web.app import create_app
from web.config import Settings
from web.wiring import wire

WORK = {"claim", "give_back", "complete", "fail", "take_back", "send_back", "correct", "list_returnable"}
OF_OWNERS = {"add_release", "show_draft"}
CONFIG = {
    "generation": {"mode": "all", "database": "none"},
    "checks": {
        # that a valid body is refused with 422 says that what it names is not there or not allowed: no schema knows that
        "positive_data_acceptance": {"enabled": False},
    },
}


@dataclass
class Asked:
    """A house in which what an address may name stands there once, and who asks for what."""

    app: Flask
    tokens: dict[str, str]
    known: dict[str, Any]

    def headers(self, operation: str) -> dict[str, str]:
        login = OWNER if operation in OF_OWNERS else HELPDESK if operation in WORK else SISPOPMI
        return {"Authorization": f"Bearer {self.tokens[login]}"}


class Standing:
    """The program that is standing now: the description is read before there is one."""

    app: Any = None

    def __call__(self, *args: Any) -> Any:
        return self.app(*args)


@pytest.fixture(scope="module")
def asked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    place = tmp_path_factory.mktemp("conformance") / "office"
    shutil.copytree(built, place)
    wiring = with_one_library(wire(Settings(data_dir=place, testing=True, api_rate=100_000), clock=lambda: NOW))
    app = create_app(wiring)
    tokens = {
        each: wiring.engine.perform(create_token, each, name="uji", at=NOW).name for each in (HELPDESK, SISPOPMI, OWNER)
    }
    program = Program(app.test_client(), tokens[SISPOPMI])
    case = program.post("/cases", {"release": "p-c3-01"}).get_json()["number"]
    event = program.post("/events", {"title": "Uji", "release": "p-c3-01"}).get_json()["number"]
    pause = program.post(f"/cases/{case}/pauses", {"reason": "applicant", "text": "Uji"}).get_json()["id"]
    api.app.app = app
    yield Asked(app, tokens, {"case": case, "item": 1, "pause": pause, "number": 1, "event": event})
    wiring.engine.close()


api = schemathesis.openapi.from_dict(
    json.loads(PINNED.read_text(encoding="utf-8")), config=schemathesis.Config.from_dict(CONFIG)
)
api.app = Standing()
FEW = settings(
    max_examples=4,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""Besides what schemathesis derives from each description by itself: some fifty requests an operation."""
MANY = settings(FEW, max_examples=150, derandomize=False)


@api.parametrize()
@FEW
def test_every_answer_is_one_that_is_described(case: Any, asked: Asked) -> None:
    sent_to(case, asked)


@pytest.mark.long
@api.parametrize()
@MANY
def test_however_often_it_is_asked_every_answer_is_one_that_is_described(case: Any, asked: Asked) -> None:
    sent_to(case, asked)


def sent_to(case: Any, asked: Asked) -> None:
    """Send it, about what stands there where that may be, and hold the answer against the description."""
    operation = case.operation.definition.raw["operationId"]
    if case.meta and case.meta.generation.mode is GenerationMode.POSITIVE and crc32(repr(case.body).encode()) % 4:
        known = asked.known | ({"number": asked.known["event"]} if "event" in case.path else {})
        case.path_parameters = {name: known.get(name, value) for name, value in (case.path_parameters or {}).items()}
    case.call_and_validate(headers=None if _without_token(case) else asked.headers(operation))


def _without_token(case: Any) -> bool:
    """Whether what is wrong with it is its headers, the token's among them: to put a good one there would mend it."""
    known = case.meta.components.get(ParameterLocation.HEADER) if case.meta else None
    return known is not None and known.mode is GenerationMode.NEGATIVE
