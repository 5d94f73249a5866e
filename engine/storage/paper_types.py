"""What a file is, by its content and not by its name; pictures are made anew, so that nothing hidden comes with them.

It trusts nothing that was sent: neither the name, nor what the browser calls the type, nor the file's own headers.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import puremagic
from PIL import Image, ImageOps

from engine.domain.limits import Limits
from engine.errors import NotValid

PDF, JPEG, PNG, WEBP = "application/pdf", "image/jpeg", "image/png", "image/webp"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES: Final = frozenset({JPEG, PNG})
"""What a picture is stored as, and what may be shown on a page."""
ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    PDF: ("pdf",),
    JPEG: ("jpg", "jpeg", "jfif"),
    PNG: ("png",),
    WEBP: ("webp",),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
}
_RUNS: Final = frozenset(
    {"app", "apk", "bat", "cmd", "com", "cpl", "dll", "docm", "exe", "hta", "htm", "html", "jar", "js", "lnk", "mhtml", "msi", "php", "pif", "ps1", "py", "scr", "sh", "svg", "vbs", "wsf", "xhtml", "xlsm", "xml", "zip"}
)  # fmt: skip
_LONGEST_NAME: Final = 120
_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})


class FileTooLarge(NotValid):
    """Expected a file of at most {most} MB, but this one has {found} MB. Photograph it again, or part it in two."""

    status = 413


class KindOfFile(NotValid):
    """Expected a PDF, a photo (JPEG, PNG, WebP) or a DOCX or XLSX file, but this is {found}."""


class ScanWanted(NotValid):
    """Expected the signed paper as a PDF or a photo (JPEG, PNG, WebP), but this is {found}."""


class NameMisleads(NotValid):
    """Expected a file whose name ends as its content is, but “{name}” holds {found}. Give it its right name first."""


class FileDamaged(NotValid):
    """Expected a file that can be opened, but this {found} is damaged or does not end. Save it again and attach it once more."""


class FileActs(NotValid):
    """Expected a document that only shows something, but this {found} holds a program. Save it without macros and scripts."""


class PictureTooLarge(NotValid):
    """Expected a photo of at most {most} million points, but this one claims {found} million."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it will be stored."""

    name: str
    type: str
    content: bytes


def take_in(name: str, content: bytes, limits: Limits) -> Taken:
    """Look at a file and make it fit to be stored. Raises one of the refusals above."""
    if len(content) > limits.attachment_bytes:
        raise FileTooLarge(most=limits.attachment_bytes // 1_000_000, found=f"{len(content) / 1e6:.1f}")
    if not content:
        raise FileDamaged(found="file")
    tidy = tidy_name(name)
    found = type_of(content)
    _expect_name(tidy, found)
    match found:
        case "image/jpeg" | "image/png" | "image/webp":
            content, stored = _picture_anew(content, found, limits)
        case "application/pdf":
            _expect_quiet_pdf(content)
            stored = found
        case _:
            _expect_quiet_package(content, found, limits)
            stored = found
    return Taken(_ending(tidy, stored), stored, content)


def take_in_scan(name: str, content: bytes, limits: Limits) -> Taken:
    """The same for what was signed on paper: a PDF or a photo, and nothing that can still be written in."""
    try:
        taken = take_in(name, content, limits)
    except KindOfFile as refusal:
        raise ScanWanted(found=refusal.facts["found"]) from None
    if taken.type in {DOCX, XLSX}:
        raise ScanWanted(found=WORDS[taken.type])
    return taken


def tidy_name(name: str) -> str:
    """The last part of a path, without what a screen or a file system would take for something else."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(each for each in last if unicodedata.category(each)[0] in "LNPSZ" and each not in '<>:"|?*%')
    stem, dot, ending = " ".join(kept.split()).strip(". ").rpartition(".")
    return (stem[: _LONGEST_NAME - len(ending[:10]) - 1] + dot + ending[:10]) or "dokumen"


def type_of(content: bytes) -> str:
    """The media type of one of the kinds that are taken. Raises KindOfFile for all others."""
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise KindOfFile(found="a HEIC photo; set your telephone's camera to JPEG")
    if content.startswith(b"PK\x03\x04"):
        return _package(content)
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    raise KindOfFile(found=_guess(content))


def _guess(content: bytes) -> str:
    """A word for what it seems to be: for the sentence only, nothing is decided by it."""
    try:
        ending = puremagic.from_string(content[:65_536])
    except (puremagic.PureError, ValueError, IndexError):
        return "of another kind"
    return f"of another kind ({ending.lstrip('.')[:10]})" if ending else "of another kind"


def _package(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        raise FileDamaged(found="packed file") from None
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return DOCX
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return XLSX
    raise KindOfFile(found="a packed file (zip)")


def _expect_name(name: str, found: str) -> None:
    """Refuse a name that says another thing than the content does, be it at its end or before it."""
    _, *endings = name.lower().split(".")
    known = {each for all_of in ENDINGS.values() for each in all_of} | _RUNS
    said = [each for each in endings if each in known]
    if endings and len(endings[-1]) <= 5 and endings[-1].isalnum() and not endings[-1].isdigit():  # noqa: PLR2004 - as long as endings are
        said.append(endings[-1])
    if any(each not in ENDINGS[found] for each in said):
        raise NameMisleads(name=name, found=WORDS[found])


WORDS: Final[Mapping[str, str]] = {
    PDF: "PDF",
    JPEG: "JPEG",
    PNG: "PNG",
    WEBP: "WebP",
    DOCX: "DOCX",
    XLSX: "XLSX",
}


def _ending(name: str, stored: str) -> str:
    stem, dot, ending = name.rpartition(".")
    every = {each for all_of in ENDINGS.values() for each in all_of}
    if dot and ending.lower() in ENDINGS[stored]:
        return name
    bare = stem if dot and ending.lower() in every else name
    return f"{bare}.{ENDINGS[stored][0]}"


def _picture_anew(content: bytes, found: str, limits: Limits) -> tuple[bytes, str]:
    """Paint it again: turned the right way up, small enough, and with no word of where it was taken."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
            points = picture.width * picture.height
            if points > limits.picture_points:
                raise PictureTooLarge(most=limits.picture_points // 1_000_000, found=points // 1_000_000)
            picture.draft("RGB", (limits.picture_side * 2, limits.picture_side * 2))
            picture.load()
            painted = ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge(most=limits.picture_points // 1_000_000, found="more") from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise FileDamaged(found=WORDS[found]) from None
    painted.thumbnail((limits.picture_side, limits.picture_side))
    made = io.BytesIO()
    if found == PNG:
        bare = painted.convert("RGBA" if "A" in painted.getbands() or "transparency" in painted.info else "RGB")
        Image.frombytes(bare.mode, bare.size, bare.tobytes()).save(made, "PNG", optimize=False)
        return made.getvalue(), PNG
    bare = painted.convert("RGB")
    Image.frombytes("RGB", bare.size, bare.tobytes()).save(made, "JPEG", quality=85)
    return made.getvalue(), JPEG


def _expect_quiet_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise FileDamaged(found="PDF")
    if b"/JavaScript" in content or b"/Launch" in content:
        raise FileActs(found="PDF")


def _expect_quiet_package(content: bytes, found: str, limits: Limits) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
    if len(entries) > limits.package_entries or sum(each.file_size for each in entries) > limits.unpacked_bytes:
        raise FileDamaged(found=WORDS[found])
    if any("vbaproject" in each.filename.lower() or "activex" in each.filename.lower() for each in entries):
        raise FileActs(found=WORDS[found])
