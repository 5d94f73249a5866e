"""The manager's desk: each page by those who may see it, and nothing of it by others."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from lxml import etree
from python_calamine import CalamineWorkbook

from engine import not_continued
from tests.web.audit_history import REASON, handed_over_late
from tests.web.office import HEAD, HELPDESK, NOW, Browser
from web.cli.looking import read_ends
from web.wiring import Wiring

DIRECTOR, NEIGHBOUR = "direktur-kepulangan.pusat", "kepala-bp3mi.jateng"
PERSONS = "Contoh"
Officers = Callable[[str], Browser]


@pytest.fixture
def history(wiring: Wiring) -> dict[str, list[str]]:
    return handed_over_late(wiring.engine, NOW)


def cells(page: Any, of: str) -> list[str]:
    """The numbers of one line of a table."""
    (row,) = [each for each in page.tree.xpath("//table//tr[th]") if of in each.xpath("string(th[@scope='row'])")]
    return [" ".join(each.text_content().split()) for each in row.xpath("td")]


def test_the_head_office_sees_which_office_is_late_and_opens_the_steps_and_why(
    officer: Officers, history: dict[str, list[str]]
) -> None:
    browser = officer(DIRECTOR)

    overview = browser.get("/audit")
    sop = browser.get(overview.link("Serah"))
    steps = browser.get("/audit/steps?sop=c3-m07&office=bp3mi-jateng&count=late")

    assert "C3-M07" in overview.text
    assert cells(sop, "Jawa Timur")[1:4] == ["2", "0", "0 %"]
    assert cells(sop, "Jawa Tengah")[1:3] == ["2", "2"]
    assert history["jateng"][0] in steps.text
    assert REASON not in steps.text


def test_the_office_itself_reads_the_reason(officer: Officers, history: dict[str, list[str]]) -> None:
    page = officer(NEIGHBOUR).get("/audit/steps?sop=c3-m07&count=entered_late")

    assert REASON in page.text
    assert REASON in officer(NEIGHBOUR).get("/audit/besides?kind=entered_late").text


def test_a_manager_is_told_nothing_of_another_office(officer: Officers, history: dict[str, list[str]]) -> None:
    browser = officer(HEAD)

    pages = [
        browser.get(f"/audit{each}") for each in ("", "/offices", "/sop/c3-m07", "/steps", "/besides", "/handovers")
    ]

    assert {page.status for page in pages} == {200}
    assert [page for page in pages for case in history["jateng"] if case in page.text] == []
    assert browser.get("/audit?office=bp3mi-jateng").status == 404
    assert browser.get(f"/audit/cases/{history['jateng'][0]}").status == 404


def test_whoever_oversees_nothing_is_refused_everywhere(officer: Officers, history: dict[str, list[str]]) -> None:
    browser = officer(HELPDESK)
    places = (
        "",
        "/offices",
        "/sop/c3-m07",
        "/steps",
        "/besides",
        "/handovers",
        "/prevention",
        "/prevention/recruiters",
    )

    assert {browser.get(f"/audit{each}").status for each in places} == {403}
    assert "/audit" not in [each.get("href") for each in browser.get("/work/mine").tree.iter("a")]


def test_the_diagram_gets_a_number_at_each_step(officer: Officers, history: dict[str, list[str]]) -> None:
    browser = officer(DIRECTOR)
    address = browser.get("/audit/sop/c3-m07").tree.xpath("//*[@data-measure]/@data-measure")[0]

    told = json.loads(browser.client.get(address.replace("~", "c3-m07")).data)

    assert [(each["strength"], each["label"]) for each in told["entries"]] == [(4, "50 %")]


def table(browser: Browser, name: str, kind: str, **more: str) -> Any:
    page = browser.get("/audit")
    return page.submit("/audit/export", table=name, purpose="Laporan", **{"as": kind}, **more)


def test_tables_are_taken_out_as_csv_and_xlsx(officer: Officers, history: dict[str, list[str]]) -> None:
    browser = officer(DIRECTOR)

    text = table(browser, "offices", "csv").response.data
    book = CalamineWorkbook.from_filelike(io.BytesIO(table(browser, "offices", "xlsx").response.data))

    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    assert {row[1] for row in rows[1:]} == {"BP3MI Jawa Timur", "BP3MI Jawa Tengah"}
    assert [row[1] for row in book.get_sheet_by_index(0).to_python()] == [row[1] for row in rows]


@pytest.mark.parametrize("name", ["sops", "steps", "besides", "handovers", "prevention", "recruiters", "repeaters"])
def test_every_table_can_be_taken_out(name: str, officer: Officers, history: dict[str, list[str]]) -> None:
    assert table(officer(DIRECTOR), name, "csv-comma").status == 200


def test_the_event_log_is_xes_without_any_person(officer: Officers, history: dict[str, list[str]]) -> None:
    xes = "{http://www.xes-standard.org/}"

    log = etree.fromstring(table(officer(DIRECTOR), "events", "xes").response.data)

    assert log.tag == f"{xes}log"
    assert [each.get("prefix") for each in log.iter(f"{xes}extension")] == ["concept", "time", "lifecycle", "org"]
    traces = log.findall(f"{xes}trace")
    assert len(traces) == 4
    for event in log.iter(f"{xes}event"):
        keys = {each.get("key"): each.get("value") for each in event}
        assert {"concept:name", "time:timestamp", "lifecycle:transition", "org:resource"} <= keys.keys()
        assert "@bp3mi-" in str(keys["org:resource"])
    assert PERSONS not in etree.tostring(log, encoding="unicode")


def test_nothing_is_taken_out_without_a_purpose(officer: Officers, history: dict[str, list[str]]) -> None:
    page = officer(DIRECTOR).get("/audit").submit("/audit/export", table="sops", purpose="", **{"as": "csv"})

    assert page.status == 422


def test_the_chain_of_a_case_can_be_checked_outside(officer: Officers, history: dict[str, list[str]]) -> None:
    page = officer(HEAD).get(f"/audit/cases/{history['jatim'][0]}")

    told = json.loads(page.submit("evidence.json", purpose="Audit").response.data)

    last = "0" * 64
    for record in told["records"]:
        assert record["previous"] == last
        columns = [record[name] for name in told["columns"]]
        text = json.dumps(columns, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        last = hashlib.sha256(text.encode()).hexdigest()
    assert (last, told["head_hash"]) == (told["head_hash"], last)


def test_evidence_is_given_to_those_who_may_open_the_case_alone(
    officer: Officers, history: dict[str, list[str]]
) -> None:
    browser, case = officer(DIRECTOR), history["jateng"][0]
    page = browser.get(f"/audit/cases/{case}")

    token = page.tree.xpath("//input[@name='csrf']/@value")[0]
    refused = browser.post(f"/audit/cases/{case}/evidence.json", csrf=token, purpose="Audit")

    assert (page.status, refused.status) == (200, 404)
    assert "evidence.json" not in page.response.get_data(as_text=True)


def test_who_oversees_but_does_not_audit_checks_no_chain(officer: Officers) -> None:
    assert officer("ketua-tim-helpdesk.jatim").get("/audit/trail").status == 403


def check_the_trail(browser: Browser, wiring: Wiring) -> Any:
    begun = browser.get("/audit/trail").submit("/audit/trail")
    assert "Pemeriksaan sedang berjalan" in begun.text
    while wiring.engine.check_trail(at=NOW):
        pass
    return browser.get("/audit/trail")


def test_a_changed_record_is_named_with_what_to_do(
    officer: Officers, wiring: Wiring, history: dict[str, list[str]]
) -> None:
    browser = officer(DIRECTOR)
    whole = check_the_trail(browser, wiring)
    with wiring.engine.database.writing() as connection:
        connection.execute(sa.text("drop trigger audit_no_update"))
        connection.execute(sa.text("update audit set post = 'x' where seq = 2 and case_id = 1"))

    broken = check_the_trail(browser, wiring)

    assert "Semua rantai utuh" in whole.text
    assert f"{history['jatim'][0]}, catatan 2" in broken.text
    assert "Catatan ini diubah" in broken.text


def test_the_ends_of_all_chains_can_be_kept_and_compared_later(
    officer: Officers, wiring: Wiring, history: dict[str, list[str]]
) -> None:
    page = officer(DIRECTOR).get("/audit/trail").submit("ends.csv", purpose="Audit")

    kept = list(read_ends(io.StringIO(page.response.get_data(as_text=True))))

    assert len(kept) == 1 + sum(len(each) for each in history.values()) + (kept[-1][0] == "accesses")
    with wiring.engine.reading(at=NOW) as reader:
        assert list(not_continued(reader.connection, kept)) == []


def test_the_prevention_picture_opens_without_cases_too(officer: Officers) -> None:
    browser = officer(DIRECTOR)

    assert browser.get("/audit/prevention").status == 200
    assert browser.get("/audit/prevention?by=rute&value=Batam").status == 200
    assert browser.get("/audit/prevention/recruiters?again=1").status == 200
