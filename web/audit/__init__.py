"""The manager's desk: how SOPs are kept, by whom late and why, the prevention picture, the audit trail. It shows no person."""

from web.audit.views import blueprint

__all__ = ["blueprint"]
