"""The second factor and the sessions of local governments: nobody of them is told of anybody without a code."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest

from engine import end_pemda_user, reset_pemda_factor
from tests.web.homecoming import HIDDEN, MALANG, OTHER, OWN, PROVINCE, QUIET, VICTIM, Homecoming
from tests.web.office import PASSWORD, Browser, Clock, Page
from tests.web.one_app import app_over
from tests.web.test_pemda import addresses
from web.wiring import Wiring

ADMIN = "admin-sistem.pusat"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"
WHO = f"petugas.{MALANG}"


@pytest.fixture
def home(wiring: Wiring) -> Homecoming:
    made = Homecoming(wiring)
    made.fill()
    return made


def reset(home: Homecoming) -> None:
    home.do(reset_pemda_factor, WHO, reason="Telepon hilang.")


def told(home: Homecoming, browser: Browser) -> list[str]:
    """Every address at which anything of anybody is told, or which does not lead to the door at hand."""
    words = [OWN, OTHER, VICTIM, QUIET, *HIDDEN.values()]
    wrong = []
    for address in dict.fromkeys(addresses(home)):
        answer = browser.client.get(address)
        said = answer.get_data(as_text=True)
        wrong += [f"{address}: {each}" for each in words if each in said and each not in address]
        if answer.status_code == 200 and not address.startswith(("/pemda/sign-in", "/pemda/second", "/pemda/factor")):
            wrong.append(f"{address}: opened")
    return wrong


def shown(home: Homecoming, clock: Clock) -> str:
    """What the device shows, a minute later: the code before was used to set it up."""
    clock.now += timedelta(minutes=1)
    return pyotp.TOTP(home.secrets[MALANG]).at(clock.now)


def test_after_the_password_nothing_opens_but_the_page_that_asks_for_the_code(home: Homecoming, clock: Clock) -> None:
    browser = home.browser()
    page = home.knock(browser, MALANG)
    assert page.response.request.path == "/pemda/second"

    assert told(home, browser) == []
    assert browser.client.post("/pemda/account/password", data={"csrf": _token(page)}).status_code == 302

    page = page.submit("/pemda/second", code=shown(home, clock))
    assert OWN in page.text
    assert browser.get("/pemda/second").response.request.path == "/pemda"


def test_a_wrong_code_and_one_that_was_used_do_not_help_and_too_many_wait(home: Homecoming, clock: Clock) -> None:
    right = shown(home, clock)
    first = home.knock(home.browser(), MALANG).submit("/pemda/second", code=right)
    page = home.knock(home.browser(), MALANG)
    again = page.submit("/pemda/second", code=right)
    for _ in range(4):
        again = page.submit("/pemda/second", code="000000")

    assert (OWN in first.text, again.status) == (True, 401)
    assert page.submit("/pemda/second", code=home.recovery[MALANG][0]).status == 429
    assert "Tunggu seperempat jam" in page.submit("/pemda/second", code="1").text


def test_who_waits_may_sign_out(home: Homecoming) -> None:
    page = home.knock(home.browser(), MALANG)

    page.submit("/pemda/sign-out")

    assert page.browser.get("/pemda/second").response.request.path == "/pemda/sign-in"


def test_there_are_ten_minutes_to_show_it(home: Homecoming, clock: Clock) -> None:
    page = home.knock(home.browser(), MALANG)
    clock.now += timedelta(minutes=11)

    assert page.browser.get("/pemda/second").response.request.path == "/pemda/sign-in"


def test_whoever_has_none_sets_it_up_before_anybody_is_shown(home: Homecoming, clock: Clock) -> None:
    reset(home)
    browser = home.browser()
    page = home.knock(browser, MALANG)
    assert (page.response.request.path, "wajib memilikinya" in page.text) == ("/pemda/factor", True)
    assert not page.tree.find_class("portal-menu")
    assert told(home, browser) == []

    page = page.submit("/factor/begin")
    assert 'src="data:image/svg+xml' in page.response.get_data(as_text=True)
    secret = page.tree.find_class("secret")[0].text_content().replace(" ", "")
    assert page.submit("/factor/confirm", code="1").status == 422
    assert told(home, browser) == []

    done = page.submit("/factor/confirm", code=pyotp.TOTP(secret).at(clock.now))
    codes = [each.text_content() for each in done.tree.xpath("//ul[@class='code-list']//code")]
    assert len(set(codes)) == 10
    assert OWN in browser.get(done.link("Sudah saya simpan")).text
    assert secret not in browser.get("/pemda/factor").text
    assert not set(codes) & set(browser.get("/pemda/factor").text.split())


def test_a_new_password_comes_before_it_and_a_code_before_a_new_password(home: Homecoming) -> None:
    with home.wiring.engine.database.writing() as connection:
        connection.exec_driver_sql("update pemda_user set once = 1")
    browser = home.browser()
    assert home.knock(browser, MALANG).response.request.path == "/pemda/second"

    reset(home)
    page = home.knock(home.browser(), MALANG)
    assert page.response.request.path == "/pemda/account"
    new = "kalimat-baru-saya"
    page = page.submit("/account/password", old=PASSWORD, new=new, again=new)
    assert page.response.request.path == "/pemda/factor"


def test_recovery_codes_get_in_once_and_are_drawn_afresh(home: Homecoming, clock: Clock) -> None:
    code = home.recovery[MALANG][0]
    page = home.knock(home.browser(), MALANG).submit("/pemda/second", code=code.upper())
    assert "Anda memakai kode pemulihan" in page.text
    assert home.knock(home.browser(), MALANG).submit("/pemda/second", code=code).status == 401
    assert "Tersisa 9 kode pemulihan" in page.browser.get("/pemda/account").text

    page = page.browser.get("/pemda/factor").submit("/factor/renew", code=shown(home, clock))
    assert len(page.tree.xpath("//ul[@class='code-list']//code")) == 10
    assert page.browser.get("/pemda/factor").submit("/factor/renew", code="1").status == 422
    assert home.knock(home.browser(), MALANG).submit("/pemda/second", code=home.recovery[MALANG][1]).status == 401


def test_one_that_stands_is_not_begun_anew_and_other_acts_are_none(home: Homecoming) -> None:
    browser = home.browser(MALANG)
    page = browser.get("/pemda/factor")

    assert browser.post("/pemda/factor/begin", csrf=_token(page)).status == 409
    assert browser.post("/pemda/factor/forget", csrf=_token(page)).status == 422


# Sessions.


def test_one_sees_where_one_is_signed_in_and_ends_each_and_all_others(home: Homecoming) -> None:
    here, there, far = (home.browser() for _ in range(3))
    for each in (there, far):
        each.headers["User-Agent"] = FIREFOX
    for each in (here, there, far):
        home.enter(each, MALANG)

    page = here.get("/pemda/sessions")
    assert page.text.count("Firefox · Windows") == 2
    assert page.text.index("Peramban ini") < page.text.index("Firefox")

    page = page.submit("/pemda/sessions")
    assert "Firefox" in page.text
    assert [each.client.get("/pemda").status_code for each in (there, far)].count(302) == 1
    assert "Di 2 peramban" in here.get("/pemda/account").text
    others = [
        each for each in page.tree.forms if "session" not in each.fields and each.get("action") == "/pemda/sessions"
    ]
    here.post("/pemda/sessions", **dict(others[0].form_values()))
    assert [each.client.get("/pemda").status_code for each in (here, there, far)] == [200, 302, 302]


def test_anothers_session_is_not_ended_and_its_handle_tells_nothing(home: Homecoming) -> None:
    mine, theirs = home.browser(MALANG), home.browser(PROVINCE)
    with home.wiring.engine.database.reading() as connection:
        handles = list(connection.exec_driver_sql("select id from pemda_session where revoked_at is null").scalars())
    page = mine.get("/pemda/sessions")
    assert sum(each in page.response.get_data(as_text=True) for each in handles) == 0

    for each in handles:
        mine.post("/pemda/sessions", csrf=_token(page), session=each)
        if mine.client.get("/pemda/sessions").status_code == 302:
            home.enter(mine, MALANG)
            page = mine.get("/pemda/sessions")
    assert theirs.client.get("/pemda").status_code == 200


def test_a_reset_and_an_end_are_over_at_the_next_click(home: Homecoming, officer: Callable[[str], Browser]) -> None:
    browsers = [home.browser(MALANG) for _ in range(2)]
    page = officer(ADMIN).get(f"/house/pemda/{MALANG}")
    assert _button(page, "reset-factor", reason=" ").status == 422

    said = _button(page, "reset-factor", reason="Telepon hilang.")
    assert "diatur ulang" in said.text
    assert "belum ada verifikasi dua langkah" in said.text
    assert [each.client.get("/pemda").status_code for each in browsers] == [302, 302]
    assert home.knock(browsers[0], MALANG).response.request.path == "/pemda/factor"

    _button(said, "sessions-end")
    assert browsers[0].get("/pemda/factor").response.request.path == "/pemda/sign-in"
    home.knock(browsers[0], MALANG)
    home.do(end_pemda_user, WHO)
    assert browsers[0].get("/pemda/factor").response.request.path == "/pemda/sign-in"


def test_another_process_ends_a_session_too(home: Homecoming) -> None:
    browser, other = home.browser(MALANG), app_over(home.wiring).test_client()
    kept = browser.client.get_cookie("lajur-pemda")
    assert kept is not None
    other.set_cookie("lajur-pemda", kept.value)
    assert other.get("/pemda").status_code == 200

    reset(home)

    assert (other.get("/pemda").status_code, browser.client.get("/pemda").status_code) == (302, 302)


def _button(page: Page, act: str, **values: str) -> Page:
    """Press the button of this act beside somebody's name."""
    form = next(each for each in page.tree.forms if dict(each.form_values()).get("act") == act)
    return page.browser.post(form.get("action"), **{**dict(form.form_values()), **values})


def _token(page: Page) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page.response.get_data(as_text=True))
    assert found
    return found[1]
