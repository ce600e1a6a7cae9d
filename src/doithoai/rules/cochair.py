"""Who leads a dialogue beside its chair (Law 72/2025/QH15 art. 43: with the Standing Body of the People's Council).

A plan, a form and the papers hold co-chairs as words, several parted by “;”: “Bà Trần Thị An, Phó Chủ tịch Hội đồng
nhân dân phường; Bí thư Đảng ủy phường”. A body or a post may stand without a person's name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from doithoai.rules.vietnamese import fold, squeeze

LONGEST: Final = 200
"""Letters that a sitting keeps of them."""

_FORM = re.compile(r"^(?:ông|bà|đồng chí|đ/c)\.?\s*:?\s+", re.IGNORECASE)
_RANK = r"(?:lanh dao|dai dien|ban thuong vu|(?:ban )?thuong truc|(?:pho )?chu tich|(?:pho )?bi thu)"
_BODY = (
    r"(?:hoi dong nhan dan|hdnd|(?:xa |phuong |dac khu )?uy ban nhan dan|ubnd|dang uy|dang bo|cap uy|"
    r"(?:thanh|thi|huyen|quan|tinh) uy|(?:ban thuong truc )?(?:uy ban )?(?:mat tran to quoc|mttq)|ubmttq)"
)
_COMPETENT = re.compile(rf"\b{_RANK}(?: {_RANK})* (?:cua )?{_BODY}\b")
_GOVERNMENT = re.compile(r"\b(?:uy ban nhan dan|ubnd)\b")
_HEAD = re.compile(r"^chu tich (?:uy ban nhan dan|ubnd)\b")


@dataclass(frozen=True, slots=True)
class CoChair:
    """One of them: a person's name (empty where only a post or a body is named), the post, and the form of address."""

    name: str
    post: str
    form: str = ""

    def __str__(self) -> str:
        named = f"{self.form} {self.name}".strip()
        return ", ".join(part for part in (named[:1].upper() + named[1:], self.post) if part)

    @property
    def is_competent(self) -> bool:
        """Whether the post leads the council, the Party committee, the Front or the people's committee."""
        return _COMPETENT.search(fold(self.post)) is not None

    @property
    def is_of_government(self) -> bool:
        """Whether the post is one of the people's committee, whose head or deputy chairs."""
        return _GOVERNMENT.search(fold(self.post)) is not None

    def is_same(self, name: str, title: str) -> bool:
        """Whether this is the person of that name and title: by name where both have one, else as the same head."""
        if self.name and name:
            return fold(self.name) == fold(name)
        if not self.post or not title:
            return False
        own, other = fold(self.post), fold(title)
        return own == other or (_HEAD.match(own) is not None and (other == "chu tich" or bool(_HEAD.match(other))))


def co_chairs(words: str) -> list[CoChair]:
    """The co-chairs that words name, in their order."""
    return [_one(part) for raw in words.split(";") if (part := squeeze(raw).strip(" .,"))]


def _one(text: str) -> CoChair:
    """“Bà Trần Thị An, Phó Chủ tịch Hội đồng nhân dân phường”: a name comes first, its post after the comma."""
    called = _FORM.match(text)
    form = called[0].strip(" :.").lower() if called else ""
    first, comma, rest = _FORM.sub("", text).partition(",")
    if _COMPETENT.search(fold(first)) or not (called or comma):
        return CoChair("", f"{first}{comma}{rest}")
    return CoChair(first.strip(), rest.strip(), form)


def chair_among(named: Sequence[str]) -> tuple[str | None, list[str]]:
    """Of those who chair together, the one who leads for the people's committee, and the others.

    Without exactly one leader of the people's committee nobody can tell: (None, all of them).
    """
    leading = [words for words in named if any(one.is_of_government for one in co_chairs(words))]
    if len(leading) != 1:
        return None, list(named)
    return leading[0], [words for words in named if words != leading[0]]


def incompetent(words: str) -> Iterator[CoChair]:
    """Those whose post does not let them lead a dialogue."""
    yield from (one for one in co_chairs(words) if not one.is_competent)
