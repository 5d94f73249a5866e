"""What somebody sees who is not signed in: the page of the slip. It names nobody, and tells a finder nothing."""

from web.public.views import blueprint

__all__ = ["blueprint"]
