"""Reading some fields of many persons at once tells what reading each of them tells."""

from engine import confirm_merge, propose_merge
from engine.storage.subjects import Subjects
from tests.engine.people import OTHER, SITI, SITI_AGAIN, WHY, People
from tests.small_office import KEYS

ONLY = ("nama", "tanggal_lahir")


def test_many_are_read_as_each_alone_also_who_was_joined(people: People) -> None:
    first, second, other = (people.person(people.case(fields)) for fields in (SITI, SITI_AGAIN, OTHER))
    merge = people.do(propose_merge, first, second, reason=WHY)
    people.do(confirm_merge, merge.number, officer="budi")

    with people.play.engine.database.reading() as connection:
        subjects = Subjects(connection, KEYS)
        many = subjects.read_many([first, second, other], ONLY)
        alone = {each: subjects.read(each).fields for each in (first, second, other)}

    assert many == {each: {name: fields[name] for name in ONLY} for each, fields in alone.items()}


def test_what_belongs_to_one_episode_is_never_among_them(people: People) -> None:
    number = people.person(people.case({**SITI, "perekrut_nama": "Perekrut Contoh"}))

    with people.play.engine.database.reading() as connection:
        assert Subjects(connection, KEYS).read_many([number], ["perekrut_nama"]) == {number: {}}
