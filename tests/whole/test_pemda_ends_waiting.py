"""Where a drawing waits for a local government, its answer or report moves the case on: C3-M07-05, C3-M06-05 and C3-M06-07."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from sqlalchemy import select

from engine import (
    Database,
    Engine,
    add_officer,
    add_pemda,
    add_pemda_user,
    answer_citizen_handover,
    assign_post,
    begin_pemda_factor,
    complete_work_item,
    confirm_pemda_factor,
    open_case,
    report_citizen_arrival,
    sign_in_pemda,
)
from engine.domain.case import CaseState
from engine.domain.pemda import Pemda
from engine.domain.work_item import WorkItem
from engine.machine import Machine
from engine.process import Interpreter
from engine.spiff import Spiff
from engine.storage import tables
from engine.storage.cases import work_item_of
from sop_catalog.publishing import load_folder
from tests.shipped import FILES
from tests.small_office import KEYS
from tests.whole.answers import DESTINATION, ORIGIN, PLACES, filled_in
from tests.whole.office import OPENED, login_of
from tests.whole.playing import OPENER, _activities
from web.first_start import load_registers

AREA, LOGIN = "33.74", "petugas.semarang"
HASH = "$argon2id$v=19$m=8,t=1,p=1$c3ludGV0aWs$c3ludGV0aWs"
KNOWN = {"daerah_asal": AREA, "hasil_penapisan": "tidak_terindikasi"}
CODES = ("c3-m06-05", "c3-m06-07", "c3-m07-05")
POSTS = (
    "bendahara",
    "kepala-bp3mi",
    "kepala-subbag-tu",
    "ketua-tim-pelindungan",
    "pengelola-kasus",
    "petugas-pendamping",
    "ppk",
)
OPEN = tables.work_item.c.state.in_(["ready", "reserved"])


class House:
    """One house, one case in it, and the local government of where its person comes from."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.now, self.case = engine, OPENED + timedelta(days=2), ""
        basis = {"legal_basis": "PP 59/2021 Pasal 21", "agreement": "PKS-1/2026", "valid_from": date(2026, 1, 1)}
        self.do(add_pemda, Pemda(AREA, "Pemerintah Kota Contoh", **basis))  # type: ignore[arg-type] # both kinds
        self.do(add_pemda_user, AREA, LOGIN, name="Petugas Contoh", password=HASH)
        session = self.do(sign_in_pemda, LOGIN, address="192.0.2.7", right=True).name
        secret = self.do(begin_pemda_factor, LOGIN).name
        code = pyotp.TOTP(secret).at(self.now + timedelta(minutes=1))  # when it is asked for
        self.do(confirm_pemda_factor, LOGIN, code=code, session=session)

    def open(self, code: str) -> None:
        """Open a case whose person may be told of."""
        self.case = str(self.do(open_case, code, officer=OPENER, office=DESTINATION, **PLACES).case)
        with self.engine.begin(at=self.now) as work:
            held = replace(work.cases.lock(self.case).case, subject=work.subjects.add(self.now).number)
            work.cases.save(held)
            work.subjects.write(held.subject or 0, {"nama": "Wulan Contoh"})
            work.facts.write(held.id, KNOWN, version=1, by=None, at=self.now, disputed={})
            work.dispositions.add(held.id, "pulang", "Siap", at=self.now, by=1)

    def do(self, command: Any, *args: Any, **more: Any) -> Any:
        self.now += timedelta(minutes=1)
        return self.engine.perform(command, *args, at=self.now, **more)

    def work(self, element: str, outcome: str = "", **facts: Any) -> None:
        """Complete an open step, with the answers given and such as the form takes for the rest."""
        (item,) = [each for each in self.items() if each.element == element]
        activity = _activities()[item.process, element]
        given = filled_in(activity.form, facts, {})
        who = {"officer": login_of(item.post, item.office)}
        self.do(complete_work_item, item.number, seen=item.version, outcome=outcome, facts=given, **who)

    def until(self, element: str, *steps: tuple[str, str]) -> None:
        """Work until this step is open."""
        for step, outcome in steps:
            self.work(step, outcome)
        assert self.open_steps() == {element}

    def items(self) -> list[WorkItem]:
        with self.engine.database.reading() as connection:
            rows = connection.execute(select(tables.work_item).where(OPEN).order_by(tables.work_item.c.id))
            return [work_item_of(row) for row in rows]

    def open_steps(self) -> set[str]:
        return {each.element for each in self.items()}

    def over(self) -> bool:
        with self.engine.database.reading() as connection:
            return bool(connection.execute(select(tables.case.c.state)).scalar() == CaseState.COMPLETED)

    def came_over(self, *elements: str) -> set[str]:
        """Which of these nodes the case came over, as its audit tells."""
        with self.engine.database.reading() as connection:
            told = [json.dumps(each) for each in connection.execute(select(tables.audit.c.data)).scalars()]
        return {element for element in elements if any(f'"{element}"' in each for each in told)}


@pytest.fixture(params=[Machine, Spiff], ids=["machine", "spiffworkflow"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> House:
    """A house with the three SOPs alone."""
    interpreter: Interpreter = request.param()
    made = Engine(Database(f"sqlite:///{tmp_path / 'house.db'}", create=True), [interpreter], KEYS)
    made.migrate()
    load_registers(made, at=OPENED)
    for file in FILES:
        if file.stem[:9] in CODES:
            shutil.copy(file, tmp_path)
    loaded = load_folder(made, tmp_path, at=OPENED)
    assert not loaded.refused
    with made.begin(at=OPENED) as work:
        for post in POSTS:
            for office in (DESTINATION, ORIGIN):
                add_officer(work, login_of(post, office), name=f"{post} Contoh")
                assign_post(work, login_of(post, office), post=post, office=office, begins_on=date(2026, 1, 1))
    return House(made)


TO_PROOF = (("periksa_dasar", "lengkap"), ("susun_data", ""), ("telaah_data", "dapat"), ("kirim_data", ""))
TO_TRAVEL = (("tunjuk_pengawal", ""), ("jemput", ""), ("berangkat", "berangkat"))
ENDS = ("selesai", "tidak_diterima")


def test_an_acceptance_ends_the_waiting_for_a_proof_and_is_read(house: House) -> None:
    house.open("c3-m07-05")
    house.until("terima_bukti", *TO_PROOF)

    house.do(answer_citizen_handover, LOGIN, house.case, accepted=True, protocol="BA-1/2026", happened_at=house.now)
    assert house.open_steps() == {"baca_jawaban"}
    house.work("baca_jawaban", "menerima")

    assert (house.over(), house.came_over(*ENDS)) == (True, {"selesai"})


def test_a_refusal_never_ends_as_an_acceptance(house: House) -> None:
    house.open("c3-m07-05")
    house.until("terima_bukti", *TO_PROOF)

    house.do(answer_citizen_handover, LOGIN, house.case, accepted=False, note="Bukan warga", happened_at=house.now)
    house.until("tindak_lanjuti", ("baca_jawaban", "menolak"))
    house.work("tindak_lanjuti", "tidak")

    assert (house.over(), house.came_over(*ENDS)) == (True, {"tidak_diterima"})


def test_after_a_refusal_the_data_can_be_sent_again_and_accepted(house: House) -> None:
    house.open("c3-m07-05")
    house.until("terima_bukti", *TO_PROOF)
    house.do(answer_citizen_handover, LOGIN, house.case, accepted=False, note="Alamat keliru", happened_at=house.now)
    house.until("periksa_dasar", ("baca_jawaban", "menolak"), ("tindak_lanjuti", "kirim_lagi"))
    house.until("terima_bukti", *TO_PROOF)

    house.do(answer_citizen_handover, LOGIN, house.case, accepted=True, protocol="BA-1/2026", happened_at=house.now)

    assert house.open_steps() == {"baca_jawaban"}


def test_an_arrival_that_is_reported_is_compared_while_the_escort_goes_on(house: House) -> None:
    house.open("c3-m06-05")
    house.until("kawal", *TO_TRAVEL)

    house.do(report_citizen_arrival, LOGIN, house.case, happened_at=house.now)
    assert house.open_steps() == {"kawal", "cocokkan_kabar"}
    house.work("cocokkan_kabar")
    house.work("kawal")
    house.work("laporkan_tiba")

    assert (house.over(), house.came_over("kabar_didapat", "selesai")) == (True, {"kabar_didapat", "selesai"})


def test_whoever_travels_alone_has_arrived_when_an_officer_says_that_the_report_is_right(house: House) -> None:
    house.open("c3-m06-07")

    house.do(report_citizen_arrival, LOGIN, house.case, happened_at=house.now)
    assert house.open_steps() == {"cocokkan_kabar"}
    house.work("cocokkan_kabar", perjalanan_hasil="tiba")

    assert house.open_steps() == {"kumpulkan_bukti"}
    assert house.came_over("kabarkan_tiba")


def test_what_nobody_waits_for_moves_nothing(house: House) -> None:
    house.open("c3-m07-05")

    house.do(answer_citizen_handover, LOGIN, house.case, accepted=True, protocol="BA-1/2026", happened_at=house.now)

    assert house.open_steps() == {"periksa_dasar"}
