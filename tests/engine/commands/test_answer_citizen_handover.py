"""A local government answers a hand-over."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, Receipt, WrongState, answer_citizen_handover
from engine.storage import tables
from engine.storage.paper_types import FileTooLarge, NameMisleads, ScanWanted
from tests.engine.commands.papers import DOCX, PDF, photo
from tests.engine.homes import Homes


def answer(homes: Homes, login: str, number: str, *, accepted: bool = True, **more: Any) -> Receipt:
    given: dict[str, Any] = {"accepted": accepted, "happened_at": homes.play.now, "protocol": "BA-7/2026", **more}
    made: Receipt = homes.do(answer_citizen_handover, login, number, **given)
    return made


def test_an_acceptance_is_kept_with_its_protocol_and_the_office_is_told(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()

    assert answer(homes, login, number).state == "accepted"

    (record,) = homes.records("citizen_handover.answered")
    assert record["data"]["pemda"] == "35.07"
    assert "BA-7/2026" not in str(homes.play.rows(tables.pemda_report)) + str(record)
    told = [row for row in homes.play.rows(tables.notice) if row["kind"] == "handover.pemda-answered"]
    assert told
    assert {row["name"] for row in told} == {"Pemda 35.07"}


def test_where_a_drawing_waits_for_the_answer_the_case_moves(homes: Homes) -> None:
    homes.play.publish("start -> catch answered (message pemda_serah_terima) -> user After -> end", code="home")
    number, login = homes.case(), homes.pemda()
    assert "After" not in {each.element for each in homes.play.items()}

    answer(homes, login, number)

    assert "After" in {each.element for each in homes.play.items()}


def test_a_refusal_says_why_and_may_be_followed_by_an_acceptance_but_not_the_other_way(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    with pytest.raises(NotValid):
        answer(homes, login, number, accepted=False)

    answer(homes, login, number, accepted=False, protocol="", note="Keluarga belum siap")
    answer(homes, login, number)
    with pytest.raises(WrongState):
        answer(homes, login, number, accepted=False, note="Berubah")


@pytest.mark.parametrize("wrong", [{"protocol": " "}, {"protocol": "x" * 101}, {"note": "x" * 2_001}], ids=str)
def test_without_its_protocol_or_with_too_many_words_it_is_refused(homes: Homes, wrong: dict[str, Any]) -> None:
    number, login = homes.case(), homes.pemda()

    with pytest.raises(NotValid):
        answer(homes, login, number, **wrong)


@pytest.mark.parametrize("away", [timedelta(hours=1), timedelta(days=-400)], ids=["to come", "long ago"])
def test_it_has_happened_and_not_long_ago(homes: Homes, away: timedelta) -> None:
    number, login = homes.case(), homes.pemda()

    with pytest.raises(NotValid):
        answer(homes, login, number, happened_at=homes.play.now + away)


def test_nobody_answers_for_another_areas_citizen_or_for_who_is_protected(homes: Homes) -> None:
    number, hidden, login = homes.case(), homes.case(hasil_penapisan="terindikasi"), homes.pemda("35.08")
    own = homes.pemda()

    with pytest.raises(NotFound):
        answer(homes, login, number)
    with pytest.raises(NotFound):
        answer(homes, own, hidden)


def test_the_signed_protocol_lies_with_the_papers_of_the_case_encrypted(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()

    answer(homes, login, number, name="BA Siti Contoh.jpg", content=photo(place=b"Zztempat"))

    (paper,) = homes.play.rows(tables.paper)
    assert (paper["kind"], paper["type"], paper["added_by"]) == ("berita_acara", "image/jpeg", None)
    (record,) = homes.records("citizen_paper.brought")
    assert (record["data"]["paper"], record["data"]["pemda"]) == (paper["id"], "35.07")
    everything = str([homes.play.rows(each) for each in tables.metadata.sorted_tables])
    assert [each for each in ("BA Siti", "Zztempat") if each in everything] == []


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("ba.docx", DOCX, ScanWanted),
        ("ba.heic", b"\0\0\0\x18ftypheic\0\0\0\0", ScanWanted),
        ("ba.exe", b"MZ\x90\x00", ScanWanted),
        ("ba.exe", PDF, NameMisleads),
        ("ba.pdf", b"%PDF-" + b"x" * 20_000_001, FileTooLarge),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_file_that_cannot_be_taken_leaves_nothing_of_the_answer(
    homes: Homes, name: str, content: bytes, refusal: type[NotValid]
) -> None:
    number, login = homes.case(), homes.pemda()

    with pytest.raises(refusal):
        answer(homes, login, number, name=name, content=content)

    assert (homes.play.count(tables.paper), homes.play.count(tables.pemda_report)) == (0, 0)


def test_a_signed_protocol_belongs_to_a_yes(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()

    with pytest.raises(NotValid, match="signed protocol"):
        answer(homes, login, number, accepted=False, note="Belum", name="ba.pdf", content=PDF)


def test_whose_citizen_it_is_comes_before_what_the_file_is(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda("35.08")

    with pytest.raises(NotFound):
        answer(homes, login, number, name="ba.exe", content=b"MZ")


def test_a_case_has_no_more_papers_than_it_may(homes: Homes, monkeypatch: pytest.MonkeyPatch) -> None:
    number, login = homes.case(), homes.pemda()
    monkeypatch.setattr("engine.storage.papers.Papers.count", lambda *_: 200)

    with pytest.raises(NotValid, match="at most 200"):
        answer(homes, login, number, name="ba.pdf", content=PDF)


def test_it_is_taken_when_the_case_has_ended_as_well(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    while open_items := homes.play.items():
        homes.play.complete_number(open_items[0])
    assert {row["state"] for row in homes.play.rows(tables.case)} == {"completed"}

    assert answer(homes, login, number, name="ba.pdf", content=PDF).state == "accepted"

    assert homes.play.count(tables.paper) == 1
