"""My work: the list of what waits, and one work item with what to do, its form and its outcomes."""

from web.work.views import blueprint

__all__ = ["blueprint"]
