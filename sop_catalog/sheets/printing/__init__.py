"""The form on paper: laid out by us, then written as PDF, DOCX or XLSX. What stands in the form is not decided here."""

from __future__ import annotations

from typing import Final

from sop_catalog.sheets.form import Form
from sop_catalog.sheets.printing.docx import write_docx
from sop_catalog.sheets.printing.paper import A4, F4, PAPERS, Paper
from sop_catalog.sheets.printing.pdf import write_pdf
from sop_catalog.sheets.printing.xlsx import write_xlsx

FORMATS: Final = ("pdf", "docx", "xlsx")

__all__ = ["A4", "F4", "FORMATS", "PAPERS", "Paper", "write", "write_docx", "write_pdf", "write_xlsx"]


def write(form: Form, kind: str, paper: Paper = F4) -> bytes:
    """Write a form as one of the FORMATS."""
    return {"pdf": write_pdf, "docx": write_docx, "xlsx": write_xlsx}[kind](form, paper)
