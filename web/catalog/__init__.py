"""The catalogue: areas, macros and micros, one SOP with its sheet, picture and steps, and publishing a diagram."""

from web.catalog import (
    desk,
    exchanging,
    feedback,
    finding,
    laws,
    listing,
    organisation,
    sheets,
    taking_in,
    variants,
    views,
)
from web.catalog.blueprint import blueprint

__all__ = [
    "blueprint",
    "desk",
    "exchanging",
    "feedback",
    "finding",
    "laws",
    "listing",
    "organisation",
    "sheets",
    "taking_in",
    "variants",
    "views",
]
