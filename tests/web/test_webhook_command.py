"""`lajur webhook`: a program is told of events, its secret is shown once, and it is told nothing any more."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.storage.webhooks import get_webhook
from web.cli import main
from web.wiring import Wiring

URL = "https://mitra.contoh.example:8443/kabar?kunci=rahasia7"
ADD = ("add", "Mitra", "--event", "case.opened", "--event", "case.ended")


def run(wiring: Wiring, *words: str, typed: str = "") -> Result:
    settings = {"LAJUR_DATA_DIR": str(wiring.settings.data_dir), "LAJUR_LOG_LEVEL": "debug"}
    return CliRunner().invoke(main, ["webhook", *words], env=settings, input=typed)


def address_in(folder: Path) -> str:
    path = folder / "alamat"
    path.write_text(f"{URL}\n", encoding="utf-8")
    return str(path)


def test_the_secret_is_printed_once_alone_and_is_the_one_that_signs(wiring: Wiring, tmp_path: Path) -> None:
    made = run(wiring, *ADD, "--url-file", address_in(tmp_path))

    assert made.exit_code == 0, made.output
    secret = made.stdout.strip()
    with wiring.engine.reading(at=wiring.clock()) as reader:
        found = get_webhook(reader.connection, reader.keys, 1)
    assert found is not None
    assert (found.secret, found.url, found.kinds) == (secret, URL, ("case.ended", "case.opened"))
    assert secret not in made.stderr
    assert "rahasia7" not in made.output


def test_the_list_tells_neither_the_secret_nor_a_key_in_the_address(wiring: Wiring, tmp_path: Path) -> None:
    before = run(wiring, "list").output
    secret = run(wiring, *ADD, "--url-file", address_in(tmp_path)).stdout.strip()

    listed = run(wiring, "list").output

    assert before == "No program is told of events.\n"
    assert listed == "1  Mitra  https://mitra.contoh.example:8443/kabar?…  case.ended, case.opened\n"
    assert secret not in listed


def test_one_that_ended_is_told_so_and_is_ended_once(wiring: Wiring) -> None:
    run(wiring, *ADD, "--url", URL)

    ended, again, nobody = (run(wiring, "end", number) for number in ("1", "1", "9"))

    assert ended.output == "Webhook 1 is told nothing any more.\n"
    assert run(wiring, "list").output.rstrip().split("  ")[-1].startswith("ended 20")
    assert [(each.exit_code, each.output.startswith("Error: Expected")) for each in (again, nobody)] == [(1, True)] * 2


def test_the_address_is_asked_for_where_none_is_given(wiring: Wiring) -> None:
    made = run(wiring, *ADD, typed=f"{URL}\n")

    assert made.exit_code == 0, made.output
    assert len(made.stdout.strip()) == 64
    assert "mitra.contoh.example" in run(wiring, "list").output


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("add", "Mitra", "--url", URL), 2, "--event"),
        (("add", "Mitra", "--event", "subject.revealed", "--url", URL), 2, "case.opened"),
        ((*ADD, "--url", "ftp://mitra.contoh.example/"), 1, "Expected an address"),
        (("add", " ", "--event", "case.opened", "--url", URL), 1, "Expected the name"),
    ],
)
def test_what_nobody_could_be_told_is_refused(wiring: Wiring, words: tuple[str, ...], code: int, told: str) -> None:
    refused = run(wiring, *words)

    assert (refused.exit_code, told in refused.output) == (code, True), refused.output
    assert run(wiring, "list").output == "No program is told of events.\n"


def test_an_address_within_the_own_network_says_what_it_needs(wiring: Wiring) -> None:
    made = run(wiring, *ADD, "--url", "http://mitra.contoh.example/")

    assert "LAJUR_WEBHOOK_PRIVATE" in made.stderr
    assert len(made.stdout.strip()) == 64


def test_one_is_tried_told_again_and_given_a_new_secret(wiring: Wiring) -> None:
    old = run(wiring, *ADD, "--url", URL).stdout.strip()

    tried = run(wiring, "try", "1")
    replayed = run(wiring, "replay", "1", "--since", "2026-01-01", "--until", "2026-02-01T08:00")
    rotated = run(wiring, "rotate", "1", "--overlap", "0")

    with wiring.engine.reading(at=wiring.clock()) as reader:
        found = get_webhook(reader.connection, reader.keys, 1)
    assert found is not None
    assert tried.output == "Webhook 1 is called once.\n"
    assert replayed.output == "Calls to be sent again: 0.\n"
    assert (rotated.stdout.strip(), rotated.stdout.strip() != old) == (found.secret, True)
    assert found.secret not in rotated.stderr


@pytest.mark.parametrize(
    "words",
    [("rotate", "1", "--overlap", "31"), ("replay", "1", "--since", "kemarin", "--until", "2026-02-01"), ("try", "x")],
)
def test_what_is_no_number_and_no_moment_is_a_wrong_word(wiring: Wiring, words: tuple[str, ...]) -> None:
    assert run(wiring, *words).exit_code == 2
