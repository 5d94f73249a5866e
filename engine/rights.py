"""Who may do what: asked again under the lock, each time. A case of another office answers like one that does not exist."""

from __future__ import annotations

from engine.domain.case import Case
from engine.domain.event import Event
from engine.domain.organisation import Holding, Officer, opens
from engine.domain.release import Release
from engine.domain.work_item import WorkItem
from engine.errors import NotFound, NotYours
from engine.storage import UnitOfWork

HOUSE = "the house"


def expect_officer(work: UnitOfWork, act: str) -> Officer:
    """Return who acts. Refuses what only a person may do."""
    if work.officer is None:
        raise NotYours(who=HOUSE, act=act, post="an officer")
    return work.officer


def expect_part(work: UnitOfWork, case: Case, what: str = "") -> None:
    """Refuse (NotFound) a case in which none of the officer's offices takes part. The house itself may see all."""
    officer = work.officer
    if officer is None or case.office in officer.offices or work.cases.takes_part(case, officer.offices):
        return
    raise NotFound(what=what or f"case {case.number}")


def expect_member(work: UnitOfWork, case: Case, act: str) -> dict[str, str]:
    """Refuse what only an office that takes part may do. Returns in what capacity the officer acts, own office first."""
    officer = expect_officer(work, act)
    expect_part(work, case)
    own = [each for each in officer.holdings if each.office == case.office]
    joined = [each for each in officer.holdings if each not in own and work.cases.takes_part(case, [each.office])]
    held = [*own, *joined]
    return capacity(held[0])


def expect_own_office(work: UnitOfWork, case: Case, act: str) -> dict[str, str]:
    """Refuse what only the office that runs the case may do. Returns in what capacity the officer acts."""
    expect_part(work, case)
    if work.officer is None:
        return {}
    held = [each for each in work.officer.holdings if each.office == case.office]
    if not held:
        raise NotYours(who=work.officer.name, act=act, post=f"office {case.office}")
    return capacity(held[0])


def expect_event(work: UnitOfWork, number: str, act: str) -> tuple[Event, dict[str, str]]:
    """Hold a group of one of the officer's offices, and return in what capacity the officer acts. Raises NotFound."""
    officer = expect_officer(work, act)
    event = work.events.lock(number)
    held = next((each for each in officer.holdings if each.office == event.office), None)
    if held is None:
        raise NotFound(what=f"group {number}")
    return event, capacity(held)


def expect_holder(work: UnitOfWork, case: Case, item: WorkItem, act: str) -> dict[str, str]:
    """Refuse a work item whose post in whose office the officer does not hold today. Returns the capacity."""
    doing = f"{act} work item {item.called}"
    officer = expect_officer(work, doing)
    held = officer.holding(item.post, item.office)
    if held is None:
        expect_part(work, case, f"work item {item.number}")
        post = f"{item.post} ({item.office})" if item.post else f"office {item.office}"
        raise NotYours(who=officer.name, act=doing, post=post)
    return capacity(held)


def expect_power(work: UnitOfWork, power: str, act: str) -> dict[str, str]:
    """Refuse who holds no post with this power today. The house itself may do everything. Returns the capacity."""
    if work.officer is None:
        return {}
    powers = work.organisation.powers
    held = [each for each in work.officer.holdings if power in powers.get(each.post, ())]
    if not held:
        posts = sorted(code for code, carried in powers.items() if power in carried)
        raise NotYours(who=work.officer.name, act=act, post=", ".join(posts) or f"a post that may {power}")
    return capacity(held[0])


class NotAnOpener(NotYours):
    """Expected {who} to open a case of “{title}”, but that is the work of {post}."""


def expect_opener(work: UnitOfWork, release: Release, office: str, act: str) -> dict[str, str]:
    """Refuse whose posts in this office do not open cases of this procedure. The house itself may. Returns the capacity.

    A BP3MI's help desk takes in whoever comes, its treasurer nobody: which post opens what stands with the posts.
    """
    officer = work.officer
    if officer is None:
        return {"office": office}
    here = [each for each in officer.holdings if each.office == office]
    if not here:
        raise NotYours(who=officer.name, act=act, post=f"office {office}")
    powers = work.organisation.powers
    held = [each for each in here if opens(powers.get(each.post, ()), release.code)]
    if not held:
        posts = sorted(code for code, carried in powers.items() if opens(carried, release.code))
        raise NotAnOpener(who=officer.name, title=release.title, post=", ".join(posts) or "a post that may open it")
    return capacity(held[0])


def expect_self_or_power(work: UnitOfWork, login: str, power: str, act: str) -> dict[str, str]:
    """Refuse who is neither this officer nor holds a post with the power. Returns the capacity, if there is one."""
    if work.officer is not None and work.officer.login == login:
        return capacity(work.officer.holdings[0]) if work.officer.holdings else {}
    return expect_power(work, power, act)


def capacity(held: Holding) -> dict[str, str]:
    """What an audit record says of the post in which somebody acted."""
    return {"office": held.office, "post": held.post, "on_behalf": held.acting.value}
