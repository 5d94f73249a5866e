"""Whether the program lives and can work, as another program asks it."""

from __future__ import annotations

from pathlib import Path

from tests.web.office import Browser
from tests.web.test_command_line import run
from web.wiring import Wiring


def test_it_lives_without_a_look_at_anything(browser: Browser, wiring: Wiring) -> None:
    wiring.engine.close()
    Path(wiring.settings.data_dir / "lajur.db").unlink()

    assert browser.get("/healthz").response.get_json() == {"status": "pass"}
    answer = browser.get("/ready")
    assert (answer.status, answer.response.get_json()["checks"]) == (503, {"database": "fail"})


def test_it_can_work_and_says_who_is_silent_without_a_figure(browser: Browser, wiring: Wiring) -> None:
    told = browser.get("/ready").response.get_json()

    assert told["ready"] is True
    assert told["checks"]["database"] == "pass"
    assert told["checks"]["worker"] == "warn"
    assert set(told["checks"].values()) <= {"pass", "warn"}


def test_the_command_says_the_same_and_leaves_with_0_only_if_all_is_well(wiring: Wiring) -> None:
    silent = run("health", data=wiring.settings.data_dir)
    wiring.engine.leave_sign("worker", at=wiring.clock())

    told = run("health", "--json", data=wiring.settings.data_dir)

    assert silent.exit_code == 1
    assert "worker alive: False" in silent.output
    assert '"sound"' in told.output
