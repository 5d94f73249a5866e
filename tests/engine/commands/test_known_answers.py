"""What is known of a case's person already does not have to be answered again."""

from typing import Any

import pytest

from engine import FormNotValid, admit_person, link_subject, open_event, read_form, reveal_subject
from engine.domain.release import Bound, Field, FieldKind
from engine.forms import REQUIRED
from engine.queries.together import together
from engine.queries.work_item import work_item_page
from engine.storage import tables
from engine.storage.subjects import names_known, names_of_many
from tests.engine.people import SITI, WHY, People
from tests.small_office import MORNING, Play

NAMA = Field("nama", "Nama", required=True, bound=Bound.SUBJECT)
ALAMAT = Field("alamat", "Alamat", required=True, bound=Bound.SUBJECT)
FORM = (NAMA, ALAMAT, Field("catatan", "Catatan"))


def taken_in(play: Play, form: tuple[Field, ...] = FORM, **person: str) -> str:
    """A case whose person a group's table told of."""
    play.publish("start -> user A -> user B -> end", A={"form": form}, B={"form": form})
    given: dict[str, Any] = {"office": "JATENG", "title": "Kapal dari utara", "procedure": "main"}
    group = play.engine.perform(open_event, officer="sri", at=play.now, **given).name
    return str(play.engine.perform(admit_person, group, person, officer="sri", at=play.now).case)


def told(play: Play, case: str) -> dict[str, str]:
    return dict(play.engine.perform(reveal_subject, case, reason=WHY, officer="sri", at=play.now).fields)


def test_what_the_groups_table_said_is_not_required_again_and_stays(play: Play) -> None:
    case = taken_in(play, nama="Dewi Sukma Contoh", alamat="Jalan Contoh 1")

    play.complete("A", facts={"nama": "", "catatan": "datang"})

    assert told(play, case) == {"nama": "Dewi Sukma Contoh", "alamat": "Jalan Contoh 1"}


def test_what_an_earlier_step_wrote_down_may_be_written_anew(play: Play) -> None:
    case = taken_in(play, nama="Dewi Sukma Contoh")
    play.complete("A", facts={"alamat": "Jalan Contoh 1"})

    play.complete("B", facts={"alamat": "Jalan Contoh 2"})

    assert told(play, case) == {"nama": "Dewi Sukma Contoh", "alamat": "Jalan Contoh 2"}


def test_what_nobody_knows_is_required(play: Play) -> None:
    taken_in(play, nama="Dewi Sukma Contoh")

    with pytest.raises(FormNotValid) as refused:
        play.complete("A")

    assert refused.value.errors == {"alamat": (REQUIRED,)}


def test_a_case_without_a_person_is_asked_everything(play: Play) -> None:
    play.publish("start -> user A -> end", A={"form": FORM})
    play.open()

    with pytest.raises(FormNotValid) as refused:
        play.complete("A", facts={"catatan": "datang"})

    assert sorted(refused.value.errors) == ["alamat", "nama"]


def test_whoever_was_recognised_is_known_but_for_what_belongs_to_another_episode(people: People) -> None:
    first = people.case({**SITI, "perekrut_nama": "Joko Contoh", "utang": "banyak"})
    again = people.case({"telepon": "080000000001"})
    people.do(link_subject, again, subject=people.person(first))
    numbers = [each["subject_id"] for each in people.play.rows(tables.case)]

    with people.play.engine.database.reading() as connection:
        each = {number: frozenset(connection.execute(names_known(number)).scalars()) for number in numbers}
        many = names_of_many(connection, numbers)

    assert many == each
    assert many[people.person(again)] == {*SITI, "telepon"}


def test_a_page_tells_the_names_of_what_is_known_and_no_values(play: Play) -> None:
    taken_in(play, nama="Dewi Sukma Contoh")
    item = play.item("A").number

    with play.engine.reading(at=play.now) as reader:
        officer = play.engine.officer("sri", at=play.now)
        page, (chosen,) = work_item_page(reader, officer, item), together(reader, officer, [item])

    assert page.known == chosen.known == {"nama"}
    assert "Dewi" not in str((page, chosen))


def test_an_answer_on_which_other_questions_depend_is_asked_again() -> None:
    form = (
        Field("jenis", "Jenis", required=True, bound=Bound.SUBJECT),
        Field("lain", "Lain", when='jenis = "lain"'),
    )

    with pytest.raises(FormNotValid):
        read_form(form, {}, {}, at=MORNING, of_person={"jenis"})


def test_a_list_about_the_person_that_is_known_is_not_emptied() -> None:
    form = (Field("nama_alias", "Nama lain", FieldKind.LIST, required=True, bound=Bound.SUBJECT),)

    assert read_form(form, {"nama_alias": []}, {}, at=MORNING, of_person={"nama_alias"}) == {}


def test_a_fact_of_the_same_name_as_something_known_is_still_required() -> None:
    with pytest.raises(FormNotValid):
        read_form((Field("alamat", "Alamat", required=True),), {}, {}, at=MORNING, of_person={"alamat"})
