"""A stand-in for the national placement system, as a program of its own: for tests, demonstrations and training.

It serves the contract that Lajur assumes (`docs/contracts/siskop2mi.openapi.yaml`), shows what it has, tells the next
event of a placement when it is asked to, and fails on purpose where it is told how often. It is no part of the house: it
knows neither its database nor its officers, and is never shown to the public.
"""

from web.simulator.faults import Fault, Faults
from web.simulator.serving import Simulator
from web.simulator.store import Store

__all__ = ["Fault", "Faults", "Simulator", "Store"]
