"""The same house three times: in which nothing has happened, on a usual day, and overfull. All made by the real commands."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import web.demo
from engine import (
    Engine,
    Refusal,
    WrongState,
    add_office,
    add_officer,
    add_post,
    admit_person,
    assign_post,
    attach_paper,
    claim_work_item,
    comment_on_case,
    create_token,
    issue_slip,
    keep_draft,
    offer_handover,
    open_case,
    open_event,
    propose_merge,
)
from engine.domain.organisation import Office, Post
from engine.queries import catalogue, release_page
from sop_catalog import registers
from sop_catalog.publishing import begin_draft, load_folder
from tests.browser.served_office import BEGUN
from tests.shipped import house_folder
from tests.web.office import CHEAP
from web.config import Settings
from web.first_start import load_registers
from web.wiring import wire

PROCEDURE, PLACE = "p-c3-01", "bp3mi-jatim"
OFFICER, OWNER, ELSEWHERE = "semua.jatim", "semua.pusat", "semua.jateng"
LONG = "PerkumpulanContohDenganNamaYangTidakPernahBerhentiDanTanpaSpasiSamaSekali"
"""A word that no line can break."""
SCAN = b"%PDF-1.4\n% Contoh\n%%EOF\n"
FULL = 45.0
"""Seconds that the many cases of the overfull house may take."""


@dataclass(frozen=True)
class Size:
    """How much there is of everything."""

    cases: int = 0
    group: int = 0
    groups: int = 0
    officers: int = 0
    comments: int = 0
    papers: int = 0
    incidents: int = 0
    drafts: int = 0
    offers: int = 0
    merges: int = 0
    in_hand: int = 0
    tokens: int = 0
    long: str = ""
    """What is put into every name that the registers let be as long."""


USUAL = Size(40, 12, 2, 0, 3, 3, 2, 2, 1, 1, 5, 1)
OVERFULL = Size(300, 200, 60, 60, 80, 40, 60, 20, 20, 10, 60, 15, LONG)
SIZES = {"empty": Size(), "usual": USUAL, "overfull": OVERFULL}


@dataclass
class House:
    """One of the three."""

    place: Path
    size: Size
    names: dict[str, Any] = field(default_factory=dict)
    """What the addresses of pages are made of."""
    engine: Engine = field(init=False)

    def build(self) -> None:
        """Make the house and what happens in it, all but what `begin` makes."""
        wiring = wire(Settings(data_dir=self.place), create=True)
        self.engine = wiring.engine
        self.engine.migrate()
        load_registers(self.engine, at=BEGUN)
        with house_folder() as diagrams:
            load_folder(self.engine, diagrams, at=BEGUN)
        if self.size.cases:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(web.demo, "SECONDS", FULL)
                patch.setattr(web.demo, "hash_password", lambda _: CHEAP)
                web.demo.load_demo(self.engine, self.place / "demo-accounts.txt", at=BEGUN, cases=self.size.cases)
            _Fill(self).all()
        else:
            self._officers()
        self.engine.close()

    def begin(self, engine: Engine) -> None:
        """Make one bare thing of each kind, where there is none yet: pages that are about one need it."""
        self.engine = engine
        if not self.size.cases:
            opened = self._do(open_event, by=OFFICER, office=PLACE, title="Rombongan Contoh", procedure=PROCEDURE)
            case = self._do(open_case, PROCEDURE, by=OFFICER, office=PLACE).case
            self.names |= {
                "event": opened.name,
                "case": case,
                "draft": self._do(begin_draft, code="c3-m05-02", by=OWNER).number,
            }
            self.names |= {"paper": 1, "incident": 1, "merge": 1, "person": 0, "handover": 0, "recruiter": 0}
            self.names["item"] = self.row("select max(id) from work_item")
        slip = self._do(issue_slip, self.names["case"], by=OFFICER)
        self.names |= {"code": slip.code, "pin": slip.pin}

    def row(self, asked: str, *values: Any) -> Any:
        """The first value that the tables answer with."""
        return self.rows(asked, *values)[0][0]

    def rows(self, asked: str, *values: Any) -> list[Any]:
        with self.engine.database.reading() as connection:
            return list(connection.exec_driver_sql(asked, values))

    def _do(self, command: Any, *args: Any, by: str, **more: Any) -> Any:
        return self.engine.perform(command, *args, officer=by, at=BEGUN, **more)

    def _officers(self) -> None:
        """One for each post of one office and of the head office, and in each of both one who holds all."""
        with self.engine.begin(at=BEGUN) as work:
            for office, everything in ((PLACE, OFFICER), ("pusat", OWNER)):
                add_officer(work, everything, name="Petugas Serba Bisa Contoh", password=CHEAP)
                kind = "head" if office == "pusat" else "regional"
                for post in (each for each in registers.posts() if kind in each.offices):
                    login = f"{post.code}.{office.removeprefix('bp3mi-')}"
                    add_officer(work, login, name=f"{post.name} Contoh", password=CHEAP)
                    for holder in (login, everything):
                        assign_post(work, holder, post=post.code, office=office, begins_on=date(2026, 1, 1))


@dataclass
class _Fill:
    """What happens in a house beside its cases."""

    house: House

    def all(self) -> None:
        self._house()
        self._groups()
        self._case()
        self._between()
        self._desk()
        self._faults()

    @property
    def size(self) -> Size:
        return self.house.size

    def _house(self) -> None:
        """Officers, and one post and one office with the longest names."""
        size, begins = self.size, date(2026, 1, 1)
        with self.house.engine.begin(at=BEGUN) as work:
            for number in range(size.officers):
                login = f"pegawai-contoh-{number:03}-dengan-akun-yang-panjang-sekali.jatim"
                add_officer(work, login, name=f"{size.long}{number}", password=CHEAP)
                assign_post(work, login, post="petugas-helpdesk", office=PLACE, begins_on=begins)
            if size.long:
                add_post(work, Post("jabatan-contoh", f"Jabatan{size.long}"))
                add_office(
                    work, Office("bp3mi-contoh", f"BP3MI{size.long}", "Kota Contoh", "Provinsi Contoh", "Asia/Jayapura")
                )
                assign_post(work, OFFICER, post="jabatan-contoh", office=PLACE, begins_on=begins)
        for number in range(size.tokens):
            for login in (OFFICER, OWNER):
                self._do(create_token, login, name=f"{size.long[:60]}{number}", by=login)

    def _groups(self) -> None:
        """Several with nobody in them, and one with everybody, each with all that a list can tell."""
        size, names = self.size, self.house.names
        title = size.long or "Kapal Contoh, Pelabuhan Contoh"
        told = {"office": PLACE, "procedure": PROCEDURE, "place": title, "note": f"Catatan contoh. {size.long * 3}"}
        for number in range(size.groups):
            names["event"] = self._do(open_event, by=OFFICER, title=f"{title} {number}", **told).name
        taken = {each.name for each in self._form()}
        for number in range(size.group):
            row = {name: text for name, text in person(number, size.long).items() if name in taken}
            with contextlib.suppress(Refusal):
                names["case"] = self._do(admit_person, names["event"], row, by=OFFICER).case

    def _form(self) -> list[Any]:
        with self.house.engine.reading(at=BEGUN) as reader:
            found = release_page(reader, PROCEDURE).release.activities
        return [each for activity in found.values() for each in activity.form]

    def _case(self) -> None:
        """The case that is looked at: comments, documents, a draft."""
        size, names = self.size, self.house.names
        row, names["person"] = self.house.rows('select id, subject_id from "case" where number = ?', names["case"])[0]
        names["item"] = self.house.row("select max(id) from work_item where case_id = ?", row)
        for number in range(size.comments):
            text = f"Catatan contoh {number} untuk rekan yang bertugas berikutnya. {size.long * 2}"
            self._do(comment_on_case, names["case"], text=text, by=OFFICER)
        for number in range(size.papers):
            name = f"pindaian-{number}{size.long}.pdf"
            self._do(
                attach_paper, names["case"], kind="paspor", name=name, content=SCAN + bytes([number % 200]), by=OFFICER
            )
        names["paper"] = self.house.row("select max(id) from paper")
        self._do(keep_draft, names["item"], answers={"catatan": f"Contoh {size.long}"}, by=OFFICER)
        free = self.house.rows(
            "select id, version from work_item where state = 'ready' and office = ? and id <> ? order by id desc",
            PLACE,
            names["item"],
        )
        for item, version in free[: size.in_hand]:
            with contextlib.suppress(Refusal):
                self._do(claim_work_item, item, seen=version, by=OFFICER)

    def _between(self) -> None:
        """Cases that another office offers, and persons who may be one."""
        size, names = self.size, self.house.names
        reason = f"Keluarganya di Banyuwangi. {size.long}"
        told: dict[str, Any] = {
            "to_office": PLACE,
            "reason": reason,
            "until": BEGUN + timedelta(days=2),
            "by": ELSEWHERE,
        }
        asked = "select number from \"case\" where office = 'bp3mi-jateng' and state = 'running' and parent_id is null order by id"
        for (number,) in self.house.rows(asked)[: size.offers]:
            self._do(offer_handover, number, **told)
        names["handover"] = self.house.row("select max(id) from handover")
        for number in range(size.merges):
            keep = names["person"] - 2 * number
            self._do(propose_merge, keep, keep - 1, reason=f"Nama dan tanggal lahirnya sama. {size.long}", by=OFFICER)
        names["merge"] = self.house.row("select max(id) from subject_merge")
        names["recruiter"] = self.house.row("select max(id) from recruiter")

    def _desk(self) -> None:
        with self.house.engine.reading(at=BEGUN) as reader:
            codes = [
                each.code for each in catalogue(reader) if each.code.count("-") == 2 and each.code.startswith("c3")
            ]
        for code in ["c3-m05-02", *codes][: self.size.drafts]:
            self.house.names["draft"] = self._do(begin_draft, code=code, by=OWNER).number

    def _faults(self) -> None:
        cases = self.house.rows('select id from "case" where office = ? order by id desc', PLACE)
        fault = WrongState(act="deliver", what="a message", state="lost")
        for (case,) in cases[: self.size.incidents]:
            with contextlib.suppress(WrongState):
                raise fault
            self.house.names["incident"] = self.house.engine.note_incident(
                fault, case=case, event="pass_time", at=BEGUN
            )

    def _do(self, command: Any, *args: Any, by: str, **more: Any) -> Any:
        return self.house._do(command, *args, by=by, **more)


def person(number: int, long: str = "") -> dict[str, Any]:
    """Somebody who does not exist, with everything that can be known of a person."""
    return {
        "nama": f"Contoh{number:03} {long or 'Peraga'}",
        "nama_alias": f"Misal{number:03} {long}".strip(),
        "nik": f"99{number + 7_000_000:014}",
        "nomor_paspor": f"X98{number:06}",
        "nomor_splp": f"SPLP-CONTOH-{number + 5000:05}",
        "jenis_kelamin": "perempuan" if number % 3 else "laki-laki",
        "tempat_lahir": long or "Kota Contoh",
        "tanggal_lahir": f"{1980 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}",
        "alamat": f"Jalan {long or 'Contoh'} Nomor {number}",
        "telepon": f"0899{20_000_000 + number}",
        "nama_keluarga": f"Keluarga {long or 'Contoh'} {number}",
        "telepon_keluarga": f"0899{30_000_000 + number}",
        "perekrut_nama": f"Perekrut{number % 80:02} {long or 'Contoh'}",
        "perekrut_telepon": f"0899{40_000_000 + number % 80}",
    }


@contextlib.contextmanager
def built(name: str, place: Path) -> Iterator[House]:
    """The house of this name, ready to be served."""
    house = House(place, SIZES[name])
    house.build()
    yield house
