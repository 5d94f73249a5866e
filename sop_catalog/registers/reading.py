"""Reading one register file into rows, strictly: a word that nobody asked for is a fault of the file, never ignored."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from importlib.resources import files
from typing import Any, TypeVar

from engine.errors import NotValid

Row = TypeVar("Row")


class RegisterBroken(NotValid):
    """Expected row {row} of the register {register} to have {wanted}, but it has {found}."""


def read(register: str, table: str, make: Callable[..., Row]) -> tuple[Row, ...]:
    """Every row of a register as a dataclass, in the order of the file. Raises RegisterBroken."""
    text = files("sop_catalog.registers").joinpath(f"{register}.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)[table]
    return tuple(row(register, place, each, make) for place, each in enumerate(rows, start=1))


def row(register: str, place: int, given: Mapping[str, Any], make: Callable[..., Row]) -> Row:
    """Make one row a dataclass; lists become tuples."""
    known = {each.name for each in fields(make)}  # type: ignore[arg-type]  # a dataclass is what `make` is
    needed = {each.name for each in fields(make) if each.default is MISSING and each.default_factory is MISSING}  # type: ignore[arg-type]
    if given.keys() - known or needed - given.keys():
        raise RegisterBroken(row=place, register=register, wanted=sorted(needed), found=sorted(given))
    return make(**{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()})
