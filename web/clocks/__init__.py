"""The times of a case: why each is due when it is, the picture of what it went by with, pauses, and extensions."""

from web.clocks.shown import start
from web.clocks.views import blueprint

__all__ = ["blueprint", "start"]
