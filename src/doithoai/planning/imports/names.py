"""Names of offices, places and sectors as the plan's own text gives them: cut, never looked up."""

import re
from collections.abc import Iterator

_UNIT = (
    r"(?:các\s+)?(?:UBND|U[ỷỶ] ban|Ủ[yY] ban|Ủy ban|HĐND|Hội đồng|Văn phòng|Phòng|Ban|Bộ phận|Trung tâm|Công an|"
    r"Chi cục|Chi nhánh|Cục|Sở|Đội|Đoàn|Hội|Liên đoàn|Trạm|Trường|Nhà|Hội trường|Mặt trận|MTTQ|Đài|Điện lực|"
    r"Tòa|Viện|Thanh tra|Kho bạc|Bảo hiểm|Ngân hàng|Công ty|Hợp tác xã|Thị [ủu]y|Huyện ủy|Đảng [ủu]y|Thành ủy|"
    r"Cổng|Tổ|Thường trực|Đại diện|Lãnh đạo|Chủ tịch|Phó Chủ tịch|Thủ trưởng|Trưởng|Giám đốc|Công chức|Điểm cầu)\b"
)
_LIVING = r"(?:phường|xã|thị trấn|thị xã|thành phố|quận|huyện|đặc khu|thôn|khu phố|tổ dân phố|ấp|bản|buôn|làng)"
_KIND_ALONE = re.compile(_LIVING + r"(?:\s+và\s+" + _LIVING + ")*")
"""In "UBND các huyện, thị xã, thành phố" the kinds after the first name nobody: all is one name for many."""
_STARTS = re.compile(rf"(?:{_UNIT}|{_LIVING}\s+[\dA-ZĐÀ-Ỹ])", re.IGNORECASE)
_OFFICE = re.compile(rf"(?:{_UNIT}|Các\s|{_LIVING}\s+[A-ZĐÀ-Ỹ])")
_JOINT = re.compile(r"(?:HĐND|Hội đồng nhân dân) và (?:UBND|Ủy ban nhân dân)[^,;]*$")
"""One office of two bodies: "Văn phòng HĐND và UBND"."""
_COLLECTIVE = re.compile(rf"\bcác\s+{_LIVING}(?:\s*(?:,|và)\s*{_LIVING})*\s*(?:[.;(].*)?$", re.IGNORECASE)
_NAME = r"[\dA-ZĐÀ-Ỹ][\wÀ-ỹ’'-]*"
_PLACE_STRICT = re.compile(rf"\b((?i:{_LIVING}))\s+({_NAME}(?:\s+{_NAME})*)")
_SEVERAL = re.compile(
    rf"^(?P<before>.*?)\b[Cc]ác\s+(?P<kind>{_LIVING})(?:\s*(?:,|và)\s*{_LIVING})*\s*:?\s+(?=(?:{_LIVING}\s+)?[\dA-ZĐÀ-Ỹ])"
)


def is_collective(name: str) -> bool:
    """Whether a name stands for many that are not named: "UBND các huyện, thị xã", "Nhà văn hóa các thôn"."""
    return _COLLECTIVE.search(name) is not None


def split_names(text: str, *, loose: bool = False) -> list[str]:
    """The names in an enumeration.

    A comma inside a name ("Phòng Kinh tế, Hạ tầng và Đô thị") does not cut it: a part that does
    not begin like an office or a place belongs to the name before. With `loose` such a part is a
    name of its own unless it closes an office's name with "và". "UBND các phường A, B" gives
    "UBND phường A" and "UBND phường B".
    """
    text = text.strip(" .;:,\n")
    several = None if _COLLECTIVE.search(text) else _SEVERAL.match(text)
    if several:
        prefix = (several["before"] + several["kind"]).strip()
        parts = re.split(r"\s*[,;]\s*|\s+và\s+", text[several.end() :])
        return [_spread(several["before"], prefix, part.strip()) for part in parts if part.strip()]
    names: list[str] = []
    for part in _parts(text):
        if names and (_KIND_ALONE.fullmatch(part) or _goes_on(names[-1], part, loose=loose)):
            names[-1] += f", {part}"
        else:
            names.append(_ellipsis(names, part))
    return names


def _goes_on(before: str, part: str, *, loose: bool) -> bool:
    return not _STARTS.match(part) and not (loose and _own_name(before, part))


def _spread(before: str, prefix: str, part: str) -> str:
    if re.match(rf"{_LIVING}\s", part, re.IGNORECASE):
        return f"{before}{part}".strip()
    return part if _STARTS.match(part) else f"{prefix} {part}"


def _parts(text: str) -> list[str]:
    """Cut at commas and semicolons, and at "và" where another unit begins after it."""
    parts: list[str] = []
    for piece in re.split(r"\s*[,;]\s*", text):
        bits = re.split(r"\s+và\s+", re.sub(r"^và\s+", "", piece))
        whole = bits[0]
        for bit in bits[1:]:
            if _OFFICE.match(bit) and not _JOINT.search(f"{whole} và {bit}"):
                parts.append(whole)
                whole = bit
            else:
                whole += f" và {bit}"
        parts.append(whole)
    return [part for part in parts if part]


def _own_name(before: str, part: str) -> bool:
    return not (" và " in part and re.match(r"(?:Phòng|Ban|Sở|Trung tâm|Văn phòng)\b", before))


def _ellipsis(names: list[str], part: str) -> str:
    """ "UBND phường A, phường B": the second is the UBND of phường B too."""
    before = re.match(rf"((?:UBND|Ủy ban nhân dân)\s+){_LIVING}\s", names[-1]) if names else None
    return before[1] + part if before and re.match(rf"{_LIVING}\s", part) else part


def place_in(name: str) -> str | None:
    """The commune or hamlet in the name of a venue ("phường Hòa Vinh"), or null."""
    found = [f"{match[1]} {match[2]}" for match in _PLACE_STRICT.finditer(name)]
    return found[-1] if found else None


def starts_with_office(text: str) -> bool:
    """Whether `text` begins with the name of an office or a person's post."""
    return _OFFICE.match(text) is not None


_SECTOR_STOP = re.compile(
    r"[.;:()\n]|\s+(?:thông qua|qua|tại|trên địa bàn|trên nền tảng|tham dự|tham gia|bằng|theo|với|do|từ|vào|lúc|"
    r"ngày|năm|buổi|được|dự kiến|trong|trên|để|khoảng|gồm|trình)\b|,\s*(?=lĩnh vực|\d|và lĩnh vực|do |dự kiến|từ |"
    r"[A-ZĐÀ-Ỹ][^,:;]{1,40}:|tại |ngày |buổi |thời gian|Phòng |UBND |Văn phòng |Ban |Trung tâm |Công an )"
    r"|\s+(?:và|,)\s+lĩnh vực|\s+[-–]\s*\d|\s+\d+\s*(?:lượt|người)"
)
_SECTOR = re.compile(r"\b(?P<many>các\s+)?lĩnh vực\s*:?\s+(?=\S)", re.IGNORECASE)
_LONGEST_SECTOR = 150
"""Characters: the longest name of a sector in the national list has some ninety."""
_NO_SECTOR = re.compile(r"(?:đối thoại|liên quan|nêu|trên|này|đó|được|phụ trách|có|khác|của|đời sống|thuộc)\b")


def sectors_in(text: str) -> list[str]:
    """The sectors named after "lĩnh vực", in order, each once."""
    found: list[str] = []
    for match in _SECTOR.finditer(text):
        rest = text[match.end() : match.end() + _LONGEST_SECTOR]
        if _SECTOR.match(rest):  # "Lĩnh vực: lĩnh vực Đầu tư"
            continue
        stop = _SECTOR_STOP.search(rest)
        name = rest[: stop.start() if stop else len(rest)].strip(" ,\"“”'")
        names = _listed(name) if match["many"] else [name]
        found += [n for n in names if n and not _NO_SECTOR.match(n) and not among(n, found)]
    return found


def _listed(names: str) -> Iterator[str]:
    """ "các lĩnh vực: A, B, C" is a list: every capital after a comma begins a sector."""
    for part in re.split(r"\s*,\s*(?=[A-ZĐÀ-Ỹ])|\s+và\s+(?=[A-ZĐÀ-Ỹ])", names):
        yield part.strip()


def same(one: str, other: str) -> bool:
    """Whether two names differ in case, spaces or dashes at most."""
    return _folded(one) == _folded(other)


def among(name: str, names: list[str]) -> bool:
    """Whether `name` is one of `names`."""
    return any(same(name, other) for other in names)


def _folded(name: str) -> str:
    return re.sub(r"[\s–—-]+", " ", name).strip().casefold()
