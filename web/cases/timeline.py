"""What an audit record says to a person: a sentence, a sign and who it was. The record itself stays as it was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext

from engine.domain.placement import MESSAGES as NEWS
from engine.domain.release import Release
from engine.queries.audit import Happening
from sop_catalog import registers
from web.language import gettext, plain_moment

_ = lazy_gettext


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline."""

    words: str
    sign: str
    at: datetime
    more: str = ""
    who: str = ""
    mood: str = ""
    pause: tuple[int, str] = (0, "")
    """The pause that it is about and which of its words say why: what is written there is encrypted, and in no record."""


SAID: Mapping[str, tuple[Any, str, str]] = {
    "case.opened": (_("Case opened"), "folder-open", ""),
    "person.admitted": (_("Taken in with group %(event)s"), "users", ""),
    "case.ended": (_("Case ended"), "flag", "good"),
    "case.cancelled": (_("Case cancelled"), "ban", "bad"),
    "case.suspended": (_("Case suspended"), "pause", ""),
    "case.resumed": (_("Case resumed"), "arrow-right", ""),
    "clocks.paused": (_("Time stands still"), "pause", ""),
    "pause.ended": (_("Time goes on"), "arrow-right", ""),
    "pause.corrected": (_("Pause put right"), "pencil", ""),
    "case.recounted": (_("Deadlines moved by a new calendar"), "calendar-clock", ""),
    "extension.asked": (_("More time asked for"), "timer", ""),
    "extension.decided": (_("Extension decided"), "badge-check", ""),
    "work_item.claimed": (_("Taken: %(name)s"), "hand", ""),
    "work_item.released": (_("Given back: %(name)s"), "undo-2", ""),
    "work_item.completed": (_("Completed: %(name)s"), "circle-check", "good"),
    "send.completed": (_("Completed: %(name)s"), "mail", "good"),
    "disposition.decided": (_("Course set: %(course)s"), "scale", "good"),
    "disposition.replaced": (_("Course replaced by: %(course)s"), "shuffle", ""),
    "disposition.reopened": (_("Course open again"), "folder-open", ""),
    "disposition.closed": (_("Course closed"), "badge-check", ""),
    "message.received": (_("Message received: %(message)s"), "mail", ""),
    "message.sent": (_("Message sent: %(message)s"), "mail", ""),
    "message.kept": (_("Message kept until it is waited for: %(message)s"), "mail", ""),
    "timer.fired": (_("Time was up: %(name)s"), "timer", "bad"),
    "clock.rung_reached": (_("Time is running out or over: %(name)s"), "timer", "bad"),
    "subject.linked": (_("Joined with the person in the register"), "users", ""),
    "subject.revealed": (_("Person shown"), "eye", ""),
    "paper.attached": (_("Document attached"), "file-up", ""),
    "paper.withdrawn": (_("Document withdrawn"), "ban", ""),
    "letter.printed": (_("Letter printed: %(letter)s"), "file-text", ""),
    "slip.issued": (_("Slip given to the person"), "file-check", ""),
    "slip.revoked": (_("Slip ended"), "ban", ""),
    "feedback.given": (_("Came by the public page"), "mail", ""),
    "request.opened": (_("The person asked about their data"), "mail", ""),
    "citizen_handover.answered": (_("The local government answered the hand-over"), "flag", ""),
    "citizen_arrival.reported": (_("The local government reported the arrival"), "flag", "good"),
    "citizen_paper.brought": (_("The local government brought the signed record"), "file-up", ""),
    "citizen_question.asked": (_("The local government asked something"), "message-square", ""),
    "citizen_question.answered": (_("The local government was answered"), "mail", ""),
    "citizen.placed": (_("Village and consent for the local government written down"), "pencil", ""),
    "incident.resolved": (_("A fault was set right"), "circle-check", ""),
    "incident.settled": (_("No longer overdue: %(name)s"), "circle-check", "good"),
    "incident.retried": (_("Tried again after a fault"), "rotate-ccw", ""),
    "work_item.reassigned": (_("Handed to a colleague: %(name)s"), "users", ""),
    "work_item.returned": (_("Returned: %(name)s"), "undo-2", "bad"),
    "work_item.taken_back": (_("Taken back: %(name)s"), "rotate-ccw", ""),
    "work_item.corrected": (_("Corrected: %(name)s"), "pencil", ""),
    "case.commented": (_("Comment written"), "message-square", ""),
    "case.reopened": (_("Case opened again"), "folder-open", ""),
    "case.moved": (_("Moved with the case above it to %(office)s"), "arrow-right-left", ""),
    "handover.offered": (_("Offered to %(office)s"), "arrow-right-left", ""),
    "handover.accepted": (_("Taken over by %(office)s"), "arrow-right-left", "good"),
    "handover.declined": (_("Declined by %(office)s"), "arrow-right-left", "bad"),
    "handover.expired": (_("No answer in time from %(office)s"), "timer", "bad"),
    "handover.withdrawn": (_("Offer to %(office)s withdrawn"), "arrow-right-left", ""),
    "placement.moved": (_("News from SISKOP2MI came"), "inbox", "good"),
    "placement.set_aside": (_("News from SISKOP2MI set aside"), "x", ""),
    "placement.linked": (_("Linked to its number in SISKOP2MI"), "git-branch", ""),
    "placement.waited_no_more": (_("Went on without missing news from SISKOP2MI"), "arrow-right", ""),
    "difference.mended": (_("Difference from SISKOP2MI dealt with"), "workflow", ""),
    "work_item.failed": (_("Ended with an error: %(name)s"), "circle-alert", "bad"),
}
"""Audit kind → sentence, icon and mood. A kind that is missing here is shown by its own name."""


MESSAGES: Mapping[str, Any] = {
    "dispositions_closed": _("all courses are carried out"),
    "cpmi_dicegah": _("the result of a prevention"),
}
"""Messages of the maps that ship, in words; those of an owner's diagrams keep the names they have there."""


PLACEMENT = frozenset(NEWS.values())
"""What the placement system tells; which news it is, the line of the news beside it says."""
NEWS_SAID: Mapping[str, Any] = {
    "registered": _("Registration"),
    "examined": _("Medical examination"),
    "trained": _("Training"),
    "oriented": _("Orientation before departure (OPP)"),
    "carded": _("E-KPMI card"),
    "departed": _("Departure"),
    "arrived": _("Arrival"),
    "monitored": _("Monitoring"),
    "cancelled": _("Placement called off"),
}
"""Which news from the placement system it was, as the pages of the exchange call it."""
PAUSES: Mapping[str, str] = {"clocks.paused": "entered", "pause.corrected": "corrected"}
"""Which words of a pause are the reason of which record."""
SILENT = frozenset({None, "", "completed"})
"""Ways in which something ended that need no word."""


def told(record: Happening, release: Release, titles: Mapping[str, str]) -> Line:
    """Say one record."""
    words, sign, mood = SAID.get(record.kind, (record.kind.replace(".", " ").replace("_", " "), "circle-dot", ""))
    data = record.data
    names = {
        "name": _name(release, data),
        "course": titles.get(f"disposition:{data.get('course')}", str(data.get("course", ""))),
        "office": titles.get(str(data.get("to", "")), str(data.get("to", ""))),
        "event": str(data.get("event", "")),
        "letter": str(data.get("letter", "")).replace("-", " "),
        "message": message_words(str(data.get("message", data.get("name", "")))),
    }
    spoken = str(words) % names if "%(" in str(words) else str(words)
    pause = (int(data["pause"]), PAUSES[record.kind]) if record.kind in PAUSES else (0, "")
    said = {name: each for name, each in data.items() if name != "reason"} if pause[0] else data
    return Line(spoken, sign, record.at, _more(release, said), _who(record, titles), mood, pause)


def message_words(name: str) -> str:
    """What has come, or is waited for."""
    if name in PLACEMENT:
        return gettext("news from SISKOP2MI")
    return str(MESSAGES.get(name, name))


def _name(release: Release, data: Mapping[str, Any]) -> str:
    element = data.get("element", data.get("title", ""))
    known = release.activities.get((str(data.get("process", "")), str(element)))
    if known is None:
        known = next((each for (_, name), each in release.activities.items() if name == element), None)
    return known.name if known else str(element)


def _more(release: Release, data: Mapping[str, Any]) -> str:
    parts: list[Callable[[], str]] = [
        lambda: str(NEWS_SAID.get(str(data.get("of", "")), "")),
        lambda: _outcome(release, data),
        lambda: _chosen(release, data),
        lambda: gettext("Sub-case %(number)s", number=data["sub_case"]) if data.get("sub_case") else "",
        lambda: _late(data),
        lambda: _closing(data),
        lambda: _settled(data),
        lambda: " ".join(str(data[each]) for each in ("reason", "how", "code") if data.get(each) not in SILENT),
    ]
    return " · ".join(said for each in parts if (said := each()))


def _late(data: Mapping[str, Any]) -> str:
    """That it was entered later than it happened, and when that really was."""
    text = str(data.get("happened_at", ""))
    if not text:
        return ""
    return gettext("entered later; it happened %(when)s", when=plain_moment(datetime.fromisoformat(text), near=False))


def _settled(data: Mapping[str, Any]) -> str:
    """Why what was late is so no more."""
    words = {"done": gettext("it is done"), "withdrawn": gettext("it is not needed any more")}
    return words.get(str(data.get("because", "")), "")


def _closing(data: Mapping[str, Any]) -> str:
    known = registers.closing_reason(str(data.get("closing", "")))
    return known.name if known else str(data.get("closing", ""))


def _chosen(release: Release, data: Mapping[str, Any]) -> str:
    """What the person chose, where the step wrote it down: it was their choice, and an officer only recorded it."""
    said = (data.get("facts") or {}).get("pilihan_penyintas")
    if not said:
        return ""
    asked = (each for activity in release.activities.values() for each in activity.form)
    labels = {one.value: one.label for each in asked if each.name == "pilihan_penyintas" for one in each.choices}
    words = ", ".join(labels.get(each, each) for each in ([said] if isinstance(said, str) else said))
    return gettext("The person's own choice: %(choice)s", choice=words)


def _outcome(release: Release, data: Mapping[str, Any]) -> str:
    known = release.activities.get((str(data.get("process", "")), str(data.get("element", ""))))
    labels = {each.value: each.label for each in known.outcomes} if known else {}
    outcome = str(data.get("outcome", ""))
    return labels.get(outcome, outcome)


def _who(record: Happening, titles: Mapping[str, str]) -> str:
    if not record.login:
        return gettext("Lajur itself")
    post = titles.get(record.post, record.post)
    acting = f"{record.on_behalf} {post}".strip()
    return " · ".join(
        each for each in (record.name or record.login, acting, titles.get(record.office, record.office)) if each
    )
