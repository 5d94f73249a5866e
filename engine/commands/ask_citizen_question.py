"""A local government asks the office something about one of its citizens."""

from __future__ import annotations

from engine.course.by_pemda import expect_citizen, expect_told, tell_office, words
from engine.domain.notice import NoticeKind
from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.pemda import add_words


def ask_citizen_question(work: UnitOfWork, login: str, number: str, *, text: str) -> Receipt:
    """Keep the question, encrypted, in the thread of this local government and the office, which is told of it."""
    user = expect_told(work, login, "ask a question")
    seen = expect_citizen(work, user, number)
    said = words("the question", text)
    case = work.cases.lock(number).case
    row = {"case_id": seen.case, "pemda_id": user.pemda.number, "user_id": user.number, "at": work.at}
    made = add_words(work.connection, work.keys, said, **row)
    work.record("citizen_question.asked", case, pemda=user.pemda.area, user=user.login, question=made)
    tell_office(work, case, NoticeKind.PEMDA_ASKED, user, made)
    return Receipt(case=case.number, state="asked", number=made)
