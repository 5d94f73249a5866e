"""Serves the stand-in: its contract, its page, and its faults, which need the bare connection that werkzeug's server gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from web import language
from web.simulator.contract import contract
from web.simulator.desk import desk
from web.simulator.failing import Failing
from web.simulator.faults import Faults
from web.simulator.store import Store
from web.simulator.telling import tell

FORM_BYTES = 6_000_000


class Simulator:
    """One stand-in, ready to be served."""

    def __init__(
        self,
        faults: Faults | None = None,
        *,
        token: str = "",
        webhook: str = "",
        secret: str = "",
        file: Path | None = None,
        slow: float = 30.0,
    ) -> None:
        """`webhook`: the agency's address for events; without it they wait to be asked for."""
        self.faults = faults or Faults()
        self.store = Store(self.faults, file=file)

        def told(event: Mapping[str, Any]) -> str:
            return tell(webhook, secret, event)

        self.app = Flask("simulator", root_path=str(Path(__file__).parent))
        self.app.config.update(MAX_CONTENT_LENGTH=FORM_BYTES)
        language.start(self.app, "id")
        self.app.register_blueprint(contract(self.store, token))
        self.app.register_blueprint(desk(self.store, self.faults, told if webhook else None))
        self._wsgi = Failing(self.app.wsgi_app, self.faults, slow=slow)

    def server(self, host: str, port: int) -> BaseWSGIServer:
        """A server that listens already. Raises OSError; port 0 takes a free one."""
        return make_server(host, port, self._wsgi, threaded=True, request_handler=_Quiet)

    def state(self) -> str:
        """What it has, as JSON."""
        return json.dumps(self.store.state(), ensure_ascii=False, indent=1)


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - as werkzeug calls it
        """Stay quiet."""
