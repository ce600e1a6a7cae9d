"""Vietnamese text of before Unicode: TCVN3 (the fonts .VnTime, .VnArial) and VNI (the fonts VNI-Times), made readable.

Word stores such letters as the Latin letters of the same code: "céng hßa" is "cộng hòa". The surest sign is the
font of the words. Where there is none (pasted text, CSV) the words themselves tell: read in the right way
nearly every one with a mark is a Vietnamese syllable, read in any other way nearly none.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from doithoai.rules.vietnamese import syllable

Encoding = Literal["tcvn3", "vni"]
NAMES: dict[Encoding, str] = {"tcvn3": "TCVN3 (ABC, phông .VnTime)", "vni": "VNI (phông VNI-Times)"}

FEWEST = 3
"""Words with marks: fewer say nothing about an encoding."""
SURE, STRANGE = 0.85, 0.5
"""Shares of words that are syllables: from the first on a reading is taken, up to the second as written is refused."""

_TCVN3_FONT = re.compile(r"\.?vn(?=[a-z])", re.IGNORECASE)
_VNI_FONT = re.compile(r"vni\b", re.IGNORECASE)
_BEYOND_LATIN_1 = re.compile("[\u0102-\u01b0\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f\s][^\s.,;:!?()\"“”/]*")
_TRIMMED = re.compile(r"^[^\w]+|[^\w]+$")
# What the library's tables lack: letters of VNI that its authors never met, and the signs that stand in a PDF for
# two letters of TCVN3.
_MORE: Mapping[Encoding, tuple[tuple[str, str], ...]] = {
    "vni": (("aú", "ẳ"), ("AÚ", "Ẳ"), ("î", "ỵ"), ("Î", "Ỵ")),
    "tcvn3": (("\u2212", "ư"), ("\u2219", "ã")),
}

_ONSET = r"(?:ngh|ng|gh|gi|kh|nh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
_NUCLEUS = (
    r"(?:iêu|yêu|oai|oay|oeo|uây|uôi|ươi|ươu|uyê|uya|uyu|ia|iê|iu|yê|oa|oă|oe|oi|oo|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu"
    r"|ai|ao|au|ay|âu|ây|eo|êu|ôi|ơi|[aăâeêioôơuưy])"
)
_SYLLABLE = re.compile(rf"{_ONSET}{_NUCLEUS}(?:ch|ng|nh|[cmnpt])?")


@dataclass(frozen=True, slots=True)
class Font:
    """What a font says of the letters under it; `is_capital`: it draws small letters as capitals (.VnTimeH)."""

    encoding: Encoding
    is_capital: bool


@dataclass(frozen=True, slots=True)
class Recognised:
    """A text found to be in an old encoding: `fitting` of its `words` with marks are syllables when so read."""

    encoding: Encoding
    words: int
    fitting: int

    @property
    def sentence(self) -> str:
        """The doubt to be shown beside the text."""
        return (
            f"Chữ được hiểu là mã {NAMES[self.encoding]} và đã đổi sang Unicode: {self.fitting} trong {self.words} "
            "chữ có dấu đọc được như tiếng Việt. Cần đọc lại."
        )


def read_font(name: str | None) -> Font | None:
    """The old encoding of a font by its name (".VnTimeH", "VNI-Times"); None for every other font."""
    if not name:
        return None
    if _VNI_FONT.match(name):
        return Font("vni", is_capital=False)
    if _TCVN3_FONT.match(name):
        return Font("tcvn3", is_capital=name.rstrip().endswith("H"))
    return None


def decoded(text: str, encoding: Encoding, *, is_capital: bool = False) -> str:
    """The text in Unicode. Text that holds Vietnamese letters of Unicode already comes back as it is."""
    if _BEYOND_LATIN_1.search(text):
        return text
    plain = unicodedata.normalize("NFC", "".join(_converted(line, encoding) for line in text.splitlines(keepends=True)))
    return plain.upper() if is_capital else plain


def _converted(line: str, encoding: Encoding) -> str:
    if encoding == "vni":
        return _with_table(line, "vni")
    # TCVN3 has no capitals with marks: a line or word whose plain letters are all capitals was set in capitals.
    plain = [letter for letter in line if letter.isascii() and letter.isalpha()]
    if len(plain) > 2 and all(letter.isupper() for letter in plain):
        return _with_table(line, encoding).upper()
    return re.sub(r"\S+", lambda word: _tcvn3_word(word[0]), line)


def _tcvn3_word(word: str) -> str:
    plain = [letter for letter in word if letter.isascii() and letter.isalpha()]
    made = _with_table(word, "tcvn3")
    return made.upper() if len(plain) > 1 and all(letter.isupper() for letter in plain) else made


def _with_table(text: str, encoding: Encoding) -> str:
    pattern, letters = _table(encoding)
    return pattern.sub(lambda found: letters[found[0]], text)


@cache
def _table(encoding: Encoding) -> tuple[re.Pattern[str], Mapping[str, str]]:
    # Loading the library takes a tenth of a second: only who has an old text waits for it.
    from viparse.normalize.encodings import get_charmap  # type: ignore[import-untyped]

    known = get_charmap(encoding)
    assert known is not None
    letters = {**dict(known.pairs), **dict(_MORE[encoding])}
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), letters


def recognise(text: str) -> Recognised | None:
    """The old encoding a text is written in, by its words alone; None where it is readable as it stands, or too short."""
    words, fitting = _share(text)
    if words < FEWEST or fitting > STRANGE * words:
        return None
    found = [(_share(decoded(text, encoding)), encoding) for encoding in NAMES]
    (words, fitting), encoding = max(found, key=lambda each: each[0][1] / max(1, each[0][0]))
    if words < FEWEST or fitting < SURE * words:
        return None
    return Recognised(encoding, words, fitting)


def _share(text: str) -> tuple[int, int]:
    """How many words of a text have marks, and how many of these are Vietnamese syllables."""
    words = [_TRIMMED.sub("", word) for word in _WORD.findall(text)]
    marked = [word for word in words if word and not word.isascii()]
    return len(marked), sum(1 for word in marked if is_syllable(word))


def is_syllable(word: str) -> bool:
    """Whether a word can be a Vietnamese syllable, by its letters."""
    letters, _tone = syllable(word.casefold())
    return _SYLLABLE.fullmatch(letters) is not None


@dataclass(frozen=True, slots=True)
class Read:
    """Bytes that were made text: `fit` is the share of words with marks that are syllables."""

    text: str
    encoding: str
    fit: float

    @property
    def sentence(self) -> str:
        """The doubt to be shown beside the text."""
        return f"Tệp không theo mã Unicode; chữ được hiểu là mã {self.encoding} và đã đổi sang Unicode. Cần đọc lại."


def read_bytes(data: bytes) -> Read:
    """The characters of text in no Unicode: windows-1258, TCVN3 or VNI, whichever makes the most syllables.

    The beginning of the text decides.
    """
    begin = data[:_TRIED]
    fits = [(_fit(_as(begin, name)), name) for name in ("windows-1258", *NAMES)]
    fit, name = max(fits, key=lambda each: each[0])
    return Read(_as(data, name), NAMES.get(cast(Encoding, name), name), fit)


_TRIED = 100_000
"""Bytes in which an encoding shows."""


def _as(data: bytes, name: str) -> str:
    if name in NAMES:
        return decoded(data.decode("latin-1"), cast(Encoding, name))
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))


def _fit(text: str) -> float:
    words, fitting = _share(text)
    return fitting / words if words else 0.0
