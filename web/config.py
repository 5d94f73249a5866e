"""The settings of one running program. What a person chooses for themselves is not a setting: it stands at the officer."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "LAJUR_"
ELSEWHERE = {
    "LAJUR_CRASH_AT": "With `LAJUR_TESTING=1` only: the numbered point at which the program kills itself.",
    "LAJUR_SKIP_FRONTEND": "`1` leaves the browser parts out when the package is installed.",
    "LAJUR_TEST_DATABASE_URL": "The PostgreSQL server that the tests use instead of an embedded one.",
}
"""Settings that other parts of the project read, so that they are not taken for misspelt ones."""


class SettingError(Exception):
    """A setting that the program cannot start with. Its text is for the person who started it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside, each read from `LAJUR_` and its name in capitals."""

    data_dir: Path = field(
        default=Path(".lajur"),
        metadata={"meaning": "Where the embedded database, the key ring and the demo accounts are kept."},
    )
    database_url: str = field(
        default="",
        metadata={
            "meaning": "The database; empty: SQLite in the data directory. `postgresql://…` moves the same program to PostgreSQL."
        },
    )
    interpreter: str = field(
        default="machine",
        metadata={"meaning": "`machine`, or `spiffworkflow` to turn the whole program over to SpiffWorkflow."},
    )
    host: str = field(default="127.0.0.1", metadata={"meaning": "The address that is listened on."})
    port: int = field(default=8000, metadata={"meaning": "The port that is listened on."})
    threads: int = field(default=8, metadata={"meaning": "How many requests are answered at the same time."})
    origin: str = field(
        default="",
        metadata={
            "meaning": "The address that browsers use, where a proxy stands in front: `https://lajur.example.go.id`."
        },
    )
    trusted_proxy: str = field(
        default="",
        metadata={"meaning": "The address of that proxy; only then is its word on the client's address taken."},
    )
    keys: Path | None = field(
        default=None,
        metadata={"meaning": "The key ring; empty: `keys.json` in the data directory. It is part of every backup."},
    )
    secret: Path | None = field(
        default=None,
        metadata={"meaning": "The file with the secret that signs cookies; empty: `web.secret` in the data directory."},
    )
    language: str = field(default="id", metadata={"meaning": "The language of pages before sign-in: `id` or `en`."})
    demo: str = field(
        default="auto",
        metadata={"meaning": "`auto`: demo data on the first start of the embedded database; `no`: never by itself."},
    )
    worker: str = field(
        default="beside",
        metadata={
            "meaning": "`beside`: `lajur serve` does itself what happens by itself; `apart`: `lajur worker` does, once or more."
        },
    )
    session_idle_minutes: int = field(
        default=30, metadata={"meaning": "After how many minutes without a click one has to sign in again."}
    )
    session_hours: int = field(
        default=10, metadata={"meaning": "After how many hours one has to sign in again in any case."}
    )
    smtp_url: str = field(
        default="",
        metadata={
            "meaning": "The mail server: `smtps://name:password@host`, `smtp+starttls://…`, or `smtp://host`; empty: no mail is sent."
        },
    )
    smtp_from: str = field(default="", metadata={"meaning": "The address that mail comes from: `lajur@example.go.id`."})
    oidc_issuer: str = field(
        default="",
        metadata={
            "meaning": "The provider of sign-on, word for word as it names itself: `https://sso.example.go.id/realms/agency`; empty: none."
        },
    )
    oidc_client_id: str = field(default="", metadata={"meaning": "What this program is called there."})
    oidc_secret: Path | None = field(
        default=None,
        metadata={"meaning": "The file with the secret of this program there; empty: a public client, by PKCE alone."},
    )
    oidc_scopes: str = field(default="openid profile", metadata={"meaning": "What is asked for; `openid` is among it."})
    oidc_button: str = field(
        default="", metadata={"meaning": "What stands on the button; empty: a general text in the reader's language."}
    )
    webhook_private: bool = field(
        default=False,
        metadata={
            "meaning": "Whether programs within one's own network may be told of events, also without encryption."
        },
    )
    siskop2mi: str = field(
        default="files",
        metadata={
            "meaning": "How the placement system is spoken to: `files`, batches that people carry, or `rest`, at once."
        },
    )
    siskop2mi_url: str = field(
        default="",
        metadata={"meaning": "With `rest`: what every address of the placement system begins with: `https://…/v1`."},
    )
    siskop2mi_token: Path | None = field(
        default=None,
        metadata={"meaning": "With `rest`: the file whose first line is the token that the placement system asks for."},
    )
    siskop2mi_secret: Path | None = field(
        default=None,
        metadata={"meaning": "The file whose first line is the secret that signs what the placement system tells us."},
    )
    siskop2mi_private: bool = field(
        default=False,
        metadata={
            "meaning": "Whether the placement system may stand within one's own network, also without encryption."
        },
    )
    api_rate: int = field(
        default=600,
        metadata={
            "meaning": "Requests a minute that each token of another program may send, where it has no rate of its own."
        },
    )
    log_level: str = field(default="info", metadata={"meaning": "`debug`, `info`, `warning` or `error`."})
    log_format: str = field(
        default="json", metadata={"meaning": "`json`: one object a line, for machines; `text`: for the eye."}
    )
    testing: bool = field(default=False, metadata={"meaning": "For the tests: faults are raised instead of shown."})

    @property
    def database(self) -> str:
        """The address of the database, with the embedded one spelt out."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'lajur.db'}"

    @property
    def embedded(self) -> bool:
        """Whether the database is the program's own."""
        return not self.database_url

    @property
    def key_ring(self) -> Path:
        return self.keys or self.data_dir / "keys.json"

    @property
    def secret_file(self) -> Path:
        return self.secret or self.data_dir / "web.secret"

    @property
    def secure(self) -> bool:
        """Whether browsers reach the program over https."""
        return self.origin.startswith("https://")

    @property
    def address(self) -> str:
        return self.origin or f"http://{self.host}:{self.port}"


CLOSED = {
    "interpreter": ("machine", "spiffworkflow"),
    "language": ("id", "en"),
    "demo": ("auto", "no"),
    "worker": ("beside", "apart"),
    "siskop2mi": ("files", "rest"),
    "log_format": ("json", "text"),
    "log_level": ("debug", "info", "warning", "error"),
}


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Take the settings out of an environment. Raises SettingError where one is unknown or cannot be read."""
    known = {PREFIX + each.name.upper(): each for each in fields(Settings)}
    given = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
    for name in sorted(given):
        if name not in known and name not in ELSEWHERE:
            raise SettingError(_unknown(name, [*known, *ELSEWHERE]))
    read = Settings(
        **{
            known[name].name: _value(known[name].name, str(known[name].type), text)
            for name, text in given.items()
            if name in known and text
        }
    )
    _expect_whole(read)
    return read


def _expect_whole(read: Settings) -> None:
    """Refuse a provider of sign-on that is named by half, or that is not spoken to in secret."""
    if not read.oidc_issuer:
        return
    parts = urlsplit(read.oidc_issuer)
    near = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not (parts.scheme == "https" or (parts.scheme == "http" and near)) or parts.query or parts.fragment:
        raise SettingError(
            f"LAJUR_OIDC_ISSUER is {read.oidc_issuer!r}, but it must begin with https:// and name a host."
        )
    if not read.oidc_client_id:
        raise SettingError("LAJUR_OIDC_ISSUER is set, but LAJUR_OIDC_CLIENT_ID is not.")
    if "openid" not in read.oidc_scopes.split():
        raise SettingError(f"LAJUR_OIDC_SCOPES is {read.oidc_scopes!r}, but openid must be among them.")
    if read.oidc_secret is not None and not read.oidc_secret.is_file():
        raise SettingError(f"LAJUR_OIDC_SECRET is {str(read.oidc_secret)!r}, but there is no such file.")


def described() -> list[tuple[str, str, str]]:
    """Name, default and meaning of every setting, in the order of the class."""
    return [(PREFIX + each.name.upper(), _shown(each.default), each.metadata["meaning"]) for each in fields(Settings)]


def _value(name: str, kind: str, text: str) -> Any:
    if name in CLOSED and text not in CLOSED[name]:
        guess = difflib.get_close_matches(text, CLOSED[name], 1, 0.4)
        hint = f" Did you mean {guess[0]}?" if guess else ""
        raise SettingError(
            f"{PREFIX}{name.upper()} is {text!r}, but it must be one of {', '.join(CLOSED[name])}.{hint}"
        )
    if kind == "int":
        if not text.isdecimal() or int(text) == 0:
            raise SettingError(f"{PREFIX}{name.upper()} is {text!r}, but it must be a whole number above 0.")
        return int(text)
    if kind == "bool":
        return text.lower() in {"1", "true", "yes"}
    return Path(text) if "Path" in kind else text


def _unknown(name: str, known: list[str]) -> str:
    guess = difflib.get_close_matches(name, known, 1, 0.6)
    hint = f" Did you mean {guess[0]}?" if guess else " `lajur settings` lists those that there are."
    return f"There is no setting {name}.{hint}"


def _shown(default: object) -> str:
    return "" if default is None else str(default)
