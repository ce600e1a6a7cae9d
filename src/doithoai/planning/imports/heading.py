"""Number, place and date, issuer, subject and the document carried out."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .clauses import Outline
from .draft import Doubt, ParentPlan, Place
from .terms import only_day

_NUMBER = re.compile(r"\bSố\s*:?(?P<n>[^/]*)/\s*(?P<symbol>[A-ZĐƯ][A-ZĐƯ0-9&.-]*(?:\s*-\s*[A-ZĐƯ&]+)*)", re.IGNORECASE)
_PARTY_NUMBER = re.compile(r"(?P<n>\d*)[-–](?P<symbol>[A-ZĐ]{2,})")
_PLACE_DATE = re.compile(
    r"(?P<place>[A-ZĐÀ-Ỹ][\wÀ-ỹ .'’-]*?),\s*ngày(?P<d>.{0,12}?)tháng(?P<m>.{0,8}?)năm\s*(?P<y>\d{4})?"
)
_YEAR = re.compile(r"\bnăm\s+(\d{4})\b", re.IGNORECASE)
_TERRITORY = re.compile(r"\btrên địa bàn\s+(?P<where>[^,;:.()]+?)(?:\s*,?\s+năm\s+\d{4}.*)?$", re.IGNORECASE)
_ISSUER = re.compile(
    r"(?:^|[;,.:]\s*)(?P<who>(?:UBND|U[ỷỶ] ban|Ủ[yY] ban|Ban Thường (?:vụ|trực)|Thường trực|Đảng [ủu]y|Đảng uỷ|Thị [ủu]y"
    r"|Huyện [ủu]y|Thành [ủu]y|Tỉnh [ủu]y)[^;,:.]*?)\s+(?:ban hành|xây dựng|tổ chức|lập)\b"
)
_PARTY = re.compile(r"(?:đảng|thị|huyện|thành|tỉnh) [ủu]y\b|đảng uỷ|ban thường vụ|ban chấp hành", re.IGNORECASE)
_JOINT = re.compile(
    r"\s+(?:và|[-–])\s+(?=(?:UBND|U[ỷỶ]|Ủ[yY]|Ủ[YỶ]|HĐND|Ban |BAN |MTTQ|Mặt trận|MẶT TRẬN|Đảng|ĐẢNG|Hội|HỘI|Đoàn|ĐOÀN))"
)
_COMMITTEE = re.compile(r"(?:U[ỶY]|Ủ[YỶ]) BAN NHÂN DÂN\b|UBND\b")
_STATE_TITLE = re.compile(r"\s*CỘNG H[ÒO][ÀA] XÃ HỘI.*")
_PARENT = re.compile(
    r"(?P<kind>Kế hoạch|Quyết định|Chương trình|Nghị quyết|Chỉ thị|Công văn)\s+số\s*:?\s*(?P<number>\d[\w/&.-]*?)"
    r"[,\s]+(?:ngày\s+(?P<date>[^,;]{6,30}?\d{4})\s*,?\s*)?của\s+(?P<issuer>[^;]+?)"
    r"(?:\s*,)?\s+(?:về(?: việc)?|ban hành)\s+(?P<subject>[^;]+)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the numbered body."""

    issuer: str | None
    number: str | None
    symbol: str | None
    issue_place: str | None
    date: dt.date | None
    month: int | None
    issue_year: int | None
    parent: ParentPlan | None
    subject: str | None
    year: int | None
    territory: str | None
    doubts: tuple[Doubt, ...]


def read_heading(plan: Outline) -> Heading:
    """The heading, title and preamble of the plan; what is blank stays null and is a doubt."""
    number, symbol, number_doubts = _number(plan.heading)
    place, date, month, year, date_doubts = _place_and_date(plan.heading)
    issuer, issuer_doubts = _issuer(plan)
    parent, parent_doubts = _parent(plan.preamble)
    subject, dialogue_year, territory, subject_doubts = _subject(plan.subject)
    return Heading(
        issuer,
        number,
        symbol,
        place,
        date,
        month,
        year,
        parent,
        subject,
        dialogue_year,
        territory,
        (*number_doubts, *date_doubts, *issuer_doubts, *subject_doubts, *parent_doubts),
    )


def _number(heading: Sequence[str]) -> tuple[str | None, str | None, list[Doubt]]:
    for text in heading:
        match = _NUMBER.search(text)
        if match:
            digits = re.sub(r"[\s.…_]", "", match["n"])
            symbol = re.sub(r"\s", "", match["symbol"]).rstrip(".")
            if kind := _PARTY_NUMBER.fullmatch(digits):  # Party papers: "21-KH/ĐU", "-KH/ĐU" while it is blank
                blank = [] if kind["n"] else [Doubt(Place.HEADING, "Số văn bản còn để trống.")]
                return (f"{digits}/{symbol}" if kind["n"] else None), f"{kind['symbol']}/{symbol}", blank
            blank = [Doubt(Place.HEADING, "Số văn bản còn để trống.")] if not digits else []
            return (f"{digits}/{symbol}" if digits else None), symbol, blank
    return None, None, [Doubt(Place.HEADING, "Không thấy dòng “Số: …/KH-UBND”.")]


def _place_and_date(
    heading: Sequence[str],
) -> tuple[str | None, dt.date | None, int | None, int | None, list[Doubt]]:
    match = next(filter(None, map(_PLACE_DATE.search, heading)), None)
    if match is None:
        return None, None, None, None, [Doubt(Place.HEADING, "Không thấy dòng địa danh và ngày ban hành.")]
    day, month, year = (_digits(match[name]) for name in ("d", "m", "y"))
    if day is None or month is None or year is None:
        why = "Ngày ban hành còn để trống."
        return match["place"], None, month, year, [Doubt(Place.HEADING, why)]
    try:
        return match["place"], dt.date(year, month, day), month, year, []
    except ValueError:
        why = f"Ngày {day}/{month}/{year} không có trong lịch."
        return match["place"], None, month, year, [Doubt(Place.HEADING, why)]


def _digits(written: str | None) -> int | None:
    digits = re.sub(r"[\s.…_]", "", written or "")
    return int(digits) if digits.isdigit() else None


def _issuer(plan: Outline) -> tuple[str | None, list[Doubt]]:
    """The issuer in the case of the preamble; the heading, all capitals, is only compared."""
    printed = _lowered(_printed_issuer(plan.heading), plan.subject)
    found = [match["who"].strip() for text in plan.preamble for match in _ISSUER.finditer(text)]
    if not found:
        why = "Không thấy cơ quan ban hành ở đầu văn bản và phần mở đầu."
        return printed, ([] if printed else [Doubt(Place.PREAMBLE, why)])
    kinds = list(_kinds(found[-1]))
    if printed and _spelled(printed).startswith(_spelled(found[-1])):
        return max(found[-1], printed, key=_exactness), kinds
    if printed:
        why = f"Đầu văn bản ghi “{printed}”, phần mở đầu ghi “{found[-1]}”."
        return found[-1], [Doubt(Place.HEADING, why), *kinds]
    return found[-1], kinds


def _kinds(issuer: str) -> Iterator[Doubt]:
    """Issuers whose papers are not those of one committee."""
    bodies = _JOINT.split(issuer)
    if len(bodies) > 1:
        why = f"Kế hoạch do {len(bodies)} cơ quan cùng ban hành: {'; '.join(bodies)}. Cần chọn cơ quan giữ hồ sơ."
        yield Doubt(Place.HEADING, why)
    if _PARTY.search(issuer):
        why = f"“{issuer}” là cơ quan của Đảng: văn bản theo thể thức của Đảng, không in theo mẫu hành chính."
        yield Doubt(Place.HEADING, why)


def _exactness(name: str) -> tuple[int, bool]:
    """The fuller name is the better one; of two alike, the one not in capitals."""
    return len(_spelled(name)), not name.isupper()


def _lowered(printed: str | None, subject: str) -> str | None:
    """ "UBND XÃ PHÚ MỠ" as the subject spells it, when it names the same "xã Phú Mỡ"."""
    territory = _TERRITORY.search(subject)
    if printed and territory and _spelled(printed) == f"ubnd {territory['where'].casefold()}":
        return f"UBND {territory['where']}"
    return printed


def _printed_issuer(heading: Sequence[str]) -> str | None:
    lines = [_STATE_TITLE.sub("", text) for text in heading]
    at = next((i for i, text in enumerate(lines) if _COMMITTEE.match(text)), None)
    if at is None:
        return None
    following = lines[at + 1] if at + 1 < len(lines) else ""
    alone = _COMMITTEE.fullmatch(lines[at].strip()) is not None
    whole = f"{lines[at]} {following}" if alone and following.isupper() else lines[at]
    return " ".join(whole.split())


def _spelled(name: str) -> str:
    name = _JOINT.sub(" và ", name)
    return re.sub(r"(?:uỷ|ủy) ban nhân dân", "ubnd", name.casefold()).replace("tx.", "thị xã").strip()


def _parent(preamble: Sequence[str]) -> tuple[ParentPlan | None, list[Doubt]]:
    """The first cited plan, or else the first cited document with a number."""
    cited = [match for text in preamble for match in _PARENT.finditer(_until_issuer(text))]
    match = next((m for m in cited if m["kind"] == "Kế hoạch"), cited[0] if cited else None)
    if match is None:
        return None, [Doubt(Place.PREAMBLE, "Không thấy kế hoạch cấp trên hoặc kế hoạch năm làm căn cứ.")]
    date = only_day(match["date"] or "")
    why = f"Văn bản căn cứ số {match['number']} không có ngày đọc được."
    parent = ParentPlan(match["number"], date, match["issuer"].strip(), match["subject"].strip(" .,;:"), Place.PREAMBLE)
    return parent, [] if date else [Doubt(Place.PREAMBLE, why)]


def _until_issuer(text: str) -> str:
    """Without the closing words "UBND … ban hành Kế hoạch …" when only a comma stands before them."""
    match = next((m for m in _ISSUER.finditer(text) if m.start() > 0), None)
    return text[: match.start()] if match else text


def _subject(subject: str) -> tuple[str | None, int | None, str | None, list[Doubt]]:
    if not subject:
        return None, None, None, [Doubt(Place.HEADING, "Không thấy trích yếu dưới tiêu đề KẾ HOẠCH.")]
    year, territory = _YEAR.search(subject), _TERRITORY.search(subject)
    doubts = []
    if year is None:
        doubts.append(Doubt(Place.HEADING, "Trích yếu không ghi năm của cuộc đối thoại."))
    if territory is None:
        doubts.append(Doubt(Place.HEADING, "Trích yếu không ghi địa bàn."))
    return subject, int(year[1]) if year else None, territory["where"].strip() if territory else None, doubts
