"""What the pages say of a case that the commands themselves have worked."""

from engine.queries import (
    Scope,
    case_page,
    drawing_page,
    health,
    search_cases,
    timeline,
    verdict,
    work_item_page,
    worklist,
)
from tests.small_office import Play, outcomes

CALLED = """
start -> call Fetch (calls micro) -> user Close -> end
process micro {
    start -> user Ask -> xor x
    x -[outcome = "yes"]-> end
    x -[outcome = "no"]-> Ask
}
"""


def test_every_page_agrees_with_what_the_commands_have_done(play: Play) -> None:
    play.publish(CALLED, Ask={"outcomes": outcomes("yes", "no")})
    number = play.open()
    play.complete("Ask", outcome="no")
    sri = play.engine.officer("sri", at=play.now)

    with play.engine.reading(at=play.now) as reader:
        (line,) = worklist(reader, sri, Scope.POSTS).rows
        page = work_item_page(reader, sri, line.item)
        macro, micro = (drawing_page(reader, sri, number, process) for process in (None, "micro"))
        kinds = [each.kind for each in timeline(reader, sri, number).records]

        assert [each.number for each in search_cases(reader, sri).rows] == [number] == [line.case]
        assert [(each.outcome, each.answer, [step.element for step in each.steps]) for each in page.ahead] == [
            ("yes", "Yes", ["Close"]),
            ("no", "No", ["Ask"]),
        ]
        assert [each.outcome for each in page.notes] == ["No"]
        assert (macro.tokens, micro.tokens) == ({"Fetch": 1}, {"Ask": 1})
        assert ("Ask", "left") in micro.way
        assert kinds == ["work_item.completed", "case.opened"]
        assert verdict(reader, sri, number).holds


def test_a_case_that_is_over_shows_its_way_and_nothing_open(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()
    play.complete("A")
    sri = play.engine.officer("sri", at=play.now)

    with play.engine.reading(at=play.now) as reader:
        page, drawn, house = case_page(reader, sri, number), drawing_page(reader, sri, number), health(reader)

        assert (page.open_items, page.due, page.messages) == ((), (), ())
        assert [each.holder for each in page.closed_items] == ["Sri"]
        assert "A" in drawn.walked
        assert not drawn.tokens
        assert house.well
