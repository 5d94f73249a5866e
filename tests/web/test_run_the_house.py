"""Running the house by pages: incidents, officers, offices and posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine import WrongState, create_token
from tests.web.office import HELPDESK, PASSWORD, SISPOPMI, Browser, Clock, Page
from tests.web.one_app import app_over
from web.wiring import Wiring

ADMIN = "admin-sistem.pusat"


@pytest.fixture
def admin(officer: Callable[[str], Browser]) -> Browser:
    return officer(ADMIN)


def troubled(wiring: Wiring) -> int:
    with pytest.raises(WrongState) as lost:
        raise WrongState(act="deliver", what="a message", state="lost")
    return wiring.engine.note_incident(lost.value, case=None, event="pass_time", at=wiring.clock())


def page_of(admin: Browser, login: str) -> Page:
    found = admin.get(f"/house/officers?q={login}").tree.find_class("stacked")[0]
    return admin.get(next(each.get("href") for each in found.iter("a")))


def test_the_overview_says_what_is_wrong_and_each_figure_opens_its_list(admin: Browser, wiring: Wiring) -> None:
    troubled(wiring)
    wiring.engine.leave_sign("worker", at=wiring.clock())

    page = admin.get("/house")

    assert "Ada yang perlu diperiksa" in page.text
    assert "Pekerja latar tidak terdengar" not in page.text
    for each in page.tree.find_class("figures")[0].iter("a"):
        assert admin.get(each.get("href")).status == 200


def test_a_silent_worker_is_told(admin: Browser) -> None:
    assert "Pekerja latar tidak terdengar" in admin.get("/house").text


@pytest.mark.parametrize("place", ["", "/incidents", "/waiting", "/officers", "/offices", "/posts", "/offices/new"])
def test_nobody_else_gets_in(officer: Callable[[str], Browser], place: str) -> None:
    browser = officer(HELPDESK)

    assert browser.get(f"/house{place}").status == 403
    assert "Pengelolaan sistem" not in browser.get("/work/mine").text


def test_an_incident_is_laid_aside_with_a_note(admin: Browser, wiring: Wiring) -> None:
    number = troubled(wiring)

    without = admin.get("/house/incidents").submit(f"/{number}/resolve", note=" ")
    done = without.browser.get("/house/incidents").submit(f"/{number}/resolve", note="sudah diurus")

    assert f"Gangguan {number}" in without.text
    assert "Tidak ada gangguan terbuka" in done.text
    assert f"Gangguan {number}" in admin.get("/house/incidents?state=resolved").text


def test_an_incident_is_tried_again(admin: Browser, wiring: Wiring) -> None:
    number = troubled(wiring)

    done = admin.get("/house/incidents").submit(f"/{number}/retry")

    assert "Sudah dicoba lagi" in done.text
    assert "Tidak ada gangguan terbuka" in done.text


def test_a_new_officer_begins_with_a_password_that_must_be_changed(admin: Browser, wiring: Wiring) -> None:
    made = admin.get("/house/officers").submit("/officers/new", login="baru", name="Orang Contoh")
    secret = made.tree.find_class("pin")[0].text_content()
    made.submit("/assign", post="petugas-helpdesk", office="bp3mi-jatim")

    browser = Browser(app_over(wiring).test_client())
    first = browser.sign_in("baru", secret)
    kept_in = browser.get("/cases")
    changed = kept_in.submit("/me/password", old=secret, new="kalimat saya sendiri", again="kalimat saya sendiri")

    assert first.response.request.path == kept_in.response.request.path == "/me"
    assert "kata sandi sekali pakai" in first.text
    assert changed.response.request.path == "/work/mine"
    assert browser.get("/cases").response.request.path == "/cases"


def test_a_post_is_given_acting_for_a_time_and_ended(admin: Browser, wiring: Wiring) -> None:
    page = page_of(admin, SISPOPMI)

    given = page.submit("/assign", post="kepala-bp3mi", office="bp3mi-jateng", acting="Plh.", begins_on="2026-11-18", ends_on="2026-11-20")  # fmt: skip
    backwards = page.submit("/assign", post="kepala-bp3mi", office="bp3mi-jateng", begins_on="2026-11-18", ends_on="2026-11-01")  # fmt: skip
    holding = next(
        each
        for each in given.tree.forms
        if each.get("action").endswith("/end") and each.fields["ends_on"] >= "2026-11-18"
    )
    ended = admin.post(holding.get("action"), **{**dict(holding.form_values()), "ends_on": "2026-11-19"})

    assert "Plh. Kepala BP3MI" in given.text
    assert backwards.status == 422
    assert "19 November 2026" in ended.text


def test_one_who_is_taken_out_cannot_sign_in_and_can_be_let_in_again(
    admin: Browser, officer: Callable[[str], Browser]
) -> None:
    theirs = officer(HELPDESK)
    page = page_of(admin, HELPDESK)

    out = page.submit("/deactivate", reason="pindah tugas")

    assert theirs.get("/work/mine").response.request.path == "/sign-in"
    assert "nonaktif" in out.text
    assert out.submit("/reactivate").status == 200
    assert theirs.sign_in(HELPDESK).response.request.path == "/work/mine"


def test_a_token_of_an_officer_is_taken_away_on_their_page(admin: Browser, wiring: Wiring) -> None:
    secret = wiring.engine.perform(create_token, HELPDESK, name="laporan", at=wiring.clock()).name
    page = page_of(admin, HELPDESK)

    gone = page.submit("/revoke")

    assert "laporan" in page.text
    assert admin.get(page.link("Token baru")).form("/house/tokens").fields["login"] == HELPDESK
    assert gone.status == 200
    assert wiring.engine.token(secret, at=wiring.clock()) is None


def test_an_office_is_changed_and_a_strange_region_refused(admin: Browser) -> None:
    page = admin.get("/house/offices/bp3mi-jatim")

    done = page.submit("/offices/bp3mi-jatim", phone="031 555 010", areas="35\n34.71")
    wrong = page.submit("/offices/bp3mi-jatim", areas="00.00")

    assert "031 555 010" in done.text
    assert "34.71" in done.text
    assert wrong.status == 422
    assert "00.00" in wrong.text


def test_a_post_is_added_but_the_last_administrator_stays_one(admin: Browser) -> None:
    added = admin.get("/house/posts").submit("/house/posts", code="juru-foto", title="Juru Foto")
    last = admin.get("/house/posts").submit("/house/posts", code="admin-sistem", title="Admin Sistem")

    assert "Juru Foto" in added.text
    assert last.status == 409


def test_ones_own_page_changes_password_language_and_sessions(officer: Callable[[str], Browser], clock: Clock) -> None:
    here, there = officer(HELPDESK), officer(HELPDESK)

    wrong = here.get("/me").submit("/me/password", old="salah", new="x" * 12, again="x" * 12)
    english = here.get("/me").submit("/me/language", language="en", zone="Asia/Jayapura")
    out = here.get("/me").submit("/me/sessions")

    assert wrong.status == 422
    assert "Where you are signed in" in english.text
    assert "WIT" in here.get("/me").text
    assert out.response.request.path == "/me"
    assert there.get("/work/mine").response.request.path == "/sign-in"
    assert here.get("/work/mine").response.request.path == "/work/mine"


def test_a_changed_password_keeps_this_browser_and_no_other(officer: Callable[[str], Browser], clock: Clock) -> None:
    here, there = officer(HELPDESK), officer(HELPDESK)
    clock.now += timedelta(minutes=1)

    here.get("/me").submit("/me/password", old=PASSWORD, new="kalimat saya sendiri", again="kalimat saya sendiri")

    assert here.get("/work/mine").response.request.path == "/work/mine"
    assert there.get("/work/mine").response.request.path == "/sign-in"
    assert there.sign_in(HELPDESK, "kalimat saya sendiri").response.request.path == "/work/mine"
