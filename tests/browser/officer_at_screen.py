"""An officer in front of a browser: reads the page, fills in what it asks and presses its buttons. Knows no table."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import BrowserContext, Locator, Page

from tests.browser.served_office import ServedOffice
from tests.web.office import PASSWORD

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How the browser is started: it speaks to this machine alone, also where root runs it in a container."""
SCREENSHOTS = os.environ.get("LAJUR_SCREENSHOTS", "")
SCAN = b"%PDF-1.4\n% Contoh\n%%EOF\n"
"""What stands for any document."""
Answers = Mapping[str, Any]

FIELDS = """form => {
const words = element => element.textContent.trim();
const known = (box, control) => {
    if (['radio', 'checkbox'].includes(control.type))
        return [...box.querySelectorAll('.pick:has(:checked)')].map(words).join('\\n');
    return control.tagName === 'SELECT' ? control.value && words(control.selectedOptions[0]) : control.value;
};
return [...form.querySelectorAll('[data-fields] .field')].map(box => {
    const control = box.querySelector('input, select, textarea');
    return {
        name: control.name,
        kind: control.inputMode || (control.tagName === 'INPUT' ? control.type : control.tagName.toLowerCase()),
        label: box.querySelector('label, legend').firstChild.textContent.trim(),
        required: !box.querySelector('.optional, .masked'),
        asksAgain: box.hasAttribute('data-asks-again'),
        known: known(box, control),
    };
})}"""


@dataclass
class Watch:
    """What went wrong on the pages that were visited, though nobody may have seen it."""

    faults: list[str] = field(default_factory=list)
    visited: set[str] = field(default_factory=set)
    expected: set[str] = field(default_factory=set)
    """Parts of messages that a test is about: a browser reports every page answered with 409 as well."""

    def over(self, context: BrowserContext) -> None:
        """Look at every page of this browser from now on."""
        context.expose_binding("lajurViolation", lambda _, said: self.faults.append(f"policy: {said}"))
        context.add_init_script(
            "addEventListener('securitypolicyviolation', e => lajurViolation("
            "`${e.effectiveDirective} ${e.blockedURI} on ${location.pathname}`))"
        )
        context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        page.on("console", lambda said: self._note(said.type, f"{said.text} on {page.url}"))
        page.on("pageerror", lambda error: self._note("error", f"{error} on {page.url}"))
        page.on("framenavigated", lambda frame: self.visited.add(frame.url))

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(each in text for each in self.expected):
            self.faults.append(f"{kind}: {text}")


@dataclass
class OfficerAtScreen:
    """One browser window, and whoever sits before it."""

    page: Page
    office: ServedOffice
    answers: Answers = field(default_factory=dict)
    own: Answers = field(default_factory=dict)
    """Answers about the person at hand: they are given whatever stands in the form already."""
    keeps: bool = False
    """Whether an answer that stands in the form is left as it is."""
    login: str = ""

    # Coming and going.

    def sign_in(self, login: str) -> None:
        """Sign in; whoever sat there before signs out first."""
        if login == self.login:
            return
        if self.login:
            self.sign_out()
        else:
            self.page.goto(self.office.address)
        self.page.get_by_label("Akun").fill(login)
        self.page.get_by_label("Kata sandi").fill(PASSWORD)
        self.press("Masuk")
        self.page.wait_for_url("**/work/mine")
        self.login = login

    def sign_out(self) -> None:
        self.press("Keluar")
        self.page.wait_for_url("**/sign-in*")
        self.login = ""

    def go(self, address: str) -> None:
        self.page.goto(self.office.address + address)

    def press(self, words: str, within: Locator | None = None) -> None:
        """Press the button with exactly these words."""
        (within or self.page.locator("body")).get_by_role("button", name=words, exact=True).click()

    def follow(self, words: str) -> None:
        """Follow the first link with these words, and wait until its page is there and listens."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=words).first.click()

    # Work.

    def open_case(self, title: str = "Penanganan Kasus SISPOPMI") -> str:
        """Open a case of this procedure, which is looked for where it is not chosen already; gives back its number."""
        self.follow("Kasus baru")
        if not self.page.locator("input[name='release']:checked").count():
            self.page.get_by_label("Kata dalam nama").fill(title)
            self.press("Cari")
            self.page.get_by_label(title).check()
        self.press("Buka kasus")
        return self.page.locator("h1 span").first.inner_text()

    def open_item(self, step: str, cases: list[str]) -> None:
        """Open the work item of this name: by the button on the case's page, or out of the list of the officer's posts."""
        main = self.page.locator(".head > a.button-main")
        if "/cases/" in self.page.url and main.count() and main.inner_text().strip() == step:
            main.click()
        else:
            self._find_item(step, cases)
        self.page.locator("h1", has_text=step).wait_for()

    def _find_item(self, step: str, cases: list[str]) -> None:
        if not self.page.url.endswith(("/work/mine", "/work/post")):
            self.follow("Tugas saya")
        self.follow("Jabatan saya")
        row = self.page.locator("[data-row]").filter(has=self.page.get_by_role("link", name=step, exact=True))
        row.filter(has_text=re.compile("|".join(map(re.escape, cases)))).get_by_role("link", name=step).click()

    def work(self, step: str, outcome: str, cases: list[str]) -> None:
        """Open an item where it is not open yet, answer what it asks, and press its outcome."""
        if self.page.locator("h1").inner_text() != step:
            self.open_item(step, cases)
        self.attach_documents()
        self.fill_in()
        self.press(outcome or "Selesaikan", self.form)
        self.page.locator(".said-good, .said-bad, .wrong").first.wait_for()
        assert self.page.locator(".said-good").count(), self.page.locator("main").inner_text()

    def attach_documents(self) -> None:
        """Attach what the step cannot be completed without."""
        while (missing := self.page.locator(".papers > .missing:has(.tag-proposed)")).count():
            self.attach(missing.first.locator("form[data-wanted]").get_attribute("data-wanted") or "")

    def attach(self, kind: str) -> None:
        """Attach a scan as this kind of document, on the page of a step."""
        form = self.page.locator(f"form[data-wanted='{kind}']")
        form.locator("[type=file]").set_input_files(
            {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": SCAN}
        )
        with self.page.expect_navigation():
            self.press("Lampirkan", form)

    def decide(self, course: str, ground: str) -> str:
        """Set a course of the case on the page of the step that is for it; gives back the number of the sub-case."""
        box = self.page.locator("form[action$='/dispositions']")
        box.get_by_label(course).check()
        box.get_by_label("Dasar pertimbangan").fill(ground)
        box.get_by_role("button").click()
        return self.page.locator(".open-items a.code").last.inner_text()

    # Forms.

    @property
    def form(self) -> Locator:
        return self.page.locator("form[data-questions]")

    def fill_in(self) -> None:
        """Answer every required question and those there is an answer for, in order; new ones may appear on the way."""
        done: set[str] = set()
        while asked := [each for each in self.form.evaluate(FIELDS) if each["name"] not in done]:
            first = asked[0]
            done.add(first["name"])
            if self._is_to_answer(first):
                self._answer(first)

    def _is_to_answer(self, asked: dict[str, Any]) -> bool:
        if asked["name"] in self.own:
            return bool(asked["known"] != self.own[asked["name"]])
        return (asked["required"] or asked["name"] in self.answers) and not (self.keeps and asked["known"])

    def _answer(self, asked: dict[str, Any]) -> None:
        value = self.own.get(asked["name"], self.answers.get(asked["name"], self._sensible(asked)))
        if not asked["asksAgain"]:
            self._enter(asked, value)
            return
        if value and asked["known"] == value:
            return  # nothing changes, so nothing is asked
        with self.page.expect_response(lambda answer: answer.url.endswith("/questions")):
            self._enter(asked, value)
            self.page.keyboard.press("Tab")
        self.form.locator("[data-fields]:not([aria-busy])").wait_for()

    def _enter(self, asked: dict[str, Any], value: Any) -> None:
        """Use the widget as a person would."""
        box = self.form.locator(f"[name='{asked['name']}']")
        match asked["kind"]:
            case "radio" | "checkbox":
                for each in [value] if isinstance(value, str) else value:
                    self._pick(asked["name"], each)
            case "select":
                box.select_option(label=value) if value else box.select_option(index=1)
            case _:
                box.fill(value)

    def _pick(self, name: str, label: str) -> None:
        picks = self.form.locator(f".pick:has([name='{name}'])")
        pick = picks.filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$")) if label else picks.first
        pick.click()

    def _sensible(self, asked: dict[str, Any]) -> Any:
        today = self.office.clock().astimezone(ZoneInfo("Asia/Jakarta"))
        match asked["kind"]:
            case "radio" | "checkbox" | "select":
                return ""
            case "decimal":
                return "2"
            case "date":
                return (today + timedelta(days=7)).date().isoformat()
            case "datetime-local":
                return today.strftime("%Y-%m-%dT%H:%M")
        return f"Contoh {asked['label'].lower()}"

    # Looking.

    def picture(self, name: str) -> None:
        """Keep a picture of the whole page, where `LAJUR_SCREENSHOTS` names a folder for it."""
        if SCREENSHOTS:
            width = (self.page.viewport_size or {"width": 0})["width"]
            self.page.screenshot(path=Path(SCREENSHOTS) / f"{name}-{width}.png", full_page=True)
