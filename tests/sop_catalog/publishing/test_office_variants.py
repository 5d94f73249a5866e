"""An office's variant is begun from the central SOP, approved by a second owner, and calls the office's own micros."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine import Engine, NotFound, Receipt, add_officer, add_post, assign_post, open_case
from engine.domain.organisation import Post
from engine.machine import Machine
from engine.notation import read
from engine.queries import release_page
from engine.storage import tables
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.publishing import approve, begin_draft, begin_variant, send_back_draft, submit
from sop_catalog.publishing.drafting import CodeTaken
from sop_catalog.publishing.drawings import calls_of
from sop_catalog.publishing.owners import NotYourOffice
from sop_catalog.publishing.variants import VariantOfVariant, variants
from sop_catalog.storage import Drafts
from tests.sop_catalog.publishing.owners import enact, make_owners
from tests.sop_catalog.publishing.test_publishing_drawings import MACRO, micro

AT, TODAY = datetime(2026, 5, 4, 1, tzinfo=UTC), date(2026, 5, 4)
CODE, OWN = "c3-m05-91", "c3-m05-91.NTB"


class Offices:
    """Two owners of the head office, two of Nusa Tenggara Barat, and a macro with its micro in force."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        make_owners(engine, "hana", "tini")
        with engine.begin(at=AT) as work:
            add_post(work, Post("pengelola-kasus", "Pengelola Kasus", ("open",)))
            assign_post(work, "wayan", post="pengelola-kasus", office="NTB", begins_on=TODAY)
            for login in ("made", "nyoman"):
                add_officer(work, login, name=login.title())
                assign_post(work, login, post="pemilik-proses", office="NTB", begins_on=TODAY)
        enact(engine, micro(), at=AT)
        enact(engine, MACRO, at=AT)

    def do(self, command: Any, *args: Any, by: str, **more: Any) -> Receipt:
        done: Receipt = self.engine.perform(command, *args, officer=by, at=AT, **more)
        return done

    def seen(self, number: int) -> int:
        with self.engine.reading(at=AT) as reader:
            return Drafts(reader.connection).get(number).version

    def submitted(self, number: int, by: str) -> None:
        given: dict[str, Any] = {"at": AT, "interpreters": [Machine()], "on": TODAY, "note": ""}
        handed = submit(self.engine, number, seen=self.seen(number), officer=by, **given)
        assert handed.receipt is not None, [each.sentence() for each in handed.verdict.findings]

    def in_force(self, number: int, by: str, then: str) -> None:
        """Submit a draft and have it approved."""
        self.submitted(number, by)
        of: dict[str, Any] = {"at": AT, "interpreters": [Machine()]}
        approve(self.engine, number, seen=self.seen(number), officer=then, note="Baik.", **of)


@pytest.fixture
def offices(engine: Engine) -> Offices:
    return Offices(engine)


def test_a_variant_says_whose_it_is_and_comes_into_force_for_its_office(offices: Offices) -> None:
    made = offices.do(begin_variant, CODE, "NTB", by="made")
    offices.in_force(made.number or 0, "made", "nyoman")

    with offices.engine.reading(at=AT) as reader:
        (one,) = variants(reader)
        drawing = read(release_page(reader, OWN).release.drawings[OWN])
    process = drawing.process(OWN)
    assert process is not None
    sheet = read_procedure(process).sheet
    assert (sheet.office, sheet.variant_of, sheet.variant_edition) == ("NTB", CODE, 1)
    assert process.name.endswith("(BP3MI Nusa Tenggara Barat)")
    assert (one.row.code, one.compared, one.is_behind) == (OWN, 1, False)


def test_when_the_central_sop_says_something_else_the_variant_is_behind(offices: Offices) -> None:
    offices.in_force(offices.do(begin_variant, CODE, "NTB", by="made").number or 0, "made", "nyoman")

    enact(offices.engine, micro("Meneliti berkas"), at=AT)

    with offices.engine.reading(at=AT) as reader:
        assert [each.is_behind for each in variants(reader)] == [True]


def test_the_variant_of_a_macro_calls_the_offices_own_micros(offices: Offices) -> None:
    macro = "c3-m05"
    offices.in_force(offices.do(begin_variant, CODE, "NTB", by="made").number or 0, "made", "nyoman")
    offices.in_force(offices.do(begin_variant, macro, "NTB", by="made").number or 0, "made", "nyoman")

    number = offices.do(open_case, macro, office="NTB", by="wayan").case

    with offices.engine.reading(at=AT) as reader:
        release = release_page(reader, f"{macro}.NTB").release
        begun = reader.connection.execute(tables.case.select()).one()
    assert [each.called for each in calls_of(read(release.drawings[f"{macro}.NTB"]))] == [OWN]
    assert (begun.number, begun.release_id) == (number, release.number)


def test_an_owner_of_an_office_does_nothing_for_others(offices: Offices) -> None:
    with pytest.raises(NotYourOffice):
        offices.do(begin_variant, CODE, "JATENG", by="made")
    with pytest.raises(NotYourOffice):
        offices.do(begin_draft, code=CODE, by="made")
    number = offices.do(begin_variant, CODE, "JATENG", by="hana").number or 0
    with pytest.raises(NotYourOffice):
        offices.in_force(number, "hana", "made")

    assert offices.do(begin_variant, CODE, "NTB", by="hana").name == OWN


def test_an_owner_of_an_office_sends_nothing_of_others_back(offices: Offices) -> None:
    central = offices.do(begin_draft, code=CODE, by="hana").number or 0
    own = offices.do(begin_variant, CODE, "NTB", by="made").number or 0
    offices.submitted(central, "hana")
    offices.submitted(own, "made")

    with pytest.raises(NotYourOffice):
        offices.do(send_back_draft, central, seen=offices.seen(central), reason="Bukan begitu.", by="nyoman")

    assert offices.do(send_back_draft, own, seen=offices.seen(own), reason="Belum.", by="nyoman").state == "draft"


def test_what_is_there_already_or_cannot_have_a_variant_is_refused(offices: Offices) -> None:
    offices.in_force(offices.do(begin_variant, CODE, "NTB", by="made").number or 0, "made", "nyoman")

    with pytest.raises(CodeTaken):
        offices.do(begin_variant, CODE, "NTB", by="made")
    with pytest.raises(VariantOfVariant):
        offices.do(begin_variant, OWN, "NTB", by="made")
    with pytest.raises(NotFound):
        offices.do(begin_variant, "c3-m99", "NTB", by="made")
    with pytest.raises(NotFound):
        offices.do(begin_variant, CODE, "MARS", by="hana")
