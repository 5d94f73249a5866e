"""Choose which notices come by mail too, and when."""

from __future__ import annotations

from collections.abc import Mapping

from engine.domain.notice import Mailing, Topic
from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.rights import capacity, expect_officer
from engine.storage import UnitOfWork


def choose_notices(work: UnitOfWork, *, mail: Mapping[str, str]) -> Receipt:
    """Keep for each topic given whether its notices come by mail: `off`, `at-once` or `digest`; the rest stays as it is.

    Refused for an unknown topic or way. In the application everybody is always told.
    """
    officer = expect_officer(work, "choose notices")
    chosen: dict[Topic, Mailing] = {}
    for topic, way in mail.items():
        if topic not in set(Topic) or way not in set(Mailing):
            wanted = f"one of {', '.join(Topic)}, and one of {', '.join(Mailing)}"
            raise NotValid(what="the choice of notices", wanted=wanted, found=f"“{topic[:20]}: {way[:20]}”")
        chosen[Topic(topic)] = Mailing(way)
    work.notices.choose(officer.number, chosen)
    who = capacity(officer.holdings[0]) if officer.holdings else {}
    work.record("notices.chosen", None, **who, mail={topic.value: way.value for topic, way in sorted(chosen.items())})
    return Receipt(state="chosen", number=len(chosen))
