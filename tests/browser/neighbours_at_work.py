"""Two houses that exchange: ours, before which an officer sits, and the stand-in for SISKOP2MI with a page of its own.

Whatever is done is done by a button of one of them. News travels over a line, or as files that are carried to and fro.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Download, Locator, Page

from engine.domain.placement import EventKind
from tests.browser.house_apart import HouseApart
from tests.browser.officer_at_screen import SCREENSHOTS, OfficerAtScreen
from tests.browser.placed_again import EVERYTHING, PlacingHouse
from tests.web.simulator.served import Apart

PATIENCE = 60.0
"""Seconds of this machine after which something should have happened by itself."""
ASKS_EVERY = {"seconds": 31}
"""After so long the house asks for news again."""
SAID = {
    EventKind.REGISTERED: "Pendaftaran",
    EventKind.EXAMINED: "Pemeriksaan kesehatan",
    EventKind.TRAINED: "Pelatihan",
    EventKind.ORIENTED: "Orientasi pra-pemberangkatan (OPP)",
    EventKind.CARDED: "Kartu E-KPMI",
    EventKind.DEPARTED: "Keberangkatan",
    EventKind.ARRIVED: "Tiba",
    EventKind.MONITORED: "Pemantauan",
}
"""What each kind of news is called on our pages."""


@dataclass
class Neighbours:
    """Both, and the way between them."""

    house: PlacingHouse
    ours: HouseApart
    screen: OfficerAtScreen
    stand: Apart
    theirs: Page
    by_files: bool
    folder: Path
    case: str = ""
    """The sub-case by which the person is placed."""
    carried: list[str] = field(default_factory=list)
    """The names of the files that were carried."""

    def work(self) -> None:
        """Let officers do what there is to do, and whatever happens by itself happen, until only news or time is waited for."""
        while True:
            self.house.work()
            self.until(self._quiet, "what was announced did not come about")
            if self.by_files and self._unsent():
                self.carry_reports()
            if not self.house.waiting():
                return

    def tell(self, kind: EventKind) -> None:
        """Let the next thing happen over there, and look here that it ended the step that waited for it."""
        waits = self.house.waits_for_news()
        assert waits == [kind], f"waits for {waits}, not for {kind}"
        (step,) = [each for (each,) in self.ours.rows(OPEN) if each]
        self._look_at_case(f"Menunggu: {SAID[kind]}")
        self.theirs.goto(self.stand.url.removesuffix("/v1"))
        self._press_there(re.compile(f"^Kabar berikutnya untuk {re.escape(self.case)}:"))
        assert self._placement()["stage"] == kind.value
        before = self._moved()
        self.carry_news() if self.by_files else self.ours.let_pass(**ASKS_EVERY)
        self.until(lambda: self._moved() == before + 1, f"{kind} did not come to its case")
        self._look_at_case(f"Kabar terakhir {SAID[kind]}")
        ended = "select state from work_item where name = :name order by id desc limit 1"
        assert self.ours.rows(ended, name=step) == [("exited",)], step

    def carry_reports(self) -> None:
        """Make a batch of what waits, hand it over there, and bring the answer back."""
        self._exchange("/exchange/batches")
        self.screen.press("Buat berkas")
        page = self.screen.page
        batch = self._saved(page.get_by_role("button", name=re.compile("^Unduh K-")).first.click)
        self._open_there()
        self.theirs.get_by_label("Berkas dari Lajur").set_input_files(batch)
        answer = self._saved(lambda: self._press_there("Ambil dan unduh jawabannya"), self.theirs)
        self._exchange("/exchange/batches")
        page.locator("summary", has_text="Terima jawabannya").first.click()
        form = page.locator("form[action$='/acknowledge']").first
        form.locator("[type=file]").set_input_files(answer)
        self.screen.press("Terima jawabannya", form)
        page.locator(".said-good", has_text="Baris yang ditolak: 0").wait_for()
        self.picture("exchange-batches")

    def carry_news(self) -> None:
        """Fetch what there is to tell over there, look at it here, and take it in."""
        self._open_there()
        news = self._saved(lambda: self._press_there("Unduh kabar"), self.theirs)
        self._exchange("/exchange/batches")
        page = self.screen.page
        page.locator("form[action$='/preview'] [type=file]").set_input_files(news)
        self.screen.press("Periksa dahulu")
        page.locator(".said-good", has_text="Semua baris sudah benar").wait_for()
        self.picture("exchange-preview")
        self.screen.press("Terima berkas ini")
        page.locator(".said-good", has_text="Diterima sebagai berkas").wait_for()
        self.ours.wake()

    def differ(self, case: str, how: str) -> None:
        """Let the stand-in know a placement otherwise, and tell nobody."""
        self._open_there()
        row = self.theirs.locator("tr", has_text=case)
        row.locator("summary").click()
        row.get_by_role("combobox").select_option(value=how)
        row.get_by_role("button", name=f"Buat berbeda: {case}").click()

    def appear(self, name: str, born_on: str) -> None:
        """Let somebody register over there by themselves."""
        self._open_there()
        self.theirs.get_by_label("Nama", exact=True).fill(name)
        self.theirs.get_by_label("Tanggal lahir").fill(born_on)
        self._press_there("Tambah penempatan yang tidak dikenal Lajur")

    def tell_what_was_held(self) -> None:
        """Let the stand-in tell what it kept quiet about."""
        self._open_there()
        self._press_there("Kabarkan sekarang")

    def compare(self) -> dict[str, Locator]:
        """Want both sides compared: over the line, or by the list that they give. Returns what differs, by its words."""
        if self.by_files:
            self._open_there()
            listed = self._saved(
                lambda: self.theirs.get_by_role("link", name=re.compile("^Daftar ")).click(), self.theirs
            )
            self._exchange("/exchange/differences")
            form = self.screen.page.locator("form[action$='/compare']")
            form.locator("[type=file]").set_input_files(listed)
            self.screen.press("Bandingkan", form)
            self.screen.page.locator(".said-good", has_text="Sudah dibandingkan").wait_for()
        else:
            self._exchange("/exchange/differences")
            self.screen.press("Bandingkan sekarang")
            self.screen.page.locator(".said-good", has_text="Sudah diminta").wait_for()
            runs = self.ours.rows(RUNS)
            self.ours.let_pass(**ASKS_EVERY)
            self.until(lambda: self.ours.rows(RUNS) != runs, "both sides were not compared")
            self._exchange("/exchange/differences")
        words = self.screen.page.locator("table.stacked tbody tr td:first-child b").all_inner_texts()
        return {each: self.differing(each) for each in words}

    def differing(self, words: str) -> Locator:
        """The row of a difference, on the page at hand."""
        return self.screen.page.locator("table.stacked tbody tr", has_text=words)

    def mend(self, row: Locator, act: str) -> None:
        """Press the button that mends a difference."""
        row.get_by_role("button", name=re.compile(f"^{act}:")).click()
        self.screen.page.locator(".said-good", has_text="Selesai.").wait_for()

    def link(self, row: Locator, case: str) -> None:
        """Say which case a number means that nobody here knew."""
        row.locator("summary", has_text="Tautkan ke kasus").click()
        row.get_by_label("Nomor kasus").fill(case)
        self.screen.press("Tautkan", row)
        self.screen.page.locator(".said-good", has_text="Tertaut.").wait_for()

    def until(self, came: Callable[[], bool], otherwise: str) -> None:
        """Wait until it has come about over here, waking the worker now and then."""
        ends = time.monotonic() + PATIENCE
        while not came():
            assert time.monotonic() < ends, otherwise
            self.ours.wake()
            time.sleep(0.1)

    def picture(self, name: str) -> None:
        self.screen.picture(name)

    def picture_there(self, name: str) -> None:
        """Keep a picture of the stand-in's page."""
        self._open_there()
        if SCREENSHOTS:
            width = (self.theirs.viewport_size or {"width": 0})["width"]
            self.theirs.screenshot(path=Path(SCREENSHOTS) / f"{name}-{width}.png", full_page=True)

    def _open_there(self) -> None:
        self.theirs.goto(self.stand.url.removesuffix("v1"))

    def _press_there(self, words: str | re.Pattern[str]) -> None:
        exact = isinstance(words, str)
        self.theirs.get_by_role("button", name=words, exact=exact).click()

    def _exchange(self, address: str) -> None:
        """Sit down before this page of the exchange."""
        self.screen.sign_in(self.officer)
        self.screen.go(address)

    @property
    def officer(self) -> str:
        return self.screen.login or EVERYTHING

    def _saved(self, press: Callable[[], None], page: Page | None = None) -> Path:
        """What is downloaded by a button, as a file on this disk under its own name."""
        with (page or self.screen.page).expect_download() as waiting:
            press()
        got: Download = waiting.value
        place = self.folder / f"{len(self.carried)}-{got.suggested_filename}"
        got.save_as(place)
        self.carried.append(got.suggested_filename)
        return place

    def _look_at_case(self, wanted: str) -> None:
        """Look at the page of the placement's case until it says so."""
        self.screen.sign_in(self.officer)
        self.screen.go(f"/cases/{self.case}")
        found = " ".join(self._card().inner_text().split())
        assert wanted in found, found

    def _card(self) -> Locator:
        return self.screen.page.locator("section.card", has=self.screen.page.get_by_role("heading", name="SISKOP2MI"))

    def _placement(self) -> dict[str, object]:
        found: dict[str, object] = next(each for each in self.stand.state()["placements"] if each["case"] == self.case)
        return found

    def _moved(self) -> int:
        return int(self.ours.rows("select count(*) from partner_event where state = 'applied'")[0][0])

    def _unsent(self) -> bool:
        return bool(self.ours.rows("select id from dispatch where channel = 'siskop2mi' and state = 'pending'"))

    def _quiet(self) -> bool:
        """Whether nothing is about to happen by itself."""
        by_nobody = "select name from work_item where state = 'ready' and post = ''"
        told = "select kind from announcement where state = 'pending'"
        return not self.ours.rows(by_nobody) and not self.ours.rows(told)


RUNS = "select count(*) from reconciliation where source = 'rest'"
OPEN = """
select name from work_item where state in ('ready', 'reserved') and element in
('kabar_verifikasi', 'kabar_kesehatan', 'kabar_pelatihan', 'laksanakan_opp', 'rekam_biometrik', 'dampingi_embarkasi',
 'pastikan_tiba', 'hubungi')
"""
"""The steps that wait for news."""
