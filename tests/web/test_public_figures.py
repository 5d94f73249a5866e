"""Open data: pages and files for everybody, and the page on which a person publishes them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields, validate
from sqlalchemy import Engine, event

from engine import prepare_figures, publish_figures
from engine.domain.figures import Period
from engine.queries.figures import prepared_figures
from sop_catalog.figures import correct, datasets, make, prepare
from tests.figures_history import FEMALE, MALE, OCTOBER, History
from tests.web.office import HEAD, NOW, Browser, Page
from web.public.pacing import MOST
from web.wiring import Wiring, key_ring

STEWARD, AUDITOR = "walidata.pusat", "auditor.pusat"
MONTHLY = [each.code for each in datasets() if each.every == "month"]
FILES = ("/data/dispositions/2026-10.csv", "/data/dispositions/2026-10/1.json", "/data/datapackage.json")


@pytest.fixture
def history(wiring: Wiring) -> History:
    """Nine were prevented in October; nothing is made of it yet."""
    made = History(wiring.engine, key_ring(wiring.settings.key_ring), office="bp3mi-jatim")
    made.cases(6, origin="35.07", to="MY", person=FEMALE)
    made.cases(3, origin="52.01", to="SA", person=MALE)
    for _ in range(7):
        made.decide(1, "pulang", OCTOBER)
    return made


@pytest.fixture
def published(history: History) -> History:
    """October is published."""
    prepare(history.engine, Period("2026-10"), at=NOW)
    publish(history)
    return history


def publish(history: History, period: str = "2026-10") -> None:
    with history.engine.reading(at=NOW) as reader:
        waiting = prepared_figures(reader, history.engine.officer(STEWARD, at=NOW))[0]
    history.engine.perform(publish_figures, period, seen=waiting.seal, officer=STEWARD, at=NOW)


def test_before_anything_is_published_the_page_says_so(browser: Browser) -> None:
    listed, one = browser.get("/data"), browser.get("/data/dispositions")

    assert (listed.status, one.status) == (200, 200)
    assert listed.text.count("Belum ada yang diterbitkan.") == len(datasets())
    assert "Belum ada yang diterbitkan." in one.text


def test_the_page_tells_what_there_is_what_it_means_and_how_to_cite_it(published: History, browser: Browser) -> None:
    page = browser.get("/data")

    for each in datasets():
        assert each.title_id in page.text
        assert each.definition_id in page.text
    assert "Creative Commons Attribution 4.0" in page.text
    assert "Kutiplah begini:" in page.text
    assert browser.get("/sop").link("Data terbuka") == "/data"


def test_it_is_there_in_english(published: History, browser: Browser) -> None:
    page = browser.get("/data/prevented-by-destination?lang=en")

    assert "Prevented departures by intended destination" in page.text
    assert "All together" in page.text
    assert page.link("Bahasa Indonesia") == "/data/prevented-by-destination"


@pytest.mark.parametrize("code", MONTHLY)
def test_every_data_set_has_its_page_and_both_files(published: History, browser: Browser, code: str) -> None:
    page = browser.get(f"/data/{code}")
    table = browser.client.get(f"/data/{code}/2026-10.csv")
    told = browser.client.get(f"/data/{code}/2026-10.json").get_json()

    assert page.status == 200
    assert table.content_type == "text/csv; charset=utf-8; header=present"
    lines = list(csv.DictReader(io.StringIO(table.get_data(as_text=True))))
    assert len(lines) == len(told["rows"])
    assert lines or code == "sop-times"  # no SOP was in force here in October
    assert told["edition"] == 1
    assert told["reference_date"] == "2026-10-31"
    assert browser.client.get(f"/data/{code}/2026-10/1.csv").data == table.data


def test_a_number_below_five_is_an_empty_cell_and_words_on_the_page(published: History, browser: Browser) -> None:
    page = browser.get("/data/prevented-by-sex-age")
    lines = browser.client.get("/data/prevented-by-sex-age/2026-10.csv").get_data(as_text=True)

    assert "2026-10,total,,Jumlah,Total,9,false\r\n" in lines
    assert "2026-10,sex,male,Laki-laki,Male,,true\r\n" in lines
    assert "tidak disebut" in page.text


def test_a_file_may_be_kept_and_is_asked_for_again_by_its_tag(published: History, browser: Browser) -> None:
    for address in FILES:
        first = browser.client.get(address)
        again = browser.client.get(address, headers={"If-None-Match": first.headers["ETag"]})

        assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
        assert "Set-Cookie" not in first.headers
    assert browser.client.get(FILES[0]).headers["Cache-Control"] == "public, max-age=3600"
    kept = browser.client.get(FILES[1]).headers
    assert kept["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept["Last-Modified"] == "Wed, 18 Nov 2026 02:30:00 GMT"
    since = {"If-Modified-Since": kept["Last-Modified"]}
    assert browser.client.get(FILES[1], headers=since).status_code == 304


def test_the_pages_of_others_may_read_these_files_and_nothing_else(published: History, browser: Browser) -> None:
    for address in (*FILES, "/data/catalog.jsonld", "/data/dispositions/schema.json"):
        headers = browser.client.get(address, headers={"Origin": "https://lain.example"}).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Access-Control-Allow-Credentials" not in headers
    for address in ("/data", "/data/dispositions", "/sop", "/sign-in", "/data/dispositions/2026-09.csv"):
        headers = browser.client.get(address, headers={"Origin": "https://lain.example"}).headers
        assert "Access-Control-Allow-Origin" not in headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "address",
    [
        "/data/nothing",
        "/data/nothing/2026-10.csv",
        "/data/dispositions/2026-09.csv",
        "/data/dispositions/2026-13.csv",
        "/data/dispositions/2026-10/2.csv",
        "/data/dispositions/2026-10/99999999999999999999.csv",
        "/data/dispositions/2026-10.xlsx",
        "/data/dispositions?period=2026-09",
        "/data/dispositions?period=x",
        "/data/dispositions/2026-09.csv-metadata.json",
        "/data/dispositions/2026-10'--.json",
    ],
)
def test_what_was_never_published_does_not_exist(published: History, browser: Browser, address: str) -> None:
    assert browser.get(address).status == 404


def test_what_is_only_prepared_does_not_exist_outside(history: History, browser: Browser) -> None:
    prepare(history.engine, Period("2026-10"), at=NOW)

    assert browser.get("/data/dispositions/2026-10.csv").status == 404
    assert browser.client.get("/data/datapackage.json").get_json()["resources"] == []


def test_a_correction_stands_beside_the_edition_before(published: History, browser: Browser) -> None:
    before = browser.client.get("/data/prevented-by-origin/2026-10.csv").data
    published.cases(8, origin="35.07", to="MY")
    correct(published.engine, "prevented-by-origin", Period("2026-10"), reason="Delapan berkas terlambat", at=NOW)
    publish(published)

    page = browser.get("/data/prevented-by-origin")
    newest, first = (browser.client.get(f"/data/prevented-by-origin/2026-10{end}.csv").data for end in ("", "/1"))

    assert first == before != newest
    assert "Pembetulan: Delapan berkas terlambat" in page.text
    assert b"total,,,,,14,false" in newest


def test_columns_are_described_in_three_ways_and_every_line_keeps_to_them(published: History, browser: Browser) -> None:
    for code in MONTHLY:
        described = browser.client.get(f"/data/{code}/schema.json").get_json()
        read = csv.DictReader(io.StringIO(browser.client.get(f"/data/{code}/2026-10.csv").get_data(as_text=True)))
        lines = list(read)
        as_schema(described)().load(lines, many=True)
        keys = [tuple(line[key] for key in described["primaryKey"]) for line in lines]
        assert len(set(keys)) == len(keys)
        beside = browser.client.get(f"/data/{code}/2026-10.csv-metadata.json").get_json()
        assert beside["url"] == "2026-10.csv"
        assert [each["name"] for each in beside["tableSchema"]["columns"]] == read.fieldnames


def as_schema(described: dict[str, Any]) -> type[Schema]:
    """A Table Schema as the library of the house checks it: every cell by its type, no column too many."""
    kinds: dict[str, Callable[..., fields.Field[Any]]] = {
        "string": fields.String,
        "integer": fields.Integer,
        "number": fields.Float,
        "boolean": fields.Boolean,
        "yearmonth": lambda **more: fields.String(validate=validate.Regexp(r"\d{4}-\d{2}$"), **more),
        "year": fields.Integer,
    }

    class Optional(fields.Field[Any]):
        def __init__(self, inner: fields.Field[Any]) -> None:
            super().__init__(required=True)
            self.inner = inner

        def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
            return None if value == "" else self.inner.deserialize(value, attr, data, **more)

    made = {}
    for each in described["fields"]:
        inner = kinds[each["type"]]()
        made[each["name"]] = inner if each.get("constraints", {}).get("required") else Optional(inner)
    return Schema.from_dict(made)


def test_a_line_that_does_not_keep_to_its_columns_would_be_found(published: History, browser: Browser) -> None:
    described = browser.client.get("/data/dispositions/schema.json").get_json()
    line = dict.fromkeys((each["name"] for each in described["fields"]), "")

    with pytest.raises(ValidationError):
        as_schema(described)().load({**line, "month": "2026", "suppressed": "false"})
    with pytest.raises(ValidationError):
        as_schema(described)().load({**line, "month": "2026-10", "suppressed": "false", "count": "1,5"})


def test_the_package_and_the_catalogue_lead_to_every_file(published: History, browser: Browser) -> None:
    package = browser.client.get("/data/datapackage.json").get_json()
    catalogue = json.loads(browser.client.get("/data/catalog.jsonld").data)

    assert len(package["resources"]) == len(MONTHLY)
    for each in package["resources"]:
        assert browser.client.get(f"/data/{each['path']}").status_code == 200
        assert each["schema"]["fields"]
    addresses = [
        one["dcat:downloadURL"]["@id"] for each in catalogue["dcat:dataset"] for one in each["dcat:distribution"]
    ]
    assert len(addresses) == 2 * len(MONTHLY)
    assert all(browser.client.get(f"/data/{each}").status_code == 200 for each in addresses)


@contextmanager
def statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield said
    event.remove(Engine, "before_cursor_execute", note)


def test_nothing_is_counted_while_somebody_reads(published: History, browser: Browser) -> None:
    for address in ("/data", "/data/prevented-by-origin", *FILES):
        with statements() as said:
            assert browser.client.get(address).status_code == 200
        asked = [each for each in said if each.upper().startswith("SELECT")]
        assert len(asked) <= 4, asked
        assert not [each for each in asked if " fact" in each or '"case"' in each or "subject" in each]


def test_who_asks_too_fast_is_told_to_wait(published: History, browser: Browser) -> None:
    answers = [browser.client.get("/data/dispositions/schema.json").status_code for _ in range(MOST + 1)]

    assert answers[-2:] == [200, 429]


def test_the_data_steward_looks_at_a_month_and_publishes_it(
    history: History, officer: Callable[[str], Browser], browser: Browser
) -> None:
    prepare(history.engine, Period("2026-10"), at=NOW)
    steward = officer(STEWARD)

    page = steward.get(steward.get("/").link("Data publik"))
    shown = steward.get(page.link("menurut daerah asal"))
    done = page.submit("/audit/figures/2026-10")

    assert "belum diterbitkan" in shown.text
    assert "Diterbitkan: 9 set data Oktober 2026." in done.text
    assert "Tidak ada yang menunggu diterbitkan" in done.text
    assert browser.get("/data/prevented-by-origin/2026-10.csv").status == 200


def test_what_was_made_anew_meanwhile_is_looked_at_again(history: History, officer: Callable[[str], Browser]) -> None:
    prepare(history.engine, Period("2026-10"), at=NOW)
    page = officer(STEWARD).get("/audit/figures")
    history.case(origin="35.07", to="MY")
    made = make(history.engine, Period("2026-10"), [each for each in datasets() if each.code in MONTHLY], at=NOW)
    history.engine.perform(prepare_figures, made, at=NOW)

    answer = page.submit("/audit/figures/2026-10")

    assert "sudah dibuat ulang sejak Anda melihatnya" in answer.text


def test_an_auditor_of_the_head_office_looks_and_does_not_publish(
    history: History, officer: Callable[[str], Browser]
) -> None:
    prepare(history.engine, Period("2026-10"), at=NOW)
    auditor: Page = officer(AUDITOR).get("/audit/figures")

    assert "Walidata yang menerbitkannya." in auditor.text
    assert not [each for each in auditor.tree.forms if "/audit/figures" in (each.get("action") or "")]
    assert officer(HEAD).get("/audit/figures").status == 403


def test_the_document_says_what_the_pages_say() -> None:
    told = (Path(__file__).parents[2] / "docs/public-figures.md").read_text(encoding="utf-8")

    for each in datasets():
        assert f"### `{each.code}`" in told
        for words in (each.definition_id, each.definition_en, *(column.description_id for column in each.columns)):
            assert words in told
