"""People of the small office, for every test that says `people`."""

import pytest

from tests.engine.homes import Homes
from tests.engine.people import People
from tests.small_office import Play


@pytest.fixture
def people(play: Play) -> People:
    """Somebody who writes down persons who do not exist."""
    return People(play)


@pytest.fixture
def homes(play: Play) -> Homes:
    """Somebody who brings people home who do not exist."""
    return Homes(play)
