"""One office in which everything exists once that a route can name, with words in it that only its own people may read.

Surabaya (East Java) has a group, a case with an open step, a comment, a document, a draft, a slip, an incident, an
offer, two persons and a recruiter. Bali has a case of its own. Everybody else has nothing here.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from engine import (
    WrongState,
    add_officer,
    add_pemda,
    add_pemda_user,
    add_webhook,
    admit_person,
    ask_extension,
    assign_post,
    attach_paper,
    comment_on_case,
    create_token,
    give_feedback,
    issue_slip,
    keep_draft,
    make_batch,
    offer_handover,
    open_event,
    pause_clocks,
    propose_merge,
    publish_figures,
    reconcile_placements,
    take_in_event,
)
from engine.course.reporting import report
from engine.domain.figures import Period
from engine.domain.pemda import Pemda
from engine.domain.placement import PlacementRecord
from engine.domain.report import CONSENT
from engine.queries.figures import prepared_figures
from sop_catalog.figures import prepare
from sop_catalog.publishing import begin_draft
from tests.web.office import CHEAP, HEAD, HELPDESK, NOW, OWNER, SISPOPMI, Browser
from web.app import create_app
from web.wiring import Wiring

COLLEAGUE, ELSEWHERE, HOMELESS = "pengelola-kasus.jatim", "petugas-sispopmi.bali", "tanpa-jabatan"
RECEIVER = "kepala-bp3mi.jateng"
"""Of the office to which the case is offered: sees the offer, and not the case."""
APPROVER = "direktur-pelindungan.pusat"
"""Decides on extensions for every office: sees what is asked for, and not the case."""
ADMIN, AUDITOR, STEWARD = "admin-sistem.pusat", "auditor.pusat", "walidata.pusat"
ROLES: dict[str, str] = {
    "anonymous": "",
    "homeless": HOMELESS,
    "elsewhere": ELSEWHERE,
    "owner": OWNER,
    "auditor": AUDITOR,
    "admin": ADMIN,
    "colleague": COLLEAGUE,
    "holder": HELPDESK,
    "head": HEAD,
    "receiver": RECEIVER,
    "approver": APPROVER,
}
"""Column of the table → who is signed in. Those who should see least come first."""

PERSONAL = {
    "nama": "Zzpersonal Jatim",
    "nik": "9900000000004411",
    "alamat": "Jalan Zzalamat 7",
    "telepon": "089900004411",
}
"""Of a person in East Java: nobody reads them without having said why."""
WITHIN = {"comment": "Zzcomment jatim", "title": "Zzgroup jatim", "draft": "Zzdraft jatim", "reason": "Zzreason jatim"}
WITHIN |= {"asked": "Zzasked jatim"}
"""Not personal, but East Java's own."""
RECRUITER = "Zzrecruiter Jatim"
THERE = {"nama": "Zzpersonal Bali", "nik": "9900000000005522"}
"""Of a person in Bali."""
OTHERS = PlacementRecord("SK2-ASING", "", "", 0, open=True)
"""What the placement system lists: somebody else, so that the case that was told to it differs."""
IMAGE = b"%PDF-1.4\n% Zzpaper jatim\n%%EOF\n"


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


@dataclass
class World:
    """What stands there, by the names that routes use."""

    wiring: Wiring
    names: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    """Role → the token of its forms."""
    programs: FlaskClient | None = None
    """Another program, which brings a token along or none."""

    def fill(self) -> None:
        """Make everything, by the real commands."""
        self._officers()
        self._do(add_webhook, name="Uji", url="https://mitra.example/kabar", kinds=["case.opened"], by=ADMIN)
        self._group("bali", ELSEWHERE, "Kelompok Bali", [THERE], "case_there")
        people = [
            {**PERSONAL, "perekrut_nama": RECRUITER},
            {"nama": "Zzpersonal Jatin", "nik": "9900000000004422", "perekrut_nama": "Zzrecruiter Lain"},
        ]
        self._group("jatim", SISPOPMI, WITHIN["title"], people, "case")
        self._around()
        self._pemda()
        self._tokens()
        self._figures()

    def keep(self) -> None:
        """Remember this moment."""
        self._release()
        shutil.copy(self._file, self._kept)

    def back(self) -> None:
        """Be again as at that moment."""
        self._release()
        for each in ("-wal", "-shm"):
            self._file.with_name(self._file.name + each).unlink(missing_ok=True)
        shutil.copy(self._kept, self._file)

    def sign_in(self) -> None:
        """Have a browser for each role, signed in for good."""
        app = create_app(self.wiring)
        self.programs = app.test_client()
        for role, login in ROLES.items():
            self.browsers[role] = Browser(app.test_client())
            if login:
                assert self.browsers[role].sign_in(login).status == 200, role

    @property
    def _file(self) -> Path:
        return self.wiring.settings.data_dir / "lajur.db"

    @property
    def _kept(self) -> Path:
        return self._file.with_suffix(".kept")

    def _release(self) -> None:
        with self.wiring.engine.database.writing() as connection:
            connection.exec_driver_sql("SELECT 1")
        self.wiring.engine.close()

    def _officers(self) -> None:
        with self.wiring.engine.begin(at=NOW) as work:
            for login, post in ((ELSEWHERE, "petugas-sispopmi"), ("kepala-bp3mi.bali", "kepala-bp3mi"), (HOMELESS, "")):
                add_officer(work, login, name=f"{login} Contoh", password=CHEAP)
                if post:
                    assign_post(work, login, post=post, office="bp3mi-bali", begins_on=date(2026, 1, 1))

    def _do(self, command: Any, *args: Any, by: str, **more: Any) -> Any:
        return self.wiring.engine.perform(command, *args, officer=by, at=NOW, **more)

    def _group(self, place: str, by: str, title: str, people: list[dict[str, Any]], name: str) -> None:
        opened = self._do(open_event, by=by, office=f"bp3mi-{place}", title=title, procedure="p-c3-01")
        cases = [self._do(admit_person, opened.name, each, by=by).case for each in people]
        self.names[name] = cases[0]
        self.names[name.replace("case", "event")] = opened.name

    def _around(self) -> None:
        case = self.names["case"]
        row = self._row('select id, subject_id from "case" where number = ?', case)
        self.names |= {"row": row[0], "person": row[1], "other": row[1] + 1}
        self.names["item"] = self._row("select id from work_item where case_id = ?", row[0])[0]
        self._do(comment_on_case, case, text=WITHIN["comment"], by=SISPOPMI)
        self._do(keep_draft, self.names["item"], answers={"catatan": WITHIN["draft"]}, by=HELPDESK)
        self._do(attach_paper, case, kind="paspor", name="Zzpaper.pdf", content=IMAGE, by=COLLEAGUE)
        self._do(attach_paper, case, kind="foto", name="Zzfoto.png", content=_picture(), by=COLLEAGUE)
        self.names["paper"] = self._row("select max(id) from paper")[0]
        slip = self._do(issue_slip, case, by=SISPOPMI)
        self.names |= {"code": slip.code, "pin": slip.pin}
        until = NOW + timedelta(days=2)
        self._do(offer_handover, case, to_office="bp3mi-jateng", reason=WITHIN["reason"], until=until, by=HEAD)
        self.names["handover"] = self._row("select max(id) from handover")[0]
        merge = self._do(propose_merge, row[1], row[1] + 1, reason=WITHIN["reason"], by=SISPOPMI)
        self.names["merge"] = merge.number
        self.names["recruiter"] = self._row("select max(id) from recruiter")[0]
        self.names["incident"] = self._incident(row[0])
        self._times(case, row[0])
        draft = self.wiring.engine.perform(begin_draft, code="c3-m05-02", officer=OWNER, at=NOW)
        self.names["draft"] = draft.number
        said = {"kind": "saran", "text": "Uji hak"}
        given = self.wiring.engine.perform(give_feedback, "s11-m03-04", 1, **said, at=NOW)
        self.names["feedback"] = given.case
        self._placement(case, row[0])

    def _placement(self, case: str, row: int) -> None:
        """The case is told of to the placement system in a batch, which has told something of it and knows it not."""
        with self.wiring.engine.begin(at=NOW) as work:
            held = work.cases.lock(row).case
            work.facts.write(row, {CONSENT: True}, version=held.version, by=None, at=NOW)
            work.subjects.write(held.subject or 0, {"tanggal_lahir": "1990-01-31"})
            report(work, row, "siskop2mi_mulai")
        self.names["batch"] = self._do(make_batch, "bp3mi-jatim", by=HEAD).name
        said = {"message": "zz-1", "kind": "registered", "reference": "SK2-ZZ", "case": case, "sequence": 1}
        told = {**said, "occurred_at": NOW.isoformat()}
        self.names["news"] = self.wiring.engine.perform(take_in_event, told, at=NOW).number
        self.wiring.engine.perform(reconcile_placements, [OTHERS], at=NOW)
        self.names["difference"] = self._row("select max(id) from difference where case_id is not null")[0]

    def _pemda(self) -> None:
        """A local government with somebody of it, who is nobody here."""
        one = Pemda("35.07", "Pemda Contoh", "PP 59/2021", "PKS-1/2026", date(2026, 1, 1))
        with self.wiring.engine.begin(at=NOW) as work:
            add_pemda(work, one)
            add_pemda_user(work, one.area, COLLEAGUE, name="Petugas Contoh", password=CHEAP)

    def _times(self, case: str, row: int) -> None:
        """The time of the whole case stands still, and more is asked for its stage."""
        of_kind = "select id from clock where kind = ? and case_id = ?"
        self.names["clock"] = self._row(of_kind, "case", row)[0]
        said = {"reason": "force-majeure", "text": WITHIN["reason"], "clocks": [self.names["clock"]]}
        self.names["pause"] = self._do(pause_clocks, case, **said, by=SISPOPMI).number
        stage = self._row(of_kind, "stage", row)[0]
        self.names["extension"] = self._do(ask_extension, stage, amount=1, reason=WITHIN["asked"], by=SISPOPMI).number

    def _incident(self, case: int) -> int:
        with pytest.raises(WrongState) as refused:
            raise WrongState(act="deliver", what="a message", state="lost")
        return self.wiring.engine.note_incident(refused.value, case=case, event="pass_time", at=NOW)

    def _tokens(self) -> None:
        for role, login in ROLES.items():
            if login:
                made = self.wiring.engine.perform(create_token, login, name="uji", at=NOW)
                self.tokens[role] = made.name
                self.names[f"token_{role}"] = made.number

    def _figures(self) -> None:
        """Those of September wait, those of October are public."""
        engine = self.wiring.engine
        for month in ("2026-09", "2026-10"):
            prepare(engine, Period(month), at=NOW)
        with engine.reading(at=NOW) as reader:
            newest, *_ = prepared_figures(reader, engine.officer(STEWARD, at=NOW))
        engine.perform(publish_figures, newest.period, seen=newest.seal, officer=STEWARD, at=NOW)

    def _row(self, asked: str, *values: Any) -> Any:
        with self.wiring.engine.database.reading() as connection:
            return connection.exec_driver_sql(asked, values).first()
