"""Leaving."""

from engine import sign_in_pemda, sign_out_pemda
from engine.queries.pemda import pemda_session_of
from tests.engine.homes import Homes


def test_the_session_ends_and_no_other(homes: Homes) -> None:
    login, other = homes.pemda(), homes.pemda("36")
    mine, theirs = (homes.do(sign_in_pemda, each, address="10.0.0.1", right=True).name for each in (login, other))

    homes.do(sign_out_pemda, login, theirs)
    homes.do(sign_out_pemda, login, mine)

    with homes.play.engine.reading(at=homes.play.now) as reader:
        assert pemda_session_of(reader, mine) is None
        assert pemda_session_of(reader, theirs) is not None
    assert len(homes.looks("pemda.signed_out")) == 2
