"""Every diagram that ships, walked over every arrow to an end, on both interpreters; one test a file.

Run one file: pytest tests/sop_catalog/soundness/test_every_diagram_is_walked.py -n0 -k c3-m05-02
"""

from pathlib import Path

import pytest

from engine.machine import Machine
from engine.spiff import Spiff
from sop_catalog.soundness import DECLARED, second_opinion
from tests.sop_catalog.soundness.shelf import FILES, SHARED, bundles, walked

EACH = [pytest.param(each, id=Path(each).stem, marks=[] if each in SHARED else [pytest.mark.long]) for each in FILES]


@pytest.mark.parametrize("file", EACH)
def test_every_arrow_of_a_diagram_is_walked_to_an_end(file: str) -> None:
    for bundle, over in zip(bundles(file), walked(file), strict=True):
        missed = [f"line {each.line}: {each.process}/{each.element}" for each in over.missed]
        troubles = [f"{each.refusal} at {each.element} after {[str(m) for m in each.moves]}" for each in over.troubles]

        assert (bundle.code, missed, troubles) == (bundle.code, [], [])


@pytest.mark.parametrize("file", EACH)
def test_spiffworkflow_takes_every_walk_the_same_way_unless_declared(file: str) -> None:
    for bundle, over in zip(bundles(file), walked(file), strict=True):
        opinion = second_opinion(bundle, over.walks, Machine(), Spiff())

        told = [str(each) for each in (*opinion.refused, *opinion.disagreements)]
        assert bool(told) == (bundle.code in DECLARED), told
