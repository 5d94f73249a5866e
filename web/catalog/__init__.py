"""The catalogue: areas, macros and micros, one SOP with its sheet, picture and steps, and publishing a diagram."""

from web.catalog import desk, exchanging, finding, laws, listing, organisation, sheets, taking_in, views
from web.catalog.blueprint import blueprint

__all__ = ["blueprint", "desk", "exchanging", "finding", "laws", "listing", "organisation", "sheets", "taking_in", "views"]
