"""My work: the list of what waits, one work item with what to do, its form and its outcomes, and several at once."""

from web.work import many
from web.work.views import blueprint

__all__ = ["blueprint", "many"]
