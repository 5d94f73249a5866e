"""Refusals as an officer reads them: names instead of codes and numbers, in whole Indonesian sentences."""

from __future__ import annotations

import pytest
from flask import Flask

from engine import NotFound, NotValid, NotYours
from engine.errors import Refusal
from web import language
from web.language import say


@pytest.fixture(scope="module")
def app() -> Flask:
    """Nothing but a language."""
    made = Flask(__name__)
    language.start(made, "id")
    return made


@pytest.mark.parametrize(
    ("refusal", "wanted"),
    [
        (
            NotYours(who="Sri", act="open a case of office bp3mi-jatim", post="office bp3mi-jatim"),
            ("membuka kasus kantor BP3MI Jawa Timur", "kantor BP3MI Jawa Timur"),
        ),
        (
            NotYours(who="Sri", act="claim work item “Menyambut 2 CPMI”", post="petugas-helpdesk (bp3mi-jatim)"),
            ("mengambil tugas “Menyambut 2 CPMI”", "Petugas Helpdesk (BP3MI Jawa Timur)"),
        ),
        (NotFound(what="officer sri.lestari"), ("pegawai sri.lestari",)),
        (NotValid(what="the telephone", wanted="one number such as 021-5550123", found="“x”"), ("nomor telepon",)),
        (NotYours(who="Sri", act="administer", post="admin-sistem"), ("mengelola sistem", "Administrator Sistem")),
    ],
)
def test_a_refusal_is_said_in_one_language_and_names_what_it_means(
    app: Flask, refusal: Refusal, wanted: tuple[str, ...]
) -> None:
    with app.test_request_context():
        said = say(refusal)

    assert [each for each in wanted if each not in said] == []
    assert "bp3mi-" not in said
