"""Sentences that pure rules say, in the reader's language.

Rules know no Django and say what they find in Vietnamese; papers and the command line take it as it is. The
catalogue gathers those sentences where they stand, each value a named place. Here a finished sentence is recognised
by its words again, and its values are put into the same sentence of the reader's language.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.mofile import read_mo
from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from doithoai.kernel.words import LETTERS, RULES
from doithoai.web import tongue

PLACE: Final = re.compile(r"%\((\w+)\)s")


def retold(text: str) -> str:
    """The sentence in the reader's language; as it is where no rule says it so."""
    return text if tongue.is_vietnamese() else _again(text)


def _again(text: str) -> str:
    known = pgettext(RULES, text)
    if known != text:
        return known
    for pattern, words in _patterns(get_language() or ""):
        found = pattern.fullmatch(text)
        if found:
            return words % {name: _value(value) for name, value in found.groupdict().items()}
    return text


def _value(text: str) -> str:
    if not LETTERS.search(text):
        return text
    again = _again(text)
    if again != text:
        return again
    parts = text.split("; ")
    return _(text) if len(parts) == 1 else "; ".join(_value(part) for part in parts)


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each sentence with places as a pattern, those with the most words of their own first."""
    found = []
    for words, translated in _sentences(language):
        if PLACE.search(words):
            found.append((len(PLACE.sub("", words)), _pattern(words), translated))
    return tuple((pattern, translated) for _own, pattern, translated in sorted(found, key=lambda row: -row[0]))


def _pattern(words: str) -> re.Pattern[str]:
    pieces = PLACE.split(words.replace("%%", "%"))
    parts = [f"(?P<{piece}>.+?)" if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)]
    return re.compile("".join(parts), re.DOTALL)


def _sentences(language: str) -> list[tuple[str, str]]:
    compiled = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.mo"
    if not compiled.exists():
        return []
    with compiled.open("rb") as stream:
        kept = read_mo(stream)
    return [(str(row.id), str(row.string)) for row in kept if row.context == RULES and row.string]
