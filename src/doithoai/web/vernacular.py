"""What stays Vietnamese on a page in another language: names, people's own words, titles of papers.

Whatever Vietnamese is left in the text of a page is marked with its language, so that a screen reader pronounces it
and a browser offers to translate it. Templates mark what they know to be Vietnamese; this finds the rest.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Final

from doithoai.kernel.words import LETTERS
from doithoai.web.retold import retold_if_sure

TAG: Final = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
NAME: Final = re.compile(r"</?([a-zA-Z][\w-]*)")
# These hold text and no elements: the language goes on the element itself.
ONLY_TEXT: Final = frozenset({"title", "option", "textarea", "text", "tspan", "desc"})
# What stands in it is sent back with the form: said again it would be stored so.
TYPED: Final = "textarea"
UNTOUCHED: Final = frozenset({"script", "style"})
SYLLABLE: Final = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
# English words that a Vietnamese syllable could look like.
ENGLISH: Final = frozenset({
    "a", "am", "an", "at", "be", "but", "by", "can", "do", "go", "he", "him", "i", "in", "it", "let", "me", "men", "my",
    "no", "not", "on", "out", "put", "so", "ten", "than", "that", "the", "them", "then", "they", "to", "up", "you",
})  # fmt: skip
SENTENCE_ENDS: Final = (".", ";", ":", "?", "!", "”", "“")


def with_languages(html: str) -> str:
    """The page with its sentences of rules retold, and the Vietnamese that is left marked as such."""
    parts = TAG.split(html)
    marked_until, depth, inside = "", 0, ""
    for at, part in enumerate(parts):
        if at % 2 == 0:
            if not depth and inside not in UNTOUCHED and LETTERS.search(part):
                parts[at] = _text(parts, at, inside)
            continue
        name, closes = _name(part), part.startswith("</")
        inside = "" if closes else name
        if depth:
            depth += (name == marked_until) * (-1 if closes else 1)
        elif not closes and 'lang="vi"' in part and name != "html":
            marked_until, depth = name, 1
    return "".join(parts)


def _name(tag: str) -> str:
    found = NAME.match(tag)
    return found[1].lower() if found else ""


def _text(parts: list[str], at: int, inside: str) -> str:
    """One text node in its new form; the tag before it takes the language where the text cannot."""
    said = unescape(parts[at])
    bare = said.strip()
    again = bare if inside == TYPED else retold_if_sure(bare)
    if again != bare:
        said = said.replace(bare, again)
    if inside in ONLY_TEXT:
        if LETTERS.search(said) and "lang=" not in parts[at - 1]:
            parts[at - 1] = f'{parts[at - 1][:-1]} lang="vi">'
        return escape(said)
    return _marked(said)


def _marked(text: str) -> str:
    pieces = list(stretches(text))
    shown = "".join(f'<bdi lang="vi">{escape(piece)}</bdi>' if ours else escape(piece) for piece, ours in pieces)
    if len(pieces) < 2:
        return shown
    # One box round both languages: a flexible row would tear them apart.
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    inner = shown[len(before) : len(shown) - len(after)]
    return (
        shown
        if inner.startswith("<bdi") and inner.endswith("</bdi>") and inner.count("<bdi") == 1
        else (f"{before}<bdi>{inner}</bdi>{after}")
    )


def stretches(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is Vietnamese; together they are the text."""
    words = [(hit.start(), hit.end(), hit.group()) for hit in re.finditer(r"\S+", text)]
    end = 0
    for first, last in _runs([word for _start, _stop, word in words]):
        start, stop = words[first][0], words[last][1]
        if start > end:
            yield text[end:start], False
        yield text[start:stop], True
        end = stop
    if end < len(text):
        yield text[end:], False


def _runs(words: list[str]) -> list[tuple[int, int]]:
    """First and last places of each run of Vietnamese words, with the words without marks among and around them."""
    found: list[tuple[int, int]] = []
    for at in (place for place, word in enumerate(words) if LETTERS.search(word)):
        if found and all(_may_be(word) for word in words[found[-1][1] + 1 : at]):
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return [(_widened(words, first, -1), _widened(words, last, 1)) for first, last in found]


def _widened(words: list[str], at: int, step: int) -> int:
    """Words go on without marks: “đi làm xa”, “Hòa Vinh”. Before the first marked word only a name does: “Nam Bình”."""
    while 0 <= at + step < len(words):
        left, following = words[min(at, at + step)], words[at + step]
        if left.endswith(SENTENCE_ENDS) or not _may_be(following) or (step < 0 and not following[:1].isupper()):
            break
        at += step
    return at


def _may_be(word: str) -> bool:
    """Whether a word without marks may be Vietnamese: a syllable, an abbreviation, a number, or a sign."""
    bare = word.strip("“”\"'().,;:–-/")
    if not bare or bare.isupper() or not any(letter.isalpha() for letter in bare):
        return True
    return bare not in ENGLISH and SYLLABLE.fullmatch(bare) is not None
