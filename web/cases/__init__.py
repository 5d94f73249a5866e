"""Cases: the list, beginning one, and one case with its way, diagram, person, times and dispositions."""

from web.cases.views import blueprint

__all__ = ["blueprint"]
