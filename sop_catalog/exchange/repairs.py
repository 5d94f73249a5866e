"""What is mended in a stranger's drawing, because it can mean only one thing: each on the tree, each told with its place.

Nothing here guesses: a condition in another language, a time without a zone, a task that nobody is named for stay as
they are, and the rules refuse them by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from engine.domain.finding import Finding
from engine.notation import BPMN, Xml
from engine.notation.checks import ID
from sop_catalog.exchange.identities import own, rebuilt, rename, well_formed, with_attribute
from sop_catalog.procedure import CODE, slug

_GENERIC = re.compile(
    r"(?i)(?:bpmn_?)?(?:process|proc|proses|prozess|proceso|wfp|pid|sid|id|pool|main|diagram)(?:[-_.]?[-_.0-9]*|[-_.](?=.*[0-9]).*)"
    r"|_?[0-9a-f]{8}-[-0-9a-f]{13,}"
)
"""What modellers call a process of which nobody has said a name."""
_LONGEST_TIME: Final = 200
"""Characters that are looked at; whatever is longer is no time."""
_TIMES = {"timeDate", "timeDuration", "timeCycle"}
_ISO = re.compile(r"P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9.,]+S)?)?")
_PARTS = re.compile(r"([0-9]+(?:[.,][0-9]+)?)([YMWDHS])")
_QUOTED = re.compile(r"""=?\s*(?:duration\s*\(\s*)?(["'])([^"']+)\1\s*\)?""")
_LOOSE_DATE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?) ?(Z|[+-][0-9]{2}:?[0-9]{2})"
)
_VENDOR_WORDS = frozenset(
    {"type", "topic", "class", "delegateExpression", "taskName", "taskDefinition", "operatorName"}
)


def main_process(root: Xml) -> Xml | None:
    """The one process that is drawn and meant to run; None where there is none, or more than one."""
    drawn = [
        each for each in root.children if each.tag == f"{{{BPMN}}}process" and any(_is_step(x) for x in each.children)
    ]
    marked = [each for each in drawn if each.get("isExecutable") in {"true", "1"}]
    return next(iter(drawn), None) if len(drawn) == 1 else marked[0] if len(marked) == 1 else None


def _is_step(xml: Xml) -> bool:
    return xml.local.endswith(("Event", "Task", "task", "Gateway", "Activity", "ubProcess", "transaction"))


def wanted_code(root: Xml, stem: str) -> str:
    """The code that the one process of a file is to have: its own, that at the beginning of the file's name, or the name.

    An id that a modeller made up is no code; nor is one that cannot be an address.
    """
    process = main_process(root)
    if process is None:
        return ""
    own_id = process.get("id")
    if CODE.fullmatch(own_id):
        return own_id
    named = re.match(rf"(?i)(?:{CODE.pattern.partition('|p-')[0]})(?=$|[-_. ])", stem)
    if named:
        return named.group().lower()
    if ID.fullmatch(own_id) and not _GENERIC.fullmatch(own_id):
        return own_id
    return code_from_name(stem) or own_id


def code_from_name(stem: str) -> str:
    """Return a code made of a file's name."""
    made = slug(stem)[:60].strip("-")
    return made if ID.fullmatch(made) else well_formed(f"sop-{made}") if made else ""


def set_code(root: Xml, code: str) -> tuple[Xml, list[Finding]]:
    """Make the code the id of the one process."""
    process = main_process(root)
    if process is None or not code or process.get("id") == code:
        return root, []
    facts = {"old": process.get("id")[:80], "code": code}
    message = "Gave the process its code {code} as id instead of “{old}”."
    told = Finding("code", message, severity="note", element=code, line=process.line, facts=facts)
    return rename(root, process.get("id"), code), [told]


def set_executable(root: Xml) -> tuple[Xml, list[Finding]]:
    """Mark the one process that is drawn as meant to run."""
    process = main_process(root)
    if process is None or process.get("isExecutable").strip() in {"true", "1"}:
        return root, []
    marked = with_attribute(process, "isExecutable", "true")
    children = tuple(marked if each is process else each for each in root.children)
    message = "Marked the process “{name}” as executable."
    found = Finding("executable", message, severity="note", **_place(process), facts=_named(process))
    return replace(root, children=children), [found]


def mend_times(root: Xml) -> tuple[Xml, list[Finding]]:
    """Write times in ISO 8601 where what is there can be only one of them."""
    repairs: list[Finding] = []

    def changed(xml: Xml) -> Xml:
        if xml.namespace != BPMN or xml.local not in _TIMES or xml.children:
            return xml
        new = iso(xml.local, xml.text)
        if new is None or new == xml.text.strip():
            return xml
        message = "Wrote the time “{old}” as {new}."
        facts = {"old": xml.text.strip()[:80], "new": new}
        repairs.append(
            Finding("time", message, severity="note", element=xml.get("id") or None, line=xml.line, facts=facts)
        )
        return replace(xml, text=new)

    return rebuilt(root, changed), repairs


def iso(kind: str, text: str) -> str | None:
    """Return a time as ISO 8601 writes it; None where it is none, or could be more than one."""
    if len(text) > _LONGEST_TIME:
        return None
    quoted = _QUOTED.fullmatch(text.strip())
    given = quoted.group(2).strip() if quoted else text.strip()
    if kind == "timeDate":
        found = _LOOSE_DATE.fullmatch(given)
        if found is None:
            return None
        zone = found[3] if found[3] == "Z" or ":" in found[3] else f"{found[3][:3]}:{found[3][3:]}"
        return f"{found[1]}T{found[2]}{zone}"
    head, slash, span = given.rpartition("/") if kind == "timeCycle" else ("", "", given)
    if slash and not re.fullmatch(r"[Rr][0-9]*", head.strip()):
        return None
    made = _duration("".join(span.split()).upper())
    return None if made is None or (kind == "timeCycle" and not slash) else f"{head.strip().upper()}{slash}{made}"


def _duration(text: str) -> str | None:
    if _ISO.fullmatch(text):
        return text
    parts = _PARTS.findall(text)
    before = text.partition("T")[0]
    if not text.startswith("P") or "".join(n + unit for n, unit in parts) != text[1:].replace("T", "", 1):
        return None
    units = "".join(unit for _, unit in parts)
    if len({*units}) != len(units) or any(not n.isdigit() for n, unit in parts if unit != "S"):
        return None
    days, time = "", ""
    for number, unit in parts:
        minutes = unit == "M" and (
            "H" in units[: units.index("M")] or units[units.index("M") + 1 :] == "S" or "M" not in before
        )
        if unit in "HS" or minutes:
            time += number + unit
        else:
            days += number + unit
    if "M" in units and "T" in text and "M" not in before and re.search("M.*[YWD]", units):
        return None
    made = f"P{days}" + (f"T{time}" if time else "")
    return made if _ISO.fullmatch(made) else None


def mend_conditions(root: Xml) -> tuple[Xml, list[Finding]]:
    """Take away the equals sign with which some engines mark FEEL. Another language stays as it is, to be refused."""
    repairs: list[Finding] = []

    def changed(xml: Xml) -> Xml:
        if xml.tag != f"{{{BPMN}}}conditionExpression" or xml.children or not xml.text.lstrip().startswith("="):
            return xml
        new = xml.text.strip().removeprefix("=").strip()
        facts = {"new": new[:80]}
        message = "Wrote the condition without the equals sign of another engine: {new}"
        repairs.append(
            Finding("condition", message, severity="note", element=xml.get("id") or None, line=xml.line, facts=facts)
        )
        return replace(xml, text=new)

    return rebuilt(root, changed), repairs


def tasks_by_persons(root: Xml) -> tuple[Xml, list[Finding]]:
    """Read tasks of no particular kind as done by a person: only where whoever imports says so."""
    repairs: list[Finding] = []

    def changed(xml: Xml) -> Xml:
        if xml.tag != f"{{{BPMN}}}task":
            return xml
        message = "Made the task “{name}”, of no particular kind, a user task."
        repairs.append(Finding("task", message, severity="note", **_place(xml), facts=_named(xml)))
        return replace(xml, tag=f"{{{BPMN}}}userTask")

    made = rebuilt(root, changed)
    return made, sorted(repairs, key=lambda each: each.line or 0)


def vendor_tasks(root: Xml) -> Iterator[Finding]:
    """Name the tasks that are of a kind of some vendor's own; nothing is changed."""
    for xml in own(root):
        if not xml.local.endswith("Task"):
            continue
        held = [each for box in xml.children if box.local == "extensionElements" for each in box.children]
        said = [(name, value) for name, value in xml.attributes if name.startswith("{")]
        said += [(each.tag, each.get("type") or each.get("name")) for each in held]
        for name, value in said:
            local = name.rpartition("}")[2]
            if local in _VENDOR_WORDS:
                facts = {**_named(xml), "what": local, "value": value[:80], "vendor": name[1:].partition("}")[0][:120]}
                message = "“{name}” is a task of a kind of its own ({what} “{value}”) of {vendor}."
                yield Finding("vendor-task", message, severity="note", **_place(xml), facts=facts)


def _place(xml: Xml) -> dict[str, Any]:
    return {"element": xml.get("id") or None, "line": xml.line}


def _named(xml: Xml) -> dict[str, object]:
    return {"name": (xml.get("name") or xml.get("id"))[:80]}
