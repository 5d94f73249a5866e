"""Offices, posts and officers: who may do what, where and since when. A post is not a person, and a login is not a post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class OfficeKind(StrEnum):
    """What sort of unit it is."""

    HEAD = "head"
    """The head office; there is one."""
    REGIONAL = "regional"
    """A BP3MI."""
    SERVICE_POINT = "service-point"
    """A P4MI, a helpdesk at an airport or a port."""


@dataclass(frozen=True, slots=True)
class Office:
    """A unit with an address, a time zone and working hours of its own."""

    code: str
    """`BP3MI-JATENG`: never used again."""
    name: str
    city: str
    province: str
    zone: str
    """IANA: `Asia/Jakarta`, `Asia/Makassar`, `Asia/Jayapura`."""
    kind: OfficeKind = OfficeKind.REGIONAL
    pattern: Mapping[str, Any] = field(default_factory=dict)
    """The working week where it differs from the national one, as `engine.domain.calendar` reads it."""
    phone: str = ""
    """What the people it serves may call."""


@dataclass(frozen=True, slots=True)
class Post:
    """A *jabatan*: what lanes name and officers hold."""

    code: str
    title: str
    powers: tuple[str, ...] = ()
    """What its holder may do beside the work of its lanes: `oversee` the work of the office, and others that only pages ask for."""


class Acting(StrEnum):
    """In what capacity a post is held."""

    NO = ""
    PLT = "Plt."
    """*Pelaksana tugas*: the post has no holder."""
    PLH = "Plh."
    """*Pelaksana harian*: its holder is away."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One officer in one post of one office for a time."""

    post: str
    office: str
    begins_on: date
    ends_on: date | None = None
    """The last day; None while no end is known."""
    acting: Acting = Acting.NO

    def on(self, day: date) -> bool:
        """Whether it is in effect on that day."""
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who signs in. It never carries the password's hash."""

    number: int
    login: str
    name: str
    language: str = "id"
    zone: str = ""
    """IANA; empty: the zone of the office."""
    active: bool = True
    holdings: tuple[Holding, ...] = ()
    """Those in effect on the day of the command."""

    def holding(self, post: str, office: str) -> Holding | None:
        """The post held in that office, in one's own right rather than acting where both are true.

        Without a post, any that is held there: what is for nobody in particular is for everybody in the office.
        """
        mine = [each for each in self.holdings if each.office == office and post in ("", each.post)]
        return min(mine, key=lambda each: each.acting, default=None)

    @property
    def offices(self) -> frozenset[str]:
        return frozenset(each.office for each in self.holdings)
