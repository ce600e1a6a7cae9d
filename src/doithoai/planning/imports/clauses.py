"""The skeleton of a plan: heading, title, preamble, numbered clauses, closing, foot."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .draft import Clause
from .layout import MARKER, Paragraph
from .unreadable import Unreadable

_TITLE = re.compile(r"KẾ HOẠCH\b[\s:]*(?P<rest>.*)$")
_KIND_OF_PLAN = re.compile(r"^(?:LIÊN TỊCH|PHỐI HỢP)\b\s*")
"""Words of the title that are not the subject."""
_PREAMBLE = re.compile(r"(?:Thực hiện|Căn cứ|Nhằm|Để|Triển khai|Trên cơ sở|Xét|UBND|Ủy ban|Uỷ ban|Ban Thường)\b")
_CLOSING = re.compile(r"Trên đây là\b|.*\./\.$")
_RECIPIENTS = re.compile(r"nơi nhận\b", re.IGNORECASE)
_CAPACITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s*\w")
_HEAD_OF_PLAN = 20
"""Paragraphs within which the title must stand: a heading has at most a dozen."""
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(slots=True)
class Node:
    """A clause with the clauses under it."""

    path: str
    marker: str
    kind: str
    text: str
    children: "list[Node]" = field(default_factory=list)

    def walk(self) -> "Iterator[Node]":
        """This clause, then everything under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def below(self) -> "Iterator[Node]":
        """Everything under this clause, without itself."""
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Outline:
    """A plan cut into its parts; `roots` are the sections I, II, III."""

    heading: tuple[str, ...]
    subject: str
    preamble: tuple[str, ...]
    roots: tuple[Node, ...]
    closing: tuple[str, ...]
    foot: tuple[str, ...]

    def walk(self) -> Iterator[Node]:
        """Every clause in reading order."""
        for root in self.roots:
            yield from root.walk()

    def clauses(self) -> tuple[Clause, ...]:
        """The whole numbered body, word for word."""
        return tuple(Clause(node.path, node.marker, node.text) for node in self.walk())

    def sections(self, *words: str) -> tuple[Node, ...]:
        """The sections whose heading has one of `words` (lower case)."""
        return tuple(root for root in self.roots if any(word in root.text.lower() for word in words))


def outline(found: Sequence[Paragraph]) -> Outline:
    """The parts of the plan whose paragraphs these are.

    Raises Unreadable, naming the line, when there is no title, or no numbered clause after it.
    """
    title = _title_at(found)
    foot = _foot_at(found, title)
    body = next((i for i in range(title + 1, foot) if _kind(found[i].text)), None)
    if body is None:
        raise Unreadable(
            f"{found[title].where}: sau tiêu đề KẾ HOẠCH không có mục đánh số nào. Cần các mục I, II, III."
        )
    rest = _TITLE.match(found[title].text)
    between = [part.text for part in found[title + 1 : body]]
    opening = next((i for i, text in enumerate(between) if _PREAMBLE.match(text)), len(between))
    more = _KIND_OF_PLAN.sub("", rest["rest"]) if rest else ""
    subject = [more, *between[:opening]]
    roots, closing = _tree(found[body:foot])
    return Outline(
        heading=tuple(part.text for part in found[:title]),
        subject=" ".join(filter(None, subject)),
        preamble=tuple(between[opening:]),
        roots=roots,
        closing=closing,
        foot=tuple(part.text for part in found[foot:]),
    )


def _title_at(found: Sequence[Paragraph]) -> int:
    for index, part in enumerate(found[:_HEAD_OF_PLAN]):
        if _TITLE.match(part.text):
            return index
    raise Unreadable(
        f"{found[0].where}: có “{_short(found[0].text)}”, và không thấy tiêu đề KẾ HOẠCH ở phần đầu. "
        "Cần một kế hoạch đối thoại."
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


def _foot_at(found: Sequence[Paragraph], title: int) -> int:
    """Where the recipients or the signature begin: nothing but the foot can follow "./."."""
    for index in range(title + 1, len(found)):
        text = found[index].text
        if _RECIPIENTS.match(text) or _CAPACITY.match(text):
            return index
        if text.endswith("./."):
            return index + 1
    return len(found)


def _kind(text: str) -> str:
    """Which sort of marker the paragraph begins with; capitals alone are a section without number."""
    match = MARKER.match(text)
    if match and match.lastgroup == "number":
        return "number" + "." * match["number"].count(".")
    if match:
        return str(match.lastgroup)
    return "caps" if text.isupper() and len(text) > 5 else ""


def _tree(found: Sequence[Paragraph]) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    roots: list[Node] = []
    closing: list[str] = []
    stack: list[Node] = []
    for part in found:
        if closing or (not _kind(part.text) and _CLOSING.match(part.text)):
            closing.append(part.text)
            continue
        node = _node(part.text, stack, roots)
        siblings = stack[-1].children if stack else roots
        siblings.append(node)
        if node.kind != "text":
            stack.append(node)
    return tuple(roots), tuple(closing)


def _node(text: str, stack: list[Node], roots: list[Node]) -> Node:
    """The paragraph as a clause, after `stack` was cut back to the clause it belongs under."""
    match = MARKER.match(text)
    kind = _kind(text) or "text"
    if kind == "caps":
        kind = roots[0].kind if roots else "roman"
    _cut_back(stack, kind)
    siblings = stack[-1].children if stack else roots
    parent = stack[-1].path if stack else ""
    order = sum(1 for sibling in siblings if sibling.kind == kind) + 1
    marker = match[0].strip() if match else ""
    words = text[match.end() :] if match else text
    return Node(_path(parent, kind, marker, order), marker, kind, words)


def _cut_back(stack: list[Node], kind: str) -> None:
    if any(node.kind == kind for node in stack):
        while stack.pop().kind != kind:
            pass
        return
    while kind not in {"dash", "plus", "text"} and stack and stack[-1].kind in {"dash", "plus"}:
        stack.pop()


def _path(parent: str, kind: str, marker: str, order: int) -> str:
    if kind == "dash":
        return f"{parent}-{order}"
    if kind == "plus":
        return f"{parent}+{order}"
    if kind == "text":
        return f"{parent}({order + 1})" if parent else f"({order})"
    label = marker.rstrip(".) ") or _NUMERALS[min(order, len(_NUMERALS)) - 1]
    return f"{parent}.{label}" if parent else label
