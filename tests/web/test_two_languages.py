"""Every page speaks one language at a time: Indonesian, or English for whoever has chosen it. Procedures stay as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engine import change_officer
from sop_catalog import registers
from tests.web.office import HEAD, HELPDESK, OWNER, SISPOPMI, Browser, Page
from tests.web.test_run_the_house import ADMIN
from tests.web.test_translations import translated
from web.identity.sessions import PORTAL
from web.wiring import Wiring

SAME = frozenset({"SOP", "Offline", "Online", "Status", "Lajur", "Total", "Data"})
"""Words that both languages have."""
OF_PROCEDURES = frozenset({"Disposisi", "Ya", "Tidak", "Nama", "Alamat", "Kembali"})
"""What drawings say too: stages, labels of fields and of outcomes, which are not translated."""
READ = ("placeholder", "aria-label", "title", "alt")


def pages(wiring: Wiring, case: str, item: str) -> dict[str, list[str]]:
    """Addresses of every kind of page, by who may see them."""
    house = ["", "/incidents", "/incidents?state=resolved", "/waiting", "/officers", "/officers?q=zzz", "/officers/1", "/offices", "/offices/bp3mi-jatim", "/offices/new", "/posts", "/sign-on"]  # fmt: skip
    return {
        HELPDESK: [
            "/work/mine",
            "/work/post",
            "/work/office",
            "/work/post?q=zzz",
            item,
            "/cases",
            "/cases?q=zzz",
            f"/cases/{case}",
            "/me",
            "/me/factor",
            "/tidak-ada",
            "/catalogue/publish",
        ],
        SISPOPMI: [
            "/cases/new",
            "/groups",
            "/groups/new",
            "/people",
            "/people/recruiters",
            *(f"/cases/{case}?tab={tab}" for tab in ("way", "diagram", "person", "time", "papers")),
        ],
        HEAD: ["/work/mine", "/audit", "/audit/sops", "/audit/prevention"],
        OWNER: [
            "/catalogue",
            "/catalogue/c3-m03-02",
            "/catalogue/search?q=penapisan",
            "/catalogue/publish",
            "/catalogue/desk",
        ],
        ADMIN: [f"/house{each}" for each in house],
    }


ASKED = PORTAL | {"reference.docs"}
"""Pages that are the same for everybody, but for the language that their address asks for."""


def plain_pages(browser: Browser, language: str) -> list[str]:
    """The addresses of all pages that need nothing in theirs, whoever adds one. What is for everybody is asked in a language."""
    rules = [each for each in browser.client.application.url_map.iter_rules() if "GET" in (each.methods or ())]
    plain = [each for each in rules if not each.arguments and each.endpoint != "static"]
    plain = [
        each for each in plain if not each.endpoint.startswith("pemda.")
    ]  # no officer's: test_pemda.py looks there
    return sorted(f"{each.rule}?lang={language}" if each.endpoint in ASKED else each.rule for each in plain)


def said(page: Page) -> Iterator[str]:
    """Each text of the page by itself, as a person reads it or has it read out; not what tells its own language."""
    for each in page.tree.iter():
        if isinstance(each.tag, str) and each.tag not in {"script", "style", "code"}:
            inner = () if tells_its_own(each) else (each.text, *(each.get(name) for name in READ))
            outer = () if tells_its_own(each.getparent()) else (each.tail,)
            yield from (" ".join((text or "").split()) for text in (*inner, *outer))


def tells_its_own(each: Any) -> bool:
    """Whether it stands in something within the page that says in which language it is: the catalogue's own words."""
    return each is not None and any(up.get("lang") for up in (each, *each.iterancestors()) if up.tag != "html")


def whole(texts: set[str]) -> set[str]:
    """Those that can be looked for as they are: without a place for something else."""
    return {each for each in texts if not re.search(r"%\(|\{", each) and len(each) > 2}


@pytest.mark.parametrize("language", ["en", "id"])
def test_no_page_mixes_the_languages(
    language: str, case: str, item: str, officer: Callable[[str], Browser], wiring: Wiring
) -> None:
    known = {english: indonesian for english, indonesian in translated().items() if english != indonesian}
    english, indonesian = whole(set(known)), whole(set(known.values()))
    strange = (indonesian - english if language == "en" else english - indonesian) - SAME - OF_PROCEDURES
    strange |= (
        {each.name for each in registers.posts()} if language == "en" else {each.english for each in registers.posts()}
    )
    wrong: dict[str, list[str]] = {}

    for login, addresses in pages(wiring, case, item).items():
        wiring.engine.perform(change_officer, login, language=language, at=wiring.clock())
        browser = officer(login)
        for address in [*addresses, *(plain_pages(browser, language) if login == HEAD else ())]:
            page = browser.get(address)
            if page.response.mimetype != "text/html":
                continue
            assert page.tree.get("lang") == language, address
            if found := sorted(set(said(page)) & strange):
                wrong[address] = found

    assert wrong == {}


def test_a_refusal_and_an_officers_post_are_told_in_english(
    item: str, officer: Callable[[str], Browser], wiring: Wiring
) -> None:
    wiring.engine.perform(change_officer, SISPOPMI, language="en", at=wiring.clock())
    browser = officer(SISPOPMI)

    refused = browser.get("/house")

    assert refused.status == 403
    assert "System administrator" in refused.text
    assert "SISPOPMI" in refused.text
    assert "Petugas" not in refused.text.replace("Petugas SISPOPMI Contoh", "")
