"""The figures that everybody may have: which there are, how they are counted into tables, and how they are written down.

Not the manager's numbers (`sop_catalog.compliance`): here every small number is hidden, and nothing is reckoned while
somebody waits. See `docs/public-figures.md`.
"""

from sop_catalog.figures.datasets import LICENCE, PUBLISHER, Column, Dataset, dataset, datasets
from sop_catalog.figures.describing import csvw, dcat, package, schema
from sop_catalog.figures.making import correct, make, prepare, prepare_due

__all__ = [
    "LICENCE",
    "PUBLISHER",
    "Column",
    "Dataset",
    "correct",
    "csvw",
    "dataset",
    "datasets",
    "dcat",
    "make",
    "package",
    "prepare",
    "prepare_due",
    "schema",
]
