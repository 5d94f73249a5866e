"""Where local governments see their own citizens, answer hand-overs and read the figures of their area. No officers here.

Whatever stands on these pages comes from commands that tell no more than docs/pemda.md names, and note each look.
"""

from web.pemda.sessions import start
from web.pemda.views import blueprint

__all__ = ["blueprint", "start"]
