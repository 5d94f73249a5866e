"""What the exchange with the placement system is called on its pages. Codes stand in rows; words stand here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

from web.language import gettext

_ = lazy_gettext

KINDS: Mapping[str, Any] = {
    "registered": _("Registration"),
    "trained": _("Training"),
    "examined": _("Medical examination"),
    "oriented": _("Orientation before departure (OPP)"),
    "carded": _("E-KPMI card"),
    "departed": _("Departure"),
    "arrived": _("Arrival"),
    "monitored": _("Monitoring"),
    "cancelled": _("Placement called off"),
    "?": _("Not readable"),
}
STATES: Mapping[str, Any] = {
    "waiting": _("Waiting"),
    "applied": _("Moved its case"),
    "set-aside": _("Set aside"),
    "refused": _("Refused"),
}
WHY: Mapping[str, Any] = {
    "early": _("The case does not wait for it yet. It moves by itself when the case comes there."),
    "over": _("The case is over."),
    "passed": _("News with this number was dealt with before."),
    "by-hand": _("The case went on without it: an officer had the paper in hand."),
    "unknown-reference": _("Nobody here knows the number of this placement. Link it to a case."),
    "unknown-case": _("It names a case that does not exist."),
    "wrong-case": _("Its number belongs to another case than the one it names."),
    "other-reference": _("Its case is known under another number."),
    "renumbered": _("The placement system has begun the placement anew, under another number."),
    "not-begun": _("The case was not told to the placement system yet."),
    "told-otherwise": _("The same id said something else before. Ask the placement system which holds."),
}
REPORTS: Mapping[str, Any] = {
    "pending": _("Reports that wait to go out"),
    "sending": _("Reports that wait for an answer"),
    "failed": _("Reports that were refused or given up"),
    "unknown": _("Reports of which nobody knows whether they arrived"),
}
BATCHES: Mapping[str, Any] = {
    "made": _("Made"),
    "fetched": _("Downloaded"),
    "acknowledged": _("Answered"),
    "partly": _("Answered in part"),
    "taken-in": _("Taken in"),
    "refused": _("Refused"),
}
DIFFERENCES: Mapping[str, Any] = {
    "unknown-to-them": _("They do not know the placement"),
    "unknown-to-us": _("We do not know the placement"),
    "stage-differs": _("The stage differs"),
    "event-missing": _("They are further on"),
    "closed-here-open-there": _("Closed here, open there"),
    "open-here-closed-there": _("Open here, closed there"),
    "other-person": _("Perhaps another person"),
}
ADVICE: Mapping[str, Any] = {
    "unknown-to-them": _("Tell them of the beginning again."),
    "unknown-to-us": _("Link the number to its case, or note that it is none of ours."),
    "stage-differs": _("Ask which is right, then note it."),
    "event-missing": _("Let come what waits here; what has not come, ask for."),
    "closed-here-open-there": _("Tell them of the closing again."),
    "open-here-closed-there": _("Let their last news come, or close the case."),
    "other-person": _("Compare name and date of birth with the papers, correct them, and tell them again."),
}
ACTS: Mapping[str, Any] = {
    "send-again": _("Tell them again"),
    "apply": _("Let come what waits"),
    "link": _("Link the number"),
    "set-aside": _("Set aside"),
    "note": _("Note it"),
}
ROWS: Mapping[str, Any] = {
    "known": _("known already: it is not taken in twice"),
    "no-case": _("names neither a case nor a number that is known here; it is kept as refused"),
    "unknown-key": _("answers no report of this batch that waits for an answer"),
    "twice": _("answers a report that a row above answers already"),
    "no-answer": _("says neither “diterima” nor “ditolak”"),
    "data-tidak-lengkap": _("refused: data incomplete"),
    "nik-tidak-cocok": _("refused: the NIK does not fit"),
    "sudah-terdaftar": _("refused: registered already"),
    "tidak-memenuhi-syarat": _("refused: conditions not met"),
    "lain": _("refused: another reason, which stands in the file"),
    "other-reference": _("bears a number that belongs to another case"),
}
COLUMNS: Mapping[str, str] = {
    "message": "pesan",
    "kind": "jenis",
    "reference": "nomor_penempatan",
    "case": "nomor_kasus",
    "sequence": "urutan",
    "occurred_at": "waktu",
    "stage": "tahap",
    "open": "terbuka",
    "born_on": "tanggal_lahir",
}


def kind(code: str) -> str:
    """What a kind of news is called."""
    return str(KINDS.get(code, code))


def why(code: str) -> str:
    """Why a piece of news waits, or moves nothing."""
    head, _space, rest = code.partition(" ")
    if head == "missing":
        return gettext("Number %(number)s has not come yet.", number=rest)
    if head == "unreadable":
        return unreadable(rest)
    if head in ("person", "looked"):
        return gettext("Set aside by a person: %(reason)s", reason=rest)
    return str(WHY.get(code, code))


def row_problem(code: str) -> str:
    """What is wrong with one row of a file."""
    head, _space, rest = code.partition(" ")
    return unreadable(rest) if head == "unreadable" else str(ROWS.get(code, code))


def unreadable(field: str) -> str:
    """Which part of a row or a message cannot be read."""
    name = COLUMNS.get(field, field.removeprefix("facts."))
    return gettext("“%(name)s” is missing or cannot be read.", name=name)
