"""An officer answers a local government, in the thread of that one alone."""

from __future__ import annotations

from engine.course.by_pemda import words
from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.rights import expect_member, expect_officer
from engine.storage import UnitOfWork
from engine.storage.citizens import root_of
from engine.storage.pemda import add_words, pemda_at, words_of


def answer_citizen_question(work: UnitOfWork, number: str, *, area: str, text: str) -> Receipt:
    """Keep the answer, encrypted. Refused where this local government has asked nothing, and to other offices.

    What it may not know is not said here either: the page tells the officer what it does know.
    """
    case = work.cases.lock(number).case
    who = expect_member(work, case, "answer a local government")
    officer = expect_officer(work, "answer a local government")
    one, root = pemda_at(work.connection, area), root_of(work.connection, case.id)
    if one is None or not words_of(work.connection, work.keys, root, one.number):
        raise NotFound(what=f"a question of local government {area}")
    row = {
        "case_id": root,
        "pemda_id": one.number,
        "officer_id": officer.number,
        "office": who["office"],
        "at": work.at,
    }
    made = add_words(work.connection, work.keys, words("the answer", text), **row)
    work.record("citizen_question.answered", case, **who, pemda=area, answer=made)
    return Receipt(case=case.number, state="answered", number=made)
