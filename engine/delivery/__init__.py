"""What goes out of the house: one adapter a file. Nothing here is called inside an officer's transaction."""

from engine.delivery.deliver import deliver
from engine.delivery.hearing import Hearing
from engine.delivery.mail import Letter, Mail, NotAServer
from engine.delivery.reporting import Reporting
from engine.delivery.sending import Sender, Sending, Undelivered, Way
from engine.delivery.siskop2mi import NotReported, Placements, StaleCursor
from engine.delivery.webhook import Webhooks

__all__ = [
    "Hearing",
    "Letter",
    "Mail",
    "NotAServer",
    "NotReported",
    "Placements",
    "Reporting",
    "Sender",
    "Sending",
    "StaleCursor",
    "Undelivered",
    "Way",
    "Webhooks",
    "deliver",
]
