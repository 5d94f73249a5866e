"""Setting a course: who may, and what it opens. Used by deciding a disposition and by replacing one."""

from __future__ import annotations

from engine.course.beginning import open_sub_case
from engine.course.progress import Happening
from engine.domain.case import Case
from engine.domain.disposition import Disposition
from engine.domain.organisation import Officer
from engine.domain.release import Release
from engine.errors import NotYours, WrongState
from engine.rights import capacity, expect_officer, expect_own_office, expect_part
from engine.storage import UnitOfWork

ACT = "decide_disposition"


class NotInForce(WrongState):
    """Expected an edition of {code} in force to carry out “{title}”, but there is none."""


def expect_decider(work: UnitOfWork, case: Case) -> dict[str, str]:
    """Refuse an officer who holds none of the posts that decide in this case. Returns in what capacity.

    These are the posts of its work items, open or done, at activities that ask for a decision. Where the drawing has
    no such activity, they are the posts that decide by any procedure in force, in the office that runs the case; and
    where no procedure asks for a decision at all, whoever is of that office.
    """
    expect_part(work, case)
    officer = expect_officer(work, "decide a disposition")
    places = {place for place, each in work.releases.get(case.release).activities.items() if each.act == ACT}
    if not places:
        return _expect_deciding_post(work, case, officer)
    items = work.cases.items_at(case, places)
    held = [found for item in items if (found := officer.holding(item.post, item.office))]
    if not held:
        posts = ", ".join(sorted({item.post for item in items})) or "nobody yet"
        raise NotYours(who=officer.name, act=f"decide a disposition in case {case.number}", post=posts)
    return capacity(held[0])


def _expect_deciding_post(work: UnitOfWork, case: Case, officer: Officer) -> dict[str, str]:
    who = expect_own_office(work, case, "decide a disposition")
    activities = (each for release in work.releases.all_in_force() for each in release.activities.values())
    posts = {each.performer.post for each in activities if each.act == ACT and each.performer is not None}
    if not posts:
        return who
    held = [each for each in officer.holdings if each.office == case.office and each.post in posts]
    if not held:
        raise NotYours(
            who=officer.name, act=f"decide a disposition in case {case.number}", post=", ".join(sorted(posts))
        )
    return capacity(held[0])


def expect_procedure(work: UnitOfWork, kind: str, office: str) -> Release:
    """The edition in force that carries out dispositions of this kind in this office. Refuses where there is none."""
    known = work.dispositions.kind(kind)
    release = work.releases.in_office(known.procedure, office) if known.procedure else None
    if release is None:
        raise NotInForce(code=known.procedure or "the procedure", title=known.title)
    return release


def set_course(
    work: UnitOfWork, case: Case, kind: str, ground: str, release: Release, who: dict[str, str]
) -> tuple[Disposition, Case]:
    """Record the disposition on a held case and open the sub-case that carries it out."""
    officer = expect_officer(work, "decide a disposition")
    made = work.dispositions.add(case.id, kind, ground, at=work.at, by=officer.number)
    happening = Happening("case.opened", {"disposition": made.number}, who)
    sub = open_sub_case(work, case, release, happening=happening, disposition=made.number)
    work.dispositions.link(made.number, sub.id)
    return made, sub
