"""BPMN 2.0 as typed, frozen elements, with the only reader and the only writer of its XML.

It knows what stands in a drawing, never what a drawing does: running it is the interpreters' business.
"""

from engine.notation import model
from engine.notation.lookup import Lookup

__all__ = ["Lookup", "model"]
