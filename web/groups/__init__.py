"""Groups: people who arrive together, taken in from a table, and the board on which they are followed."""

from web.groups.views import blueprint

__all__ = ["blueprint"]
