"""The command line, as whoever runs the program meets it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine import NotFound
from engine.queries import office_for, offices
from tests.shipped import BPMN
from tests.web.office import HELPDESK, NOW, Browser
from web.cli import main
from web.wiring import Wiring


def run(*words: str, data: Path | None = None, typed: str = "", **environment: str) -> Result:
    settings = {"LAJUR_DATA_DIR": str(data)} if data else {}
    return CliRunner().invoke(main, list(words), input=typed, env={**settings, **environment})


def test_a_misspelt_setting_stops_every_command_with_a_suggestion() -> None:
    result = run("settings", LAJUR_PROT="80")

    assert result.exit_code == 1
    assert "Did you mean LAJUR_PORT?" in result.output


def test_settings_are_printed_without_the_password_of_the_database() -> None:
    result = run("settings", LAJUR_DATABASE_URL="postgresql://lajur:geheim@db/lajur")

    assert result.exit_code == 0
    assert "geheim" not in result.output
    assert "postgresql://lajur:***@db/lajur  (set)" in result.output


def test_check_prints_a_verdict_for_each_file_and_leaves_with_0_only_if_all_are_accepted(tmp_path: Path) -> None:
    good = next(BPMN.rglob("c3-m03-03-*.bpmn"))
    bad = tmp_path / "bad.bpmn"
    bad.write_text("<x/>")

    accepted, refused = run("check", str(good), "--json"), run("check", str(good), str(bad), "--json")

    assert accepted.exit_code == 0, accepted.output
    verdicts = json.loads(refused.output)
    assert refused.exit_code == 1
    assert [each["verdict"] for each in verdicts] == ["accepted", "refused"]
    assert verdicts[1]["findings"][0].keys() == {"rule", "severity", "element", "line", "message"}


def test_check_speaks_indonesian_where_it_is_asked_to() -> None:
    bad = Path(__file__).parents[1] / "drawings" / "rules" / "activity-complete" / "bad.bpmn"

    told = run("check", str(bad), "--language", "id")

    assert "error: activity-complete: Langkah" in told.output


def test_migrate_makes_a_database_and_does_no_harm_twice(tmp_path: Path) -> None:
    first, again = run("migrate", data=tmp_path), run("migrate", data=tmp_path)

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert (tmp_path / "lajur.db").exists()


def test_a_token_is_printed_once_and_acts_for_its_officer_within_its_scopes(wiring: Wiring) -> None:
    given = ("--name", "uji", "--purpose", "Laporan", "--scope", "cases:read", "--scope", "work:read", "--rate", "60")
    result = run("token", "create", HELPDESK, *given, data=wiring.settings.data_dir)

    made = wiring.engine.token(result.output.strip(), at=datetime.now(UTC))
    listed = run("token", "list", data=wiring.settings.data_dir).output

    assert result.output.startswith("lajur_")
    assert made is not None
    assert (made.login, made.scopes, made.rate) == (HELPDESK, frozenset({"cases:read", "work:read"}), 60)
    assert listed.startswith(f"1  {HELPDESK}  uji  cases:read,work:read  60 a minute  until 20")
    assert listed.endswith("not used\n")
    assert result.output.strip() not in listed


def test_a_token_says_what_it_may_and_is_taken_away_once(wiring: Wiring) -> None:
    place, given = wiring.settings.data_dir, ("token", "create", HELPDESK, "--name", "uji", "--purpose", "Laporan")

    silent, both = run(*given, data=place), run(*given, "--every-scope", "--scope", "cases:read", data=place)
    run(*given, "--every-scope", data=place)
    ended, again = (run("token", "end", "1", data=place) for _ in range(2))

    assert (silent.exit_code, both.exit_code) == (2, 2)
    assert ended.output == "Token 1 opens nothing any more.\n"
    assert (again.exit_code, "Expected to find token 1" in again.output) == (1, True)
    assert run("token", "list", data=place).output == "No program acts for an officer.\n"
    assert f"1  {HELPDESK}  uji" in run("token", "list", "--over", data=place).output


def test_an_administrator_is_made_with_a_password_of_some_length(wiring: Wiring) -> None:
    words = ("admin", "create", "baru", "--name", "Orang Baru")
    settings = {"LAJUR_DATA_DIR": str(wiring.settings.data_dir)}

    short = CliRunner().invoke(main, words, input="pendek\npendek\n", env=settings)
    made = CliRunner().invoke(main, words, input="panjang-sekali-ini\n" * 2, env=settings)

    assert "at least 12 characters" in short.output
    assert made.exit_code == 0, made.output
    with pytest.raises(NotFound):
        wiring.engine.officer("tidak-ada", at=NOW)


def test_with_the_first_administrator_everybody_is_asked_for_a_second_factor_unless_it_is_said_otherwise(
    wiring: Wiring,
) -> None:
    def create(*words: str) -> tuple[str, dict[str, date]]:
        made = run("admin", "create", *words, data=wiring.settings.data_dir, typed="panjang-sekali-ini\n" * 2)
        with wiring.engine.begin(at=NOW) as work:
            return made.output, dict(work.organisation.factors)

    assert create("satu", "--name", "Satu", "--factor-in", "0")[1] == {}
    said, held = create("dua", "--name", "Dua")
    (since,) = held.values()
    assert (list(held), since - datetime.now(UTC).date()) == ([""], timedelta(days=28))
    assert f"From {since} on everybody" in said
    assert create("tiga", "--name", "Tiga", "--factor-in", "5")[1] == held


def test_a_changed_audit_record_is_named_and_leaves_with_1(wiring: Wiring) -> None:
    sound = run("audit", "verify", data=wiring.settings.data_dir)
    with wiring.engine.begin(at=NOW) as work:
        for (name,) in work.connection.exec_driver_sql("select name from sqlite_master where type = 'trigger'").all():
            work.connection.exec_driver_sql(f"drop trigger {name}")
        work.connection.exec_driver_sql("update audit set data = '{}' where case_id = 0 and seq = 3")

    broken = run("audit", "verify", data=wiring.settings.data_dir)

    assert (sound.exit_code, broken.exit_code) == (0, 1)
    assert "record 3" in broken.output


def test_the_ends_of_all_chains_are_printed_and_compared_later(wiring: Wiring, tmp_path: Path) -> None:
    data = wiring.settings.data_dir
    kept, other = tmp_path / "ends.csv", tmp_path / "other.csv"
    kept.write_text(run("audit", "heads", data=data).output)
    other.write_text(f"0,2,{'1' * 64}\n")

    same = run("audit", "verify", "--against", str(kept), data=data)
    changed = run("audit", "verify", "--against", str(other), data=data)

    assert (same.exit_code, changed.exit_code) == (0, 1)
    assert "It continues what was kept." in same.output
    assert "chain 0, link 2" in changed.output


def test_a_refusal_is_one_sentence_and_no_stack(tmp_path: Path) -> None:
    result = run("token", "end", "1", data=tmp_path)

    assert result.exit_code == 1
    assert result.output.startswith("Error: Expected a database at")
    assert "Traceback" not in result.output


def test_the_24th_office_is_one_command_and_stands_in_every_list_of_offices(wiring: Wiring) -> None:
    data = wiring.settings.data_dir
    words = ["--name", "BP3MI Contoh", "--city", "Contoh", "--province", "Contoh", "--zone", "Asia/Jayapura"]

    added = run("office", "add", "papsel", *words, "--area", "93", data=data)
    strange = run("office", "add", "papsel", *words, "--area", "00.00", data=data)

    assert added.exit_code == 0, added.output
    assert "papsel is one of" in added.output
    assert "No regency, city or province has the code 00.00." in strange.output
    with wiring.engine.reading(at=wiring.clock()) as reader:
        assert "papsel" in {each.code for each in offices(reader)}
        found = office_for(reader, "93.01")
    assert found is not None
    assert found.code == "papsel"


def test_an_officer_of_the_new_office_is_added_posted_and_taken_out(wiring: Wiring, tmp_path: Path) -> None:
    data, secret = wiring.settings.data_dir, tmp_path / "secret"
    secret.write_text("cukup-panjang-sekali\n")

    done = [
        run("officer", "add", "ratih", "--name", "Ratih", "--password-file", str(secret), data=data),
        run(
            "officer",
            "post",
            "ratih",
            "pengelola-kasus",
            "pusat",
            "--acting",
            "Plh.",
            "--from",
            "2020-01-01",
            data=data,
        ),
    ]

    assert [each.exit_code for each in done] == [0, 0], [each.output for each in done]
    ratih = wiring.engine.officer("ratih", at=wiring.clock())
    assert [(each.post, each.office, each.acting.value) for each in ratih.holdings] == [
        ("pengelola-kasus", "pusat", "Plh.")
    ]
    assert run("officer", "deactivate", "ratih", "--reason", "pindah", data=data).exit_code == 0
    with pytest.raises(NotFound):
        wiring.engine.officer("ratih", at=wiring.clock())


def test_a_backup_restores_an_installation_in_another_folder(wiring: Wiring, tmp_path: Path) -> None:
    data, there, secret, file = wiring.settings.data_dir, tmp_path / "there", tmp_path / "secret", tmp_path / "b.lajur"
    secret.write_text("kuda bukit tujuh\n")
    key = ["--passphrase-file", str(secret)]

    saved, again = run("backup", str(file), *key, data=data), run("backup", str(file), *key, data=data)
    back, over = run("restore", str(file), *key, data=there), run("restore", str(file), *key, data=there)

    assert (saved.exit_code, back.exit_code) == (0, 0), saved.output + back.output
    assert "The audit trail holds." in back.output
    assert "never overwrites" in again.output
    assert "never overwrites keys" in over.output
    assert (there / "keys.json").read_bytes() == (data / "keys.json").read_bytes()


def test_a_password_for_one_sign_in_is_printed_and_opens_nothing_but_the_choice_of_another(
    wiring: Wiring, browser: Browser
) -> None:
    secret = run("officer", "password", HELPDESK, data=wiring.settings.data_dir).output.strip()

    assert browser.sign_in(HELPDESK, secret).response.request.path == "/me"
    assert browser.get("/cases").response.request.path == "/me"
