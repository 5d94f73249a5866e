"""The gate through which every BPMN file comes in: bytes become a plain tree, or a refusal that says why.

It knows XML and its attacks, not BPMN. Nothing outside the bytes is ever opened: no DTD, no entity, no address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.domain.finding import Finding
from engine.domain.limits import LIMITS, Limits
from engine.errors import NotValid
from engine.notation.model import COMMENT, XSI, Attributes, Xml

ELEMENTS = 200_000
"""In one file; a drawing of 2 MB with the most laborious manners has some 40,000."""
ATTRIBUTES = 64
"""Of one element; modellers write fewer than 20."""
DEPTH = 64
"""Of elements in elements; a sub-process in a sub-process takes one level, DI four in all."""
TEXT = 200_000
"""Characters in one text or attribute."""

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters other than tab and line ends
    "\u2028\u2029"  # line ends that most programs do not show
    "\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows (CVE-2021-42574)
    "\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"  # tags: invisible copies of ASCII
)
_PROLOG = re.compile(r"\s+|<!--.*?-->", re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_DECLARATION = re.compile(r"<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([^"']*)["']""")
_NAMES = {"utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "utf-16": "utf-16", "utf-16le": "utf-16"}
_NAMES |= {"utf-16be": "utf-16", "unicode": "utf-16"}
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


class NotReadable(NotValid):
    """Expected a BPMN 2.0 file that can be read, but {count} findings stand against it; the first: {first}"""

    def __init__(self, *findings: Finding) -> None:
        """Keep all findings for the page that lists them."""
        self.findings = findings
        super().__init__(count=len(findings), first=str(findings[0]) if findings else "")


@dataclass(frozen=True, slots=True)
class Document:
    """A file that passed the gate: its tree, its prefixes and what is worth telling about it."""

    root: Xml
    prefixes: Attributes
    findings: tuple[Finding, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    """The comments around the root."""


def open_document(source: bytes, limits: Limits = LIMITS) -> Document:
    """Return the tree of a well-formed, harmless XML file. Raises NotReadable."""
    text = _decode(source, limits)
    body = _after_prolog(text)
    if body.count("<") - body.count("</") > ELEMENTS:
        raise _too_large("elements", ELEMENTS)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=False,
        remove_pis=False,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(body.encode("utf-8"), parser)
    except etree.XMLSyntaxError as problem:
        message = "Expected well-formed XML, but: {problem}."
        raise _refused("not-xml", message, line=problem.lineno, problem=problem.msg) from None
    findings = list(_comments_and_instructions(root))
    tree, prefixes, hidden = _Walk(root).tree()
    if hidden:
        raise NotReadable(*hidden)
    before = tuple(each for each in _COMMENT.findall(text[: len(text) - len(body.lstrip("\n"))]) if _shows_all(each))
    after = tuple(each for each in _comments_behind(root) if _shows_all(each))
    return Document(tree, prefixes, tuple(findings), before, after)


def _shows_all(comment: str) -> bool:
    return len(comment) <= TEXT and not HIDDEN.search(comment)


def _comments_behind(root: Any) -> Iterator[str]:
    after = root.getnext()
    while after is not None:
        yield after.text or ""
        after = after.getnext()


def _refused(rule: str, message: str, *, line: int | None = None, **facts: object) -> NotReadable:
    return NotReadable(Finding(rule=rule, message=message, line=line, facts=facts))


def _too_large(what: str, limit: int, line: int | None = None) -> NotReadable:
    message = "Expected at most {limit} {what}, but there are more."
    return _refused("too-large", message, line=line, limit=limit, what=what)


def _decode(source: bytes, limits: Limits) -> str:
    if len(source) > limits.file_bytes:
        message = "Expected a file of at most {limit} bytes, but it has {found}."
        raise _refused("too-large", message, limit=limits.file_bytes, found=len(source))
    if not source.strip():
        raise _refused("empty", "Expected a BPMN 2.0 file, but it is empty.")
    encoding = next((name for mark, name in _MARKS if source.startswith(mark)), "utf-8")
    try:
        text = source.decode(encoding)
    except UnicodeDecodeError:
        message = "Expected text in UTF-8 or UTF-16, but the bytes are something else."
        raise _refused("encoding", message) from None
    declared = _declared_encoding(text)
    if declared and _NAMES.get(declared) != encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be"):
        message = "Expected text in UTF-8 or UTF-16 as it declares, but it declares {declared}."
        raise _refused("encoding", message, line=1, declared=declared)
    return text.removeprefix("\ufeff")


def _declared_encoding(text: str) -> str:
    declaration = _DECLARATION.match(text.removeprefix("\ufeff"))
    named = _ENCODING.search(declaration.group()) if declaration else None
    return named.group(1).lower() if named else ""


def _after_prolog(text: str) -> str:
    """Return the text with its XML declaration blanked. Refuses a DOCTYPE before any parser sees it."""
    declaration = _DECLARATION.match(text)
    at = declaration.end() if declaration else 0
    while found := _PROLOG.match(text, at):
        at = found.end()
    line = text.count("\n", 0, at) + 1
    if text.startswith("<!DOCTYPE", at):
        raise _refused("doctype", "Expected a file without a DOCTYPE, but it has one.", line=line)
    if text.startswith("<?", at):
        raise _instruction(line)
    if not text.startswith("<", at):
        raise _refused("not-xml", "Expected an XML file, but it does not begin like one.", line=line)
    return "\n" * text.count("\n", 0, at) + text[at:]


def _instruction(line: int | None) -> NotReadable:
    message = "Expected a file without processing instructions, but it has one."
    return _refused("processing-instruction", message, line=line)


def _comments_and_instructions(root: Any) -> Iterator[Finding]:
    if root.getroottree().docinfo.doctype:
        raise _refused("doctype", "Expected a file without a DOCTYPE, but it has one.")
    after = root.getnext()
    while after is not None:
        if after.tag is not etree.Comment:
            raise _instruction(after.sourceline)
        after = after.getnext()
    for each in root.iter(etree.PI, etree.Entity):
        raise _instruction(each.sourceline)
    amid_text = [each for each in root.iter(etree.Comment) if not _is_among_elements(each)]
    if amid_text:
        message = (
            "Expected XML comments between elements only, but there are some amid text; those are moved before it."
        )
        yield Finding(rule="comment", message=message, severity="note", line=amid_text[0].sourceline)
    for each in amid_text:
        _move_before_text(each)


def _is_among_elements(comment: Any) -> bool:
    """Whether a comment stands beside elements and not in a text, which it would cut in two."""
    parent = comment.getparent()
    return any(isinstance(each.tag, str) for each in parent) and not _has_text(parent)


def _move_before_text(comment: Any) -> None:
    """Put a comment before the element whose text it cuts in two; the text closes behind it."""
    parent, before = comment.getparent(), comment.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (comment.tail or "")
    else:
        before.tail = (before.tail or "") + (comment.tail or "")
    comment.tail = None
    parent.remove(comment)
    while (outer := parent.getparent()) is not None and _has_text(outer):
        parent = outer
    if outer is None:
        parent.insert(0, comment)
    else:
        parent.addprevious(comment)


def _has_text(element: Any) -> bool:
    return any(text and text.strip() for text in (element.text, *(each.tail for each in element)))


class _Walk:
    """One pass over a parsed file, without recursion: measures, looks for hidden characters and copies."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._prefixes: dict[str, str] = {}
        self._hidden: list[Finding] = []

    def tree(self) -> tuple[Xml, Attributes, list[Finding]]:
        children: list[list[Xml]] = [[]]
        for event, item in etree.iterwalk(self._root, events=("start", "end", "comment", "start-ns")):
            if event == "start-ns":
                self._prefixes.setdefault(item[0], item[1])
            elif event == "comment":
                self._check(item, len(children))
                children[-1].append(Xml(COMMENT, text=item.text or "", tail=item.tail or "", line=item.sourceline))
            elif event == "start":
                children.append([])
                self._check(item, len(children) - 1)
            else:
                inner = children.pop()
                children[-1].append(self._copy(item, tuple(inner)))
        return children[0][0], tuple(sorted(self._prefixes.items())), self._hidden

    def _check(self, item: Any, depth: int) -> None:
        if depth > DEPTH:
            raise _too_large("levels of elements", DEPTH, item.sourceline)
        if len(item.attrib) > ATTRIBUTES:
            raise _too_large("attributes", ATTRIBUTES, item.sourceline)
        for text in (item.text, item.tail, *item.attrib.values()):
            if text and len(text) > TEXT:
                raise _too_large("characters in one text", TEXT, item.sourceline)
            if text and HIDDEN.search(text):
                self._hidden.append(_hidden(item, text))

    def _copy(self, item: Any, children: tuple[Xml, ...]) -> Xml:
        text = item.text or ""
        if children and not text.strip() and not any(child.tail.strip() for child in children):
            text = ""
            children = tuple(_without_tail(child) for child in children)
        return Xml(
            tag=item.tag,
            attributes=tuple(sorted((name, _value(item, name, value)) for name, value in item.attrib.items())),
            text=text,
            children=children,
            tail="" if item is self._root else item.tail or "",
            line=item.sourceline,
        )


def _without_tail(xml: Xml) -> Xml:
    return Xml(xml.tag, xml.attributes, xml.text, xml.children, "", xml.line) if xml.tail else xml


def _value(item: Any, name: str, value: str) -> str:
    """Write the type in `xsi:type` with its namespace, because its prefix will not live longer than the file."""
    if name != f"{{{XSI}}}type":
        return value
    prefix, _, local = value.strip().rpartition(":")
    namespace = item.nsmap.get(prefix or None)
    return f"{{{namespace}}}{local}" if namespace else value


def _hidden(item: Any, text: str) -> Finding:
    found = HIDDEN.search(text)
    code = f"U+{ord(found.group()):04X}" if found else ""
    message = "Expected text that shows all it holds, but there is a hidden character {code}."
    return Finding(
        rule="hidden-character", message=message, element=item.get("id"), line=item.sourceline, facts={"code": code}
    )
