"""Bringing everything into place before serving: the database, the registers, the procedures and, at first, made-up cases."""

from __future__ import annotations

from engine import index_subjects
from sop_catalog.publishing import Loaded, load_folder
from web.cli.demo import fill_with_demo
from web.cli.speaking import tell
from web.cli.wired import wired
from web.config import Settings
from web.first_start import load_registers
from web.version import ROOT
from web.wiring import Wiring

BPMN = ROOT / "bpmn"
"""The diagrams that ship with the program."""


def make_ready(settings: Settings) -> Wiring:
    """Bring the database, the registers, the procedures and, on a first start, the demo data into place."""
    new_keys = not settings.key_ring.exists()
    wiring = wired(settings, create=settings.embedded)
    at = wiring.clock()
    if settings.embedded:
        wiring.engine.migrate()
    wiring.engine.check()
    if new_keys:
        tell(
            f"New keys: [bold]{settings.key_ring}[/bold] – part of every backup; without it persons' data cannot be read."
        )
    rows = load_registers(wiring.engine, at=at)
    if rows:
        tell(f"Offices, posts and days off: {rows} rows out of the registers")
    _index(wiring)
    _tell_loaded(load_folder(wiring.engine, BPMN, at=at))
    accounts = settings.data_dir / "demo-accounts.txt"
    if rows and settings.embedded and settings.demo == "auto":
        fill_with_demo(wiring)
    elif accounts.exists():
        tell(f"Demo accounts: {accounts}")
    return wiring


def _index(wiring: Wiring) -> None:
    """Make anew what persons are found by, where an earlier program made it by other rules."""
    done = 0
    while number := wiring.engine.perform(index_subjects, at=wiring.clock()).number:
        done += number
    if done:
        tell(f"Persons indexed anew: {done}")


def _tell_loaded(loaded: Loaded) -> None:
    if loaded.published:
        tell(f"Procedures put in force: {len(loaded.published)}")
    for code in loaded.kept:
        tell(f"{code}: the edition in force is an owner's and differs from the file; the owner's was kept")
    for verdict in loaded.refused:
        tell(f"[red]Refused[/red]: {verdict.place}")
        for each in verdict.findings[:3]:
            tell(f"    {each}")
