"""The papers of a case: documents that are attached and asked for, letters that are printed, and the slip in the person's hand."""

from web.papers.views import blueprint, start

__all__ = ["blueprint", "start"]
