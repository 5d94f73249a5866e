"""Files for tests: as small as each kind can be, and a few that only look like one."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

PDF = b"%PDF-1.4\n% Contoh\n%%EOF\n"


def photo(*, size: tuple[int, int] = (40, 20), turned: bool = False, place: bytes = b"") -> bytes:
    """A JPEG, on request lying on its side, with words in its header."""
    picture = Image.new("RGB", size, (200, 30, 30))
    exif = picture.getexif()
    if turned:
        exif[0x0112] = 6
    if place:
        exif[0x010E] = place.decode()
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=exif)
    return made.getvalue()


def packed(*names: str, content: bytes = b"<x/>") -> bytes:
    """A zip with these entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for each in names:
            package.writestr(each, content)
    return made.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")
