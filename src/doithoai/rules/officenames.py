"""Recognising an office by the way a plan writes its name: abbreviations, “&”, a doubled “Phòng Phòng”."""

import re
from collections.abc import Iterable

from doithoai.rules.vietnamese import fold

ABBREVIATIONS = (
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("mat tran to quoc viet nam", "mttq"),
    ("mat tran to quoc", "mttq"),
    ("mttqvn", "mttq"),
    ("mttq viet nam", "mttq"),
    ("uy ban mat tran", "mttq"),
    ("ke hoach", "kh"),
    ("thong tin", "tt"),
    ("trung tam", "tt"),
    ("thu tuc hanh chinh", "tthc"),
)
LEVELS = ("thi xa", "thi tran", "thanh pho", "quan", "huyen", "tinh")
FILLERS = frozenset({"va", "cua", "lanh", "dao", "dai", "dien", "thuong", "truc", "uy", "ban"})


def key(text: str) -> frozenset[str]:
    """The words by which an office is known, abbreviated alike, without its level and without titles."""
    folded = f" {re.sub(r'[^0-9a-z]+', ' ', fold(text))} "
    for long, short in ABBREVIATIONS:
        folded = folded.replace(f" {long} ", f" {short} ")
    for level in LEVELS:
        folded = folded.replace(f" {level} ", " ")
    return frozenset(folded.split()) - FILLERS


def best(text: str, names: Iterable[str]) -> str | None:
    """The one of `names` all of whose words stand in `text`; the most exact one, None where none does."""
    said = key(text)
    fitting = [name for name in names if key(name) and key(name) <= said]
    return max(fitting, key=lambda name: (len(key(name)), name), default=None)


def initials(name: str) -> str:
    """The usual abbreviation of an office's own name: “Phòng Tài chính – Kế hoạch” → “TCKH”."""
    words = re.sub(r"[^\w ]+", " ", name.replace("&", " ")).split()
    kept = [word for word in words if fold(word) not in {"phong", "va", "ban", "so"}]
    return "".join(word if word.isupper() else word[0].upper() for word in kept)[:10]
