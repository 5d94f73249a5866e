"""A local government looks again at what it brought, and at nothing else."""

from typing import Any

import pytest

from engine import NotFound, WrongState, attach_paper, read_citizen, read_citizen_paper, report_citizen_arrival
from engine.storage import tables
from engine.storage.papers import PaperRead
from tests.engine.commands.papers import PDF, photo
from tests.engine.homes import Homes


def bring(homes: Homes, login: str, number: str, **more: Any) -> int:
    """A signed paper comes with the arrival; returns its number."""
    given: dict[str, Any] = {"name": "BA Zzwarga.pdf", "content": PDF, **more}
    homes.do(report_citizen_arrival, login, number, happened_at=homes.play.now, **given)
    return max(int(row["id"]) for row in homes.play.rows(tables.paper))


def read(homes: Homes, login: str, number: str, paper: int) -> PaperRead:
    found: PaperRead = homes.do(read_citizen_paper, login, number, paper)
    return found


def test_what_it_brought_comes_back_and_the_look_is_noted_without_its_name(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    paper = bring(homes, login, number)

    found = read(homes, login, number, paper)

    assert (found.content, found.name, found.paper.kind) == (PDF, "BA Zzwarga.pdf", "berita_acara")
    (look,) = homes.looks("citizen_paper.read")
    assert (look["officer"], look["data"]["paper"]) == (f"pemda:{login}", paper)
    assert look["case_id"] is not None
    assert look["subject_id"] is not None
    assert "Zzwarga" not in str([look, *homes.play.rows(tables.audit), *homes.play.rows(tables.paper)])


def test_papers_of_the_office_and_of_others_answer_like_none(homes: Homes) -> None:
    number, mine, province = homes.case(), homes.pemda(), homes.pemda("35")
    paper = bring(homes, province, number)
    given = {"kind": "kk", "name": "kk.pdf", "content": PDF}
    office = homes.do(attach_paper, number, **given, officer="sri").number

    said = set()
    for each in (paper, office, 999):
        with pytest.raises(NotFound) as refused:
            read(homes, mine, number, each)
        said.add(str(refused.value).replace(str(each), "·"))

    assert len(said) == 1
    assert homes.do(read_citizen, mine, number).papers == ()
    assert [each.number for each in homes.do(read_citizen, province, number).papers] == [paper]
    assert homes.looks("citizen_paper.read") == []


def test_it_is_found_under_its_own_citizen_only(homes: Homes) -> None:
    number, other, login = homes.case(), homes.case("Wati Contoh"), homes.pemda()
    paper = bring(homes, login, number, name="foto.jpg", content=photo())

    with pytest.raises(NotFound, match=f"document {paper}"):
        read(homes, login, other, paper)


def test_whoever_becomes_protected_takes_the_paper_out_of_sight(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    paper = bring(homes, login, number)
    with homes.play.engine.begin(at=homes.play.now) as work:
        case = work.cases.lock(number).case
        work.facts.write(case.id, {"setuju_data_pemda": False}, version=9, by=None, at=homes.play.now, disputed={})

    with pytest.raises(NotFound, match="citizen"):
        read(homes, login, number, paper)


def test_it_needs_the_second_factor(homes: Homes) -> None:
    number = homes.case()

    with pytest.raises(WrongState, match="second factor"):
        read(homes, homes.pemda(enrolled=False), number, 1)
