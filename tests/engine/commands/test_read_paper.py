"""Looking at a document of a case."""

from typing import Any

import pytest

from engine import NotFound, attach_paper, read_paper
from engine.storage import tables
from tests.engine.commands.papers import PDF
from tests.small_office import Play


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user A -> end")
    case = play.open()
    told: dict[str, Any] = {"kind": "lainnya", "name": "Surat Bunga Contoh.pdf", "content": PDF}
    play.engine.perform(attach_paper, case, **told, officer="sri", at=play.now)
    return case


def test_every_look_is_in_the_access_record(play: Play, number: str) -> None:
    read = play.engine.perform(read_paper, number, 1, officer="budi", at=play.now)

    assert (read.name, read.content) == ("Surat Bunga Contoh.pdf", PDF)
    (record,) = play.rows(tables.access_record)
    assert (record["kind"], record["officer"]) == ("paper.read", "budi")
    assert "Bunga" not in str(record["data"])


def test_another_office_and_another_case_find_nothing(play: Play, number: str) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(read_paper, number, 1, officer="wayan", at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(read_paper, play.open(), 1, officer="sri", at=play.now)
