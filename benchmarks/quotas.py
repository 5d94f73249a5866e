"""What it costs to count a request of another program: each one written, or shares taken and given out by the process.

    python3 run.py bench quotas [--database sqlite|postgresql|both] [--requests 2000]

Beside it stands what every request of a program pays anyway: its token found and its officer read.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from time import perf_counter

from sqlalchemy import select

from benchmarks.durable_step import MACHINE, PLACES
from benchmarks.houses import Place, furnish, open_engine
from benchmarks.procedures import MONDAY
from engine import Engine, create_token
from engine.runtime import quotas
from engine.storage.tables import officer


def main(words: Sequence[str]) -> int:
    """Measure on each database that was asked for."""
    asked = argparse.ArgumentParser(prog="bench quotas")
    asked.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    asked.add_argument("--requests", type=int, default=2_000)
    given = asked.parse_args(words)
    for name, place in PLACES.items():
        if given.database in (name, "both"):
            with place() as made:
                _measure(made, given.requests)
    return 0


def _measure(place: Place, requests: int) -> None:
    engine = open_engine(place.fresh(), MACHINE, create=True)
    furnish(engine)
    with engine.reading(at=MONDAY) as reader:
        login = reader.connection.execute(select(officer.c.login).limit(1)).scalar_one()
    secret = engine.perform(create_token, login, name="bench", at=MONDAY).name
    print(f"{place.name}: milliseconds a request, median of {requests}, and the mean")
    for what, one in _designs(engine, secret, login).items():
        took = [_timed(one, turn) for turn in range(requests)]
        print(f"  {what:<34} {statistics.median(took):8.3f} {statistics.fmean(took):8.3f}")
    engine.close()


def _designs(engine: Engine, secret: str, login: str) -> dict[str, Callable[[int], object]]:
    token = engine.token(secret, at=MONDAY)
    assert token is not None  # noqa: S101 - just made
    shares = engine._quotas  # noqa: SLF001 - what is measured
    each = quotas.Quotas(engine._take_share)  # noqa: SLF001 - as above

    def found(_: int) -> object:
        return engine.token(secret, at=MONDAY), engine.officer(login, at=MONDAY)

    def written(turn: int) -> object:
        return each.spend(token.number, 1, MONDAY + timedelta(minutes=turn))

    def shared(turn: int) -> object:
        return shares.spend(token.number, 600, MONDAY + timedelta(minutes=turn // 600, days=30))

    return {"token and officer, as before": found, "each request written": written, "shares of a fiftieth": shared}


def _timed(one: Callable[[int], object], turn: int) -> float:
    begun = perf_counter()
    one(turn)
    return (perf_counter() - begun) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
