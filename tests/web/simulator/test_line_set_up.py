"""Setting the line up: what is missing is said before anything is sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.worker import Hearing, Reporting
from web.cli import main
from web.cli.working import _placements
from web.config import Settings
from web.wiring import wire


@pytest.mark.parametrize("given", [{}, {"LAJUR_SISKOP2MI_URL": "https://siskop2mi.example/v1"}])
def test_a_worker_does_not_begin_without_an_address_and_a_token(tmp_path: Path, given: dict[str, str]) -> None:
    environment = {"LAJUR_DATA_DIR": str(tmp_path)}
    assert CliRunner().invoke(main, ["migrate"], env=environment).exit_code == 0

    refused = CliRunner().invoke(main, ["worker"], env={**environment, "LAJUR_SISKOP2MI": "rest", **given})

    assert refused.exit_code == 1
    assert "LAJUR_SISKOP2MI_URL" in refused.output
    assert "LAJUR_SISKOP2MI_TOKEN" in refused.output


def test_with_both_reports_go_and_news_is_asked_for(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("token-uji\n")
    rest = Settings(
        data_dir=tmp_path, siskop2mi="rest", siskop2mi_url="https://siskop2mi.example/v1", siskop2mi_token=token
    )
    wiring = wire(rest, create=True)

    ways = _placements(wiring)

    assert [type(each) for each in ways.values()] == [Reporting, Hearing]
    wiring.engine.close()


def test_with_files_nothing_goes_by_itself(tmp_path: Path) -> None:
    wiring = wire(Settings(data_dir=tmp_path), create=True)

    assert _placements(wiring) == {}
    wiring.engine.close()
