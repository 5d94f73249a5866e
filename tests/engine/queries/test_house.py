"""What whoever runs the house sees of it."""

from datetime import timedelta

import pytest

from engine import NotFound, NotYours, WrongState, add_post, assign_post, retry_incident
from engine.domain.organisation import Officer, Post
from engine.domain.release import Performer
from engine.queries.health import health
from engine.queries.house import incidents, office_lines, officer_lines, officer_page, post_lines
from tests.small_office import MORNING, Play


@pytest.fixture
def admin(play: Play) -> Officer:
    """Hana of the head office, who may administer."""
    play.engine.perform(add_post, Post("admin", "Admin Sistem", ("administer",)), at=MORNING)
    play.engine.perform(assign_post, "hana", post="admin", office="PUSAT", begins_on=MORNING.date(), at=MORNING)
    return play.engine.officer("hana", at=MORNING)


def troubled(play: Play, case: int | None = None) -> int:
    with pytest.raises(WrongState) as lost:
        raise WrongState(act="deliver", what="a message", state="lost")
    return play.engine.note_incident(lost.value, case=case, event="pass_time", at=play.now)


def test_an_incident_of_any_office_is_shown_and_tried_again_without_a_right_to_its_case(
    play: Play, admin: Officer
) -> None:
    play.publish("start -> user A -> end")
    case = play.open()
    number = troubled(play, 1)

    with play.engine.reading(at=play.now) as reader:
        (shown,) = incidents(reader, admin).rows
    play.engine.perform(retry_incident, number, officer="hana", at=play.now)

    with play.engine.reading(at=play.now) as reader:
        assert incidents(reader, admin).rows == ()
        assert [each.state for each in incidents(reader, admin, state="resolved").rows] == ["resolved"]
    assert (shown.number, shown.case, shown.office, shown.event, shown.tries) == (
        number,
        case,
        "JATENG",
        "pass_time",
        1,
    )


def test_an_incident_of_no_case_is_retried_by_who_administers_alone(play: Play, admin: Officer) -> None:
    number = troubled(play)

    with pytest.raises(NotYours):
        play.engine.perform(retry_incident, number, officer="sri", at=play.now)

    assert play.engine.perform(retry_incident, number, officer=admin.login, at=play.now).state == "resolved"


def test_nothing_of_it_is_for_others(play: Play, admin: Officer) -> None:
    sri = play.engine.officer("sri", at=MORNING)

    with play.engine.reading(at=MORNING) as reader:
        for asked in (incidents, officer_lines, office_lines, post_lines):
            with pytest.raises(NotYours):
                asked(reader, sri)
        with pytest.raises(NotFound):
            officer_page(reader, admin, 999)


def test_officers_are_found_by_name_and_by_what_they_hold(play: Play, admin: Officer) -> None:
    with play.engine.reading(at=MORNING) as reader:
        by_name = officer_lines(reader, admin, search="WAY").rows
        by_post = officer_lines(reader, admin, office="JATENG", post_code="petugas").rows
        wild = officer_lines(reader, admin, search="%").rows
        page = officer_page(reader, admin, by_name[0].number)

    assert [each.login for each in by_name] == ["wayan"]
    assert {each.login for each in by_post} == {"sri", "budi"}
    assert wild == ()
    assert [(each.post, each.office, each.now) for each in page.held] == [("petugas", "NTB", True)]


def test_an_office_is_warned_of_posts_that_work_waits_for_and_nobody_holds(play: Play, admin: Officer) -> None:
    play.publish("start -> user A -> end", A={"performer": Performer("admin")})
    play.open()

    with play.engine.reading(at=play.now) as reader:
        lines = {each.office.code: each for each in office_lines(reader, admin)}
        counted = {each.code: each for each in post_lines(reader, admin)}

    assert (lines["JATENG"].empty_posts, lines["JATENG"].running, lines["JATENG"].officers) == (("admin",), 1, 3)
    assert lines["NTB"].empty_posts == ()
    assert (counted["petugas"].holders, counted["petugas"].offices) == (4, 3)


def test_health_knows_the_worker_by_its_last_sign_and_the_last_backup(play: Play) -> None:
    play.engine.leave_sign("worker", at=MORNING)
    play.engine.leave_sign("backup", at=MORNING - timedelta(days=1))

    with play.engine.reading(at=MORNING + timedelta(minutes=4)) as reader:
        fresh = health(reader)
    with play.engine.reading(at=MORNING + timedelta(minutes=6)) as reader:
        stale = health(reader)

    assert (fresh.worker_alive, fresh.sound, stale.worker_alive, stale.sound) == (True, True, False, False)
    assert fresh.backup_at == MORNING - timedelta(days=1)
