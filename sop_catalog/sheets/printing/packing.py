"""Office files are zips. Here they are packed so that the same sheet gives the same bytes on whatever day it is printed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

NEVER: Final = datetime(2022, 11, 15, tzinfo=UTC)
"""When a sheet was made, where nobody says so: a file must not change by the day it is printed on."""
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say."""


def packed_again(package: bytes, parts: Mapping[str, bytes] | None = None) -> bytes:
    """Return a package without the moment of its writing, with these parts in place of its own of the same names."""
    new = parts or {}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for each in old.infolist():
            plain = zipfile.ZipInfo(each.filename, date_time=_FIRST_DAY)
            plain.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(plain, new[each.filename] if each.filename in new else old.read(each))
    return made.getvalue()
