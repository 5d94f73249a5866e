"""What must not stand in any file: code that runs data, pages that trust it, persons, addresses, other people's code."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

MEGABYTE = 1_000_000

RUNS_DATA = {"eval", "exec", "compile", "__import__", "execfile"}
UNSAFE_MODULES = {"pickle", "cPickle", "dill", "marshal", "shelve", "yaml", "jsonpickle", "cloudpickle"}
UNSAFE_CALLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "commands.getoutput"}

HOSTS = [
    ".".join(parts)
    for parts in (
        ("py" + "pi", "org"),
        ("files", "python" + "hosted", "org"),
        ("registry", "npm" + "js", "org"),
        ("npm" + "js", "com"),
        ("registry", "yarn" + "pkg", "com"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
        ("conda", "anaconda", "org"),
    )
]
"""Made of parts, so that this file does not name them either. Where files come from is a machine's own setting."""

INDEX_SETTING = re.compile(r"--(extra-)?index-url|--find-links|^\s*registry\s*=|\"resolved\"\s*:", re.MULTILINE)
OWN_WORDS = {"tests/house/test_scans.py", "run.py"}
"""The two that name those settings: this scan, and the runner that leaves them out of the locks."""

MACHINE_PATHS = re.compile(r"(?<![\w.<{/])/(?:work/(?:main|shared|\.library)|tmp/|root/|home/\w+/)")
ADDRESS = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})\b", re.IGNORECASE)
INVENTED = (".example", ".invalid", ".test", ".localhost", "example.com", "example.org", "example.net", "example.go.id")
"""Domains that nobody can own (RFC 2606, RFC 6761), and the same word below Indonesia's government domain."""

NIK = re.compile(r"(?<![\w.])(?:\d[ .-]?){15}\d(?![\w.]?\d)")
LOCKED = ("locks/", "web/frontend/package-lock.json", "tests/engine/feel/oracle/package-lock.json")


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def where(sources: dict[str, ast.Module], wrong: Callable[[ast.Call, str], bool]) -> list[str]:
    return [f"{name}:{call.lineno}" for name, tree in sources.items() for call, of in calls(tree) if wrong(call, of)]


def lines(texts: dict[str, str], pattern: re.Pattern[str], *, but: tuple[str, ...] = ()) -> list[str]:
    """Every place that a pattern fits, but for the files that begin with one of `but`."""
    return [
        f"{name}:{text.count(chr(10), 0, found.start()) + 1}: {found.group()}"
        for name, text in texts.items()
        if not name.startswith(but)
        for found in pattern.finditer(text)
    ]


def test_nothing_turns_text_into_code(sources: dict[str, ast.Module]) -> None:
    assert where(sources, lambda _, of: of.removeprefix("builtins.") in RUNS_DATA) == []


def test_nothing_revives_objects_from_bytes(sources: dict[str, ast.Module]) -> None:
    imported = {
        f"{name}: {module}"
        for name, tree in sources.items()
        for node in ast.walk(tree)
        for module in _modules(node)
        if module.split(".")[0] in UNSAFE_MODULES
    }

    assert imported == set()


def test_nothing_goes_through_a_shell(sources: dict[str, ast.Module]) -> None:
    def through_shell(call: ast.Call, of: str) -> bool:
        asked = any(each.arg == "shell" and ast.unparse(each.value) != "False" for each in call.keywords)
        return asked or of in UNSAFE_CALLS

    assert where(sources, through_shell) == []


def test_no_python_trusts_text_as_html(sources: dict[str, ast.Module]) -> None:
    def trusts(call: ast.Call, of: str) -> bool:
        return of.rsplit(".", 1)[-1] == "Markup" and not all(isinstance(each, ast.Constant) for each in call.args)

    assert where(sources, trusts) == []


def test_no_template_trusts_text_as_html(texts: dict[str, str]) -> None:
    templates = {name: text for name, text in texts.items() if "/templates/" in name}
    assert templates

    assert lines(templates, re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(|\bxmlattr\b")) == []


def test_no_script_of_ours_writes_text_as_html(texts: dict[str, str]) -> None:
    ours = {name: text for name, text in texts.items() if name.startswith("web/frontend/src/")}

    assert lines(ours, re.compile(r"\beval\(|new Function|document\.write|insertAdjacentHTML|\.outerHTML\s*=")) == []


def test_no_number_looks_like_that_of_a_person(texts: dict[str, str]) -> None:
    """Invented NIKs begin with 00: the first two digits of a real one are its province, and provinces count from 11."""
    numbers = (found for found in lines(texts, NIK, but=LOCKED))

    assert [found for found in numbers if _may_be_a_nik(re.sub(r"\D", "", found.rsplit(": ", 1)[-1]))] == []


@pytest.mark.parametrize(
    ("number", "taken"), [("99" * 8, False), ("00" + "71" * 7, False), ("3" + "171010101900001", True)]
)
def test_the_rule_for_such_numbers_tells_them_apart(number: str, taken: bool) -> None:
    assert bool(NIK.fullmatch(number))

    assert _may_be_a_nik(number) is taken


def test_every_mail_address_is_invented(texts: dict[str, str]) -> None:
    found = [line for line in lines(texts, ADDRESS, but=LOCKED) if not line.lower().endswith(INVENTED)]

    assert found == []


@pytest.mark.parametrize("host", HOSTS)
def test_no_file_names_the_host_of_a_registry(texts: dict[str, str], host: str) -> None:
    assert [name for name, text in texts.items() if host in text] == []


def test_no_file_says_where_packages_are_fetched(texts: dict[str, str]) -> None:
    found = lines(texts, INDEX_SETTING)

    assert [line for line in found if line.split(":", 1)[0] not in OWN_WORDS] == []


def test_no_file_names_a_path_of_one_machine(texts: dict[str, str]) -> None:
    assert lines(texts, MACHINE_PATHS, but=("tests/house/test_scans.py",)) == []


def test_no_file_is_larger_than_a_megabyte(tracked: list[Path]) -> None:
    assert [f"{path}: {size}" for path in tracked if (size := path.stat().st_size) > MEGABYTE] == []


def test_no_file_holds_other_peoples_built_code(texts: dict[str, str]) -> None:
    scripts = {name: text for name, text in texts.items() if name.endswith((".js", ".mjs", ".cjs", ".css"))}
    folders = {"vendor", "vendored", "third_party", "thirdparty"}

    built = [
        name for name, text in scripts.items() if ".min." in name or max(map(len, text.splitlines()), default=0) > 1000
    ]

    assert built == []
    assert [name for name in texts if folders & set(Path(name).parts)] == []


def test_every_file_that_is_not_text_is_a_kind_we_know(tracked: list[Path], texts: dict[str, str], root: Path) -> None:
    binary = [path for path in tracked if str(path.relative_to(root)) not in texts]

    assert [str(path) for path in binary if path.suffix not in {".png", ".xlsx", ".docx", ".woff2", ".bpmn"}] == []


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def _may_be_a_nik(digits: str) -> bool:
    """Province (11 to 97), regency, district, day (plus 40 for a woman), month, year, serial."""
    province, day, month, serial = int(digits[:2]), int(digits[6:8]) % 40, int(digits[8:10]), digits[12:]
    return 11 <= province <= 97 and 1 <= day <= 31 and 1 <= month <= 12 and serial != "0000"
