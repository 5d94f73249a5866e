"""What the command line says of itself, and of words that it cannot do anything with: one sentence, never a stack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from web.cli import main
from web.version import commit, version
from web.wiring import Wiring

SECRET = "kata-sandi-rahasia"
OFFICE = ("--name", "X", "--city", "X", "--province", "31", "--zone", "Asia/Jakarta")


def run(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(words), env=environment)


def commands(group: click.Command = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every word and every pair of words that the command line knows."""
    if isinstance(group, click.Group):
        for name in group.list_commands(click.Context(group)):
            found = group.get_command(click.Context(group), name)
            assert found is not None
            yield (*path, name)
            yield from commands(found, (*path, name))


def command(words: tuple[str, ...]) -> click.Command:
    found: click.Command = main
    for word in words:
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word) or found
    return found


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_says_what_it_does_and_what_each_option_is_for(words: tuple[str, ...]) -> None:
    told = command(words)

    result = run(*words, "--help")

    assert result.exit_code == 0, result.output
    assert (told.help or "").strip().endswith((".", ".)"))
    silent = [each.name for each in told.params if isinstance(each, click.Option) and not each.help]
    assert silent == []


def test_no_line_of_a_list_of_commands_is_cut_short() -> None:
    groups = [(), *(each for each in commands() if isinstance(command(each), click.Group))]

    cut = [
        line
        for each in groups
        for line in run(*each, "--help").output.splitlines()
        if line.endswith("...") and "Usage:" not in line
    ]

    assert cut == []


WRONG = {
    "an unknown command": (("dance",), "No such command 'dance'"),
    "an unknown login": (("officer", "password", "tidak-ada"), "Expected to find officer tidak-ada"),
    "an unknown login for a token": (
        ("token", "create", "tidak-ada", "--name", "x", "--purpose", "x", "--every-scope"),
        "find officer tidak-ada",
    ),
    "an unknown login to let go": (("officer", "deactivate", "tidak-ada", "--reason", "x"), "officer tidak-ada"),
    "a day that is none": (
        ("officer", "post", "a", "petugas-helpdesk", "pusat", "--from", "2026-02-30"),
        "“2026-02-30” is not a day. Write it like 2026-11-22.",
    ),
    "a code that is none": (("office", "add", "BP3MI Baru!", *OFFICE), "“BP3MI Baru!” is not a code."),
    "an unknown office": (("office", "phone", "bp3mi-tiada", "021 123456"), "find office bp3mi-tiada"),
    "a telephone that is none": (("office", "phone", "bp3mi-jatim", "di mana saja"), "the telephone"),
    "an unknown zone": (("office", "add", "baru", *OFFICE[:-1], "Asia/Nowhere"), "Asia/Nowhere"),
    "a missing file": (("check", "/tidak/ada.bpmn"), "'/tidak/ada.bpmn' does not exist"),
    "a folder that is not there": (
        ("backup", "/tidak/ada/cadangan.lajur", "--passphrase-file", "secret"),
        "/tidak/ada/cadangan.lajur.unfinished cannot be used: No such file or directory.",
    ),
    "a file that is no backup": (("restore", "secret", "--passphrase-file", "secret"), "a backup made by Lajur"),
    "a key that is not in the ring": (("keys", "retire", "k9"), "The key ring holds no key k9."),
    "the key in use": (("keys", "retire", "k1"), "k1 is the current key."),
}
"""What is wrong → the words, and what must be said of them."""


@pytest.mark.parametrize("name", WRONG)
def test_wrong_words_are_answered_with_one_sentence(
    name: str, wiring: Wiring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, wanted = WRONG[name]
    monkeypatch.chdir(tmp_path)
    Path("secret").write_text("kuda bukit tujuh\n")
    fresh = {"LAJUR_KEYS": "new.json"} if words[0] == "restore" else {}

    result = run(*words, LAJUR_DATA_DIR=str(wiring.settings.data_dir), **fresh)

    assert result.exit_code != 0
    assert isinstance(result.exception, SystemExit)
    assert wanted in result.output
    assert sum(line.startswith("Error:") for line in result.output.splitlines()) == 1


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://lajur:{SECRET}@127.0.0.1:9/lajur",
        f"postgresql://lajur:{SECRET}@127.0.0.1:nine/lajur",
        f"postgresql://127.0.0.1:9/lajur?user=lajur&password={SECRET}",
        f"mysql://lajur:{SECRET}@127.0.0.1/lajur",
        f"lajur:{SECRET}@127.0.0.1",
    ],
)
@pytest.mark.parametrize("words", [("migrate",), ("health",), ("restore", "secret", "--passphrase-file", "secret")])
def test_an_address_of_no_database_is_told_without_its_password(
    address: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret").write_text("kuda\n")

    result = run(*words, LAJUR_DATA_DIR=str(tmp_path), LAJUR_DATABASE_URL=address)

    assert (result.exit_code, SECRET in result.output) == (1, False)
    assert isinstance(result.exception, SystemExit)
    assert result.output.startswith("Error: Expected ")


def test_a_key_ring_that_was_spoilt_is_named(wiring: Wiring) -> None:
    ring = wiring.settings.key_ring
    ring.chmod(0o600)
    ring.write_text("{}")

    result = run("health", LAJUR_DATA_DIR=str(wiring.settings.data_dir))

    assert result.exit_code == 1
    assert f"Expected a key ring in {ring}" in result.output


def test_the_version_is_that_of_the_tree_with_its_commit(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "7.8.9"\n')
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / ".git" / "packed-refs").write_text("# pack-refs\n" + "ab" * 20 + " refs/heads/main\n")

    assert (version(tmp_path), commit(tmp_path)) == ("7.8.9", "ababababab")
    assert commit(tmp_path / "elsewhere") == ""
