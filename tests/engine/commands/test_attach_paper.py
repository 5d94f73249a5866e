"""Attaching a document to a case."""

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from engine import FormNotValid, NotFound, NotValid, WrongState, attach_paper, cancel_case, read_paper
from engine.domain.limits import LIMITS
from engine.domain.release import Field, FieldKind
from engine.storage import tables
from engine.storage.key_ring import CellChanged
from engine.storage.paper_types import (
    FileActs,
    FileDamaged,
    FileTooLarge,
    KindOfFile,
    NameMisleads,
    PictureTooLarge,
    take_in,
    tidy_name,
)
from tests.engine.commands.papers import DOCX, PDF, packed, photo
from tests.small_office import Play

CARD = {"form": (Field("kk", "Kartu keluarga", FieldKind.DOCUMENT, required=True),)}


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user A -> end", A=CARD)
    return play.open()


def attach(play: Play, number: str, content: bytes = PDF, **more: Any) -> int:
    told = {"kind": "kk", "name": "kk.pdf", "officer": "sri", **more}
    return play.engine.perform(attach_paper, number, content=content, at=play.now, **told).number or 0


def test_a_document_is_kept_encrypted_and_comes_back_as_it_was(play: Play, number: str) -> None:
    content = PDF[:-6] + b"x" * 2_500_000 + b"%%EOF\n"

    paper = attach(play, number, content, name="KK Bunga Contoh.pdf")

    assert play.engine.perform(read_paper, number, paper, officer="sri", at=play.now).content == content
    assert len(play.rows(tables.paper_content)) == 3
    stored = b"".join(row["content"] for row in play.rows(tables.paper_content))
    assert b"xxxxxxxx" not in stored
    assert "Bunga" not in play.rows(tables.paper)[0]["name"]


def test_attaching_is_recorded_without_the_name_of_the_file(play: Play, number: str) -> None:
    attach(play, number, name="KK Bunga Contoh.pdf")

    record = play.rows(tables.audit)[-1]
    assert (record["kind"], record["officer"], record["data"]["paper_kind"]) == ("paper.attached", "sri", "kk")
    assert "Bunga" not in str(record)


def test_a_part_moved_to_another_document_is_found_out(play: Play, number: str) -> None:
    first, second = attach(play, number), attach(play, number)
    content = play.rows(tables.paper_content)[0]["content"]
    with play.engine.database.writing() as connection:
        change = tables.paper_content.update().where(tables.paper_content.c.paper_id == second)
        connection.execute(change.values(content=content))

    with pytest.raises(CellChanged):
        play.engine.perform(read_paper, number, second, officer="sri", at=play.now)
    assert first != second


def test_a_step_is_refused_until_its_required_document_is_there(play: Play, number: str) -> None:
    with pytest.raises(FormNotValid) as refused:
        play.complete("A")
    assert refused.value.errors == {"kk": ("Expected this document to be attached to the case.",)}

    attach(play, number)
    play.complete("A")

    assert {row["name"]: row["value"] for row in play.rows(tables.fact)} == {"kk": True}


def test_another_document_does_not_answer_for_it(play: Play, number: str) -> None:
    attach(play, number, kind="lainnya")

    with pytest.raises(FormNotValid):
        play.complete("A")


def test_nobody_can_say_that_a_document_is_there(play: Play, number: str) -> None:
    with pytest.raises(FormNotValid):
        play.complete("A", facts={"kk": True})


def test_conditions_read_whether_a_document_that_may_be_missing_is_there(play: Play) -> None:
    form = (
        Field("surat", "Surat", FieldKind.DOCUMENT),
        Field("nomor", "Nomor surat", when="surat = true", required=True),
    )
    play.publish("start -> user A -> end", A={"form": form})
    number = play.open()

    attach(play, number, kind="surat")

    with pytest.raises(FormNotValid) as refused:
        play.complete("A")
    assert list(refused.value.errors) == ["nomor"]


def test_an_office_that_takes_no_part_sees_no_such_case(play: Play, number: str) -> None:
    with pytest.raises(NotFound):
        attach(play, number, officer="wayan")


def test_a_case_that_has_ended_takes_no_more(play: Play, number: str) -> None:
    play.engine.perform(cancel_case, number, reason="Salah buka", officer="sri", at=play.now)

    with pytest.raises(WrongState):
        attach(play, number)


def test_a_case_takes_only_so_many(play: Play, number: str) -> None:
    play.engine.limits = replace(LIMITS, papers_of_case=1)
    attach(play, number)

    with pytest.raises(NotValid, match="at most 1"):
        attach(play, number)


def test_the_same_key_attaches_once(play: Play, number: str) -> None:
    assert attach(play, number, key="k") == attach(play, number, key="k")
    assert play.count(tables.paper) == 1


def test_a_photo_is_painted_anew_the_right_way_up_and_without_its_words() -> None:
    taken = take_in("foto.JPG", photo(size=(4000, 100), turned=True, place=b"Rumah Bunga"), LIMITS)

    with Image.open(io.BytesIO(taken.content)) as picture:
        assert picture.size == (60, 2400)
        assert not picture.getexif()
    assert b"Rumah Bunga" not in taken.content


def test_a_webp_becomes_a_jpeg_by_name_too() -> None:
    made = io.BytesIO()
    Image.new("RGB", (4, 4)).save(made, "WEBP")

    taken = take_in("foto.webp", made.getvalue(), LIMITS)

    assert (taken.name, taken.type) == ("foto.jpg", "image/jpeg")


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.pdf", b"", FileDamaged),
        ("a.pdf", b"%PDF-1.4 no end", FileDamaged),
        ("a.pdf", PDF.replace(b"Contoh", b"/JavaScript"), FileActs),
        ("a.exe", PDF, NameMisleads),
        ("a.exe.pdf", PDF, NameMisleads),
        ("a.pdf.html", PDF, NameMisleads),
        ("a.jpg", PDF, NameMisleads),
        ("a.pdf", photo(), NameMisleads),
        ("a.html", b"<html><script>1</script>", KindOfFile),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", KindOfFile),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", KindOfFile),
        ("a.gif", b"GIF89a\x01\x00\x01\x00", KindOfFile),
        ("a.zip", packed("a.txt"), KindOfFile),
        ("a.docx", DOCX[:40], FileDamaged),
        ("a.docx", packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), FileActs),
        ("a.jpg", photo()[:60], FileDamaged),
        ("a.png", b"\x89PNG\r\n\x1a\nnot a picture", FileDamaged),
    ],
    ids=[str(number) for number in range(1, 18)],  # a packed file says when it was packed, so it names nothing
)
def test_what_is_no_plain_document_is_refused_with_its_reason(
    name: str, content: bytes, refusal: type[NotValid]
) -> None:
    with pytest.raises(refusal):
        take_in(name, content, LIMITS)


def test_a_file_or_a_picture_beyond_its_bounds_is_refused() -> None:
    with pytest.raises(FileTooLarge):
        take_in("a.pdf", PDF, replace(LIMITS, attachment_bytes=3))
    with pytest.raises(PictureTooLarge):
        take_in("a.jpg", photo(), replace(LIMITS, picture_points=100))
    with pytest.raises(FileDamaged):
        take_in("a.docx", DOCX, replace(LIMITS, unpacked_bytes=3))


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("../../etc/Surat v1.2.pdf", "Surat v1.2.pdf"),
        ("C:\\x\\kk\u202efdp.pdf", "kkfdp.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie b.pdf"),
        ("", "dokumen"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_fit_for_any_screen_and_file_system(name: str, tidy: str) -> None:
    assert tidy_name(name) == tidy
