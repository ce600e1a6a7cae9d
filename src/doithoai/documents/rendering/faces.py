"""Widths of text in the papers' typeface, to break titles evenly and to draw rules as long as their text.

Tinos has the widths of Times New Roman letter for letter, so one measure serves both renderings.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
MM_PER_POINT = 25.4 / 72
_JOINED = re.compile(
    r"(?P<whole>"
    r"\d+/(?:\d{4}/)?[A-ZĐ][\w&-]*"  # 01/2021/NĐ-CP
    r"|\d{1,2}/\d{1,2}(?:/\d{4})?"  # 22/12/2021
    r"|(?<![\d.,])0\d{1,3}(?:[ .]\d{3,4}){2,3}(?!\d)"  # a telephone
    r"|\b[A-ZĐ]{2,}(?:-[A-ZĐ0-9]+)+"  # DH-2021-01-YK07
    r"|\b(?:[Nn]gày|tháng|năm|[Đđ]iều|[Kk]hoản|[Mm]ục|[Ss]ố) \d+(?![\d/.,]*\d)"  # ngày 22, Điều 5
    r"|\b\d{1,2} giờ(?: \d{2}\b)?"
    r")"
)
_UNITS = re.compile(r"ngày \d+ tháng \d+ năm \d+|\S+(?: \d+(?!\S))?")


@cache
def _advances(face: str) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    with TTFont(FONTS / f"Tinos-{face}.ttf", lazy=True) as font:
        return dict(font.getBestCmap()), dict(font["hmtx"].metrics), int(font["head"].unitsPerEm)


@cache
def _advance(face: str, character: str) -> float:
    names, metrics, em = _advances(face)
    return metrics[names.get(ord(character), ".notdef")][0] / em


def width(text: str, points: float, face: str = "Regular") -> float:
    """Width in mm of `text` in `points`, without kerning; `face` is Regular, Bold, Italic or BoldItalic."""
    return sum(_advance(face, character) for character in text) * points * MM_PER_POINT


def longest(lines: Iterable[str], points: float, face: str) -> float:
    """Width in mm of the longest of the lines, 0 where there is none."""
    return max((width(line, points, face) for line in lines), default=0)


def _filled(words: Sequence[str], points: float, face: str, limit: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, points, face) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=512)
def balanced(text: str, points: float, face: str, limit: float) -> tuple[str, ...]:
    """`text` in as few lines of at most `limit` mm as it needs, the lines about equally long.

    A line break in `text` is kept; a number stays with the word before it, a date whole. A word wider than the limit
    stands on a line of its own.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        words, low, high = _UNITS.findall(part), 0.0, limit
        count = len(_filled(words, points, face, limit))
        while high - low > 0.5:
            middle = (low + high) / 2
            fits = len(_filled(words, points, face, middle)) <= count
            low, high = (low, middle) if fits else (middle, high)
        lines += _filled(words, points, face, high)
    return tuple(lines)


def breakable(text: str, points: float, face: str, limit: float) -> str:
    """`text` with zero-width spaces in words wider than `limit` mm, so that they wrap and never overflow."""
    if width(text, points, face) <= limit:
        return text
    return " ".join(_split(word, points, face, limit) for word in text.split(" "))


def _split(word: str, points: float, face: str, limit: float) -> str:
    if width(word, points, face) <= limit:
        return word
    parts, used = [""], 0.0
    for character in word:
        step = width(character, points, face)
        if parts[-1] and used + step > limit:
            parts.append("")
            used = 0.0
        parts[-1] += character
        used += step
    return "\u200b".join(parts)


def joined(text: str, points: float, face: str, room: float) -> Iterator[tuple[str, bool]]:
    """`text` in pieces; True marks one that stays on one line: the number of a paper, a date, a telephone, a code.

    A piece wider than `room` mm has to break like any other text.
    """
    for at, piece in enumerate(_JOINED.split(text)):
        if piece:
            yield piece, at % 2 == 1 and width(piece, points, face) <= room


def unbroken(text: str) -> list[str]:
    """What must not be cut when a column's width is chosen: words, and the pieces that stay together."""
    return [part for at, piece in enumerate(_JOINED.split(text)) for part in ([piece] if at % 2 else piece.split())]
