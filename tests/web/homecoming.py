"""Citizens of two regencies and a victim, each with a word of their own that only one local government may read, or none.

Nobody here exists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyotp

from engine import (
    add_pemda,
    add_pemda_user,
    admit_person,
    begin_pemda_factor,
    confirm_pemda_factor,
    end_pemda,
    end_pemda_session,
    open_event,
    sign_in_pemda,
)
from engine.domain.pemda import Pemda
from tests.web.office import CHEAP, NOW, PASSWORD, SISPOPMI, Browser, Page
from tests.web.one_app import app_over
from web.wiring import Wiring

OWN, OTHER, VICTIM, QUIET = "Zzwarga Malang", "Zzwarga Blitar", "Zzkorban Malang", "Zzbelum Malang"
HIDDEN = {
    "nik": "9900000000007701",
    "alamat": "Jalan Zzalamat 7",
    "telepon": "089900007701",
    "perekrut_nama": "Zzperekrut Malang",
    "uraian_wawancara": "Zzwawancara",
    "kondisi_kesehatan": "Zzsakit",
    "nama_keluarga": "Zzkeluarga",
}
"""Of the citizen whom the local government is told of: these fields it is not."""
MALANG, BLITAR, PROVINCE, VILLAGE = "35.07", "35.05", "35", "35.07.11.2003"
CLEARED = "tidak_terindikasi"


@dataclass
class Homecoming:
    """What stands there."""

    wiring: Wiring
    numbers: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    """Area → the secret in the device of whoever signs in for it."""
    recovery: dict[str, list[str]] = field(default_factory=dict)

    def fill(self) -> None:
        """Make everything."""
        event = self.do(
            open_event, by=SISPOPMI, office="bp3mi-jatim", title="Kelompok Contoh", procedure="p-c3-01"
        ).name
        known = {"tanggal_lahir": "1998-03-02"}
        people = {
            OWN: ({**known, **HIDDEN}, {"daerah_asal": MALANG, "desa_asal": VILLAGE, "hasil_penapisan": CLEARED}, True),
            OTHER: (known, {"daerah_asal": BLITAR, "hasil_penapisan": CLEARED}, True),
            VICTIM: (known, {"daerah_asal": MALANG, "desa_asal": VILLAGE, "hasil_penapisan": "terindikasi"}, True),
            QUIET: (known, {"daerah_asal": MALANG, "hasil_penapisan": CLEARED}, False),
        }
        for name, (fields, facts, disposed) in people.items():
            number = self.do(admit_person, event, {"nama": name}, by=SISPOPMI).case
            self.numbers[name] = number
            self.tell(number, facts, fields, disposed=disposed)
        for area in (MALANG, BLITAR, PROVINCE, VILLAGE):
            self.pemda(area)
        self.pemda("36")
        self.do(end_pemda, "36", reason="Perjanjian diakhiri")

    def tell(self, number: str, facts: dict[str, Any], fields: dict[str, str], *, disposed: bool) -> None:
        """Write down what the steps of a case would have written, and set its course."""
        with self.wiring.engine.begin(at=NOW) as work:
            case = work.cases.lock(number).case
            assert case.subject is not None
            work.subjects.write(case.subject, fields)
            work.facts.write(case.id, facts, version=1, by=None, at=NOW, disputed={})
            if disposed:
                work.dispositions.add(case.id, "pulang", "Siap", at=NOW, by=1)

    def pemda(self, area: str) -> None:
        """A local government with somebody who has chosen a password."""
        one = Pemda(area, f"Pemda {area}", "PP 59/2021 Pasal 21", f"PKS-{area}/2026", date(2026, 1, 1))
        self.do(add_pemda, one)
        self.do(add_pemda_user, area, f"petugas.{area}", name=f"Petugas {area}", password=CHEAP)
        with self.wiring.engine.database.writing() as connection:
            connection.exec_driver_sql("update pemda_user set once = 0")
        self.enrol(area)

    def enrol(self, area: str) -> None:
        """Set up the second factor of whoever signs in for an area: nobody of them gets in without one."""
        login = f"petugas.{area}"
        session = self.do(sign_in_pemda, login, address="192.0.2.7", right=True).name
        self.secrets[area] = self.do(begin_pemda_factor, login).name
        code = pyotp.TOTP(self.secrets[area]).at(NOW)
        self.recovery[area] = self.do(confirm_pemda_factor, login, code=code, session=session).name.split()
        self.do(end_pemda_session, login)

    def do(self, command: Any, *args: Any, by: str | None = None, **more: Any) -> Any:
        """Give a command."""
        return self.wiring.engine.perform(command, *args, officer=by, at=NOW, **more)

    def browser(self, area: str = "", password: str = PASSWORD) -> Browser:
        """A browser in which somebody of a local government is signed in, or nobody."""
        made = Browser(app_over(self.wiring).test_client())
        if area:
            self.enter(made, area, password)
        return made

    def enter(self, browser: Browser, area: str, password: str = PASSWORD) -> Page:
        """Sign in, with a recovery code where a code is asked for: at one moment each code of a device is good once."""
        page = self.knock(browser, area, password)
        asked = page.response.request.path == "/pemda/second"
        return page.submit("/pemda/second", code=self.recovery[area].pop()) if asked else page

    def knock(self, browser: Browser, area: str, password: str = PASSWORD) -> Page:
        """Give the password alone."""
        return browser.get("/pemda/sign-in").submit("/pemda/sign-in", login=f"petugas.{area}", password=password)

    def looks(self, kind: str) -> int:
        """How many looks of a kind were noted."""
        with self.wiring.engine.database.reading() as connection:
            asked = "select count(*) from access_record where kind = ?"
            return int(connection.exec_driver_sql(asked, (kind,)).scalar_one())
