"""Files as they are handed out: to be kept by the browser, never to be run on our own address; and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from flask import Response

LOCKED = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""What a file of somebody else's may do on our own address: nothing."""
TYPE_WORDS: Mapping[str, str] = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "text/plain": "TXT",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}


def handed_out(content: bytes, kind: str, name: str) -> Response:
    """An answer that a browser keeps as a file and never runs."""
    plain = name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "") or "dokumen"
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = LOCKED
    return response


def type_said(kind: str) -> str:
    """`PDF`, by a media type."""
    return TYPE_WORDS.get(kind, kind)


def size_said(size: int) -> str:
    """`320 kB`, `1,4 MB`."""
    if size >= 1_000_000:  # noqa: PLR2004 - a megabyte
        return f"{size / 1_000_000:.1f} MB".replace(".", ",")
    return f"{max(1, round(size / 1000))} kB"
