"""The register of persons: looking for somebody, who a case's person may be, merging, importing, recruiters. It shows nobody unasked."""

from web.people.views import blueprint

__all__ = ["blueprint"]
