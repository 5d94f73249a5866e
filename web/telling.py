"""What notices say, on pages and in mail alike: the number of a case, the name of a step, a moment, an office. No person.

A mail is written in the language and on the clock of whoever gets it, outside of any request.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask, current_app, g
from flask_babel import lazy_gettext

from engine.domain.dispatch import Parcel
from engine.domain.feedback import FeedbackKind
from engine.domain.notice import TOPICS, Mailing, Notice, NoticeKind, Topic
from engine.worker import Letter
from sop_catalog import registers
from web import language
from web.config import Settings
from web.language import gettext, ngettext, plain_moment

_ = lazy_gettext

TOPIC_NAMES: Mapping[Topic, Any] = {
    Topic.DEADLINES: _("Time that runs out for my work"),
    Topic.OVERSIGHT: _("Time that runs out in the offices I oversee"),
    Topic.WORK: _("Steps given to me, sent back or taken away"),
    Topic.HANDOVERS: _("Cases offered between offices"),
    Topic.EXTENSIONS: _("Requests for more time"),
    Topic.FEEDBACK: _("What the public says of our SOPs"),
    Topic.PROGRAMS: _("Programs that act for me"),
}
MAILING_NAMES: Mapping[Mailing, Any] = {
    Mailing.AT_ONCE: _("at once"),
    Mailing.DIGEST: _("once a day, 07:30"),
    Mailing.OFF: _("no mail"),
}
SIGNS: Mapping[Topic, str] = {
    Topic.DEADLINES: "clock",
    Topic.OVERSIGHT: "clock-alert",
    Topic.WORK: "inbox",
    Topic.HANDOVERS: "arrow-right-left",
    Topic.EXTENSIONS: "calendar-clock",
    Topic.FEEDBACK: "message-square",
    Topic.PROGRAMS: "workflow",
}
SAYS: Mapping[NoticeKind, Any] = {
    NoticeKind.REMIND: _("The time for “%(name)s” is running out. It is due %(due)s."),
    NoticeKind.TELL_SUPERIOR: _("“%(name)s” is not done, and it is due %(due)s."),
    NoticeKind.STEP_MOVED: _("“%(name)s” was handed to the post above. It is due %(due)s."),
    NoticeKind.OVERDUE: _(
        "“%(name)s” is late beyond what its SOP bears, and an incident was opened. It was due %(due)s."
    ),
    NoticeKind.ITEM_ASSIGNED: _("“%(name)s” was given to you."),
    NoticeKind.ITEM_TAKEN: _("“%(name)s” was given to somebody else."),
    NoticeKind.ITEM_RETURNED: _("“%(name)s” was sent back to you: its page says why."),
    NoticeKind.HANDOVER_OFFERED: _("%(sender)s offers this case to your office. Answer by %(until)s."),
    NoticeKind.HANDOVER_ACCEPTED: _("%(receiver)s has taken this case over."),
    NoticeKind.HANDOVER_DECLINED: _("%(receiver)s has declined this case."),
    NoticeKind.HANDOVER_EXPIRED: _("%(receiver)s did not answer in time: the case stays with you."),
    NoticeKind.HANDOVER_WITHDRAWN: _("The offer of this case to %(receiver)s was withdrawn."),
    NoticeKind.PEMDA_ANSWERED: _("%(name)s has answered the hand-over: the case says how."),
    NoticeKind.PEMDA_ARRIVAL: _("%(name)s reports that the person has arrived."),
    NoticeKind.PEMDA_ASKED: _("%(name)s asks something about this case. Please answer."),
    NoticeKind.EXTENSION_ASKED: _("More time is asked for “%(name)s”. Please decide."),
    NoticeKind.EXTENSION_GRANTED: _("More time was given for “%(name)s”."),
    NoticeKind.EXTENSION_DECLINED: _("No more time was given for “%(name)s”."),
    NoticeKind.FEEDBACK: _("Somebody of the public has said something about “%(name)s”. Please answer."),
    NoticeKind.TOKEN_ENDS: _(
        "The token of the program “%(name)s” ends %(until)s. Make another before, if it is to go on."
    ),
}

FEEDBACK_KINDS: Mapping[FeedbackKind, Any] = {
    FeedbackKind.NOT_KEPT: _("The service went otherwise than it says here"),
    FeedbackKind.UNCLEAR: _("I do not understand something"),
    FeedbackKind.WRONG: _("Something here is wrong"),
    FeedbackKind.SUGGESTION: _("I have a suggestion"),
}
"""What feedback is, in the words of who gives it."""


def said(notice: Notice) -> str:
    """What a notice says, in the reader's language and on the reader's clock."""
    told = notice.told
    return str(SAYS[notice.kind]) % {
        "name": notice.name,
        "due": _moment(told.get("due")),
        "until": _moment(told.get("until")),
        "sender": _office(told.get("from", "")),
        "receiver": _office(told.get("to", "")),
    }


def sign_of(notice: Notice) -> str:
    """The icon of a notice."""
    return SIGNS[TOPICS[notice.kind]]


def place_of(notice: Notice) -> str:
    """The page where a notice leads, as a path."""
    if notice.kind is NoticeKind.TOKEN_ENDS:
        return "/me/tokens"
    if notice.kind is NoticeKind.HANDOVER_OFFERED:
        return f"/cases/handovers/{notice.about.removeprefix('handover ')}"
    if TOPICS[notice.kind] is Topic.EXTENSIONS:
        return f"/extensions/{notice.about.removeprefix('extension ')}"
    return f"/cases/{notice.case}"


class Letters:
    """Writes the mails of this house."""

    def __init__(self, settings: Settings) -> None:
        """Know the address that links begin with."""
        self._origin = settings.address
        self._app = Flask("web.telling", root_path=str(language.TRANSLATIONS.parent))
        language.start(self._app, settings.language)

    def __call__(self, parcel: Parcel) -> Letter:
        """Write one: of a digest, everything that it gathers."""
        with self._app.test_request_context():
            g.language, g.zone = parcel.language, parcel.zone
            count, case = len(parcel.notices), parcel.notices[0].case
            single = count == 1 and not parcel.digest and bool(case)
            subject = (
                gettext("Lajur: case %(number)s", number=case)
                if single
                else ngettext("Lajur: %(num)s notice", "Lajur: %(num)s notices", count)
            )
            told = [self._told(each) for each in parcel.notices]
            return Letter(subject, "\n\n".join([*told, self._foot()]) + "\n")

    def _told(self, notice: Notice) -> str:
        head = gettext("Case %(number)s", number=notice.case) + "\n" if notice.case else ""
        return f"{head}{said(notice)}\n{self._origin}{place_of(notice)}"

    def _foot(self) -> str:
        text = gettext(
            "You get this mail because you chose so in Lajur. Nobody reads answers to it. To choose otherwise:"
        )
        return f"-- \n{text}\n{self._origin}/me"


def _moment(text: Any) -> str:
    return plain_moment(datetime.fromisoformat(text), near=False) if text else "–"


def _office(code: str) -> str:
    named = current_app.extensions["titles"]().get(code)
    known = registers.office(code)
    return named or (known.name if known else code)
