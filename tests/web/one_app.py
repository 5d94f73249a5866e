"""One web program a process, set over the office of each test, and one library of what its interpreter made of drawings.

Making them anew for each test compiles every address, every template and every drawing again, two seconds each time.
"""

from __future__ import annotations

from typing import Any

from flask import Flask

from engine.runtime.library import Library
from web.app import create_app
from web.wiring import Wiring

_LIBRARIES: dict[str, Library] = {}
_MADE: dict[tuple[bool, bool, str], tuple[Flask, dict[str, Any]]] = {}
"""Settings that an app is made for → the app, and what it remembered when it was new."""


def app_over(wiring: Wiring) -> Flask:
    """The program over this office, with nothing remembered of the office before. Whoever needs two at once makes his own."""
    settings = wiring.settings
    made_for = settings.testing, settings.secure, settings.language
    if made_for not in _MADE:
        app = create_app(wiring)
        _MADE[made_for] = app, dict(app.extensions)
    app, begun = _MADE[made_for]
    app.extensions = {**begun, "lajur": wiring}
    app.secret_key = wiring.secret
    return app


def with_one_library(wiring: Wiring) -> Wiring:
    """Give its engine the programs that engines before it have compiled: they are found by the content of drawings."""
    wiring.engine.programs = _LIBRARIES.setdefault(wiring.settings.interpreter, wiring.engine.programs)
    return wiring
