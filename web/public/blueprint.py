"""The one place that the pages for whoever is not signed in hang on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("public", "web.public", template_folder="templates")
