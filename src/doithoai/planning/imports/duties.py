"""Who does what by when: section "Tổ chức thực hiện", and the quotas of citizens to invite."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .clauses import Node
from .draft import Doubt, DutyDraft, Place, Quota
from .names import place_in, same, sectors_in, split_names, starts_with_office
from .sittings import Slot
from .terms import due, due_on, half_day, speaks_of_a_term

_OPENING = re.compile(
    r"^(?:Căn cứ[^,]*,\s*|Trên cơ sở[^,]*,\s*|Đối với\s+|Giao(?: cho)?\s+|Đề nghị\s+|Yêu cầu\s+|Trách nhiệm(?: của)?:?\s+)*"
)
_VERB = (
    r"(?:chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chuẩn bị|tham mưu|tổ chức|đảm bảo|bảo đảm|thực hiện|"
    r"xây dựng|lập|mời|chọn|lựa chọn|bố trí|hướng dẫn|theo dõi|tổng hợp|tập hợp|cử|thông báo|phát hành|tuyên truyền|vận động|"
    r"niêm yết|đăng|đưa tin|công khai|báo cáo|cung cấp|rà soát|tiếp nhận|tiếp thu|kiểm tra|giám sát|phân công|căn cứ|trình|"
    r"khảo sát|ghi|hỗ trợ|gửi|nộp|đôn đốc|giải quyết|trả lời|xử lý|chỉ đạo|triển khai|hoàn thành|đề xuất|tham gia|tham dự|"
    r"tạo|nghiên cứu|phụ trách|soạn|cài đặt|vận hành|kết nối|thiết lập|quán triệt|thu thập|lấy ý kiến|trước|chậm nhất|trong)"
)
_LONGEST_NAME = 14
"""Words: a longer "name" is a sentence whose verb was not recognised."""
_STOP = re.compile(rf":|\s*,?\s+(?={_VERB}\b)|\s+(?:Chủ trì|Phối hợp)\b|$")
_PART = re.compile(r";\s*|(?<=[a-zà-ỹ\d])\.\s+(?=[A-ZĐÀ-Ỹ])|(?<=\))\.\s+(?=[A-ZĐÀ-Ỹ])")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_QUOTA_ASIDE = re.compile(r"\s*\([^()]*\bmời\s+(?:ít nhất\s+|khoảng\s+|tối thiểu\s+)?\d[^()]*\)")
_WITH = re.compile(rf"phối hợp(?: chặt chẽ)?(?: với| cùng)?\s+(?P<who>.+?)(?=,?\s+{_VERB}\b|[;.:]|$)")
_QUOTA = re.compile(
    r"\b(?i:(?:chọn|lựa chọn|rà soát|lập danh sách)?\s*,?\s*\bmời)\s+(?:ít nhất\s+|khoảng\s+|tối thiểu\s+)?(?P<n>\d{1,4})"
    r"\s*(?:\([^)]*\)\s*)?(?:đại diện\s+)?(?:công dân|người|hộ|tổ chức|cá nhân|đại biểu)\b"
    r"(?P<rest>(?:(?!\.\s+[A-ZĐÀ-Ỹ])[^;)])*)"
)
_LIVE = re.compile(
    r"(?:cư trú|sinh sống|thường trú|đang ở)\s+(?:tại|ở|trên địa bàn)\s+(?P<where>.+?)(?=\s+(?:đã|tham dự|tham gia|có|từng|đến)\b|$)"
)
_ATTENDS = re.compile(r"tham (?:dự|gia)\s+(?P<what>.+)$")
_DESK = re.compile(r"(?:đã|từng)\s+thực hiện.*?\s+tại\s+(?P<desk>.+?)(?=\s+tham (?:dự|gia)\b|[.;,]|$)")
_LEADER = r"(?:Phòng|Ban|Văn phòng|UBND|Trung tâm|Công an|Bộ phận)\b"
_LEADS = re.compile(
    rf"(?P<who>{_LEADER}[^;:()]*?)\s+chủ trì|chủ trì\s*:\s*(?P<after>{_LEADER}.*?)(?=,\s*[A-ZĐÀ-Ỹ][^,:;]{{1,40}}:|[;:().]|$)"
)
_PREPARES = re.compile(r"chủ trì.*\b(?:nội dung|chương trình|danh sách)\b")
_INVITATIONS = re.compile(r"giấy mời|lập danh sách", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Duties:
    """The duties, the quotas, and what was unsure about them."""

    duties: tuple[DutyDraft, ...]
    quotas: tuple[Quota, ...]
    doubts: tuple[Doubt, ...]


def read_duties(sections: Sequence[Node]) -> Duties:
    """Duties in the order of the plan, one for each office and each part of a clause."""
    duties: list[DutyDraft] = []
    quotas: list[Quota] = []
    doubts: list[Doubt] = []
    for section in sections:
        for child in section.children:
            for node, offices, text in _assigned(child, [], doubts):
                quotas += _quotas(node, offices, text)
                duties += _duties(node, offices, text)
    duties += [DutyDraft(q.office, q.text, None, None, (), q.clause) for q in quotas if q.office]
    doubts += [doubt for duty in duties for doubt in _duty_doubts(duty)]
    doubts += [_no_office(quota) for quota in quotas if quota.office is None]
    if not sections:
        doubts.append(Doubt(Place.BODY, "Không thấy mục “Tổ chức thực hiện”; chưa có việc nào được giao."))
    return Duties(tuple(sorted(duties, key=_order(sections))), tuple(quotas), tuple(_once(doubts)))


def _order(sections: Sequence[Node]) -> "_Order":
    return _Order([node.path for section in sections for node in section.walk()])


class _Order:
    def __init__(self, paths: list[str]) -> None:
        self._rank = {path: rank for rank, path in enumerate(paths)}

    def __call__(self, duty: DutyDraft) -> int:
        return self._rank[duty.clause]


def _once(doubts: Sequence[Doubt]) -> list[Doubt]:
    return list(dict.fromkeys(doubts))


def _no_office(quota: Quota) -> Doubt:
    return Doubt(quota.clause, f"“{quota.text}”: không rõ cơ quan nào mời.")


def _duty_doubts(duty: DutyDraft) -> Iterator[Doubt]:
    if duty.due is None and duty.due_on is None and speaks_of_a_term(duty.what):
        yield Doubt(duty.clause, f"Có nói đến thời hạn nhưng không đọc được: “{_short(duty.what)}”.")
    if duty.due and duty.due.unit == "day" and duty.due.before_or_after == "before":
        yield Doubt(
            duty.clause,
            f"“Trước {duty.due.count:02} ngày” không nói ngày làm việc hay ngày thường; hiểu là ngày thường.",
        )
    if duty.due is None and duty.due_on is None and _INVITATIONS.search(duty.what):
        yield Doubt(duty.clause, "Việc lập danh sách và phát hành giấy mời không có thời hạn riêng.")


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:69].rstrip() + "…"


def _assigned(node: Node, inherited: list[str], doubts: list[Doubt]) -> Iterator[tuple[Node, list[str], str]]:
    """Each clause with its offices and the words of the duty; offices pass down to the clauses below."""
    own, rest = offices_of(node.text)
    offices = own or inherited
    if rest.strip(" .:;") and offices:
        yield node, offices, rest
    elif not offices and not node.children:
        doubts.append(Doubt(node.path, f"Không rõ cơ quan được giao: “{_short(node.text)}”."))
    for child in node.children:
        yield from _assigned(child, offices, doubts)


def offices_of(text: str) -> tuple[list[str], str]:
    """The offices at the head of a clause, and the rest of it; none when it begins otherwise."""
    opening = _OPENING.match(text)
    begin = opening.end() if opening else 0
    if not starts_with_office(text[begin:]):
        return [], text
    stop = _STOP.search(text, begin)
    end = stop.start() if stop else len(text)
    names = split_names(_ASIDE.sub("", text[begin:end]))
    if any(len(name.split()) > _LONGEST_NAME for name in names):
        return [], text
    return names, text[stop.end() if stop and stop[0] == ":" else end :].strip(" ,")


def _duties(node: Node, offices: Sequence[str], text: str) -> Iterator[DutyDraft]:
    for part in _parts(_QUOTA_ASIDE.sub("", text)):
        if _QUOTA.search(part):
            continue
        own, what = offices_of(part)
        for office in own or offices:
            yield DutyDraft(office, what.strip(" .;,"), due(what), due_on(what), tuple(_supporting(what)), node.path)


def _parts(text: str) -> Iterator[str]:
    """The sentences of a clause, cut at semicolons too, but never inside brackets."""
    masked = _ASIDE.sub(lambda aside: "(" * (len(aside[0]) - 1) + ")", text)
    begin = 0
    for cut in [*_PART.finditer(masked), None]:
        part = text[begin : cut.start() if cut else len(text)].strip(" .;,")
        begin = cut.end() if cut else begin
        if part:
            yield part


def _supporting(text: str) -> list[str]:
    match = _WITH.search(text)
    named = match is not None and starts_with_office(match["who"][:1].upper() + match["who"][1:])
    return split_names(match["who"]) if match and named else []


def _quotas(node: Node, offices: Sequence[str], text: str) -> Iterator[Quota]:
    for match in _QUOTA.finditer(text):
        before = re.split(r"[;(]|\.\s", text[: match.start()])[-1]
        own, _ = offices_of(before.strip())
        office = own[0] if len(own) == 1 else offices[0] if len(offices) == 1 and not own else None
        rest = match["rest"]
        live, desk = _LIVE.search(rest), _DESK.search(rest)
        yield Quota(
            office,
            int(match["n"]),
            _quota_sector(rest),
            half_day(rest),
            tuple(split_names(live["where"], loose=True)) if live else (),
            desk["desk"].strip() if desk else None,
            match[0].strip(" .,"),
            node.path,
        )


def _quota_sector(rest: str) -> str | None:
    attends = _ATTENDS.search(rest)
    named = sectors_in(attends["what"]) if attends else []
    named = named or sectors_in(rest)
    return named[0] if named else None


def leads(slots: Sequence[Slot], found: Duties) -> tuple[list[tuple[int | None, str | None]], list[Doubt]]:
    """For each sitting the citizens to invite and the leading office, and what stays open."""
    doubts = []
    for quota in found.quotas:
        fitting = [slot for slot in slots if _fits(quota, slot)]
        if len(fitting) != 1:
            why = "không khớp buổi nào" if not fitting else f"khớp {len(fitting)} buổi, không rõ chia thế nào"
            doubts.append(Doubt(quota.clause, f"“{_short(quota.text)}”: {why}."))
    return [_lead(slot, slots, found) for slot in slots], doubts


def _fits(quota: Quota, slot: Slot) -> bool:
    sector = quota.sector is None or any(same(quota.sector, name) for name in slot.sectors)
    return sector and (quota.half_day is None or quota.half_day == slot.half_day)


def _lead(slot: Slot, slots: Sequence[Slot], found: Duties) -> tuple[int | None, str | None]:
    quotas = [q for q in found.quotas if [s for s in slots if _fits(q, s)] == [slot]]
    invite = sum(quota.count for quota in quotas) if quotas else None
    offices = list(dict.fromkeys(quota.office for quota in quotas if quota.office))
    if len(offices) == 1:
        return invite, offices[0]
    return invite, _lead_in_words(slot, found)


def _lead_in_words(slot: Slot, found: Duties) -> str | None:
    """The office that the time clause or a duty lets lead this sector, or all of the preparation."""
    match = _LEADS.search(slot.text)
    if match:
        names = split_names(match["who"] or match["after"])
        return names[0] if len(names) == 1 else None
    named = [
        duty.office
        for duty in found.duties
        if any(same(name, other) for name in slot.sectors for other in sectors_in(duty.what))
    ]
    general = [duty.office for duty in found.duties if _PREPARES.search(duty.what.lower())]
    for offices in (list(dict.fromkeys(named)), list(dict.fromkeys(general))):
        if len(offices) == 1:
            return offices[0]
    return None


def ward_places(quota: Quota) -> list[str]:
    """The places of residence of a quota in the form in which venues carry theirs."""
    return [place_in(ward) or ward for ward in quota.wards]
