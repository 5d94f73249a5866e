"""What is written down of the running: one line an event, and nothing about a person, whatever goes wrong."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

import engine.commands.claim_work_item
from engine.storage.tables import officer as officers
from engine.worker import Worker
from tests.web.office import HELPDESK, PASSWORD, SISPOPMI, Browser
from web import logs
from web.wiring import Wiring

MARKERS = ("Zulaikha Penanda", "9912345678901234", "Jalan Rahasia 17", "08129990001")
"""A person who does not exist, in every way that one can be told."""


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is written at the lowest level."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    logs.start("debug", "json", stream)
    yield stream
    structlog.reset_defaults()
    for each in list(root.handlers):
        root.removeHandler(each)
    for each in before:
        root.addHandler(each)
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(each) for each in stream.getvalue().splitlines()]


def test_each_request_leaves_one_line_with_a_number_that_the_answer_carries_too(
    written: io.StringIO, officer: Callable[[str], Browser], wiring: Wiring
) -> None:
    page = officer(HELPDESK).get("/cases?q=S-2026")

    last = lines(written)[-1]
    assert last["request"] == page.response.headers["X-Request-Id"]
    assert (last["event"], last["method"], last["route"], last["status"]) == ("answered", "GET", "/cases", 200)
    assert last["officer"] == wiring.engine.officer(HELPDESK, at=wiring.clock()).number
    assert last["milliseconds"] >= 0


def test_an_address_that_holds_a_code_is_written_as_its_rule(written: io.StringIO, browser: Browser) -> None:
    browser.get("/s/KODE-PENANDA")

    assert lines(written)[-1]["route"] == "/s/<code>"
    assert "KODE-PENANDA" not in written.getvalue()


def test_nothing_about_a_person_is_written_whatever_fails(
    written: io.StringIO, item: str, officer: Callable[[str], Browser], wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, nik, street, phone = MARKERS
    sispopmi, helpdesk = officer(SISPOPMI), officer(HELPDESK)

    sispopmi.get("/people").submit("/people", nama=name, nik=nik, telepon=phone)
    sispopmi.get(f"/cases?q={name}")
    sispopmi.get(f"/tidak-ada/{name}")
    with monkeypatch.context() as patched:
        patched.setattr(engine.commands.claim_work_item, "expect_holder", _fail)
        assert helpdesk.get(item).submit("/claim", nama=name, alamat=street).status == 500
    _fault_in_sql(wiring)
    _fault_in_worker(wiring)

    said = written.getvalue()
    assert len(lines(written)) > 10
    assert [each for each in (*MARKERS, PASSWORD, HELPDESK, "Zulaikha") if each in said] == []


def _fail(*_: object) -> None:
    raise RuntimeError(" ".join(MARKERS))


def _fault_in_sql(wiring: Wiring) -> None:
    """A row that the database refuses, with somebody's name in it."""
    row = {"login": HELPDESK, "name": MARKERS[0], "password": "", "language": "id", "zone": "", "active": True}
    with pytest.raises(IntegrityError) as refused:
        _insert(wiring, {**row, "added_at": wiring.clock()})
    logging.getLogger("engine.test").error("sql_failed", exc_info=refused.value)
    structlog.get_logger("web").error("failed", exc_info=refused.value)


def _insert(wiring: Wiring, row: dict[str, Any]) -> None:
    with wiring.engine.database.writing() as connection:
        connection.execute(insert(officers), row)


def _fault_in_worker(wiring: Wiring) -> None:
    """A turn of the worker that meets what nobody had thought of."""
    worker = Worker(wiring.engine, beside=(_fail_at,))
    worker.start()
    worker.stop()


def _fail_at(_: object) -> int:
    _fail()
    return 0


def test_what_other_libraries_say_loses_what_was_filled_in(written: io.StringIO) -> None:
    logging.getLogger("waitress").error("Exception while serving %s", "/s/KODE-PENANDA")

    (line,) = lines(written)
    assert (line["event"], line["level"]) == ("Exception while serving %s", "error")
