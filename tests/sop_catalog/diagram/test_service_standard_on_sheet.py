"""What a cover sheet says of the public and of variants, in a drawing and in a table."""

from __future__ import annotations

import pytest

from sop_catalog.diagram.extending import write_sheet
from sop_catalog.diagram.extension import _sheet
from sop_catalog.procedure import Occasion, ServicePart, ServiceText, Sheet, Shown
from sop_catalog.sheets.toml_reader import read_toml

TABLE = """
code = "c3-m05-91"
title = "Uji"
occasion = "pelayanan"
shown = "internal"
office = "bp3mi-jatim"
variant_of = "c3-m05-02"
[[standard]]
part = "biaya"
text = "Tidak dipungut biaya."
[[lane]]
post = "pengelola-kasus"
[[step]]
id = "periksa"
kind = "user"
name = "Periksa"
lane = "pengelola-kasus"
"""
SAID = Sheet(
    occasion=Occasion.SERVICE,
    shown=Shown.INTERNAL,
    standard=tuple(ServiceText(each, f"Kata tentang {each.value}") for each in ServicePart),
    office="bp3mi-jatim",
    variant_of="c3-m05-02",
)


def test_it_is_read_out_of_a_drawing_as_it_was_written() -> None:
    assert _sheet(write_sheet(SAID)) == SAID


def test_it_is_read_out_of_a_table() -> None:
    sheet = read_toml(TABLE, "uji").procedure.sheet

    assert (sheet.occasion, sheet.shown, sheet.office, sheet.variant_of) == (
        Occasion.SERVICE,
        Shown.INTERNAL,
        "bp3mi-jatim",
        "c3-m05-02",
    )
    assert sheet.standard == (ServiceText(ServicePart.FEE, "Tidak dipungut biaya."),)


@pytest.mark.parametrize(
    ("occasion", "shown", "public"),
    [
        (None, None, False),
        (Occasion.ROUTINE, None, False),
        (Occasion.SERVICE, None, True),
        (Occasion.SERVICE, Shown.INTERNAL, False),
        (None, Shown.PUBLIC, True),
    ],
)
def test_a_service_is_public_unless_its_owner_says_no_and_all_else_only_if_they_say_so(
    occasion: Occasion | None, shown: Shown | None, *, public: bool
) -> None:
    assert Sheet(occasion=occasion, shown=shown).is_public is public
