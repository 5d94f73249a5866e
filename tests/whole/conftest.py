"""The office of the web tests, for what is tried at the border of the whole program."""

from tests.web.conftest import built, case, clock, item, officer, wiring

__all__ = ["built", "case", "clock", "item", "officer", "wiring"]
