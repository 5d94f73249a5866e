"""The one place that the pages of the catalogue hang on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("catalog", "web.catalog", template_folder="templates")

FILE_BYTES = 2_000_000
"""The most that a diagram may weigh."""
