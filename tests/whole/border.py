"""What stands at the border of the program: another program with a token, and a look at the tables before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import Engine, create_token
from engine.storage import tables
from tests.web.office import NOW

V1 = "/api/v1"
NOT_OF_CASES = frozenset(
    {"access_record", "session", "sign_in_attempt", "api_token", "token_use", "alembic_version", "answer_draft"}
)
"""Who came in, who was refused what, and what is still being typed: that may grow where a command is refused."""

Dump = dict[str, list[tuple[Any, ...]]]


def dump(engine: Engine) -> Dump:
    """Every row of every table that a refused command must leave alone."""
    with engine.database.reading() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for name, table in tables.metadata.tables.items()
            if name not in NOT_OF_CASES
        }


@dataclass
class Program:
    """Another program that acts in an officer's name."""

    app: Flask
    login: str

    def __post_init__(self) -> None:
        made = self.app.extensions["lajur"].engine.perform(create_token, self.login, name="uji", at=NOW)
        self.headers = {"Authorization": f"Bearer {made.name}"}
        self.client = self.app.test_client()

    def get(self, address: str) -> Any:
        """What is answered, as JSON."""
        return self.client.get(V1 + address, headers=self.headers).get_json()

    def post(self, address: str, body: Any) -> TestResponse:
        """Send JSON."""
        return self.client.post(V1 + address, json=body, headers=self.headers)

    def send(self, address: str, raw: bytes) -> TestResponse:
        """Send a drawing."""
        return self.client.post(V1 + address, data=raw, content_type="application/xml", headers=self.headers)


def detail(answer: TestResponse) -> str:
    """The sentence of a problem."""
    told = answer.get_json(force=True)
    assert answer.headers["Content-Type"] == "application/problem+json"
    return str(told["detail"])
