"""The pages of local governments, as one sees them, and what none of them ever sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine import count_pemda_month
from tests.web.homecoming import (
    BLITAR,
    HIDDEN,
    MALANG,
    OTHER,
    OWN,
    PROVINCE,
    QUIET,
    VICTIM,
    VILLAGE,
    Homecoming,
)
from tests.web.office import HEAD, HELPDESK, PASSWORD, Browser, Clock
from tests.web.one_app import app_over
from web.wiring import Wiring

AREAS = (MALANG, BLITAR, PROVINCE, VILLAGE)
MAY_READ = {MALANG: {OWN}, BLITAR: {OTHER}, PROVINCE: {OWN, OTHER}, VILLAGE: {OWN}}


@pytest.fixture
def home(wiring: Wiring) -> Homecoming:
    made = Homecoming(wiring)
    made.fill()
    return made


def hidden_from(home: Homecoming, area: str) -> list[str]:
    """Every word, and every number, that this local government must not read."""
    strangers = [each for each in (OWN, OTHER, VICTIM, QUIET) if each not in MAY_READ.get(area, set())]
    return [*HIDDEN.values(), *strangers, *(home.numbers[each] for each in strangers)]


def searches(home: Homecoming) -> tuple[str, ...]:
    """What somebody may look for."""
    return (OWN, OTHER, VICTIM, QUIET, "Zz", *HIDDEN.values(), *home.numbers.values(), "S-2026-99999", "'", "%")


def addresses(home: Homecoming) -> Iterator[str]:
    """Every page, file and search of the place, about everybody there is."""
    numbers = [*home.numbers.values(), "S-2026-99999", f"{home.numbers[VICTIM]}.1"]
    for rule in app_over(home.wiring).url_map.iter_rules():
        if rule.endpoint.startswith("pemda.") and "GET" in (rule.methods or set()):
            address = rule.rule.replace("<month>", "2026-11")
            papers = range(1, 4) if "<int:paper>" in address else [0]
            yield from (
                address.replace("<number>", each).replace("<int:paper>", str(paper))
                for each in numbers
                for paper in papers
            )
    yield from (f"/pemda?q={each}" for each in searches(home))
    yield from (
        "/pemda?begin=50",
        "/pemda?begin=-1",
        "/pemda/figures?month=1900-01",
        "/pemda/nothing",
        "/pemda/letters/x.pdf",
    )


@pytest.mark.parametrize("area", AREAS)
def test_no_page_export_error_or_search_tells_of_anybody_else(home: Homecoming, area: str, clock: Clock) -> None:
    clock.now = clock.now.replace(year=2026, month=12, day=5)
    home.wiring.engine.perform(count_pemda_month, "2026-11", at=clock.now)
    browser, wrong = home.browser(area), []

    for address in dict.fromkeys(addresses(home)):
        answer = browser.client.get(address)
        asked = address.partition("?")[2].partition("=")[2]
        said = answer.data.decode(errors="replace").replace(f'value="{asked}"', "")
        wrong += [f"{address}: {word}" for word in hidden_from(home, area) if word in said and word not in address]
        wrong += [f"{address}: {word}" for word in (VICTIM, QUIET) if said.count(word) > 0]
        wrong += [f"{address}: may be kept"] if answer.headers.get("Cache-Control") != "no-store" else []

    token = browser.get("/pemda").form("/pemda/sign-out").form_values()[0][1]
    for asked in searches(home):
        answer = browser.client.post("/pemda/search", data={"csrf": token, "q": asked})
        said = answer.get_data(as_text=True).replace(f'value="{asked}"', "")
        wrong += [f"search {asked}: {word}" for word in hidden_from(home, area) if word in said]

    assert wrong == []
    for each in MAY_READ[area]:
        assert each in browser.get("/pemda").text


@pytest.mark.parametrize("area", AREAS)
def test_no_form_says_or_does_anything_about_anybody_else(home: Homecoming, area: str) -> None:
    browser = home.browser(area)
    token = browser.get("/pemda").form("/pemda/sign-out").form_values()[0][1]
    strangers = [name for name in home.numbers if name not in MAY_READ[area]]
    sent = {"csrf": token, "answer": "yes", "protocol": "BA-1", "text": "Halo", "happened": "2026-11-18T08:00"}

    for name in strangers:
        for act in ("handover", "arrival", "question"):
            answer = browser.client.post(
                f"/pemda/citizens/{home.numbers[name]}/{act}", data={**sent, "arrived": "2026-11-18T08:00"}
            )
            assert answer.status_code == 404
            assert [
                word
                for word in hidden_from(home, area)
                if word in answer.get_data(as_text=True).replace(home.numbers[name], "")
            ] == []
    with home.wiring.engine.database.reading() as connection:
        for table in ("pemda_report", "pemda_question"):
            assert connection.exec_driver_sql(f"select count(*) from {table}").scalar_one() == 0  # noqa: S608 - names of this test


def test_what_exists_and_may_not_be_seen_answers_exactly_like_what_does_not(home: Homecoming) -> None:
    browser = home.browser(MALANG)

    def page(number: str) -> str:
        return browser.client.get(f"/pemda/citizens/{number}").get_data(as_text=True).replace(number, "·")

    nobody = page("S-2026-99999")
    assert {page(home.numbers[each]) for each in (OTHER, VICTIM, QUIET)} == {nobody}


def test_that_somebody_is_protected_is_told_a_month_later_and_in_no_village(home: Homecoming, clock: Clock) -> None:
    assert "dilindungi" not in home.browser(MALANG).get("/pemda").text

    clock.now = clock.now.replace(month=12)
    home.wiring.engine.perform(count_pemda_month, "2026-11", at=clock.now)
    assert "kurang dari 5" in home.browser(MALANG).get("/pemda").text
    assert "kurang dari 5" in home.browser(PROVINCE).get("/pemda/print").text
    assert "dilindungi" not in home.browser(VILLAGE).get("/pemda").text
    assert "dilindungi" not in home.browser(BLITAR).get("/pemda").text


def test_a_citizen_is_accepted_reported_and_asked_about_and_the_office_answers(
    home: Homecoming, officer: Callable[[str], Browser]
) -> None:
    browser, number = home.browser(MALANG), home.numbers[OWN]
    page = browser.get("/pemda")
    page = browser.get(page.link(number))
    page = page.submit("/handover", answer="yes", happened="2026-11-18T08:00", protocol="BA-7/2026")
    assert "Jawaban Anda dicatat" in page.text
    page = page.submit("/arrival", arrived="2026-11-18T09:00", note="Dijemput")
    page = page.submit("/question", text="Perlu pendampingan?")
    assert "BA-7/2026" in page.text

    side = officer(HEAD).get(f"/cases/{number}/pemda")
    assert "Perlu pendampingan?" in side.text
    assert "BA-7/2026" in side.text
    side.submit("/pemda/answer", text="Ya, mulai Senin.")
    assert "Ya, mulai Senin." in browser.get(f"/pemda/citizens/{number}").text
    assert "Ya, mulai Senin." not in home.browser(PROVINCE).get(f"/pemda/citizens/{number}").text


def test_a_refusal_is_told_beside_the_form_with_what_was_typed(home: Homecoming) -> None:
    page = home.browser(MALANG).get(f"/pemda/citizens/{home.numbers[OWN]}")

    refused = page.submit("/handover", answer="yes", happened="2026-11-18T08:00", protocol="", note="Sudah diterima")

    assert refused.status == 422
    assert "Sudah diterima" in refused.response.get_data(as_text=True)
    assert page.submit("/handover", answer="perhaps", happened="x").status == 422
    assert page.submit("/arrival", arrived="kemarin").status == 422


def test_the_office_sees_why_nothing_is_told_and_writes_down_what_the_person_wants(
    home: Homecoming, officer: Callable[[str], Browser]
) -> None:
    browser, number = officer(HEAD), home.numbers[VICTIM]
    page = browser.get(f"/cases/{number}/pemda")
    assert "Dilindungi" in page.text

    page = page.submit("/pemda/place", village=VILLAGE, consent="yes")
    assert "Yang disampaikan" in page.text
    assert VICTIM in home.browser(MALANG).get("/pemda").text
    page.submit("/pemda/place", village=VILLAGE, consent="no")
    assert VICTIM not in home.browser(MALANG).get("/pemda").text
    assert page.submit("/pemda/place", village="35.07.99.9999", consent="").status == 422
    assert page.submit("/pemda/place", village=VILLAGE, consent="maybe").status == 422


def test_whom_somebody_looks_for_is_found_and_stands_in_no_address(home: Homecoming) -> None:
    page = home.browser(MALANG).get("/pemda")

    found = page.submit("/pemda/search", q="warga malang")

    assert OWN in found.text
    assert page.form("/pemda/search").method == "POST"
    assert found.response.request.full_path == "/pemda/search?"
    assert [row for row in found.tree.iter("a") if "q=" in (row.get("href") or "")] == []
    assert OWN in home.browser(MALANG).get(f"/pemda?q={VICTIM}").text


def test_each_look_is_noted_also_the_printed_and_the_exported_one(home: Homecoming) -> None:
    browser = home.browser(MALANG)
    for address in ("/pemda", "/pemda/print", "/pemda/citizens.csv"):
        browser.get(address)
    browser.get(f"/pemda/citizens/{home.numbers[OWN]}")

    assert (home.looks("citizens.listed"), home.looks("citizen.read")) == (
        4,
        1,
    )  # the first page after signing in is one too


def test_the_table_has_these_columns_and_no_formula(home: Homecoming) -> None:
    answer = home.browser(MALANG).client.get("/pemda/citizens.csv")
    head, row, _ = answer.data.decode("utf-8-sig").split("\r\n")

    assert head.split(";") == [
        "Nomor", "Nama", "Usia", "Asal", "Disposisi", "Serah terima", "Berita acara", "Tiba", "Kantor yang dihubungi",
    ]  # fmt: skip
    assert row.split(";")[:4] == [home.numbers[OWN], OWN, "dewasa", "Sumberpetung, Kalipare"]


def test_figures_and_their_letter_stand_once_the_month_is_over(home: Homecoming, clock: Clock) -> None:
    browser = home.browser(MALANG)
    assert "Belum ada bulan" in browser.get("/pemda/figures").text
    assert browser.client.get("/pemda/letters/2026-11.pdf").status_code == 404

    clock.now = clock.now.replace(month=12)
    home.wiring.engine.perform(count_pemda_month, "2026-11", at=clock.now)
    browser = home.browser(MALANG)
    assert "November 2026" in browser.get("/pemda/figures").text
    letter = browser.client.get("/pemda/letters/2026-11.pdf")
    assert letter.data.startswith(b"%PDF")
    assert letter.data == browser.client.get("/pemda/letters/2026-11.pdf").data


def test_a_letter_is_made_of_figures_and_of_nobody(
    home: Homecoming, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now = clock.now.replace(month=12)
    home.wiring.engine.perform(count_pemda_month, "2026-11", at=clock.now)
    set_in_type: list[dict[str, str]] = []

    def compile_(*_: object, sys_inputs: dict[str, str], **__: object) -> bytes:
        set_in_type.append(sys_inputs)
        return b"%PDF"

    monkeypatch.setattr("web.pemda.letters.typst.compile", compile_)
    answer = home.browser(MALANG).client.get("/pemda/letters/2026-11.pdf")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    said = str(set_in_type[0])
    assert "November 2026" in said
    assert [each for each in (OWN, *home.numbers.values(), *hidden_from(home, MALANG)) if each in said] == []


def test_a_first_password_has_to_be_changed_before_anything_else(home: Homecoming) -> None:
    with home.wiring.engine.database.writing() as connection:
        connection.exec_driver_sql("update pemda_user set once = 1")
    browser = home.browser(MALANG)
    page = browser.get("/pemda")
    assert page.response.request.path == "/pemda/account"
    assert OWN not in page.text

    wrong = {
        "short": ("pendek", "pendek"),
        "other": ("kalimat-baru-saya", "kalimat-lain-saya"),
        "same": (PASSWORD, PASSWORD),
    }
    for new, again in wrong.values():
        assert page.submit("/account/password", old=PASSWORD, new=new, again=again).status == 422
    assert (
        page.submit("/account/password", old="salah-sekali", new="kalimat-baru-saya", again="kalimat-baru-saya").status
        == 422
    )
    page = page.submit("/account/password", old=PASSWORD, new="kalimat-baru-saya", again="kalimat-baru-saya")
    assert OWN in page.text


def test_a_wrong_password_and_an_unknown_account_are_answered_alike_and_too_many_wait(home: Homecoming) -> None:
    browser = home.browser()
    wrong = home.enter(browser, MALANG, "salah-sekali")
    unknown = home.enter(browser, "99", "salah-sekali")
    assert (wrong.status, unknown.status) == (401, 401)

    for _ in range(5):
        home.enter(browser, MALANG, "salah-sekali")
    assert home.enter(browser, MALANG).status == 429


def test_the_session_ends_by_itself_and_on_the_server(home: Homecoming, clock: Clock) -> None:
    browser = home.browser(MALANG)
    kept = browser.client.get_cookie("lajur-pemda")
    assert kept is not None
    browser.get("/pemda").submit("/pemda/sign-out")
    browser.client.set_cookie("lajur-pemda", kept.value)
    assert browser.client.get("/pemda").status_code == 302

    home.enter(browser, MALANG)
    clock.now = clock.now.replace(hour=clock.now.hour + 1)
    assert browser.client.get("/pemda").status_code == 302


def test_a_form_without_its_token_changes_nothing(home: Homecoming) -> None:
    browser = home.browser(MALANG)
    rules = {rule.endpoint: rule.rule for rule in app_over(home.wiring).url_map.iter_rules()}
    posts = [
        rules[name.split()[1]].replace("<number>", home.numbers[OWN]).replace("<act>", "renew")
        for name in ROUTES
        if name.startswith("POST")
    ]

    assert {browser.client.post(each, data={"text": "Halo"}).status_code for each in posts} == {403}
    assert {browser.client.post(each, data={"text": "Halo", "csrf": "x" * 43}).status_code for each in posts} == {403}
    assert OWN in browser.get("/pemda").text


def test_the_pages_speak_english_to_whoever_wants_it(home: Homecoming) -> None:
    with home.wiring.engine.database.writing() as connection:
        connection.exec_driver_sql("update pemda_user set language = 'en'")
    browser = home.browser(MALANG)

    for address in (
        "/pemda",
        "/pemda/print",
        f"/pemda/citizens/{home.numbers[OWN]}",
        "/pemda/figures",
        "/pemda/account",
        "/pemda/factor",
        "/pemda/sessions",
    ):
        page = browser.get(address)
        assert page.tree.get("lang") == "en"
        assert not {"Warga", "Kantor", "Serah", "Jawab"} & set(page.text.split()), address
    assert "Our citizens" in browser.get("/pemda").text


WHO = ("anonymous", "officer", "own", "other", "ended")
ROUTES = {
    "GET pemda.account": ("door", "door", "yes", "yes", "door"),
    "GET pemda.factor": ("door", "door", "yes", "yes", "door"),
    "GET pemda.paper": ("door", "door", "nothing", "nothing", "door"),
    "GET pemda.second": ("door", "door", "onward", "onward", "door"),
    "GET pemda.sessions": ("door", "door", "yes", "yes", "door"),
    "POST pemda.change_factor": ("door", "door", "yes", "yes", "door"),
    "POST pemda.end_sessions": ("door", "door", "onward", "onward", "door"),
    "POST pemda.show_second": ("door", "door", "onward", "onward", "door"),
    "GET pemda.citizen": ("door", "door", "yes", "nothing", "door"),
    "GET pemda.citizens": ("door", "door", "yes", "yes", "door"),
    "GET pemda.export": ("door", "door", "yes", "yes", "door"),
    "GET pemda.figures": ("door", "door", "yes", "yes", "door"),
    "GET pemda.letter": ("door", "door", "nothing", "nothing", "door"),
    "GET pemda.print_": ("door", "door", "yes", "yes", "door"),
    "GET pemda.sign_in": ("yes", "yes", "onward", "onward", "yes"),
    "POST pemda.arrival": ("door", "door", "yes", "nothing", "door"),
    "POST pemda.handover": ("door", "door", "yes", "nothing", "door"),
    "POST pemda.password": ("door", "door", "yes", "yes", "door"),
    "POST pemda.question": ("door", "door", "onward", "nothing", "door"),
    "POST pemda.search": ("door", "door", "yes", "yes", "door"),
    "POST pemda.sign_in": ("door", "door", "door", "door", "door"),
    "POST pemda.sign_out": ("door", "door", "onward", "onward", "door"),
}
"""Every route of the place x everybody: `door` is sent to sign in, `nothing` answered like what does not exist."""


def test_every_route_is_in_the_table(home: Homecoming) -> None:
    found = {
        f"{method} {rule.endpoint}"
        for rule in app_over(home.wiring).url_map.iter_rules()
        if rule.endpoint.startswith("pemda.")
        for method in (rule.methods or set()) & {"GET", "POST"}
    }

    assert sorted(found) == sorted(ROUTES)


@pytest.mark.parametrize("who", WHO)
def test_everybody_may_do_what_the_table_says(home: Homecoming, officer: Callable[[str], Browser], who: str) -> None:
    browser = _browser(home, officer, who)
    rules = {rule.endpoint: rule.rule for rule in app_over(home.wiring).url_map.iter_rules()}
    wrong = {}
    for name, said in sorted(ROUTES.items(), key=lambda each: each[0] == "POST pemda.sign_out"):
        method, _, endpoint = name.partition(" ")
        address = rules[endpoint].replace("<number>", home.numbers[OWN]).replace("<month>", "2026-10")
        address = address.replace("<int:paper>", "1").replace("<act>", "renew")
        sent = {"csrf": _token(browser), "text": "Halo", "login": "x", "password": "y"} if method == "POST" else None
        answer = browser.client.open(address, method=method, data=sent)
        found = _meaning(answer.status_code, answer.headers.get("Location", ""))
        if found != said[WHO.index(who)]:
            wrong[name] = f"{found}, not {said[WHO.index(who)]}"

    assert wrong == {}


def _browser(home: Homecoming, officer: Callable[[str], Browser], who: str) -> Browser:
    if who == "officer":
        return officer(HELPDESK)
    if who == "ended":
        browser = home.browser("36")
        assert browser.client.get("/pemda").status_code == 302
        return browser
    return home.browser({"anonymous": "", "own": MALANG, "other": BLITAR}[who])


def _token(browser: Browser) -> str:
    for address in ("/pemda/account", "/pemda/sign-in"):
        found = re.search(r'name="csrf" value="([^"]+)"', browser.client.get(address).get_data(as_text=True))
        if found:
            return found[1]
    return ""


def _meaning(status: int, where: str) -> str:
    if status == 401 and not where:
        return "door"
    if status in (302, 303):
        return "door" if where.endswith("/pemda/sign-in") else "onward"
    return {200: "yes", 422: "yes", 404: "nothing"}.get(status, str(status))


def test_a_session_of_a_local_government_opens_no_page_of_an_officer(home: Homecoming) -> None:
    browser = home.browser(MALANG)
    taken = browser.client.get_cookie("lajur-pemda")
    assert taken is not None
    browser.client.set_cookie("lajur", taken.value)

    for address in ("/work/mine", "/cases", f"/cases/{home.numbers[OWN]}", "/house/pemda", "/people"):
        assert "/sign-in" in browser.client.get(address).headers["Location"]


@pytest.mark.parametrize("name", ["views.py", "letters.py", "words.py", "sessions.py", "factor.py", "signed_in.py"])
def test_the_pages_read_nothing_but_through_the_commands_that_note_it(
    name: str, request: pytest.FixtureRequest
) -> None:
    source = (Path(request.config.rootpath) / "web/pemda" / name).read_text()
    queries = set(re.findall(r"from engine\.queries\.([\w.]+) import", source))

    assert queries <= {"pemda", "people", "reader"}
