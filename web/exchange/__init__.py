"""Where the exchange with the placement system is seen and steered: files, news, what differs. Persons are not shown here."""

from web.exchange.hearing import hearing
from web.exchange.shown import start
from web.exchange.views import blueprint

__all__ = ["blueprint", "hearing", "start"]
