"""What somebody sees who is not signed in: the page of the slip, which names nobody, the SOPs that everybody may read, and what is said of them."""

from web.public import feedback, figures, portal, views
from web.public.blueprint import blueprint

__all__ = ["blueprint", "feedback", "figures", "portal", "views"]
