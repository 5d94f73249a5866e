"""What other rooms may take from the notation."""

import inspect

from engine import notation
from engine.notation import model, vocabulary


def test_every_element_of_the_model_is_at_the_door() -> None:
    public = {name for name, item in vars(model).items() if inspect.isclass(item) and item.__module__ == model.__name__}

    assert public - set(notation.__all__) == set()


def test_the_door_has_nothing_more_than_it_names() -> None:
    assert set(notation.__all__) == {name for name in notation.__all__ if hasattr(notation, name)}
    assert len(notation.__all__) == len(set(notation.__all__))


def test_every_element_that_can_be_drawn_is_in_the_vocabulary() -> None:
    abstract = {model.Element, model.FlowNode, model.Event, model.Activity, model.Gateway, model.EventDefinition}
    by_xml = {model.UnknownNode, model.UnknownDefinition}
    drawn = {item for item in vars(model).values() if inspect.isclass(item) and issubclass(item, model.Element)}

    assert drawn - abstract - by_xml == {kind.type for kind in vocabulary.KINDS.values()}


def test_every_field_of_an_element_is_written_somewhere() -> None:
    for kind, form in vocabulary.FORMS.items():
        attributes = {attribute.field for attribute in form.attributes}
        slots = {getattr(slot, "field", type(slot).__name__) for slot in form.slots}
        known = attributes | slots | _ALWAYS
        known |= {"kind", "expression"} if "Timer" in slots else {"kind"} if kind is model.SubProcess else set()
        known |= {"bounds"} if "Box" in slots else set()
        known |= {"waypoints"} if "Waypoints" in slots else set()

        assert set(getattr(kind, "__dataclass_fields__")) - known == set(), kind  # noqa: B009 - mypy knows no such name


_ALWAYS = {
    "spelled",
    "comments_before",
    "comments_after",
    "documentation",
    "documentation_attributes",
    "extensions",
    "foreign_attributes",
    "foreign_children",
    "line",
    "prefixes",
}
