"""What goes out of the house: one adapter a file. Nothing here is called inside an officer's transaction."""

from engine.delivery.deliver import deliver
from engine.delivery.mail import Letter, Mail, NotAServer
from engine.delivery.sending import Sender, Sending, Undelivered
from engine.delivery.webhook import Webhooks

__all__ = ["Letter", "Mail", "NotAServer", "Sender", "Sending", "Undelivered", "Webhooks", "deliver"]
