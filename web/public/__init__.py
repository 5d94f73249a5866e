"""What somebody sees who is not signed in: the page of the slip, which names nobody, and the SOPs that everybody may read."""

from web.public import portal, views
from web.public.blueprint import blueprint

__all__ = ["blueprint", "portal", "views"]
