"""Lists against folders: what one room promises, another room holds."""

from __future__ import annotations

import ast
from pathlib import Path

PAST = {
    "admit": "admitted",
    "begin": "begun",
    "cancel": "cancelled",
    "choose": "chosen",
    "give": "given",
    "hand": "handed",
    "let": "let",
    "make": "made",
    "read": "read",
    "replay": "replayed",
    "resend": "resent",
    "reset": "reset",
    "send": "sent",
    "set": "set",
    "stop": "stopped",
    "take": "taken",
    "tell": "told",
    "transfer": "transferred",
    "undo": "undone",
    "withdraw": "withdrawn",
}
"""Past participles that are not made by adding -ed."""

OTHER_KINDS = {
    "comment_on_case": "case.commented",  # what is commented on is a case
    "pass_time": "timer.fired",  # time passes by itself: what is recorded is the timer
    "sign_in": "sign_in.done",  # of a try, of which there are three ends
    "sign_out": "sign_out.done",  # the counterpart of sign_in.done
    "sign_in_pemda": "pemda.signed_in",  # it is about a local government, and no officer
    "sign_out_pemda": "pemda.signed_out",  # as above
    "take_back_work_item": "work_item.taken_back",  # the verb has two words
    "deliver_announcement": "message.sent",  # what is delivered is a message
    "take_in_event": "placement.told",  # an event of the house is a group; this is what a partner tells
    "apply_event": "placement.moved",  # as above
    "set_aside_event": "placement.set_aside",  # as above
    "take_in_batch": "batch.taken_in",  # the verb has two words
}
"""Commands whose record is named otherwise, each with its reason."""

NO_RECORD = {
    "keep_draft",  # what is still being typed is no act: every few seconds it would lengthen the chain
    "read_notices",  # what one has been told is known from what happened; that it was looked at is no act
    "settle_dispatch",  # a try: what leaves the house changes no case
    "take_dispatch",  # as above
    "mark_line",  # what came of a call: the dispatch tells it, and the line itself is no case
    "try_line",  # as above
    "tell_token_ends",  # that it ends was decided when the token was made
    "postpone_announcement",  # a try that did not succeed changes no case; the last one leaves an incident
}
"""Commands that record nothing, each with its reason."""

DRAWERS = {
    "base",
    "common",
    "data",
    "handler",
    "handlers",
    "helper",
    "helpers",
    "info",
    "manager",
    "misc",
    "service",
    "services",
    "shared",
    "tools",
    "util",
    "utils",
}
"""Names that say nothing of what is inside."""


def commands(root: Path) -> list[str]:
    """The name of every command."""
    return sorted(path.stem for path in (root / "engine/commands").glob("*.py") if not path.stem.startswith("_"))


def recorded(root: Path) -> list[str]:
    """The audit kinds that the commands promise."""
    return [audit_kind(name) for name in commands(root) if name not in NO_RECORD]


def audit_kind(command: str) -> str:
    """`complete_work_item` leaves `work_item.completed`."""
    if command in OTHER_KINDS:
        return OTHER_KINDS[command]
    verb, _, noun = command.partition("_")
    if verb in PAST:
        return f"{noun}.{PAST[verb]}"
    return f"{noun}.{verb.removesuffix('e')}ed" if verb[-1] != "y" else f"{noun}.{verb[:-1]}ied"


def literals(tree: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def test_every_command_is_one_verb_in_a_file_of_its_name(root: Path, sources: dict[str, ast.Module]) -> None:
    assert commands(root)

    missing = [
        name
        for name in commands(root)
        if name
        not in {each.name for each in sources[f"engine/commands/{name}.py"].body if isinstance(each, ast.FunctionDef)}
    ]

    assert missing == []


def test_every_command_has_a_test_file_of_its_name(root: Path) -> None:
    tested = {path.stem for path in (root / "tests/engine/commands").glob("test_*.py")}

    assert [name for name in commands(root) if f"test_{name}" not in tested] == []


def test_every_command_leaves_an_audit_record_of_its_own_name(root: Path, sources: dict[str, ast.Module]) -> None:
    rooms = ("engine/commands/", "engine/course/")
    written = set().union(*(literals(tree) for name, tree in sources.items() if name.startswith(rooms)))

    assert [kind for kind in recorded(root) if kind not in written] == []


def test_every_audit_kind_of_a_command_is_seen_by_a_test(root: Path) -> None:
    tests = sorted((root / "tests/engine").rglob("*.py"))
    seen = set().union(*(literals(ast.parse(path.read_text())) for path in tests))

    assert [kind for kind in recorded(root) if kind not in seen] == []


def test_every_public_module_says_what_it_is(sources: dict[str, ast.Module]) -> None:
    public = {name: tree for name, tree in sources.items() if not Path(name).stem.startswith("_") and tree.body}

    assert [name for name, tree in public.items() if not ast.get_docstring(tree)] == []


def test_every_package_says_what_it_is(sources: dict[str, ast.Module]) -> None:
    doors = {name: tree for name, tree in sources.items() if name.endswith("/__init__.py")}

    assert [name for name, tree in doors.items() if not ast.get_docstring(tree)] == []


def test_no_module_is_a_drawer(sources: dict[str, ast.Module]) -> None:
    names = {name: {part.removesuffix(".py") for part in Path(name).parts} for name in sources}

    assert [name for name, parts in names.items() if parts & DRAWERS] == []


def test_every_page_of_the_documents_that_is_linked_exists(texts: dict[str, str], root: Path) -> None:
    pages = {name: text for name, text in texts.items() if name.endswith(".md")}

    broken = [
        f"{name}: {target}"
        for name, text in pages.items()
        for target in _links(text)
        if not (root / name).parent.joinpath(target).exists()
    ]

    assert broken == []


def _links(text: str) -> list[str]:
    """The relative targets of Markdown links and pictures."""
    targets = [piece.split(")", 1)[0].split("#", 1)[0] for piece in text.split("](")[1:]]
    return [target for target in targets if target and ":" not in target]
