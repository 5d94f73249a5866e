"""Where those who run the house see how it is: health, incidents, officers, offices and posts. Not where cases are worked."""

from web.house.living import living
from web.house.views import blueprint

__all__ = ["blueprint", "living"]
