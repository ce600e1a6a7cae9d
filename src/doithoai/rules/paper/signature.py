"""In whose name somebody signs: the lines of box 7a (Decree 30/2020/NĐ-CP, app. I, part I, II.7b)."""

from typing import Literal

from doithoai.rules.paper.model import PaperError

Capacity = Literal["", "Q", "TM", "TM Q", "TM KT", "KT", "TL", "TL KT", "TUQ"]

_PARTS: dict[str, tuple[str, ...]] = {
    "": (),
    "Q": (),
    "TM": ("committee",),
    "TM Q": ("committee",),
    "TM KT": ("committee", "head"),
    "KT": ("head",),
    "TL": ("head",),
    "TL KT": ("head", "unit_head"),
    "TUQ": ("head",),
}
_WORDS = {
    "committee": "tên tập thể lãnh đạo",
    "head": "chức vụ của người đứng đầu",
    "unit_head": "chức vụ của cấp trưởng",
}
_COLLECTIVES = ("ỦY BAN", "UỶ BAN", "UBND", "HỘI ĐỒNG", "HĐND", "BAN THƯỜNG")


def _refuse_mismatch(capacity: str, given: dict[str, str]) -> None:
    if capacity not in _PARTS:
        raise PaperError(f"Không có cách ký “{capacity}”: dưới TUQ. không có KT.; TL., TUQ. không đi với TM.")
    for part, words in given.items():
        if part in _PARTS[capacity] and not words:
            raise PaperError(f"Ký “{capacity}” cần có {_WORDS[part]}.")
        if part not in _PARTS[capacity] and words:
            raise PaperError(f"Ký “{capacity or 'đúng chức vụ'}” không ghi {_WORDS[part]} (“{words}”).")


def signature_lines(
    capacity: Capacity, title: str, *, committee: str = "", head: str = "", unit_head: str = ""
) -> tuple[str, ...]:
    """The lines above a signature, in capitals.

    `title` is the signer's own office. `committee` is the collective signed for (TM.), `head` the person
    signed for (KT., TL., TUQ.), `unit_head` the head of the signer's unit when a deputy signs below TL.
    Raises `PaperError` when a part is missing or senseless: no KT. below TUQ., TL. and TUQ. stand before the
    head's title and never before the committee, nobody signs for himself.

    >>> signature_lines("TM KT", "Phó Chủ tịch", committee="Ủy ban nhân dân", head="Chủ tịch")
    ('TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH')
    """
    title, committee, head, unit_head = (part.strip().upper() for part in (title, committee, head, unit_head))
    _refuse_mismatch(capacity, {"committee": committee, "head": head, "unit_head": unit_head})
    if not title or title in (head, unit_head):
        raise PaperError("Chức vụ của người ký phải có và khác chức vụ của người được ký thay.")
    if head.startswith(_COLLECTIVES):
        raise PaperError(f"KT., TL., TUQ. ghi trước chức vụ của người đứng đầu, không ghi trước “{head}”.")
    return _lines(capacity, title, committee=committee, head=head, unit_head=unit_head)


def _lines(capacity: Capacity, title: str, *, committee: str, head: str, unit_head: str) -> tuple[str, ...]:
    match capacity:
        case "":
            return (title,)
        case "Q":
            return (f"Q. {title}",)
        case "TM":
            return (f"TM. {committee}", title)
        case "TM Q":
            return (f"TM. {committee}", f"Q. {title}")
        case "TM KT":
            return (f"TM. {committee}", f"KT. {head}", title)
        case "TL KT":
            return (f"TL. {head}", f"KT. {unit_head}", title)
        case "KT" | "TL" | "TUQ":
            return (f"{capacity}. {head}", title)
