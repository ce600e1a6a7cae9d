"""Sentences that pure rules say, in the reader's language.

Rules know no Django and say what they find in Vietnamese; papers and the command line take it as it is. The
catalogue gathers those sentences where they stand, each value a named place. Here a finished sentence is recognised
by its words again, and its values are put into the same sentence of the reader's language.
"""

import gettext
import re
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from doithoai.kernel.words import LETTERS, RULES, STATE
from doithoai.web import tongue

PLACE: Final = re.compile(r"%\((\w+)\)s")


UNMISTAKABLE: Final = 5
"""So many words of its own make a sentence that nobody else says by chance."""

LONGEST: Final = 1_000
"""No sentence of a rule has more letters; of somebody's long words a pattern would try every way to read them."""


def retold(text: str) -> str:
    """The sentence in the reader's language; as it is where no rule says it so. For what is known to come from rules."""
    return text if tongue.is_vietnamese() else _again(text)


def retold_if_sure(text: str) -> str:
    """The same for a text that may be anybody's: only a sentence that could be nothing else is said again."""
    return text if tongue.is_vietnamese() else _again(text, least=UNMISTAKABLE)


def _again(text: str, least: int = 0) -> str:
    if len(text) > LONGEST:
        return text
    known = pgettext(RULES, text)
    if known != text and len(text.split()) >= least:
        return known
    for own, sure, pattern, words in _patterns(get_language() or ""):
        found = own >= least and sure in text and pattern.fullmatch(text)
        if found:
            return words % {name: _value(value) for name, value in found.groupdict().items()}
    return text


def _value(text: str) -> str:
    """A value in a sentence: a list of alternatives, a sentence or word of the rules, a list, a state, a word."""
    if not LETTERS.search(text):
        return text
    known = pgettext(RULES, text)
    if known != text:
        return known
    either = text.split(" hoặc ")
    if len(either) > 1:
        return f" {_('hoặc')} ".join(_value(part) for part in either)
    again = _again(text)
    if again != text:
        return again
    parts = text.split("; ")
    if len(parts) > 1:
        return "; ".join(_value(part) for part in parts)
    state = pgettext(STATE, text)
    return _(text) if state == text else state


@cache
def _patterns(language: str) -> tuple[tuple[int, str, re.Pattern[str], str], ...]:
    """Each sentence with places as a pattern, how many words it has of its own, and some of them; the longest first."""
    found = [(words, translated) for words, translated in _sentences(language) if PLACE.search(words)]
    found.sort(key=lambda row: -len(PLACE.sub("", row[0])))
    return tuple((_own_words(words), _surely_in(words), _pattern(words), translated) for words, translated in found)


def _own_words(words: str) -> int:
    return sum(any(letter.isalpha() for letter in word) for word in PLACE.sub(" ", words).split())


def _surely_in(words: str) -> str:
    return max(_pieces(words)[::2], key=len)


def _pieces(words: str) -> list[str]:
    """Words, name of a place, words, name of a place, words."""
    return PLACE.split(words.replace("%%", "%"))


def _pattern(words: str) -> re.Pattern[str]:
    pieces = _pieces(words)
    parts = [_part(pieces, at) for at in range(len(pieces))]
    return re.compile("".join(parts), re.DOTALL)


def _part(pieces: list[str], at: int) -> str:
    """Words as they are, or a place; of two places with only a space between them the first takes all it can."""
    if at % 2 == 0:
        return re.escape(pieces[at])
    most = "" if pieces[at + 1].isspace() else "?"
    return f"(?P<{pieces[at]}>.+{most})"


def _sentences(language: str) -> list[tuple[str, str]]:
    compiled = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.mo"
    if not compiled.exists():
        return []
    with compiled.open("rb") as stream:
        kept: dict[object, str] = vars(gettext.GNUTranslations(stream))["_catalog"]
    start = f"{RULES}\x04"
    return [(key.removeprefix(start), said) for key, said in kept.items() if isinstance(key, str) and start in key]
