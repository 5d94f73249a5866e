"""Somebody who is placed again by the official way, and is followed for six months: what is answered, and which steps wait for news.

A step that waits for news from SISKOP2MI is done by nobody here: the news ends it.
"""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from engine import add_officer, assign_post, open_case
from engine.domain.placement import EventKind
from engine.storage import tables
from sop_catalog import registers
from tests.browser.by_command import ByCommand
from tests.browser.forty_people import COMMON, FATES, OUTCOMES
from tests.browser.house_at_work import OPEN_STEPS, Chore, House, Person
from tests.browser.served_office import BEGUN, HERE, ServedOffice, serve
from tests.browser.the_way_home import ANSWERS as OF_THE_WAY_HOME
from tests.browser.the_way_home import DECISION
from tests.web.office import CHEAP

MONTHS = 6
EVERYTHING = f"semua.{HERE}"
"""Who holds every post of the office, also those that exchange."""
WAITS = {
    "kabar_verifikasi": EventKind.REGISTERED,
    "kabar_kesehatan": EventKind.EXAMINED,
    "kabar_pelatihan": EventKind.TRAINED,
    "laksanakan_opp": EventKind.ORIENTED,
    "rekam_biometrik": EventKind.CARDED,
    "dampingi_embarkasi": EventKind.DEPARTED,
    "pastikan_tiba": EventKind.ARRIVED,
    "hubungi": EventKind.MONITORED,
}
"""The steps of C2-M16 and C3-M20 that news from SISKOP2MI ends, and which."""
AGAIN, ENOUGH = "Dipantau lagi", "Cukup"
FOLLOWED = "Memutuskan kontak berikut"
ANSWERS = {
    **OF_THE_WAY_HOME,
    **COMMON,
    "setuju_siskop2mi": "Ya",
    "jarak_pemantauan": "1 bulan",
    "penempatan_dilaporkan": "Ya",
}
PLACED_AGAIN = Person(
    "ditempatkan lewat SISKOP2MI",
    answers={
        "pilihan_penyintas": "Ditempatkan kembali lewat jalur resmi",
        "usulan_disposisi": "Ditempatkan kembali lewat jalur resmi",
    },
    courses=FATES["ditempatkan"].courses,
)


@dataclass
class PlacingHouse(House):
    """A house that leaves to SISKOP2MI what SISKOP2MI tells."""

    stops_before: str = ""
    """A step at which it stops."""
    said: Counter[str] = field(default_factory=Counter)

    def waiting(self) -> list[Chore]:
        """Every step that an officer has to do now."""
        chores = [each for each in super().waiting() if each.post and each.element not in WAITS]
        return [] if any(each.name == self.stops_before for each in chores) else chores

    def waits_for_news(self) -> list[EventKind]:
        """What SISKOP2MI has to tell before these cases go on."""
        chores = [Chore(*row) for row in self.office.rows(OPEN_STEPS)]
        return [WAITS[each.element] for each in chores if each.family in self.people and each.element in WAITS]

    def _outcome(self, chore: Chore) -> str:
        """Followed as often as there are months, and then no more."""
        if chore.name != FOLLOWED:
            return super()._outcome(chore)
        return ENOUGH if self.passed[chore.family, FOLLOWED] + 1 >= MONTHS else AGAIN


def decided_at(furnished: Path, place: Path) -> None:
    """An office with a case that was brought, by commands, to the step at which its course is set."""
    shutil.copytree(furnished, place, dirs_exist_ok=True)
    with serve(place) as office:
        _add_officer_of_everything(office)
        house = house_of(office)
        house.stops_before = DECISION
        begin(house)
        house.work()


NAMES = ("Ayu Contoh", "Budi Contoh", "Citra Contoh", "Dewi Contoh", "Eka Contoh")
BORN = "1995-04-0{place}"
UNTOLD = len(NAMES) - 1
"""The last of them has come no further than the first step, so that nothing was reported of them."""


def several_at(furnished: Path, place: Path) -> None:
    """An office with five people to be placed: four wait for the news that they are registered, of one nothing was told yet."""
    shutil.copytree(furnished, place, dirs_exist_ok=True)
    with serve(place) as office:
        _add_officer_of_everything(office)
        house = PlacingHouse(office, ByCommand(office, ANSWERS), OUTCOMES)
        for row, name in enumerate(NAMES):
            number = _open_for(office, {"nama": name, "tanggal_lahir": BORN.format(place=row + 1)})
            if row != UNTOLD:
                house.people[number] = PLACED_AGAIN
        house.work()
        office.let_pass(seconds=1)
        house.work()
        assert house.waits_for_news() == [EventKind.REGISTERED] * UNTOLD


def _open_for(office: ServedOffice, person: dict[str, str]) -> str:
    """Open a placement for somebody of whom this is known already. Returns its number."""
    with office.engine.begin(at=office.clock()) as work:
        subject = work.subjects.add(work.at).number
        work.subjects.write(subject, person)
    by: dict[str, Any] = {"officer": EVERYTHING, "at": office.clock()}
    number = office.engine.perform(open_case, "p-c3-04", office=f"bp3mi-{HERE}", **by).case or ""
    with office.engine.begin(at=office.clock()) as work:
        mine = tables.case.c.number == number
        work.connection.execute(tables.case.update().where(mine).values(subject_id=subject))
    return number


def house_of(office: ServedOffice) -> PlacingHouse:
    """The offices at work on what this office has, by commands until somebody gives them other hands."""
    house = PlacingHouse(office, ByCommand(office, ANSWERS), OUTCOMES)
    for (number,) in office.rows('select number from "case" where parent_id is null'):
        house.people[number] = PLACED_AGAIN
    return house


def begin(house: PlacingHouse) -> str:
    """Open one more case. Returns its number."""
    office = house.office
    by: dict[str, Any] = {"officer": f"petugas-sispopmi.{HERE}", "at": office.clock()}
    number = office.engine.perform(open_case, "p-c3-01", office=f"bp3mi-{HERE}", **by).case or ""
    house.people[number] = PLACED_AGAIN
    return number


def _add_officer_of_everything(office: ServedOffice) -> None:
    with office.engine.begin(at=BEGUN) as work:
        add_officer(work, EVERYTHING, name="Petugas Serba Bisa Contoh", password=CHEAP)
        for post in registers.posts():
            if "regional" in post.offices:
                assign_post(work, EVERYTHING, post=post.code, office=f"bp3mi-{HERE}", begins_on=date(2026, 1, 1))
