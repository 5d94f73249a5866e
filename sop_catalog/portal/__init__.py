"""What the public may know of an SOP: its drawing without internals, its steps, and its service standard."""

from sop_catalog.portal.paper import public_paper
from sop_catalog.portal.standard import Component, Part, standard_of
from sop_catalog.portal.steps import PublicForm, PublicStep, public_form
from sop_catalog.portal.stripping import Stripped, strip

__all__ = [
    "Component",
    "Part",
    "PublicForm",
    "PublicStep",
    "Stripped",
    "public_form",
    "public_paper",
    "standard_of",
    "strip",
]
