"""Files out of folders and zips that strangers made: counted, weighed and named before a byte of them is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from engine.domain.limits import LIMITS
from engine.errors import NotValid

ENDINGS = frozenset({".bpmn", ".xml", ".bpmn2", ".bpmn20"})
"""Names of files that are looked into; `.bpmn20.xml` ends like this too."""
FILES = 2_000
UNPACKED = LIMITS.unpacked_bytes
RATIO = 200
"""How many times its packed size a file in a zip may claim; BPMN, which repeats itself, packs to a tenth or twentieth."""
_SMALL = 100_000
"""Of a file this small no ratio is asked."""


class ZipNotReadable(NotValid):
    """Expected a zip that can be read, but this one cannot."""


class ZipTooLarge(NotValid):
    """Expected a zip of at most {files} files and {bytes} bytes when unpacked, but it holds more."""


class ZipNotTaken(NotValid):
    """Expected a zip that is safe to unpack, but “{name}” in it lies outside its folder, is a link, is locked, stands there twice, or claims to be far larger than it is packed."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file as it came, with the name that it had."""

    place: str
    source: bytes

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        name = PurePosixPath(self.place.replace("\\", "/")).name
        return name[: name.index(".")] if "." in name[1:] else name


def from_paths(paths: Sequence[Path]) -> list[Incoming]:
    """Read files, folders with all below them, and zips, in the order of their names. Raises OSError, ZipNotTaken."""
    return [each for path in paths for each in _from(path)]


def _from(path: Path) -> Iterator[Incoming]:
    if path.is_dir():
        files = sorted(each for each in path.rglob("*") if each.suffix.lower() in ENDINGS and each.is_file())
        yield from (Incoming(str(each), read_at_most(each)) for each in files)
    elif zipfile.is_zipfile(path):
        yield from (Incoming(f"{path}/{each.place}", each.source) for each in from_zip(path.read_bytes()))
    else:
        yield Incoming(str(path), read_at_most(path))


def read_at_most(path: Path) -> bytes:
    """Read a file up to one byte more than it may have, so that the gate can say that it is too large."""
    with path.open("rb") as file:
        return file.read(LIMITS.file_bytes + 1)


def from_zip(packed: bytes) -> list[Incoming]:
    """Unpack the BPMN files of a zip in memory. Raises ZipNotReadable, ZipTooLarge and ZipNotTaken, before it is unpacked if it can be seen then."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            return [Incoming(each.filename, _unpack(archive, each)) for each in _members(archive)]
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        zipfile.LargeZipFile,
        zlib.error,
    ):
        raise ZipNotReadable from None


def expect_few(files: Sequence[Incoming]) -> None:
    """Refuse (ZipTooLarge) what several zips hold together, where one zip might not hold it."""
    if len(files) > FILES or sum(len(each.source) for each in files) > UNPACKED:
        raise ZipTooLarge(files=FILES, bytes=UNPACKED)


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    every = archive.infolist()
    if len(every) > FILES or sum(each.file_size for each in every) > UNPACKED:
        raise ZipTooLarge(files=FILES, bytes=UNPACKED)
    seen: set[str] = set()
    for each in every:
        if each.filename in seen or not _is_plain(each):
            raise ZipNotTaken(name=each.filename[:80])
        seen.add(each.filename)
    wanted = (each for each in every if not each.is_dir() and PurePosixPath(each.filename).suffix.lower() in ENDINGS)
    return sorted((each for each in wanted if not _is_litter(each.filename)), key=lambda each: each.filename)


def _is_plain(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    outside = name.startswith(("/", "\\")) or ".." in PurePosixPath(name.replace("\\", "/")).parts
    odd = ":" in name or "\0" in name or stat.S_ISLNK(member.external_attr >> 16) or bool(member.flag_bits & 1)
    swollen = member.file_size > _SMALL and member.file_size > RATIO * max(member.compress_size, 1)
    return not (outside or odd or swollen)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as file:
        return file.read(min(member.file_size, LIMITS.file_bytes) + 1)


def _is_litter(name: str) -> bool:
    """What a Mac puts beside each file."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].startswith("._")
