"""What a good answer has (a check before it is submitted): the rule it rests on, what happens next, who does it, by when.

It warns and never forbids: an answer to “is the office open on Saturday” rests on no article.
"""

import re
from dataclasses import dataclass
from typing import Literal

from doithoai.rules.vietnamese import fold

Point = Literal["text", "rule", "article", "step", "day", "uptake", "reason", "plain", "address"]

LONG_SENTENCE = 60
"""Words in a sentence beyond which a reader loses its beginning."""
_RULE = re.compile(
    r"luat|bo luat|phap lenh|nghi dinh|thong tu|quyet dinh|nghi quyet|quy che|quy dinh|chi thi|huong dan"
)
_NUMBER = re.compile(r"\d+/(?:\d{4}/)?[A-ZĐ][\w&-]*")
_NAMED = re.compile(r"luat [a-z ]{3,60}\d{4}|hien phap")
_ARTICLE = re.compile(r"\b(?:dieu|khoan|diem|muc|chuong|phu luc) (?:[0-9]+|[a-z]\b|[ivx]+\b)")
_DAY = re.compile(
    r"\d{1,2}/\d{1,2}|ngay \d{1,2}|\d+ (?:ngay|thang|gio|phut)|hang (?:ngay|tuan|thang)|ngay hen|quy [ivx1-4]+\b"
    r"|thu (?:hai|ba|tu|nam|sau|bay)|cuoi (?:nam|thang)|lap tuc"
)
_SENTENCE = re.compile(r"[.!?…]+\s|\n")
_ROUGH = re.compile(r"\byeu cau ong|\bcong dan phai chiu|\bkhong biet luat|\bkhong hieu")


@dataclass(frozen=True, slots=True)
class Check:
    """One point of the check: whether it is met, and what to do where it is not."""

    point: Point
    is_met: bool
    words: str
    advice: str = ""


def checked(
    *, text: str, basis: str = "", next_step: str = "", uptake: str = "", uptake_reason: str = ""
) -> tuple[Check, ...]:
    """The check of one answer, point by point, in the order in which a reader meets them. Nothing here refuses."""
    whole, grounds = fold(f"{text}\n{next_step}"), f"{text}\n{basis}"
    found = [
        Check("text", bool(text.strip()), "Có nội dung trả lời", "Viết câu trả lời vào ô thứ nhất."),
        _rule(basis, grounds),
    ]
    if found[-1].is_met:
        cited = bool(_ARTICLE.search(fold(grounds)))
        found.append(Check("article", cited, "Nêu đến điều, khoản", "Ghi rõ điều, khoản: người đọc tra được ngay."))
    step = bool(next_step.strip())
    found.append(
        Check("step", step, "Nói người gửi cần làm gì tiếp", "Ghi việc tiếp theo; không phải làm gì thì ghi như vậy.")
    )
    if step:
        day = bool(_DAY.search(whole)) or "khong phai" in fold(next_step)
        found.append(
            Check("day", day, "Có ngày, giờ hay thời hạn", "Ghi ngày hẹn hoặc thời hạn, nếu có việc phải chờ.")
        )
    found.append(Check("uptake", bool(uptake), "Nói rõ có tiếp thu không", "Chọn một trong ba mục bên dưới."))
    if uptake in ("part", "none"):
        told = bool(uptake_reason.strip())
        found.append(Check("reason", told, "Nêu lý do không tiếp thu hết", "Ghi một câu: vì sao chưa tiếp thu."))
    return (*found, *_style(text))


def _rule(basis: str, grounds: str) -> Check:
    told = fold(basis)
    named = bool(_NUMBER.search(grounds) or _NAMED.search(fold(grounds)) or (told and _RULE.search(told)))
    advice = "Ghi luật, nghị định, thông tư hay quyết định kèm số; không có quy định thì bỏ qua."
    return Check("rule", named, "Nêu quy định làm căn cứ", advice)


def _style(text: str) -> tuple[Check, ...]:
    longest = max((len(part.split()) for part in _SENTENCE.split(text)), default=0)
    found = []
    if longest > LONG_SENTENCE:
        found.append(
            Check("plain", False, "Câu đọc được một hơi", f"Có câu dài {longest} chữ; tách thành hai, ba câu.")
        )
    if _ROUGH.search(fold(text)):
        found.append(Check("address", False, "Lời lẽ đúng mực", "Viết “đề nghị ông (bà)”, không trách người hỏi."))
    return tuple(found)


def missing(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """The points that are not met."""
    return tuple(check for check in checks if not check.is_met)
