"""Opens an office file (XLSX, DOCX) from outside: a zip of XML that may be anything, looked at before it is unpacked."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from lxml import etree

from sop_catalog.sheets.reading.grid import refused

_MOST_PARTS: Final = 2000
_MOST_BYTES: Final = 40_000_000
"""Of all parts together, unpacked."""
_MOST_RATIO: Final = 200
"""How often smaller a part may be packed than unpacked, where it is large at all."""
_LARGE: Final = 1_000_000
_STRICT: Final = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
"""Namespaces of files that were saved as *Strict Open XML*, and what everybody else calls the same."""
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """The parts of one file. A part is unpacked only when it is asked for."""

    def __init__(self, content: bytes, file: str) -> None:
        """Refuse what is no zip, has too many parts, or would be too large when unpacked."""
        self.file = file
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
            parts = self.zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as wrong:
            raise refused(file, "This is no office file, or it is broken.") from wrong
        if any(each.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for each in parts):
            raise refused(file, "This is no office file, or it is broken.")
        packed = any(
            each.file_size > _LARGE and each.file_size > _MOST_RATIO * max(each.compress_size, 1) for each in parts
        )
        if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > _MOST_BYTES or packed:
            raise refused(file, "It is too large when it is unpacked.")

    def xml(self, part: str) -> etree._Element | None:
        """Return the root of a part, None where there is none. Entities and document types are refused."""
        try:
            text = self.zip.read(part)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, NotImplementedError, EOFError) as wrong:
            raise refused(self.file, "This is no office file, or it is broken.") from wrong
        for strict, usual in _STRICT.items():
            text = text.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(text, parser)
        except etree.XMLSyntaxError as wrong:
            raise refused(self.file, "This is no office file, or it is broken.") from wrong
        if root.getroottree().docinfo.internalDTD is not None:
            raise refused(self.file, "Its XML declares a document type; office programs never write one.")
        return root

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Return what a part refers to: id, kind (the last word of its type) and the part's name."""
        folder, name = posixpath.split(part)
        root = self.xml(f"{folder}/_rels/{name}.rels".lstrip("/"))
        for each in root.iter(_RELATION) if root is not None else ():
            if each.get("TargetMode") != "External":
                target = str(each.get("Target"))
                whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                yield str(each.get("Id")), str(each.get("Type")).rpartition("/")[2], whole
