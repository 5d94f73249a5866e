"""What a page can be beside what it is at first sight: empty, filled in, refused, shown once, over. Each is reached by doing."""

from __future__ import annotations

from collections.abc import Callable

import pyotp

from engine import cancel_case, open_case, require_factor, reset_factor, suspend_case
from tests.browser.head_start import case_at
from tests.browser.manifest import pasted, people
from tests.browser.served_office import HERE
from tests.browser.visitor import Visitor
from tests.web.office import HEAD, HELPDESK, OWNER, PASSWORD, SISPOPMI
from tests.web.rights.world import ADMIN, APPROVER, AUDITOR, COLLEAGUE, HOMELESS, World

OPEN_MENU = "() => document.querySelector('.menu-more').open = true"
ITEM = """
select w.id from work_item w join "case" c on c.id = w.case_id where c.number = :case and w.name = :name
"""
KNOWN, TRAVEL = "Merekam negara dan pekerjaan tujuan", "Memilih moda dan jadwal"
ASKING, DECIDING = "Membacakan isi formulir", "Menetapkan disposisi"


def at_the_door(visitor: Visitor, _: World) -> None:
    visitor.become("")
    visitor.go("/sign-in")
    visitor.send("/sign-in", login="tidak-ada.jatim", password="bukan kata sandinya")
    visitor.look("sign-in-refused", narrow=True)


def of_the_lists(visitor: Visitor, _: World) -> None:
    visitor.become(HOMELESS)
    for address in ("/work/mine", "/cases/new", "/groups/new"):
        visitor.go(address)
        visitor.look(f"nobody{address.replace('/', '-')}", narrow=True)
    visitor.become(HEAD)
    for name, address in {
        "work-nothing-matches": "/work/post?q=zzz",
        "cases-completed": "/cases?state=completed",
        "cases-nothing-matches": "/cases?q=zzz",
        "catalogue-search": "/catalogue/search?q=penapisan",
        "catalogue-nothing-matches": "/catalogue/search?q=zzz",
        "catalogue-macro": "/catalogue/c3-m06",
        "catalogue-map": "/catalogue/p-c3-02",
        "nowhere": "/tidak-ada",
        "not-yours": "/house",
    }.items():
        visitor.go(address)
        visitor.settle()
        visitor.look(name, narrow="nothing" in name or name.startswith("no"))
    visitor.go("/cases")
    visitor.page.evaluate(OPEN_MENU)
    visitor.look("menu", unfold=False, whole=True)


def of_a_case(visitor: Visitor, world: World) -> None:
    visitor.become(COLLEAGUE)
    case = f"/cases/{world.names['case']}"
    for tab in ("diagram", "documents", "person", "time"):
        visitor.go(f"{case}?tab={tab}")
        visitor.settle()
        visitor.look(f"case-{tab}")
    visitor.go(f"{case}?tab=person")
    visitor.send("/reveal", reason=1)
    visitor.look("case-person-shown")


def of_a_fresh_case(visitor: Visitor, _: World) -> None:
    office, at = visitor.office, visitor.office.clock()
    case = office.engine.perform(open_case, "p-c3-01", office=f"bp3mi-{HERE}", officer=SISPOPMI, at=at).case or ""
    visitor.become(SISPOPMI)
    for tab in ("way", "person", "documents"):
        visitor.go(f"/cases/{case}?tab={tab}")
        visitor.look(f"fresh-{tab}")
    visitor.send("/slip")
    visitor.look("slip-made")
    other = office.engine.perform(open_case, "p-c3-01", office=f"bp3mi-{HERE}", officer=SISPOPMI, at=at).case or ""
    office.engine.perform(suspend_case, other, reason="Contoh alasan", officer=SISPOPMI, at=at)
    visitor.go(f"/cases/{other}")
    visitor.look("case-suspended")
    closing = "tidak-dapat-dihubungi"
    office.engine.perform(cancel_case, case, reason="Contoh alasan", closing=closing, officer=SISPOPMI, at=at)
    visitor.go(f"/cases/{case}")
    visitor.look("case-cancelled")


def of_an_extension(visitor: Visitor, world: World) -> None:
    visitor.become(APPROVER)
    visitor.go("/extensions")
    visitor.look("extensions-of-all")
    address = f"/extensions/{world.names['extension']}"
    visitor.go(address)
    visitor.look("extension-closed-case")
    visitor.send(address)
    visitor.look("extension-granted")


def of_a_step(visitor: Visitor, _: World) -> None:
    for step, procedure, post in (
        (KNOWN, "p-c3-01", "petugas-sispopmi"),
        (TRAVEL, "c3-m06", "pengelola-kasus"),
        (ASKING, "c3-m05", "penyuluh-hukum"),
        (DECIDING, "c3-m05", "kepala-bp3mi"),
    ):
        case = case_at(visitor.office, step, procedure=procedure)
        visitor.become(f"{post}.{HERE}")
        visitor.go(f"/work/{visitor.office.rows(ITEM, case=case, name=step)[0][0]}")
        visitor.look(f"item-{procedure}-{post}")
        if step == KNOWN:
            visitor.send("/complete")
            visitor.look("item-refused", narrow=True)
            done = visitor.office.rows(ITEM, case=case, name="Memeriksa keadaan darurat")[0][0]
            visitor.become(HELPDESK)
            visitor.go(f"/work/{done}")
            visitor.look("item-done")


def of_a_group(visitor: Visitor, world: World) -> None:
    group = f"/groups/{world.names['event']}"
    visitor.become(HELPDESK)
    visitor.go(group)
    visitor.page.locator("#step").select_option(index=1)
    with visitor.page.expect_navigation():
        visitor.page.locator("form.sieve button").click()
    visitor.look("group-step")
    with visitor.page.expect_navigation():
        visitor.page.locator(".board-bar a").first.click()
    visitor.look("group-all-chosen", narrow=True)
    with visitor.page.expect_navigation():
        visitor.page.locator(".board-bar .button-main").click()
    visitor.look("many")
    visitor.fill_in()
    with visitor.page.expect_navigation():
        visitor.page.locator(".actions .button-main").click()
    visitor.look("many-done")
    visitor.become(SISPOPMI)
    visitor.go(f"{group}/people")
    visitor.send("/columns")
    visitor.look("group-people-refused", narrow=True)
    listed = [list(each) for each in people(4)]
    listed[2][4] = "31/02/1996"
    visitor.send("/columns", pasted=pasted(listed))
    visitor.look("group-columns")
    visitor.send("/admit")
    visitor.look("group-done")


def of_persons(visitor: Visitor, world: World) -> None:
    visitor.become(SISPOPMI)
    visitor.go("/people")
    visitor.send("/people")
    visitor.look("people-search-refused", narrow=True)
    visitor.send("/people", nama="Zzpersonal")
    visitor.look("people-found")
    visitor.go(f"/people/of/{world.names['case']}")
    visitor.send(f"/people/of/{world.names['case']}")
    visitor.look("people-compared")
    visitor.become(COLLEAGUE)
    visitor.go(f"/people/{world.names['person']}")
    visitor.send("/reveal", reason=1)
    visitor.look("person-shown")
    visitor.go("/people/import")
    visitor.send("/columns", source="Buku register contoh", pasted=pasted([list(each) for each in people(3)]))
    visitor.look("import-columns")
    visitor.send("/take")
    visitor.look("import-taken")


def of_the_house(visitor: Visitor, _: World) -> None:
    visitor.become(ADMIN)
    for name, address in {
        "incidents-resolved": "/house/incidents?state=resolved",
        "officers-none": "/house/officers?q=zzz",
    }.items():
        visitor.go(address)
        visitor.look(name, narrow=True)
    visitor.go("/house/officers")
    visitor.send("/house/officers/new", login="baru.jatim", name="Pegawai Contoh")
    visitor.look("officer-secret")


def of_the_desk(visitor: Visitor, _: World) -> None:
    visitor.become(AUDITOR)
    nothing = "since=2020-01-01&until=2020-01-02"
    for place in ("", "/offices", "/handovers", "/prevention", "/steps", "/besides", "/recruiters"):
        visitor.go(f"/audit{place}?{nothing}")
        visitor.look(f"audit-nothing{place.replace('/', '-')}", narrow=True)
    visitor.go("/audit/trail")
    visitor.send("/audit/trail")
    visitor.look("audit-trail-checked")


def of_the_slip(visitor: Visitor, world: World) -> None:
    visitor.become("")
    visitor.go(f"/s/{world.names['code']}")
    visitor.send("/s", pin="000000")
    visitor.look("slip-refused", narrow=True)
    visitor.send("/s", code=world.names["code"], pin=world.names["pin"])
    visitor.look("slip-shows")


def of_a_draft(visitor: Visitor, world: World) -> None:
    visitor.become(OWNER)
    visitor.go("/catalogue/drafts")
    visitor.look("desk")
    visitor.go("/catalogue/c3-m05-02/compare")
    visitor.look("compare-nothing")
    visitor.go(f"/catalogue/drafts/{world.names['draft']}")
    visitor.send("/submit", note="Contoh alasan")
    visitor.look("draft-submitted")


def of_getting_in(visitor: Visitor, world: World) -> None:
    visitor.become(HOMELESS)
    visitor.go("/me/factor")
    visitor.send("/factor/begin")
    visitor.look("factor-key")
    key = visitor.page.locator(".secret code").inner_text().replace(" ", "")
    visitor.send("/factor/confirm", code=pyotp.TOTP(key).at(visitor.office.clock()))
    visitor.look("factor-codes")
    visitor.go("/me/factor")
    visitor.look("factor-set-up")
    visitor.become("")
    visitor.go("/sign-in")
    visitor.send("/sign-in", login=HOMELESS, password=PASSWORD)
    visitor.look("second")
    visitor.become(ADMIN)
    visitor.go("/house/sign-on")
    visitor.send("/sign-on/map", claim="peran", value="kepala", post="kepala-bp3mi", office="bp3mi-jatim")
    visitor.go("/house/sign-on")
    visitor.send("/sign-on/require", since="2026-12-01")
    visitor.look("sign-on-rules")
    visitor.send("/sign-on/unmap")
    now = visitor.office.clock()
    world.wiring.engine.perform(reset_factor, HOMELESS, reason="Uji", at=now)
    world.wiring.engine.perform(require_factor, since=None, at=now)


STATES: tuple[Callable[[Visitor, World], None], ...] = (
    at_the_door,
    of_the_lists,
    of_a_case,
    of_a_fresh_case,
    of_an_extension,
    of_a_step,
    of_a_group,
    of_persons,
    of_the_house,
    of_the_desk,
    of_the_slip,
    of_a_draft,
    of_getting_in,
)
