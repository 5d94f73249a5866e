"""Mail: at least once, in order, put off while the server is down, and given up where trying again is of no use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from engine import choose_notices, offer_handover, read_notices, resend_dispatch, set_mail_address, withdraw_handover
from engine.commands.take_dispatch import take_dispatch
from engine.delivery import Mail, NotAServer, Sending
from engine.domain.dispatch import MOST_TRIES
from engine.storage import tables
from engine.worker import Worker
from tests.engine.delivery.told import MailServer, due_at, plainly, serve, with_address
from tests.small_office import Play


@pytest.fixture
def server() -> Iterator[MailServer]:
    made = MailServer()
    serve(made)
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def sending(play: Play, server: MailServer) -> Sending:
    """What sends mail to that server; Wayan has an address."""
    play.publish("start -> user A -> end")
    with_address(play, "wayan")
    return Sending(play.engine, mail(server.url))


def mail(url: str) -> Mail:
    return Mail(url, sender="lajur@contoh.example", host="lajur.contoh.example", write=plainly)


def offer(play: Play, case: str) -> int:
    until = play.now + timedelta(days=2)
    made = play.engine.perform(
        offer_handover, case, to_office="NTB", reason="Lebih dekat", until=until, officer="sri", at=play.now
    )
    assert made.number
    return made.number


def states(play: Play) -> list[tuple[str, int, str]]:
    return [(row["state"], row["tries"], row["problem"]) for row in play.rows(tables.dispatch)]


def test_a_mail_is_sent_once_and_says_who_it_is(play: Play, sending: Sending, server: MailServer) -> None:
    number = play.open()
    offer(play, number)

    assert [sending.work(play.now), sending.work(play.now + timedelta(days=1))] == [1, 0]

    (got,) = server.mails
    (row,) = play.rows(tables.dispatch)
    assert (got["To"], got["From"]) == ("wayan@contoh.example", "lajur@contoh.example")
    assert got["Message-ID"] == f"<{row['key']}@lajur.contoh.example>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert (row["state"], row["tries"]) == ("sent", 1)


def test_a_program_that_dies_after_sending_sends_the_same_once_more(
    play: Play, sending: Sending, server: MailServer
) -> None:
    offer(play, play.open())
    number = play.rows(tables.dispatch)[0]["id"]
    held: Any = play.engine.perform(take_dispatch, number, until=play.now + timedelta(minutes=2), at=play.now)
    mail(server.url).send(held, at=play.now)

    assert sending.work(play.now + timedelta(minutes=1)) == 0
    assert sending.work(play.now + timedelta(minutes=2)) == 1

    assert len(server.mails) == 2
    assert len({each["Message-ID"] for each in server.mails}) == 1


def test_two_senders_never_have_the_same_in_hand(play: Play, sending: Sending) -> None:
    offer(play, play.open())
    assert sending
    number = play.rows(tables.dispatch)[0]["id"]
    until = play.now + timedelta(minutes=2)

    taken = [play.engine.perform(take_dispatch, number, until=until, at=play.now) for _ in range(2)]

    assert [each is not None for each in taken] == [True, False]


def test_a_server_that_is_down_is_asked_once_a_minute_and_everything_comes_in_order(
    play: Play, sending: Sending, server: MailServer
) -> None:
    number = play.open()
    play.engine.perform(withdraw_handover, offer(play, number), officer="sri", at=play.now)
    offer(play, number)
    other = play.open()
    offer(play, other)
    server.answer = lambda line: "421 later" if line[1:4] in ("HLO", "ELO") else ""
    tried = [sending.work(play.now + timedelta(seconds=each)) for each in (0, 1, 59)]
    assert tried == [1, 0, 0]
    server.answer = lambda _: ""

    later = play.now + timedelta(minutes=1)
    while sending.work(later):
        pass

    assert [number in str(each["Subject"]) for each in server.mails].count(True) == 2
    assert len(server.mails) == 3
    assert {row["state"] for row in play.rows(tables.dispatch)} == {"sent"}


def test_of_one_case_the_second_waits_for_the_first(play: Play, sending: Sending, server: MailServer) -> None:
    number = play.open()
    play.engine.perform(withdraw_handover, offer(play, number), officer="sri", at=play.now)
    offer(play, number)
    answers = ["451 busy"]
    server.answer = lambda line: answers.pop() if line == "SENT" and answers else ""

    assert sending.work(play.now) == 1
    assert sending.work(play.now + timedelta(seconds=5)) == 0
    assert [sending.work(play.now + timedelta(seconds=10)) for _ in range(3)] == [1, 1, 0]


def test_an_address_that_does_not_exist_is_a_dead_letter_at_once_and_can_be_sent_again(
    play: Play, sending: Sending, server: MailServer
) -> None:
    offer(play, play.open())
    server.answer = lambda line: "550 nobody" if line.startswith("RCPT") else ""
    sending.work(play.now)
    assert states(play) == [("failed", 1, "the address was refused (550)")]
    server.answer = lambda _: ""

    play.engine.perform(resend_dispatch, 1, at=play.now)
    sending.work(play.now)

    assert [state for state, _, _ in states(play)] == ["sent"]
    assert len(server.mails) == 1


def test_it_is_given_up_after_twelve_tries_over_more_than_a_day(
    play: Play, sending: Sending, server: MailServer
) -> None:
    offer(play, play.open())
    server.answer = lambda line: "452 full" if line.startswith("RCPT") else ""
    begun = play.now

    while states(play)[0][0] == "pending":
        play.now = due_at(play)
        sending.work(play.now)

    assert states(play) == [("failed", MOST_TRIES, "the address was refused (452)")]
    assert play.now - begun > timedelta(days=1)


def test_a_digest_of_which_all_has_been_read_is_not_sent(play: Play, sending: Sending, server: MailServer) -> None:
    play.engine.perform(choose_notices, mail={"handovers": "digest"}, officer="wayan", at=play.now)
    offer(play, play.open())
    play.engine.perform(read_notices, until=10**6, officer="wayan", at=play.now)

    sending.work(due_at(play))

    assert (server.mails, [state for state, _, _ in states(play)]) == ([], ["withdrawn"])


def test_whoever_takes_the_address_away_gets_none_any_more(play: Play, sending: Sending, server: MailServer) -> None:
    offer(play, play.open())
    play.engine.perform(set_mail_address, "wayan", address="", officer="wayan", at=play.now)

    sending.work(play.now)

    assert (server.mails, [state for state, _, _ in states(play)]) == ([], ["withdrawn"])


def test_without_a_server_a_mail_is_given_up_and_says_what_is_missing(play: Play, sending: Sending) -> None:
    assert sending
    offer(play, play.open())

    Sending(play.engine, Mail("", sender="", host="x", write=plainly)).work(play.now)

    assert states(play) == [("failed", 1, "no mail server is set up (LAJUR_SMTP_URL)")]


@pytest.mark.parametrize("url", ["mail.contoh.example", "http://mail.contoh.example", "smtp://"])
def test_an_address_that_is_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(NotAServer):
        mail(url)


def test_the_worker_sends_beside_its_loop_while_the_server_hangs(play: Play, server: MailServer) -> None:
    play.publish("start -> user A -> end\nboundary t (on A; timer PT1M; beside) -> user B -> end b")
    with_address(play, "wayan")
    hanging = mail("smtp://127.0.0.1:1")
    offer(play, play.open())
    worker = Worker(play.engine, lambda: play.now + timedelta(minutes=2), senders=[hanging])

    worker.start()
    worker.stop()

    assert server
    assert [each.element for each in play.items()] == ["A", "B"]
