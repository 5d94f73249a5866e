"""The public sheet on paper: the form of the drawing without internals, with what the public may read of the cover sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sop_catalog.portal.steps import PublicForm
from sop_catalog.portal.stripping import Stripped
from sop_catalog.procedure import Sheet, Status
from sop_catalog.sheets.form import Form, Identity, Related
from sop_catalog.sheets.forming import form_of


def public_paper(
    stripped: Stripped, sheet: Sheet, table: PublicForm, code: str, titles: Mapping[str, str], day: date, mark: str
) -> Form:
    """Make the form that is printed. `titles` are those of the SOPs that the public may see, `mark` stands on every page.
    `day` is when it came into force: a proposal says none.

    Warnings and records are for officers, and so are instructions: they are left out.
    """
    form = form_of(stripped.definitions, titles=titles, code=code)
    rows = tuple(
        replace(row, requirements=each.requirements, allowance=each.allowance, output=each.output, instruction="")
        for row, each in zip(form.rows, table.rows, strict=True)
    )
    identity = Identity(
        agency=form.identity.agency,
        unit=sheet.owner,
        effective_on=day if sheet.status is Status.OFFICIAL else None,
        legal=sheet.legal,
        qualification=sheet.qualification,
        related=tuple(Related(each, titles[each]) for each in sheet.related if each in titles),
        equipment=sheet.equipment,
        level=sheet.level,
        area=sheet.area,
        status=sheet.status,
        nature=sheet.nature,
        scope=sheet.scope,
        generality=sheet.generality,
        promised=sheet.promised,
        mark=mark,
    )
    return replace(form, identity=identity, rows=rows)
