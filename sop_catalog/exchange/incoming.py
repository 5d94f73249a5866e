"""The bytes of a stranger's file as text that the gate reads: in UTF-8, with instructions to other programs as comments.

Only what can mean one thing is mended here; a file whose letters would have to be guessed is left to be refused.
"""

from __future__ import annotations

import re

from engine.domain.finding import Finding
from engine.notation import BPMN

_DECLARATION = re.compile(r"<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([^"']*)["']""")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ONE_BYTE = frozenset({"iso-8859-1", "iso-8859-15", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252"})
_UNICODE = frozenset({"", "utf-8", "utf8", "us-ascii", "utf-16", "utf-16le", "utf-16be", "unicode"})
_PIECES = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?(?P<name>[^\s?>]*).*?(?P<end>\?>|\Z)", re.DOTALL)
"""One that never ends goes on to the end of the file: nothing is looked for behind it a second time."""
_DASHES = re.compile(r"-(?=-)")
"""Two of them would end the comment."""
_OLD_NAMESPACES = re.compile(r"""(?<==["'])http://schema\.omg\.org/spec/BPMN/2\.0(?=["'])""")


def readable(source: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """Return a file in UTF-8, its processing instructions as comments, and what was done; as it came where nothing was."""
    text, repairs = _decoded(source)
    if text is None:
        return source, ()
    declaration = _DECLARATION.match(text)
    head = declaration.end() if declaration else 0
    body, instructions = _told_not_obeyed(text, head)
    body, renamed = _in_the_namespace(body)
    repairs = [*repairs, *instructions, *renamed]
    if not repairs:
        return source, ()
    lines = "\n" * text.count("\n", 0, head)
    return ('<?xml version="1.0" encoding="UTF-8"?>' + lines + body).encode(), tuple(repairs)


def _decoded(source: bytes) -> tuple[str | None, list[Finding]]:
    """Read the letters; None where they are no text in any way that the file itself names."""
    marked = next((name for mark, name in _MARKS if source.startswith(mark)), "")
    declared = _declared(source, marked)
    encoding = marked or (declared if declared in _ONE_BYTE else "utf-8")
    try:
        text = source.decode(encoding)
    except UnicodeDecodeError:
        return None, []
    meant = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    if declared in _ONE_BYTE and not marked:
        return text, [_repair("encoding", "Read as {declared} and written in UTF-8.", 1, declared=declared)]
    if declared in _UNICODE and declared and not _same(declared, meant):
        message = "Read as {meant}, which it is, although it declares {declared}."
        return text, [_repair("encoding", message, 1, declared=declared, meant=meant)]
    return text, []


def _declared(source: bytes, marked: str) -> str:
    start = source[:400].decode(marked or "latin-1", errors="ignore")
    declaration = _DECLARATION.match(start.removeprefix("\ufeff"))
    named = _ENCODING.search(declaration.group()) if declaration else None
    return named.group(1).strip().lower() if named else ""


def _same(declared: str, meant: str) -> bool:
    return declared.startswith("utf-16") == meant.startswith("utf-16") and (declared != "unicode" or meant == "utf-16")


def _told_not_obeyed(text: str, head: int) -> tuple[str, list[Finding]]:
    """Make comments of the instructions behind the declaration; comments and CDATA may hold what looks like one."""
    repairs: list[Finding] = []
    line, counted = 1, 0

    def kept(found: re.Match[str]) -> str:
        nonlocal line, counted
        if not found["end"]:
            return found.group()
        line, counted = line + text.count("\n", counted, head + found.start()), head + found.start()
        message = "Kept the instruction “{name}” to another program as a comment; nobody obeys it here."
        repairs.append(_repair("instruction", message, line, name=found["name"][:40]))
        return f"<!--{_DASHES.sub('- ', found.group()[1:-1])}-->"

    return (_PIECES.sub(kept, text[head:]) if "<?" in text[head:] else text[head:]), repairs


def _in_the_namespace(body: str) -> tuple[str, list[Finding]]:
    if _OLD_NAMESPACES.search(body) is None:
        return body, []
    message = "Read the namespace of an early BPMN 2.0 as that of the standard."
    return _OLD_NAMESPACES.sub(BPMN, body), [_repair("namespace", message, None)]


def _repair(rule: str, message: str, line: int | None, **facts: object) -> Finding:
    return Finding(rule=rule, message=message, severity="note", line=line, facts=facts)
