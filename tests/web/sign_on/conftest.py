"""An office whose officers come by a provider that runs as a process of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine import link_identity
from tests.web.office import HELPDESK, Browser, Clock
from tests.web.one_app import app_over, with_one_library
from tests.web.sign_on.provider import CLIENT, SECRET, RunningProvider, running_provider
from web.config import Settings
from web.wiring import Wiring, wire


@pytest.fixture(scope="session")
def provider() -> Iterator[RunningProvider]:
    """One provider for all tests of this folder; whoever changes it puts it right."""
    with running_provider() as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    """The time of now: tokens are made by another clock."""
    return Clock(datetime.now(UTC))


@pytest.fixture
def wiring(built: Path, tmp_path: Path, clock: Clock, provider: RunningProvider) -> Iterator[Wiring]:
    """The office of the other web tests, with the provider set up."""
    place = tmp_path / "office"
    shutil.copytree(built, place)
    (place / "oidc.secret").write_text(f"{SECRET}\n")
    made = with_one_library(wire(settings_for(place, provider), clock=lambda: clock.now))
    yield made
    made.engine.close()


def settings_for(place: Path, provider: RunningProvider) -> Settings:
    return Settings(
        data_dir=place,
        testing=True,
        oidc_issuer=provider.address,
        oidc_client_id=CLIENT,
        oidc_secret=place / "oidc.secret",
    )


@pytest.fixture
def fresh(wiring: Wiring) -> Callable[[], Browser]:
    """Another browser, in which nobody is signed in."""
    return lambda: Browser(app_over(wiring).test_client())


@pytest.fixture
def linked(wiring: Wiring, provider: RunningProvider) -> str:
    """An account there that lets the help desk's officer in."""
    provider.person("akun-7", name="Orang Contoh")
    wiring.engine.perform(link_identity, HELPDESK, issuer=provider.address, subject="akun-7", at=wiring.clock())
    return "akun-7"
