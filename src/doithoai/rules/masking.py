"""Masking of personal data in free text before it is published (Law 91/2025/QH15).

`suggest` proposes, a person reviews, `segments` and `masked` apply what was decided. A suggestion rather covers
too much than too little: the reviewer can drop it, a leak cannot be taken back. What is known from the roster
is found whatever its case, diacritics, tone placement, Unicode form, invisible characters and separators; what
is not known is found by its shape. A find is always masked whole, never down to its last digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from doithoai.rules.vietnamese import bare, cccd, fold, phone, squeeze, syllable

Kind = Literal["name", "phone", "id", "birth", "email", "bank", "file", "plate", "land", "address", "digits"]

LABELS: Final[Mapping[Kind, str]] = {
    "email": "thư điện tử",
    "phone": "số điện thoại",
    "id": "số giấy tờ",
    "bank": "số tài khoản",
    "file": "mã hồ sơ",
    "plate": "biển số xe",
    "land": "thửa đất",
    "address": "địa chỉ",
    "birth": "ngày sinh",
    "name": "tên",
    "digits": "dãy số",
}
# Of finds that overlap, the united one is called after the kind that stands first above.
_ORDER: Final = {kind: place for place, kind in enumerate(LABELS)}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known and must not be published, and what may stay.

    `numbers` are identity, account and similar numbers, `codes` file codes, `addresses` whole addresses.
    `keep` are names of officials and places that only look like names of citizens; a name given in both
    `names` and `keep` stays readable.
    """

    names: Sequence[str] = ()
    phones: Sequence[str] = ()
    numbers: Sequence[str] = ()
    codes: Sequence[str] = ()
    addresses: Sequence[str] = ()
    keep: Sequence[str] = ()


@dataclass(frozen=True, slots=True, order=True)
class Find:
    """A stretch of the text as given, by offsets in code points, and what it seems to be."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a reviewed text: shown as it is, or in place of a masked one the words "đã che tên"."""

    text: str
    kind: Kind | None = None


def whole(kind: Kind) -> str:
    """What stands in place of masked words or of a whole masked field: "[đã che: tên]"."""
    return f"[đã che: {LABELS[kind]}]"


def segments(text: str, finds: Iterable[Find]) -> list[Segment]:
    """Cut the text at the decided finds; no segment holds any masked word.

    Overlapping finds become one. Raises ValueError for a find outside the text, such as one made for another
    revision.
    """
    pieces: list[Segment] = []
    done = 0
    for find in _united(text, finds):
        pieces += [Segment(text[done : find.start])] if done < find.start else []
        pieces.append(Segment(f"đã che {LABELS[find.kind]}", find.kind))
        done = find.end
    return [*pieces, Segment(text[done:])] if done < len(text) else pieces


def masked(text: str, finds: Iterable[Find]) -> str:
    """The text with every decided find replaced by `whole` of its kind."""
    return "".join(whole(piece.kind) if piece.kind else piece.text for piece in segments(text, finds))


def mask(text: str, known: Known) -> str:
    """The text with everything masked that `suggest` finds, for where nobody has reviewed it yet."""
    return masked(text, suggest(text, known))


def _united(text: str, finds: Iterable[Find]) -> list[Find]:
    united: list[Find] = []
    for find in sorted(finds):
        if not 0 <= find.start < find.end <= len(text):
            raise ValueError("a find outside the text")
        end = find.end
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if united and find.start < united[-1].end:
            last = united.pop()
            kind = min(last.kind, find.kind, key=_ORDER.__getitem__)
            united.append(Find(last.start, max(last.end, end), kind))
        else:
            united.append(Find(find.start, end, find.kind))
    return united


def suggest(text: str, known: Known) -> list[Find]:
    """What ought to be masked, in order and without overlaps; the same text gives the same finds."""
    flat = _Flat.of(text)
    spans = [*_known_spans(flat, known), *_shaped_spans(flat), *_number_spans(flat), *_name_spans(flat, known)]
    finds = (Find(flat.starts[_inside(flat.low, a, b)], flat.ends[b - 1], kind) for a, b, kind in spans if a < b)
    return _united(text, finds)


def _inside(low: str, start: int, end: int) -> int:
    """The start without a bracket that is closed only behind the find: "(0905 123 456)", not "(84) 905…"."""
    alone = low[start] == "(" and ")" not in low[start:end] and start + 1 < end
    return start + alone


Span = tuple[int, int, Kind]
_DONE: Final = re.compile("|".join(re.escape(whole(kind)) for kind in LABELS))


@dataclass(frozen=True, slots=True)
class _Flat:
    """The text without diacritics and invisible characters, with the way back to the text as given.

    A label of an earlier masking stands as one NUL, which no pattern crosses.
    """

    text: str
    cased: str
    low: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> _Flat:
        rows = [(c, a, b) for a, b in _clusters(text) for c in _plain(text[a:b])]
        cased = "".join(c for c, _, _ in rows)
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in cased)
        return cls(text, cased, low, [a for _, a, _ in rows], [b for _, _, b in rows])

    def given(self, start: int, end: int) -> str:
        """The words as given behind a stretch of the flat text."""
        return squeeze(self.text[self.starts[start] : self.ends[end - 1]])


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """The bounds of each letter with its combining marks, and of each label as a whole."""
    labels = {match.start(): match.end() for match in _DONE.finditer(text)}
    start = 0
    while start < len(text):
        end = labels.get(start, start + 1)
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield start, end
        start = end


def _plain(cluster: str) -> str:
    if _DONE.match(cluster):
        return "\0"
    return "".join(c for c in bare(cluster) if unicodedata.category(c) != "Cf")


# Between the words of a name: blanks and line breaks, at most two marks. Between digits: up to three of these.
_GAP: Final = r"\s*(?:(?:[^\w\s\0]|_)\s*){0,2}"
_BREAK: Final = r"(?:[^\w\0]|_){0,3}"
_LEFT: Final = r"(?<![^\W_])"
_RIGHT: Final = r"(?![^\W_])"
_ABROAD: Final = rf"[(+]{{0,2}}(?:(?:00)?84{_BREAK})?(?:0{_BREAK})?\d{{0,20}}"


def _known_spans(flat: _Flat, known: Known) -> Iterator[Span]:
    kept = {_folded(name) for name in known.keep}
    names = (name for name in known.names if _folded(name) not in kept and " " in _folded(name))
    solid = re.sub(r"[\W_]+", "", flat.low)
    phones = (number for given in known.phones for number in (given, _national(given) or ""))
    patterns: list[tuple[Kind, Iterable[re.Pattern[str]]]] = [
        ("name", _patterns_within(flat, names)),
        ("address", _patterns_within(flat, known.addresses)),
        ("phone", (_digits_pattern(value) for value in phones if _core(value) in solid)),
        ("id", (_digits_pattern(value) for value in known.numbers if _core(value) in solid)),
        ("file", (_code_pattern(value) for value in known.codes if "".join(_signs(value)) in solid)),
    ]
    for kind, compiled in patterns:
        for pattern in compiled:
            yield from ((*match.span(), kind) for match in pattern.finditer(flat.low))


def _patterns_within(flat: _Flat, values: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """The patterns of those values all of whose words stand somewhere in the text: few of a long list do."""
    return (_words_pattern(value) for value in values if all(word in flat.low for word in _words_of(value)))


@lru_cache(maxsize=8192)
def _words_pattern(value: str) -> re.Pattern[str]:
    return re.compile(f"{_LEFT}{_GAP.join(map(re.escape, _words_of(value)))}{_RIGHT}")


@lru_cache(maxsize=8192)
def _words_of(value: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", _Flat.of(value).low))


_folded: Final = lru_cache(maxsize=8192)(fold)
_national: Final = lru_cache(maxsize=8192)(phone)


@lru_cache(maxsize=8192)
def _digits_pattern(value: str) -> re.Pattern[str]:
    core = _core(value)
    return re.compile(rf"{_ABROAD}{_BREAK.join(core)}\d{{0,20}}" if core else r"(?!)")


@lru_cache(maxsize=8192)
def _core(value: str) -> str:
    """The digits of a number without country code and leading zeros."""
    digits = re.sub(r"\D", "", bare(value))
    return re.sub(r"^(?:00)?84(?=\d{9})|^0+", "", digits).lstrip("0")


@lru_cache(maxsize=8192)
def _code_pattern(value: str) -> re.Pattern[str]:
    signs = _signs(value)
    return re.compile(f"{_LEFT}{_BREAK.join(map(re.escape, signs))}{_RIGHT}" if signs else r"(?!)")


@lru_cache(maxsize=8192)
def _signs(value: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]", _Flat.of(value).low))


_NUMBERED: Final = r"(?:\s+so)?[\s:]{0,3}"
_PARCEL: Final = rf"(?:so\s+)?thua(?:\s+dat)?{_NUMBERED}\d+[a-z]?"
_SHEET: Final = rf"to(?:\s+(?:ban\s+do|bd))?(?:\s+dia\s+chinh)?{_NUMBERED}\d+"
_STREET: Final = r"(?:duong|pho|hem|ngo|ngach|kiet|to(?:\s+dan\s+pho)?|khu(?:\s+pho)?|thon|xom|ap)"
_HOUSE: Final = r"\d+[a-z]?(?:/\d+[a-z]?)*"
_WARD: Final = r"(?=\s*(?:[,;.\n]|$|phuong|xa|thi|quan|huyen|tp|tinh|thanh\s+pho))"
_NATIONAL_FILE: Final = r"(?:\d{3}\.\d{2}\.\d{2}\.)?[gh]\d{2}(?:\.\d+)*-\d{6}-\d{4,6}"

# The named group is masked; what stands around it only tells what it is.
_WRITTEN: Final[tuple[tuple[Kind, str], ...]] = (
    ("email", r"(?P<it>(?<![\w.+-])[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+)"),
    ("birth", r"\bsinh(?:\s+(?:ngay|nam|vao))*[\s:]{1,3}(?P<it>(?:\d{1,2}[/.-]){0,2}(?:19|20)\d{2})\b"),
    ("phone", r"\b(?:dien\s+thoai|sdt|dt|dtdd|di\s+dong|zalo)\b[^\d\n\0;]{0,20}(?P<it>\d(?:[\s.-]?\d){5,})"),
    ("bank", r"\b(?:tai\s+khoan|stk)\b[^\d\n\0;]{0,40}(?P<it>\d(?:[\s.-]?\d){5,})"),
    (
        "id",
        r"\b(?:cccd|cmnd|cmt|can\s+cuoc|chung\s+minh|dinh\s+danh|ho\s+chieu|ma\s+so\s+thue|mst|bhxh|bhyt)\b"
        r"[^\d\n\0;]{0,40}?(?P<it>\b[a-z]{0,2}\d(?:[\s.-]?\d){5,})",
    ),
    ("file", rf"(?P<it>\b{_NATIONAL_FILE})\b"),
    (
        "file",
        r"\b(?:ho\s+so|bien\s+nhan|giay\s+hen|phieu\s+hen)(?:\s+(?:so|ma))*[\s:]{1,3}"
        r"(?P<it>(?=[a-z0-9./-]*\d)(?=[a-z0-9./-]*[a-z-])[a-z0-9][a-z0-9./-]{2,}[a-z0-9])",
    ),
    ("plate", r"(?P<it>\b\d{2}\s?-?\s?(?:[a-z]{1,2}\d?)\s?[-.\s]\s?\d{3}\.?\d{1,2})(?!\d)"),
    ("plate", r"\bbien\s+so(?:\s+xe)?[\s:]{1,3}(?P<it>\d{2}[\s-]?[a-z]{1,2}\d?[\s.-]*\d{3}\.?\d{1,2})"),
    ("land", rf"(?P<it>\b{_PARCEL}(?:[\s,;]{{1,3}}(?:thuoc\s+)?{_SHEET})?)"),
    ("land", rf"(?P<it>\bto\s+(?:ban\s+do|bd)(?:\s+dia\s+chinh)?{_NUMBERED}\d+(?:[\s,;]{{1,3}}{_PARCEL})?)"),
    (
        "land",
        r"\b(?:so\s+do|so\s+hong|giay\s+chung\s+nhan|gcn\w*|so\s+phat\s+hanh|so\s+seri)\b[^\d\n\0;]{0,40}?"
        r"(?P<it>\b[a-z]{1,2}\s?\d{5,8})\b",
    ),
    (
        "address",
        rf"(?P<it>\b(?:(?:so\s+nha|nha\s+so)[\s:]{{1,3}}{_HOUSE}|so\s+{_HOUSE}[\s,]{{1,3}}{_STREET}\b"
        rf"|{_HOUSE}[\s,]{{1,3}}{_STREET}\s+(?:so\s+)?(?-i:[A-Z0-9]))"
        rf"(?:[^,;.\n]{{0,40}}?{_WARD})(?:,\s*(?:so\s+)?{_STREET}\b[^,;.\n]{{0,40}}?{_WARD})*)",
    ),
    (
        "address",
        r"\b(?:dia\s+chi|thuong\s+tru|tam\s+tru|tru|ngu)(?:\s*:|\s+(?:tai|o)\b)[\s:]*"
        r"(?P<it>[^;.\n\0]{3,80}?)(?=\s*(?:[;.\n\0]|$|,?\s*\b(?:phuong|xa|thi\s+tran|thi\s+xa)\b))",
    ),
)
_SHAPES: Final = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _WRITTEN)


def _shaped_spans(flat: _Flat) -> Iterator[Span]:
    for kind, pattern in _SHAPES:
        yield from ((*match.span("it"), kind) for match in pattern.finditer(flat.cased))


_DATE: Final = re.compile(
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?:/(?:0?[1-9]|1[0-2])/|[.-](?:0?[1-9]|1[0-2])[.-](?=\d{4}(?![ .-]\d{3})))"
    r"(?:19|20)\d{2}(?!\d)"
)
_RUN: Final = re.compile(r"[(+]{0,2}\d(?:[\s.()–—-]{0,3}\d)*")
_DIGITS: Final = re.compile(r"\d+")
_MONEY: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?=\s?(?:d|dong|vnd|nghin|trieu|ty|m2?|ha|kg|usd|%)(?![^\W_]))")


def _number_spans(flat: _Flat) -> Iterator[Span]:
    """Runs of nine and more digits: telephone, identity and account numbers, whatever they are."""
    low = flat.low
    for pattern in (_DATE, _MONEY):
        low = pattern.sub(lambda match: "\0" * len(match[0]), low)
    for run in _RUN.finditer(low):
        groups = [match.span() for match in _DIGITS.finditer(low, run.start(), run.end())]
        if kind := _class_of([low[a:b] for a, b in groups]):
            yield run.start(), run.end(), kind
        else:
            yield from _phones_within(low, groups)


def _class_of(groups: Sequence[str]) -> Kind | None:
    """What a whole run of digits is, or None where it is several numbers or none of a person."""
    digits = "".join(groups)
    if len(digits) < 9 or all(re.fullmatch(r"(?:19|20)\d\d", group) for group in groups):
        return None
    if phone(digits):
        return "phone"
    if len(digits) == 9 or (len(digits) == 12 and cccd(digits) and not any(map(_written_out, groups))):
        return "id"
    apart = list(_runs_of_phones(groups))
    rest = [group for i, group in enumerate(groups) if not any(a <= i < b for a, b in apart)]
    return "digits" if any(len(group) > 2 for group in rest) else None


def _phones_within(low: str, groups: Sequence[tuple[int, int]]) -> Iterator[Span]:
    for first, after in _runs_of_phones([low[a:b] for a, b in groups]):
        yield groups[first][0], groups[after - 1][1], "phone"


def _runs_of_phones(groups: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = 0
    while first < len(groups):
        ends = range(first + 1, min(first + 6, len(groups)) + 1)
        found = (end for end in ends if _written_out("".join(groups[first:end])))
        after = next(found, None)
        if after is not None:
            yield first, after
        first = after or first + 1


def _written_out(digits: str) -> bool:
    """Whether these are a whole telephone number with its leading zero or country code."""
    return digits.startswith(("0", "84")) and len(digits) > 9 and phone(digits) is not None


def _read(words: str) -> frozenset[tuple[str, int]]:
    return frozenset(syllable(word) for word in words.split())


_ADDRESSES: Final = _read("ông bà anh chị cô chú bác em dì cậu mợ thím dượng cụ cháu thầy thằng")
_LONGEST_NAME: Final = 8  # words; in a paragraph of capitals the run would never end
_TITLES: Final = _read("chủ phó trưởng giám bí cán công chuyên kế đại")
_FAMILIES: Final = _read(
    "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn trương trịnh"
)
_RARE_FAMILIES: Final = _read(
    "đào mai tô tạ châu quách la tống phùng vương từ hà lâm thái cao lưu lương triệu kiều văn tăng thạch ninh"
    " nghiêm doãn khổng lục kpă ksor rơ nay niê"
)
# Without its accents "thằng" is "tháng" too, and months stand before names of days and years.
_BARE_ADDRESSES: Final = frozenset(bare(word) for word, _ in _ADDRESSES) - {"thang"}
_BARE_FAMILIES: Final = frozenset(bare(word) for word, _ in _FAMILIES)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the flat text; `exact` compares it with its diacritics, wherever its tone is placed."""

    start: int
    end: int
    low: str
    exact: tuple[str, int]
    capital: bool

    @property
    def unaccented(self) -> bool:
        return self.exact == (self.low, 0)


@dataclass(frozen=True, slots=True)
class _Roster:
    """What the known names look like in parts: given names, names of one word, and the last two words."""

    given: frozenset[tuple[str, int]]
    single: frozenset[tuple[str, int]]
    tails: frozenset[tuple[tuple[str, int], ...]]

    @classmethod
    def of(cls, names: Iterable[str]) -> _Roster:
        split = [tuple(syllable(word) for word in squeeze(name).casefold().split()) for name in names]
        return cls(
            given=frozenset(words[-1] for words in split if words),
            single=frozenset(words[0] for words in split if len(words) == 1),
            tails=frozenset(words[-2:] for words in split if len(words) > 2),
        )


@lru_cache(maxsize=64)
def _roster(names: tuple[str, ...]) -> _Roster:
    return _Roster.of(names)


def _name_spans(flat: _Flat, known: Known) -> Iterator[Span]:
    """Names by their surroundings: after a form of address, or capitals that begin like a person's name."""
    roster = _roster(tuple(known.names))
    kept = [match.span() for pattern in _patterns_within(flat, known.keep) for match in pattern.finditer(flat.low)]
    words = [
        _Word(a, b, flat.low[a:b], syllable(flat.given(a, b).casefold()), flat.cased[a].isupper())
        for a, b in (match.span() for match in re.finditer(r"[^\W\d_]+", flat.cased))
    ]
    free = [not any(a <= word.start < b for a, b in kept) for word in words]
    at = 0
    while at < len(words):
        after = _addressed(flat, words, at, roster, free) or (_named(flat, words, at, roster) if free[at] else at)
        if after > at:
            yield words[at].start, words[after - 1].end, "name"
        at = max(after, at + 1)


def _addressed(flat: _Flat, words: list[_Word], at: int, roster: _Roster, free: list[bool]) -> int:
    """Where the name after a form of address ends ("bà Sáu", "co hoa" typed without accents), or 0."""
    if at + 1 == len(words) or not free[at + 1] or not _joined(flat, words[at], words[at + 1]):
        return 0
    address, following = words[at], words[at + 1]
    exact = address.exact in _ADDRESSES
    if exact and following.capital and following.exact not in _TITLES:
        return _capitals(flat, words, at + 1)
    if exact or (address.unaccented and following.unaccented and address.low in _BARE_ADDRESSES):
        bare_given = {bare(word) for word, _ in roster.given} if following.unaccented else set()
        return at + 2 if following.exact in roster.given or following.low in bare_given else 0
    return 0


def _named(flat: _Flat, words: list[_Word], at: int, roster: _Roster) -> int:
    """Where the name that begins here ends, or 0."""
    if not words[at].capital:
        return 0
    after = _capitals(flat, words, at)
    run = words[at:after]
    first, last_two = run[0], tuple(word.exact for word in run[:2])
    if (first.exact in _FAMILIES and len(run) > 1) or (first.exact in _RARE_FAMILIES and len(run) > 2):
        return after
    if len(run) > 2 and first.low in _BARE_FAMILIES and all(word.unaccented for word in run):
        return after
    if last_two in roster.tails:
        return at + 2
    return at + 1 if first.exact in roster.single else 0


def _capitals(flat: _Flat, words: list[_Word], at: int) -> int:
    """The end of the capitalised words that follow one another from here, blanks between, as long as a name."""
    after = at + 1
    while (
        after < min(at + _LONGEST_NAME, len(words))
        and words[after].capital
        and _joined(flat, words[after - 1], words[after])
    ):
        after += 1
    return after


def _joined(flat: _Flat, left: _Word, right: _Word) -> bool:
    return flat.low[left.end : right.start].isspace()
