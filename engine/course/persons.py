"""Whom an officer may see in the register of persons, and who may be the same person. It joins nobody by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from engine.domain.names import name_tokens, name_words, phone, place_word
from engine.domain.subject import IDENTITY, LASTING, normal
from engine.errors import NotFound
from engine.storage import UnitOfWork

SURE = 100
LIKELY = 70
"""From here on two persons are worth comparing by an officer."""
STRONG = 85
"""From here on another office is told that it may know the person; below, nobody elsewhere is named on a guess."""
_MOST = 60
"""Persons whose fields are decrypted for one comparison."""
_NAME, _BIRTH, _PLACE, _PHONE, _FAMILY = 55, 25, 10, 25, 10
_NAME_ALONE = 75
"""The most that a name can say where nothing else is known of both."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two persons are alike, and in what."""

    score: int
    """0 to 100; 100 where an identity number is the same."""
    reasons: tuple[str, ...]
    """What speaks for it and against it, as words to be translated: `same nik`, `other tanggal_lahir`, …"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the officer's own office knows and who may be the same person."""

    person: int
    likeness: Likeness
    cases: tuple[str, ...]
    """Numbers of their cases that the officer may see, the first first."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Who a person may be."""

    known: tuple[Candidate, ...]
    elsewhere: tuple[str, ...]
    """Offices that know the person, and nothing else of it: ask there."""

    @property
    def repeated(self) -> bool:
        """Whether `kasus_terdahulu` may be proposed as true."""
        return bool(self.elsewhere) or any(each.likeness.score >= STRONG for each in self.known)


def expect_person(work: UnitOfWork, number: int) -> int:
    """The number that stands for a person. Refuses (NotFound) one of whom none of the officer's offices knows."""
    person = work.subjects.person(number)
    officer = work.officer
    if officer is not None and not officer.offices & work.subjects.seen_from(person):
        raise NotFound(what=f"person {number}")
    return person


def recognise(work: UnitOfWork, fields: Mapping[str, str], *, apart: frozenset[int] = frozenset()) -> Recognition:
    """Who a person with these fields may be, but for the persons `apart`."""
    fields = {name: text for name, text in fields.items() if text}
    words = name_tokens(f"{fields.get('nama', '')} {fields.get('nama_alias', '')}")
    alone = len(words) <= 1 or not (fields.get("tanggal_lahir") or fields.get("tempat_lahir"))
    scored: dict[int, Likeness] = {}
    mine = work.officer.offices if work.officer else frozenset()
    least = 1 if alone else 2
    rows = work.subjects.alike(fields, least=least, most=_MOST, within=mine)
    if fields.keys() - {"nama", "nama_alias"}:  # a name alone is never told of another office
        rows += work.subjects.alike(fields, least=least, most=_MOST)
    for row in dict.fromkeys(rows):
        person = work.subjects.person(row)
        if person in apart:
            continue
        likeness = compare(fields, work.subjects.read_own(row))
        if likeness.score >= LIKELY and (person not in scored or scored[person].score < likeness.score):
            scored[person] = likeness
    known: list[Candidate] = []
    elsewhere: set[str] = set()
    for person, likeness in sorted(scored.items(), key=lambda each: (-each[1].score, each[0])):
        if mine & work.subjects.seen_from(person):
            known.append(Candidate(person, likeness, seen_cases(work, person)))
        elif likeness.score >= STRONG:
            elsewhere |= work.subjects.offices_of(person)
    return Recognition(tuple(known), tuple(sorted(elsewhere)))


def differences(work: UnitOfWork, one: int, other: int) -> tuple[str, ...]:
    """The names of the fields that are known of both and not the same."""
    mine, theirs = work.subjects.read_own(one), work.subjects.read_own(other)
    return tuple(sorted(name for name in mine.keys() & theirs.keys() & LASTING if mine[name] != theirs[name]))


def seen_cases(work: UnitOfWork, person: int) -> tuple[str, ...]:
    """The numbers of a person's cases in which one of the officer's offices takes part."""
    officer = work.officer
    if officer is None:
        return ()
    found = work.subjects.cases_of(person)
    seen = work.subjects.taking_part({each.id for each in found}, officer.offices)
    return tuple(each.number for each in found if each.id in seen)


def compare(one: Mapping[str, str], other: Mapping[str, str]) -> Likeness:
    """Compare two persons field by field, in clear text."""
    same = [name for name in IDENTITY if _both(one, other, name) and normal(one[name]) == normal(other[name])]
    against = [name for name in IDENTITY if _both(one, other, name) and name not in same]
    parts: list[tuple[float, int]] = []
    reasons = [f"same {name}" for name in same]
    named = max((_names(one.get(mine, ""), other.get(theirs, "")) for mine in _NAMES for theirs in _NAMES), default=0.0)
    if one.get("nama") and other.get("nama"):
        parts.append((named, _NAME))
        reasons += ["same nama"] if named >= 0.99 else ["near nama"] if named >= 0.8 else ["other nama"]  # noqa: PLR2004 - thresholds
    for likeness, weight, reason in (_birth(one, other), _place(one, other), _phone(one, other), _family(one, other)):
        if weight:
            parts.append((likeness, weight))
            reasons.append(reason)
    reasons += [f"other {name}" for name in against]
    if same:
        return Likeness(SURE, tuple(reasons))
    weight = sum(each for _, each in parts)
    score = round(100 * sum(likeness * each for likeness, each in parts) / weight) if weight else 0
    if not any(each in reasons for each in ("same tanggal_lahir", "near tanggal_lahir", "same telepon")):
        score = min(score, _NAME_ALONE if weight <= _NAME else STRONG - 1)
    if against:
        score -= 25
    if _both(one, other, "jenis_kelamin") and one["jenis_kelamin"] != other["jenis_kelamin"]:
        score -= 15
        reasons.append("other jenis_kelamin")
    return Likeness(max(0, min(score, SURE - 1)), tuple(reasons))


_NAMES = ("nama", "nama_alias")


def _both(one: Mapping[str, str], other: Mapping[str, str], name: str) -> bool:
    return bool(one.get(name)) and bool(other.get(name))


def _names(one: str, other: str) -> float:
    mine, theirs = " ".join(name_words(one)), " ".join(name_words(other))
    if not mine or not theirs:
        return 0.0
    return max(fuzz.token_sort_ratio(mine, theirs), 0.94 * fuzz.token_set_ratio(mine, theirs)) / 100


def _birth(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[float, int, str]:
    if not _both(one, other, "tanggal_lahir"):
        return 0, 0, ""
    mine, theirs = one["tanggal_lahir"], other["tanggal_lahir"]
    if mine == theirs:
        return 1, _BIRTH, "same tanggal_lahir"
    if mine[:4] == theirs[:4]:
        return 0.5, _BIRTH, "near tanggal_lahir"
    return 0, _BIRTH, "other tanggal_lahir"


def _place(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[float, int, str]:
    if not _both(one, other, "tempat_lahir"):
        return 0, 0, ""
    likeness = fuzz.ratio(place_word(one["tempat_lahir"]), place_word(other["tempat_lahir"])) / 100
    return likeness, _PLACE, "same tempat_lahir" if likeness >= 0.8 else "other tempat_lahir"  # noqa: PLR2004 - a threshold


def _phone(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[float, int, str]:
    """A shared number speaks for it; another one says nothing: people change theirs."""
    if _both(one, other, "telepon") and phone(one["telepon"]) == phone(other["telepon"]):
        return 1, _PHONE, "same telepon"
    return 0, 0, ""


def _family(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[float, int, str]:
    if not _both(one, other, "nama_keluarga"):
        return 0, 0, ""
    likeness = _names(one["nama_keluarga"], other["nama_keluarga"])
    return (likeness, _FAMILY, "same nama_keluarga") if likeness >= 0.8 else (0, 0, "")  # noqa: PLR2004 - a threshold
