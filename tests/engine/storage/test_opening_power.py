"""What updates give the posts that are there: what the register gives them in a new house."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import text

from engine import Database
from engine.storage.schema import migrate
from sop_catalog import registers


def test_an_update_lets_posts_open_what_the_register_says_and_those_added_by_hand_everything(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'old.db'}", create=True)
    migrate(database, "0012")
    with database.writing() as connection:
        for code, powers in (
            ("petugas-sispopmi", "[]"),
            ("kepala-bp3mi", '["audit","oversee"]'),
            ("pengemudi", "[]"),
            ("juru-bahasa", "[]"),
        ):
            connection.execute(
                text("INSERT INTO post (code, title, powers) VALUES (:c, :c, :p)"), {"c": code, "p": powers}
            )

    migrate(database)

    with database.reading() as connection:
        held = {code: json.loads(powers) for code, powers in connection.execute(text("SELECT code, powers FROM post"))}
    database.close()
    assert held == {
        "petugas-sispopmi": ["open:c3"],
        "kepala-bp3mi": ["audit", "exchange", "open", "oversee"],
        "pengemudi": [],
        "juru-bahasa": ["open"],
    }
    shipped = {each.code: {power for power in each.powers if power.startswith("open")} for each in registers.posts()}
    assert all(
        {power for power in held[code] if power.startswith("open")} == shipped[code] for code in shipped.keys() & held
    )


def test_an_update_gives_each_new_power_to_the_posts_that_the_register_gives_it_to(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'old.db'}", create=True)
    migrate(database, "0014")
    with database.writing() as connection:
        for each in registers.posts():
            connection.execute(text("INSERT INTO post (code, title, powers) VALUES (:c, :c, '[]')"), {"c": each.code})

    migrate(database)

    with database.reading() as connection:
        held = {code: json.loads(powers) for code, powers in connection.execute(text("SELECT code, powers FROM post"))}
    database.close()
    later = {"exchange", "figures"}
    assert held == {each.code: sorted(later & set(each.powers)) for each in registers.posts()}
