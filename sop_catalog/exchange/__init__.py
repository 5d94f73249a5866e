"""BPMN that comes from elsewhere, and what goes out: bringing in with repairs, keeping what cannot run, and exporting.

Nothing is published here: what was accepted becomes a draft, and a second person decides.
"""

from sop_catalog.exchange.archive import (
    Incoming,
    ZipNotReadable,
    ZipNotTaken,
    ZipTooLarge,
    expect_few,
    from_paths,
    from_zip,
)
from sop_catalog.exchange.importing import bring_in
from sop_catalog.exchange.report import Imported, Outcome, counts
from sop_catalog.exchange.standing import is_in_force, own_draft

__all__ = [
    "Imported",
    "Incoming",
    "Outcome",
    "ZipNotReadable",
    "ZipNotTaken",
    "ZipTooLarge",
    "bring_in",
    "counts",
    "expect_few",
    "from_paths",
    "from_zip",
    "is_in_force",
    "own_draft",
]
