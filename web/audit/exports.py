"""Every table of the desk as a file, and all completed steps as an event log, written as it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from flask import Response, current_app, g, request, stream_with_context
from flask.typing import ResponseReturnValue

from engine import NotValid, export_figures
from engine.queries.oversight import act_reasons, acts, events_of, offers_behind, steps_behind
from engine.queries.pages import MOST, Page
from engine.queries.prevention import Counted, recruiters, repeaters
from engine.queries.prevention import prevention as picture
from engine.queries.soon_late import soon_late
from sop_catalog.compliance import write_event_log
from web.answers import Answers, answers, told_by_rows
from web.audit import words
from web.audit.asked import asked_ahead
from web.audit.figures import figures, links, notes, office_rows, one_sop, sheet_of, sop_rows, step_rows
from web.audit.files import MEDIA, Sheet, as_csv, as_xlsx
from web.audit.sieve import Sieve
from web.identity import ask, look_at, spoken_titles, wiring
from web.language import gettext
from web.registers import post_title
from web.remaining import KINDS

LONGEST = 20_000
"""Rows of a table; more than that is for the event log, which is read piece by piece."""
Found = TypeVar("Found")


class TooManyRows(NotValid):
    """Expected a table of at most {most} rows, but there are more. Choose a shorter period or one office, or take the event log."""


def note(what: str, kind: str, asked: Mapping[str, str]) -> None:
    """Keep who takes what, and what for. Raises what the command refuses."""
    look_at(export_figures, what, kind=kind, purpose=request.form.get("purpose", "")[:200], sieve=dict(asked))


def file(name: str, kind: str, choice: Sieve) -> ResponseReturnValue:
    """Make the file."""
    if kind not in MEDIA or (kind == "xes") != (name == "events"):
        raise NotValid(what="the kind of file", wanted="csv, csv-comma or xlsx", found=kind[:20] or "missing")
    with wiring().engine.reading(at=g.now) as reader:
        choice.view(reader, g.officer)
    note(name, kind, choice.query())
    media, ending = MEDIA[kind]
    body = _log(choice) if kind == "xes" else _made(TABLES[name](choice), name, kind)
    answer = Response(body, content_type=media)
    named = f"lajur-{name}-{choice.since.isoformat()}-{choice.until.isoformat()}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    return answer


def _made(sheet: Sheet, name: str, kind: str) -> bytes:
    return as_xlsx(sheet, name) if kind == "xlsx" else as_csv(sheet, comma=kind == "csv-comma")


def _log(choice: Sieve) -> Iterator[str]:
    engine, at, officer = current_app.extensions["lajur"].engine, g.now, g.officer
    name = f"Lajur {choice.since.isoformat()} – {choice.until.isoformat()}"

    def pieces() -> Iterator[str]:
        with engine.reading(at=at) as reader:
            view = choice.view(reader, officer)
            yield from write_event_log(events_of(reader, officer, view), name=name, made_at=at)

    return stream_with_context(pieces())


def _all(read: Callable[[str | None], Page[Found]]) -> list[Found]:
    """Every row of a list, page by page. Raises TooManyRows rather than leaving some out."""
    rows: list[Found] = []
    after: str | None = None
    while True:
        found = read(after)
        rows += found.rows
        after = found.following
        if after is None:
            return rows
        if len(rows) >= LONGEST:
            raise TooManyRows(most=LONGEST)


def _sops(choice: Sieve) -> Sheet:
    level = "micro" if choice.level == "micro" else "macro"
    found = figures(choice, ("sop" if level == "micro" else "macro",))
    return sheet_of(sop_rows(found.lines, choice, level=level), choice, "SOP")


def _offices(choice: Sieve) -> Sheet:
    if choice.sop:
        found = one_sop(choice)
        return sheet_of(office_rows(found.offices, choice, found.times), choice, gettext("Office"))
    return sheet_of(office_rows(figures(choice, ("office",)).lines, choice), choice, gettext("Office"))


def _steps_of_sop(choice: Sieve) -> Sheet:
    return sheet_of(step_rows(one_sop(choice), choice), choice, gettext("Step"))


def _steps(choice: Sieve) -> Sheet:
    titles, count = spoken_titles(), choice.count or "done"
    with wiring().engine.reading(at=g.now) as reader:
        view = choice.view(reader, g.officer)
        rows = _all(lambda after: steps_behind(reader, g.officer, view, count=count, after=after, length=MOST))
    header = [gettext(each) for each in ("Case", "SOP", "Step", "Post", "Office", "Opened", "Taken", "Done", "Due")]
    cells = [
        (
            each.case,
            each.process,
            each.name,
            post_title(titles, each.post),
            titles.get(each.office, each.office),
            each.opened_at,
            each.claimed_at,
            each.happened_at or each.closed_at,
            each.due_at,
            round(each.over.total_seconds() / 3600, 2) if each.over is not None else None,
        )
        for each in rows
    ]
    return Sheet([*header, gettext("Late by (working h)")], cells, notes(choice))


def _besides(choice: Sieve) -> Sheet:
    with wiring().engine.reading(at=g.now) as reader:
        view = choice.view(reader, g.officer)
        found = _all(lambda after: acts(reader, g.officer, view, kind=choice.kind, after=after))
        reasons = act_reasons(reader, found)
    titles = spoken_titles()
    header = [gettext(each) for each in ("When", "What", "Case", "SOP", "Step", "Office", "Reason")]
    rows = [
        (
            each.at,
            str(words.ACTS.get(each.kind, each.kind)),
            each.case,
            each.sop,
            each.name,
            titles.get(each.office, each.office),
            words.act_reason(each.kind, reasons.get((each.kind, each.row), "")),
        )
        for each in found
    ]
    return Sheet(header, rows, notes(choice))


def _ahead(choice: Sieve) -> Sheet:
    titles, asked = spoken_titles(), asked_ahead(choice)
    with wiring().engine.reading(at=g.now) as reader:
        found = _all(lambda after: soon_late(reader, g.officer, after=after, length=MOST, **asked))
    names = ("Case", "Procedure", "Kind of time", "Time", "Office", "Began", "Due", "Left (working h)", "Left (h)")
    rows = [
        (
            each.case,
            each.release,
            str(KINDS[each.clock.kind]),
            each.clock.name,
            titles.get(each.clock.office, each.clock.office),
            each.clock.started_at,
            each.clock.due_at,
            round(each.left.working.total_seconds() / 3600, 2),
            round(each.left.running.total_seconds() / 3600, 2),
        )
        for each in found
    ]
    return Sheet([gettext(each) for each in names], rows, notes(choice)[:2])


def _handovers(choice: Sieve) -> Sheet:
    titles = spoken_titles()
    asked: dict[str, Any] = {"state": choice.state, "to_office": choice.value}
    with wiring().engine.reading(at=g.now) as reader:
        view = choice.view(reader, g.officer)
        found = _all(lambda after: offers_behind(reader, g.officer, view, after=after, **asked))
    header = [
        gettext(each) for each in ("Case", "From", "To", "State", "Offered", "Until", "Answered", "Reason", "Answer")
    ]
    rows = [
        (
            each.case,
            titles.get(each.from_office, each.from_office),
            titles.get(each.to_office, each.to_office),
            str(words.OFFERS.get(each.state, each.state)),
            each.offered_at,
            each.until,
            each.answered_at,
            each.reason,
            each.answer,
        )
        for each in found
    ]
    return Sheet(header, rows, notes(choice))


def _prevention(choice: Sieve) -> Sheet:
    by = choice.by if choice.by in words.GROUPS else "perekrut_jenis"
    found = ask(picture, by=by, office=choice.office, since=choice.begins, until=choice.ends)
    titles, answer = spoken_titles(), answers((by, each.value) for each in found)
    header = [str(words.GROUPS[by]), gettext("Cases"), gettext("Persons"), gettext("Come again"), gettext("Outcomes")]
    rows = [
        (answer(by, each.value), each.cases, each.persons, each.repeaters, _told(each.outcomes, titles))
        for each in found
    ]
    return Sheet(header, rows, notes(choice))


def _recruiters(choice: Sieve) -> Sheet:
    found = ask(recruiters, office=choice.office, since=choice.begins, until=choice.ends, repeated=bool(choice.again))
    titles, answer = spoken_titles(), told_by_rows(found)
    names = ("Recruiter", "Persons", "Come again", "Kind", "Routes", "Origins", "Means", "Offices")
    header = [gettext(each) for each in names]
    rows = [
        (
            words.recruiter(each.number),
            each.persons,
            each.repeaters,
            _answers(answer, "perekrut_jenis", each.kinds),
            _answers(answer, "rute", each.routes),
            _answers(answer, "daerah_asal", each.origins),
            _answers(answer, "modus", each.modi),
            ", ".join(f"{titles.get(code, code)} ({number})" for code, number in each.offices),
        )
        for each in found
    ]
    return Sheet(header, rows, notes(choice))


def _repeaters(choice: Sieve) -> Sheet:
    found = ask(repeaters, office=choice.office, since=choice.begins, until=choice.ends)
    titles, answer = spoken_titles(), told_by_rows((), found)
    header = [gettext(each) for each in ("Person", "Attempts", "Recruiter", "Origins", "Routes", "Offices")]
    rows = [
        (
            words.person(each.person),
            each.attempts,
            ", ".join(words.recruiter(number) for number in each.recruiters),
            _answers(answer, "daerah_asal", each.origins),
            _answers(answer, "rute", each.routes),
            ", ".join(titles.get(code, code) for code in each.offices),
        )
        for each in found
    ]
    return Sheet(header, rows, notes(choice))


def _answers(answer: Answers, by: str, counted: Counted) -> str:
    return ", ".join(f"{answer(by, value)} ({times})" if times > 1 else answer(by, value) for value, times in counted)


def _told(outcomes: tuple[tuple[str, int], ...], titles: Mapping[str, str]) -> str:
    return ", ".join(f"{words.course(each, titles)} ({number})" for each, number in outcomes)


TABLES: Mapping[str, Callable[[Sieve], Sheet]] = {
    "sops": _sops,
    "offices": _offices,
    "sop-steps": _steps_of_sop,
    "steps": _steps,
    "besides": _besides,
    "ahead": _ahead,
    "handovers": _handovers,
    "prevention": _prevention,
    "recruiters": _recruiters,
    "repeaters": _repeaters,
    "events": lambda choice: Sheet((), (), notes(choice)),
}
"""Each by the name that its page sends; the last is written as it is read and never made whole."""

__all__ = ["TABLES", "file", "links", "note"]
