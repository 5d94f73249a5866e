"""The gate through which every BPMN file comes in: bytes become a plain tree, or a refusal that says why.

It knows XML and its attacks, not BPMN. Nothing outside the bytes is ever opened: no DTD, no entity, no address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    _expect_no_instructions(root)
    walk = _Walk(root)
    *moved, tree = walk.tree()
    if walk.hidden:
        raise NotReadable(*walk.hidden)
    before = tuple(each for each in _COMMENT.findall(text[: len(text) - len(body.lstrip("\n"))]) if _shows_all(each))
    after = tuple(each for each in _comments_behind(root) if _shows_all(each))
    before += tuple(each.text for each in moved)
    return Document(tree, tuple(sorted(walk.prefixes.items())), tuple(walk.moved()), before, after)


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


def _expect_no_instructions(root: Any) -> None:
    if root.getroottree().docinfo.doctype:
        raise _refused("doctype", "Expected a file without a DOCTYPE, but it has one.")
    after = root.getnext()
    while after is not None:
        if after.tag is not etree.Comment:
            raise _instruction(after.sourceline)
        after = after.getnext()
    for each in root.iter(etree.PI, etree.Entity):
        raise _instruction(each.sourceline)


class _Walk:
    """One pass over a parsed file, without recursion: measures, looks for hidden characters and copies."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._amid: list[Xml] = []
        self.prefixes: dict[str, str] = {}
        self.hidden: list[Finding] = []

    def tree(self) -> list[Xml]:
        """The root as it was copied, behind the comments that stood in a text of its own."""
        children: list[list[Xml]] = [[]]
        for event, item in etree.iterwalk(self._root, events=("start", "end", "comment", "start-ns")):
            if event == "start-ns":
                self.prefixes.setdefault(item[0], item[1])
            elif event == "comment":
                self._check(item, len(children))
                children[-1].append(Xml(COMMENT, text=item.text or "", tail=item.tail or "", line=item.sourceline))
            elif event == "start":
                children.append([])
                self._check(item, len(children) - 1)
            else:
                inner = children.pop()
                children[-1] += self._copy(item, inner)
        return children[0]

    def moved(self) -> Iterator[Finding]:
        """Say that comments were moved out of texts, if any were."""
        if self._amid:
            message = (
                "Expected XML comments between elements only, but there are some amid text; those are moved before it."
            )
            first = min(each.line for each in self._amid)
            yield Finding(rule="comment", message=message, severity="note", line=first)

    def _check(self, item: Any, depth: int) -> None:
        if depth > DEPTH:
            raise _too_large("levels of elements", DEPTH, item.sourceline)
        if len(item.attrib) > ATTRIBUTES:
            raise _too_large("attributes", ATTRIBUTES, item.sourceline)
        for text in (item.text, item.tail, *item.attrib.values()):
            if text and len(text) > TEXT:
                raise _too_large("characters in one text", TEXT, item.sourceline)
            if text and HIDDEN.search(text):
                self.hidden.append(_hidden(item, text))

    def _copy(self, item: Any, inner: list[Xml]) -> list[Xml]:
        """An element with its children, behind the comments that would cut its text in two; the text closes behind them."""
        text, children, apart = item.text or "", tuple(inner), list[Xml]()
        if any(each.tag == COMMENT for each in inner) and not _is_among_elements(text, inner):
            text, children, apart = _parted(text, inner)
            self._amid += apart
            for each in (text, *(child.tail for child in children)):
                if len(each) > TEXT:
                    raise _too_large("characters in one text", TEXT, item.sourceline)
        if children and not text.strip() and not any(child.tail.strip() for child in children):
            text = ""
            children = tuple(map(_without_tail, children))
        attributes = tuple(sorted((name, _value(item, name, value)) for name, value in item.attrib.items()))
        tail = "" if item is self._root else item.tail or ""
        return [*apart, Xml(item.tag, attributes, text, children, tail, item.sourceline)]


def _is_among_elements(text: str, children: list[Xml]) -> bool:
    """Whether comments stand beside elements and not in a text."""
    beside = any(each.tag != COMMENT for each in children)
    return beside and not text.strip() and not any(each.tail.strip() for each in children)


def _parted(text: str, children: list[Xml]) -> tuple[str, tuple[Xml, ...], list[Xml]]:
    """The text before the first element, the elements with the text behind each, and the comments."""
    texts, elements, comments = [[text]], list[Xml](), list[Xml]()
    for each in children:
        if each.tag == COMMENT:
            comments.append(_without_tail(each))
            texts[-1].append(each.tail)
        else:
            elements.append(each)
            texts.append([each.tail])
    first, *tails = map("".join, texts)
    return first, tuple(replace(each, tail=tail) for each, tail in zip(elements, tails, strict=True)), comments


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
