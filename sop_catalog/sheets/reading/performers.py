"""Tells who does each line: the column it is marked in, or the name it gives, and the post of the register that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from engine.domain.release import Performer, Whose
from sop_catalog.procedure import slug
from sop_catalog.registers.organisation import RegisteredPost
from sop_catalog.sheets.elements import WHOSE
from sop_catalog.sheets.reading.asking import Questions
from sop_catalog.sheets.reading.grid import Grid
from sop_catalog.sheets.reading.headings import Headings
from sop_catalog.sheets.table import LaneRow, PoolRow, lane_key

_WHOSE = {said: whose for whose, said in WHOSE.items()}
_SUFFIX = re.compile(rf"(?P<name>.+?)\s*\((?P<whose>{'|'.join(_WHOSE)})\)")
OUTSIDE = "outside"
"""The answer that no post is meant: what somebody outside the agency does, an officer records."""
_LIKELY, _LIKE = 3, 60
"""How many posts are put first, and how much like the heading they must be, of 100."""
_LONGEST = 40


class Performers:
    """The performers of one sheet."""

    def __init__(
        self,
        grid: Grid,
        headings: Headings,
        lines: Sequence[Sequence[int]],
        posts: Sequence[RegisteredPost],
        ask: Questions,
    ) -> None:
        self.grid, self.headings, self.rows, self.ask = grid, headings, lines, ask
        self.shapes = {(each.row, each.column) for each in grid.marks}
        self.posts = {each.code: each for each in posts}
        self.found: dict[str, Performer] = {}
        """What the sheet calls them → who is meant, in the order of the columns."""
        self.outside: dict[str, str] = {}
        """Who is no officer → the id of their pool."""
        self.talks: dict[int, str] = {}
        """Line → who outside the agency does it."""
        for name in self._names():
            performer = self._meant(name)
            if performer:
                self.found[name] = performer

    def of(self, line: int, row: int, activity: str) -> str:
        """Return the key of the lane of a line, empty while it is open."""
        names = list(dict.fromkeys(self._marked(line)))
        if len(names) == 1:
            return self._done_by(names[0], line, row, activity)
        known = names or list(dict.fromkeys(self._names()))
        what = "Who does “{activity}”? The sheet marks {count} performers in this row."
        if not known:
            return self._of_the_register(row, what, activity)
        choices = tuple((slug(each), each) for each in known)
        answer = self.ask.choice(f"who-{row}", row, "performer", what, choices, activity=activity, count=len(names))
        chosen = next((each for each in known if slug(each) == answer), "")
        return self._done_by(chosen, line, row, activity) if chosen else ""

    def pools(self) -> Iterator[PoolRow]:
        """Return those outside the agency who do something."""
        yield from (PoolRow(pool, name) for name, pool in self.outside.items() if name in self.talks.values())

    def _of_the_register(self, row: int, what: str, activity: str) -> str:
        """Ask for any post, where the sheet names no performer at all."""
        every = tuple((each.code, each.name) for each in self.posts.values())
        post = self.posts.get(self.ask.choice(f"who-{row}", row, "performer", what, every, activity=activity, count=0))
        if post is None:
            return ""
        self.found[post.name] = _performer(post, None)
        return self._key(post.name)

    def _done_by(self, name: str, line: int, row: int, activity: str) -> str:
        if name not in self.outside:
            return self._key(name)
        self.talks[line] = name
        what = "“{activity}” is done by {name}, outside the agency. Which officer records it?"
        choices = tuple((slug(each), each) for each in self.found)
        answer = self.ask.choice(f"records-{row}", row, "performer", what, choices, activity=activity, name=name)
        return next((self._key(each) for each in self.found if slug(each) == answer), "")

    def lanes(self) -> Iterator[LaneRow]:
        """Return the lanes, each once, from left to right."""
        for performer in dict.fromkeys(self.found.values()):
            yield LaneRow(self._key_of(performer), performer)

    def _names(self) -> Iterator[str]:
        if self.headings.performers:
            yield from dict.fromkeys(self.headings.performers.values())
            return
        yield from dict.fromkeys(name for line in range(len(self.rows)) for name in self._marked(line))

    def _marked(self, line: int) -> Iterator[str]:
        column = self.headings.columns.get("performer", -1)
        for row in self.rows[line]:
            if not self.headings.performers and self.grid.cell(row, column):
                yield " ".join(self.grid.cell(row, column).split())
            for at, name in self.headings.performers.items():
                if (row, at) in self.shapes or self.grid.cell(row, at).strip(" -–"):
                    yield name

    def _meant(self, name: str) -> Performer | None:
        found = _SUFFIX.fullmatch(name.lower())
        bare = found["name"] if found else " ".join(name.lower().split())
        whose = _WHOSE[found["whose"]] if found else None
        post = next((each for each in self.posts.values() if bare in {each.name.lower(), each.code}), None)
        if post is None:
            answer = self._asked(name, bare)
            post = self.posts.get(answer)
            if answer == OUTSIDE:
                self.outside[name] = slug(name).replace("-", "_")[:_LONGEST] or "luar"
        if post is None:
            return None
        return _performer(post, whose)

    def _asked(self, name: str, bare: str) -> str:
        names = {each.code: each.name.lower() for each in self.posts.values()}
        like = process.extract(bare, names, scorer=fuzz.WRatio, limit=_LIKELY, score_cutoff=_LIKE)
        first = [code for _, _, code in like]
        order = [*first, *(code for code in names if code not in first)]
        outside = (OUTSIDE, "Nobody of the agency: an officer records what they do")
        choices = (*((code, self.posts[code].name) for code in first), outside)
        choices += tuple((code, self.posts[code].name) for code in order[len(first) :])
        what = "Which post of the register is “{name}”?"
        return self.ask.choice(f"post-{slug(name)}", 0, "performer", what, choices, likely=len(first) + 1, name=name)

    def _key(self, name: str) -> str:
        performer = self.found.get(name)
        return self._key_of(performer) if performer else ""

    def _key_of(self, performer: Performer) -> str:
        return lane_key(performer, set(self.found.values()))


def _performer(post: RegisteredPost, whose: Whose | None) -> Performer:
    return Performer(post.code, whose or (Whose.HEAD if post.offices == ("head",) else Whose.CASE))
