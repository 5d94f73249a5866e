"""What the stand-in has: reports by their keys, placements, and events in the order in which they are told.

In memory, and in a file where one is given, so that it knows after a restart what it knew before.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from engine.domain.placement import EventKind, ReportKind
from web.simulator.differing import Differs
from web.simulator.faults import OF_EVENTS, Fault, Faults

COURSE: Final = (
    EventKind.REGISTERED,
    EventKind.EXAMINED,
    EventKind.TRAINED,
    EventKind.ORIENTED,
    EventKind.CARDED,
    EventKind.DEPARTED,
    EventKind.ARRIVED,
    EventKind.MONITORED,
)
"""What happens in a placement, in this order; the last again each month."""
HELD_BEHIND: Final = 3
"""So many events are told before one that is late."""
_URN: Final = "urn:lajur:siskop2mi:"


@dataclass(frozen=True)
class Problem(Exception):
    """A call that is refused, as RFC 9457 says it."""

    status: int
    type: str
    title: str

    def told(self) -> dict[str, Any]:
        """As it travels."""
        return {"type": _URN + self.type, "title": self.title, "status": self.status}


class Store:
    """What the stand-in has, under one lock."""

    def __init__(
        self,
        faults: Faults,
        *,
        file: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Begin with nothing, or with what stands in the file."""
        self._lock = threading.RLock()
        self._faults, self._file, self._clock = faults, file, clock
        self._reports: dict[str, dict[str, Any]] = {}
        self._placements: dict[str, dict[str, Any]] = {}
        self._told: list[dict[str, Any]] = []
        self._held: list[dict[str, Any]] = []
        """Events that are to be told later: `event`, `behind` so many others, `after` the next of its case, or `quiet`: when somebody says so."""
        self._made = 0
        self._begun = 0
        """Placements that ever began: what the next one's number is counted from."""
        self._filed = 0
        """Events that were told in a file."""
        if file is not None and file.exists():
            self._read(json.loads(file.read_text()))

    # What the agency tells.

    def take(self, kind: ReportKind, body: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
        """Store a report once. Returns its receipt, and whether it is new. Raises Problem."""
        with self._lock:
            text = json.dumps(body, sort_keys=True, ensure_ascii=False)
            digest = hashlib.sha256(text.encode()).hexdigest()
            known = self._reports.get(body["key"])
            if known is not None:
                if known["digest"] != digest:
                    raise Problem(409, "other-report", "Another report has this key.")
                known["times"] += 1
                return known["receipt"], False
            placement = self._apply(kind, body)
            receipt = {"key": body["key"], "kind": kind.value, "case": body["case"]}
            receipt |= {"reference": placement["reference"], "received_at": self._clock().isoformat()}
            self._reports[body["key"]] = {"digest": digest, "receipt": receipt, "times": 1}
            self._write()
            return receipt, True

    def receipt(self, key: str) -> dict[str, Any]:
        """What stands under a key. Raises Problem."""
        with self._lock:
            if key not in self._reports:
                raise Problem(404, "unknown-key", "No report has this key.")
            found: dict[str, Any] = self._reports[key]["receipt"]
            return found

    def records(self, after: str, most: int) -> dict[str, Any]:
        """A page of placements, in the order of their beginning."""
        with self._lock:
            rows = [_record(each) for each in self._placements.values()]
        return _page("records", rows, _place(after, "p", len(rows)), most, "p")

    def events(self, after: str, most: int) -> dict[str, Any]:
        """A page of what was told. Raises Problem for a place that is not known."""
        with self._lock:
            if after and self._faults.draw([Fault.STALE_CURSOR]):
                raise Problem(410, "stale-cursor", "This place is not known any more.")
            told = list(self._told)
        return _page("events", told, _place(after, "e", len(told)), most, "e")

    # What happens here.

    def happen(
        self, case: str, kind: EventKind | None = None, facts: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Let something happen in a placement: the next thing, or this. Returns what is told now. Raises Problem."""
        with self._lock:
            placement = self._placements.get(case)
            if placement is None or not placement["open"]:
                raise Problem(404, "not-begun", "No open placement has this case.")
            kind = kind or next_kind(placement)
            self._come(placement, kind)
            event = self._event(placement, kind, facts)
            told = self._tell(event, self._faults.draw(OF_EVENTS))
            self._write()
            return {"made": event, "told": told}

    def differ(self, case: str, how: Differs) -> None:
        """Know a placement otherwise than the agency does, and tell nobody. Raises Problem."""
        with self._lock:
            placement = self._placements.get(case)
            if placement is None:
                raise Problem(404, "not-begun", "No placement has this case.")
            if how is Differs.FORGOTTEN:
                del self._placements[case]
                self._held = [each for each in self._held if each["event"]["case"] != case]
            elif how is Differs.OTHER_PERSON:
                placement["person"] |= {"name": "Orang Lain Contoh", "born_on": "1980-01-01"}
            elif how is Differs.OPEN:
                placement["open"] = True
            elif placement["open"]:
                self._keep_quiet(placement, EventKind.CANCELLED if how is Differs.CLOSED else next_kind(placement))
            self._write()

    def appear(self, name: str, born_on: str) -> str:
        """Have a placement that no report of the agency began: somebody has registered by themselves. Returns its number."""
        with self._lock:
            placement = self._placement("", {"name": name, "born_on": born_on})
            reference: str = placement["reference"]
            self._placements[reference] = placement
            self._write()
            return reference

    def told_in_file(self, *, whole: bool = False) -> list[dict[str, Any]]:
        """Tell in a file what was not told in one before, or everything. Returns it."""
        with self._lock:
            new = self._told[0 if whole else self._filed :]
            self._filed = len(self._told)
            self._write()
            return list(new)

    def let_go(self) -> list[dict[str, Any]]:
        """Tell everything that was held back. Returns it."""
        with self._lock:
            gone = [each["event"] for each in self._held]
            self._held.clear()
            self._told += gone
            self._write()
            return gone

    def state(self) -> dict[str, Any]:
        """All there is, for whoever looks: the latest placements first."""
        with self._lock:
            return {
                "reports": [{**each["receipt"], "times": each["times"]} for each in self._reports.values()],
                "placements": [dict(each) for each in reversed(self._placements.values())],
                "events": list(self._told),
                "held": [each["event"] for each in self._held],
                "made": self._made,
                "not_filed": len(self._told) - self._filed,
                "faults": {each.value: rate for each, rate in self._faults.rates.items()},
                "drawn": {each.value: count for each, count in self._faults.drawn.items() if count},
            }

    def _apply(self, kind: ReportKind, body: Mapping[str, Any]) -> dict[str, Any]:
        placement = self._placements.get(body["case"])
        if placement is None:
            if kind is not ReportKind.BEGUN:
                raise Problem(404, "not-begun", "No placement has this case.")
            placement = self._placement(body["case"], {})
            self._placements[body["case"]] = placement
        placement["open"] = kind is not ReportKind.CLOSED
        placement["reason"] = body.get("reason", "")
        if kind is not ReportKind.CLOSED:
            placement["office"] = body["office"]
            placement["person"] = dict(body["person"])
            placement["documents"] = [dict(each) for each in body["documents"]]
        return placement

    def _placement(self, case: str, person: Mapping[str, Any]) -> dict[str, Any]:
        """A new one, under a number that none has had."""
        self._begun += 1
        reference = f"SIM-{self._clock().year}-{self._begun:06d}"
        known = {
            "reference": reference,
            "case": case,
            "office": "",
            "stage": "",
            "sequence": 0,
            "open": True,
            "reason": "",
        }
        return known | {"person": dict(person), "documents": []}

    def _keep_quiet(self, placement: dict[str, Any], kind: EventKind) -> None:
        """Let something happen, and tell it only when somebody says so."""
        self._come(placement, kind)
        self._held.append({"event": self._event(placement, kind, None), "quiet": True})

    def _come(self, placement: dict[str, Any], kind: EventKind) -> None:
        placement["sequence"] += 1
        placement["stage"] = kind.value
        if kind is EventKind.CANCELLED:
            placement["open"] = False
        self._made += 1

    def _event(self, placement: Mapping[str, Any], kind: EventKind, facts: Mapping[str, Any] | None) -> dict[str, Any]:
        now = self._clock()
        return {
            "message": f"{placement['reference']}-{placement['sequence']:04d}",
            "kind": kind.value,
            "reference": placement["reference"],
            "case": placement["case"],
            "sequence": placement["sequence"],
            "occurred_at": now.isoformat(),
            "facts": dict(facts) if facts is not None else {"tanggal": now.date().isoformat()},
        }

    def _tell(self, event: dict[str, Any], fault: Fault | None) -> list[dict[str, Any]]:
        """Tell an event as the fault wants it. Returns what is told now, in order."""
        now = [event]
        if fault is Fault.DUPLICATE:
            now = [event, event]
        elif fault is Fault.WRONG_CASE:
            now = [{**event, "case": self._another(event["case"]), "message": event["message"] + "-x"}, event]
        elif fault in (Fault.LATE, Fault.OUT_OF_ORDER):
            now = []
        now += self._freed(event)
        if fault is Fault.LATE:
            self._held.append({"event": event, "behind": HELD_BEHIND})
        elif fault is Fault.OUT_OF_ORDER:
            self._held.append({"event": event, "after": event["case"]})
        self._told += now
        return now

    def _freed(self, event: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What was held back until now."""
        free: list[dict[str, Any]] = []
        still: list[dict[str, Any]] = []
        for each in self._held:
            if "behind" in each:
                each["behind"] -= 1
            ready = each["behind"] <= 0 if "behind" in each else each.get("after") == event["case"]
            (free if ready else still).append(each)
        self._held = still
        return [each["event"] for each in free]

    def _another(self, case: str) -> str:
        """A case that is not this one."""
        return next((each for each in self._placements if each != case), f"{case}-lain")

    def _read(self, kept: Mapping[str, Any]) -> None:
        self._reports, self._placements = kept["reports"], kept["placements"]
        self._told, self._held, self._made = kept["told"], kept["held"], kept["made"]
        self._begun, self._filed = kept["begun"], kept["filed"]

    def _write(self) -> None:
        if self._file is None:
            return
        kept: dict[str, Any] = {"reports": self._reports, "placements": self._placements}
        kept |= {"told": self._told, "held": self._held, "made": self._made}
        text = json.dumps({**kept, "begun": self._begun, "filed": self._filed}, ensure_ascii=False)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(self._file)


def next_kind(placement: Mapping[str, Any]) -> EventKind:
    """What happens next in a placement."""
    names = [each.value for each in COURSE]
    place = names.index(placement["stage"]) + 1 if placement["stage"] in names else 0
    return COURSE[min(place, len(COURSE) - 1)]


def _record(placement: Mapping[str, Any]) -> dict[str, Any]:
    person = placement["person"]
    name = " ".join(person["name"].casefold().split())
    told = {name: placement[name] for name in ("reference", "case", "stage", "sequence", "open")}
    return {**told, "born_on": person["born_on"], "name_hash": hashlib.sha256(name.encode()).hexdigest()}


def _place(after: str, sign: str, most: int) -> int:
    """Where a page begins. Raises Problem."""
    if not after:
        return 0
    number = after.removeprefix(f"{sign}-")
    if number == after or not number.isascii() or not number.isdecimal() or int(number) > most:
        raise Problem(410, "stale-cursor", "This place is not known any more.")
    return int(number)


def _page(name: str, rows: list[dict[str, Any]], start: int, most: int, sign: str) -> dict[str, Any]:
    end = min(start + most, len(rows))
    return {name: rows[start:end], "cursor": f"{sign}-{end:06d}", "more": end < len(rows)}
