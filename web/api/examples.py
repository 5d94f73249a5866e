"""An example for every operation of the interface, as curl and as Python: the same text on the page and in the test that runs it.

What differs from reader to reader stands in variables of the environment, so that an example can be pasted as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

VARIABLES: Final[Mapping[str, str]] = {
    "LAJUR": "The address of the program: `https://lajur.example.go.id`.",
    "TOKEN": "A token with the scope of the operation.",
    "KEY": "A key that no other request of yours has had, a UUID for instance.",
    "CASE": "The number of a case.",
    "ITEM": "The id of a work item.",
    "SEEN": "The version of the work item as it was told last.",
    "EARLIER": "The id of the completed work item from which the open one came: see `list_returnable`.",
    "PAUSE": "The id of a pause.",
    "DRAFT": "The number of a draft.",
    "EVENT": "The number of a group.",
    "FILE": "The path of a BPMN 2.0 file.",
}
"""What the examples read from the environment, in the order in which a reader meets it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A part of a body that the reader puts in."""

    name: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """One request; `$NAME` in its path stands for a variable."""

    path: str
    body: Mapping[str, Any] | None = None
    file: bool = False
    method: str = "GET"
    open: bool = False
    """Whether it needs no token."""

    @property
    def curl(self) -> str:
        """The request as a command of a shell."""
        lines = [f'curl --silent --show-error --fail-with-body "$LAJUR{self.path}"']
        lines += [f'  --header "{name}: {value}"' for name, value in self._headers.items()]
        if self.file:
            return " \\\n".join([*lines, '  --data-binary "@$FILE"'])
        if self.body is None:
            return " \\\n".join(lines)
        sent = _written(self.body, lambda value: f"${value.name}" if value.number else f'"${value.name}"')
        return " \\\n".join([*lines, "  --data-binary @- <<END"]) + f"\n{sent}\nEND"

    @property
    def python(self) -> str:
        """The same with what every Python has."""
        headers = "".join(f'        "{name}": {_python_text(value)},\n' for name, value in self._headers.items())
        given = [_python_text(f"$LAJUR{self.path}")]
        lines = ["import json", "import os", "from urllib.request import Request, urlopen", ""]
        if self.file:
            lines[2:2] = ["from pathlib import Path"]
            given.append('Path(os.environ["FILE"]).read_bytes()')
        elif self.body is not None:
            reading = 'int(os.environ["{}"])', 'os.environ["{}"]'
            sent = _written(self.body, lambda value: reading[not value.number].format(value.name), python=True)
            lines += [f"body = {sent}"]
            given.append("json.dumps(body).encode()")
        if headers:
            given.append(f"headers={{\n{headers}    }}")
        asked = "".join(f"    {each},\n" for each in given)
        return "\n".join([*lines, f"request = Request(\n{asked})", *_ANSWERED])

    @property
    def _headers(self) -> dict[str, str]:
        headers = {} if self.open else {"Authorization": "Bearer $TOKEN"}
        if self.method == "POST":
            headers["Content-Type"] = "application/xml" if self.file else "application/json"
            headers["Idempotency-Key"] = "$KEY"
        return headers


_ANSWERED: Final = ("with urlopen(request) as answer:", "    print(json.dumps(json.load(answer), indent=2))")


def _python_text(text: str) -> str:
    """A text with variables as Python says it: `f"…{os.environ['NAME']}…"`."""
    said = text
    for name in sorted(VARIABLES, key=len, reverse=True):
        said = said.replace(f"${name}", f"{{os.environ['{name}']}}")
    return f'f"{said}"' if said != text else f'"{text}"'


def _written(body: Any, put: Any, *, python: bool = False) -> str:
    """A body as JSON or as Python, with what the reader puts in."""
    if isinstance(body, Value):
        return str(put(body))
    if isinstance(body, Mapping):
        return "{" + ", ".join(f'"{name}": {_written(value, put, python=python)}' for name, value in body.items()) + "}"
    if isinstance(body, list):
        return "[" + ", ".join(_written(each, put, python=python) for each in body) + "]"
    return repr(body) if python and isinstance(body, bool | type(None)) else json.dumps(body, ensure_ascii=False)


def _get(path: str) -> Example:
    return Example(f"/api/v1{path}")


def _post(path: str, **body: Any) -> Example:
    return Example(f"/api/v1{path}", body, method="POST")


_SEEN: Final = Value("SEEN", number=True)
_CASE: Final = Value("CASE")
EXAMPLES: Final[Mapping[str, Example]] = {
    "health": Example("/api/v1/health", open=True),
    "ready": Example("/api/v1/ready", open=True),
    "list_releases": _get("/releases"),
    "add_release": Example("/api/v1/releases", file=True, method="POST"),
    "show_draft": _get("/drafts/$DRAFT"),
    "add_case": _post("/cases", release="p-c3-01"),
    "show_case": _get("/cases/$CASE"),
    "show_history": _get("/cases/$CASE/history?length=20"),
    "suspend": _post("/cases/$CASE/suspend", reason="Menunggu putusan pengadilan."),
    "resume": _post("/cases/$CASE/resume", reason="Putusan sudah ada."),
    "reopen": _post("/cases/$CASE/reopen", reason="Ditutup karena keliru."),
    "add_disposition": _post(
        "/cases/$CASE/dispositions", kind="pulang", ground="Keluarga siap menerima dan alamatnya sudah dipastikan."
    ),
    "list_work_items": _get("/work-items?whose=post&length=20"),
    "show_work_item": _get("/work-items/$ITEM"),
    "claim": _post("/work-items/$ITEM/claim", seen=_SEEN),
    "give_back": _post("/work-items/$ITEM/release", seen=_SEEN),
    "complete": _post("/work-items/$ITEM/complete", seen=_SEEN, outcome="tidak", facts={"sakit": "no", "anak": "no"}),
    "fail": _post("/work-items/$ITEM/fail", seen=_SEEN, code="TAK_DAPAT_DIHUBUNGI"),
    "take_back": _post("/work-items/$ITEM/take-back", seen=_SEEN, reason="Salah ketik."),
    "list_returnable": _get("/work-items/$ITEM/returnable"),
    "send_back": _post(
        "/work-items/$ITEM/return", seen=_SEEN, reason="Berkas belum lengkap.", to=Value("EARLIER", number=True)
    ),
    "correct": _post("/work-items/$ITEM/correct", answers={"anak": "yes"}, reason="Anaknya datang menyusul."),
    "add_message": _post("/messages", name="balasan", keys={"case": _CASE}),
    "list_clocks": _get("/cases/$CASE/clocks"),
    "list_pauses": _get("/cases/$CASE/pauses"),
    "add_pause": _post("/cases/$CASE/pauses", reason="applicant", text="Menunggu salinan paspor."),
    "finish_pause": _post("/pauses/$PAUSE/end"),
    "add_event": _post(
        "/events", title="Kapal Contoh", release="p-c3-01", source="deportasi", found_at="2026-11-18T06:00:00+07:00"
    ),
    "show_event": _get("/events/$EVENT"),
    "add_people": _post("/events/$EVENT/people", people=[{"nama": "Contoh Satu", "tanggal_lahir": "1990-01-01"}]),
}
"""The name of each operation → its example."""

CHECK_IN_PYTHON: Final = '''\
import base64
import hashlib
import hmac
import time


def checked(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether a call comes from Lajur: `headers` with names in small letters, `body` as it came."""
    stamp = headers["webhook-timestamp"]
    if abs(time.time() - int(stamp)) > 300:
        return False
    signed = f"{headers['webhook-id']}.{stamp}.".encode() + body
    made = base64.b64encode(hmac.digest(secret.encode(), signed, hashlib.sha256)).decode()
    said = [each.removeprefix("v1,") for each in headers["webhook-signature"].split(" ")]
    return any(hmac.compare_digest(made, each) for each in said)
'''
"""How another program checks a call, in Python."""
CHECK_IN_SHELL: Final = """\
signature=$(printf '%s.%s.%s' "$WEBHOOK_ID" "$WEBHOOK_TIMESTAMP" "$(cat "$BODY")" |
  openssl dgst -sha256 -hmac "$SECRET" -binary | base64)
case " $WEBHOOK_SIGNATURE " in
  *" v1,$signature "*) echo genuine ;;
  *) echo forged ;;
esac
"""
"""The same with a shell: the headers and the file with the body in variables."""
