from datetime import timedelta

import pytest

from tests.engine.domain.worked_examples import PAGE, Example, examples, page, read, told

ALL = examples()


@pytest.mark.parametrize("example", ALL, ids=lambda each: f"{each.number}-{each.title}")
def test_the_program_finds_what_was_found_by_hand(example: Example) -> None:
    found = example.found()

    assert found.due == example.due
    assert example.left_hours is None or found.left_when_stopped == timedelta(hours=example.left_hours)


def test_there_are_at_least_sixty_each_with_a_source_and_the_reckoning_by_hand() -> None:
    assert len(ALL) >= 60
    assert all(each.source and each.wording and len(each.reckoned) > 15 for each in ALL)
    assert {each.group for each in ALL} == {each["code"] for each in read()["group"]}


def test_the_page_of_the_docs_is_made_from_them() -> None:
    assert PAGE.read_text() == page(), "run: .venv/bin/python -m tests.engine.domain.worked_examples"


def test_every_example_is_explained_in_a_few_lines_of_indonesian() -> None:
    lines = {each.number: told(each) for each in ALL}

    assert {number for number, said in lines.items() if not 3 <= len(said) <= 24} == set()
    assert {number for number, said in lines.items() if any("{" in each for each in said)} == set()
