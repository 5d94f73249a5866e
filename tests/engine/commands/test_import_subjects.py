"""Taking over an office's own register."""

from typing import Any

import pytest

from engine import NotYours, import_subjects, recognise_subject, reveal_person
from engine.storage import tables
from tests.engine.people import OTHER, SITI, SITI_AGAIN, WHY, People

BOOK = "Buku register 2024"


def take(people: People, *rows: dict[str, Any], **more: Any) -> Any:
    return people.do(import_subjects, list(rows), source=BOOK, **more)


def test_good_rows_are_taken_and_bad_ones_refused_with_what_is_wrong(people: People) -> None:
    bad = {"nama": "Contoh", "nik": "99", "tanggal_lahir": "31-02-1990", "agama": "x"}

    result = take(people, {**OTHER, "jenis_kelamin": "L", "rute": "Batam"}, bad, {"alamat": "Jalan"})

    assert [each.state for each in result.rows] == ["taken", "refused", "refused"]
    assert {name for name, _ in result.rows[1].problems} == {"agama", "nik", "tanggal_lahir"}
    shown = people.do(reveal_person, result.rows[0].person, reason=WHY)
    assert shown.fields == {**OTHER, "jenis_kelamin": "laki-laki"}
    (source,) = people.play.rows(tables.subject_source)
    assert (source["source"], source["row"], source["office"], source["facts"]) == (
        BOOK,
        1,
        "JATENG",
        {"rute": "Batam"},
    )
    assert "subjects.imported" in people.kinds()


def test_who_is_probably_known_is_taken_and_said(people: People) -> None:
    known = people.person(people.case(SITI))
    people.case(OTHER, "wayan", "NTB")

    result = take(people, SITI_AGAIN, {"nama": "B. Contoh", "nik": OTHER["nik"]})

    assert [each.state for each in result.rows] == ["known", "known"]
    assert result.rows[0].candidates == (known,)
    assert (result.rows[1].candidates, result.rows[1].elsewhere) == ((), ("NTB",))


def test_the_same_file_twice_is_taken_once(people: People) -> None:
    take(people, SITI, OTHER)

    again = take(people, SITI, OTHER, {"nama": "Orang Baru Contoh"})

    assert [each.state for each in again.rows] == ["earlier", "earlier", "taken"]


def test_a_dry_run_takes_nobody(people: People) -> None:
    result = take(people, SITI, dry=True)

    assert [each.state for each in result.rows] == ["taken"]
    assert people.play.count(tables.subject) == people.play.count(tables.subject_source) == 0


def test_who_was_brought_in_is_recognised_at_intake(people: People) -> None:
    person = take(people, SITI).rows[0].person
    case = people.case(SITI_AGAIN)

    assert [each.person for each in people.do(recognise_subject, case).known] == [person]


def test_nobody_imports_into_another_office(people: People) -> None:
    with pytest.raises(NotYours):
        take(people, SITI, office="NTB")
