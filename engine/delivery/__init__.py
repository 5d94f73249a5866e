"""What goes out of the house: one adapter a file. Nothing here is called inside an officer's transaction."""

from engine.delivery.deliver import deliver

__all__ = ["deliver"]
