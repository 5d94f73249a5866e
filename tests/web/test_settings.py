"""What can be set from outside, and what a misspelt setting is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.config import ELSEWHERE, SettingError, Settings, described, read_settings


def test_without_any_setting_the_program_serves_its_own_database_to_this_machine_only() -> None:
    settings = read_settings({})

    assert (settings.host, settings.port, settings.embedded) == ("127.0.0.1", 8000, True)
    assert settings.database.startswith("sqlite:////")


def test_a_misspelt_setting_stops_the_program_with_a_suggestion() -> None:
    with pytest.raises(SettingError, match=r"no setting LAJUR_DATABSE_URL\. Did you mean LAJUR_DATABASE_URL\?"):
        read_settings({"LAJUR_DATABSE_URL": "postgresql://x"})


def test_a_misspelt_interpreter_is_told_the_one_that_was_meant() -> None:
    with pytest.raises(SettingError, match="Did you mean spiffworkflow"):
        read_settings({"LAJUR_INTERPRETER": "spifworkflow"})


@pytest.mark.parametrize("port", ["0", "-1", "eight", "80.5"])
def test_a_port_that_is_no_number_is_refused_by_name(port: str) -> None:
    with pytest.raises(SettingError, match="LAJUR_PORT"):
        read_settings({"LAJUR_PORT": port})


def test_settings_that_other_parts_read_and_other_programs_variables_are_left_alone() -> None:
    settings = read_settings({"LAJUR_SKIP_FRONTEND": "1", "PATH": "/bin", "LAJUR_PORT": ""})

    assert settings == Settings()


def test_cookies_are_for_https_only_where_browsers_come_over_https() -> None:
    assert read_settings({"LAJUR_ORIGIN": "https://lajur.example.go.id"}).secure
    assert not read_settings({}).secure


def test_every_setting_stands_on_the_page_about_settings_with_its_default() -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text()

    for name, default, meaning in described():
        assert f"| `{name}` | {f'`{default}`' if default else '–'} | {meaning} |" in page
    for name in ELSEWHERE:
        assert f"`{name}`" in page
