"""Finding things: what the catalogue holds, searched by words, and where each thing is used. It changes nothing."""

from sop_catalog.finding.articles import Article, CitedLaw, articles, cited_law
from sop_catalog.finding.entries import Entry, Place
from sop_catalog.finding.holdings import Held, held_of
from sop_catalog.finding.index import Found, Hit, Index
from sop_catalog.finding.shelf import Looked, Shelf
from sop_catalog.finding.uses import How, Resting, Use, Uses, document_address
from sop_catalog.finding.words import WORD, fold

__all__ = [
    "WORD",
    "Article",
    "CitedLaw",
    "Entry",
    "Found",
    "Held",
    "Hit",
    "How",
    "Index",
    "Looked",
    "Place",
    "Resting",
    "Shelf",
    "Use",
    "Uses",
    "articles",
    "cited_law",
    "document_address",
    "fold",
    "held_of",
]
