"""What a new plan proposes before anything is typed: from the agency's directory and its profile of rules."""

import re
from collections.abc import Iterator

from doithoai.directory.models import Agency, Office, Place
from doithoai.planning.forms.choices import Choices
from doithoai.planning.queries import bases_offered, cited, is_binding
from doithoai.rules.profiles import Profile
from doithoai.rules.vietnamese import fold

Said = dict[str, dict[str, str | list[str]]]

HALVES = (("07:30", "11:30"), ("13:30", "17:00"))
TURNS = "15"
PURPOSES = (
    "Lãnh đạo cơ quan trực tiếp nghe, giải quyết khó khăn, vướng mắc của tổ chức, công dân khi làm thủ tục hành chính",
    "Nâng cao trách nhiệm của người đứng đầu và cán bộ, công chức trong giải quyết thủ tục hành chính",
    "Khảo sát sự hài lòng của người dân; phát hiện quy định, thủ tục cần kiến nghị sửa đổi",
)
REQUIREMENTS = (
    "Dân chủ, công khai, minh bạch, đúng trọng tâm; mọi người được mời đều được nói",
    "Mọi ý kiến được ghi chép đầy đủ, trung thực và có văn bản trả lời của cơ quan có thẩm quyền",
    "Chuẩn bị đủ nội dung, tài liệu, phòng họp và đường truyền trước ngày đối thoại",
)
HOW = (
    "Người có giấy mời dự tại điểm cầu ghi trong giấy mời; tổ chức, công dân khác gửi khó khăn, vướng mắc đến {office} hoặc "
    "điểm cầu gần nhất bằng lời, bằng phiếu hoặc bằng văn bản và được trả lời như ý kiến phát biểu"
)
CHANGE = "Trường hợp thay đổi thời gian, địa điểm, {agency} thông báo bằng văn bản đến người được mời và các điểm cầu, nêu rõ lý do"
TASKS = {
    Office.Kind.DIVISION: (
        ("Chuẩn bị nội dung, chương trình; tổng hợp khó khăn, vướng mắc thuộc lĩnh vực, trình {agency}", "submission"),
        ("Lập danh sách, phát hành giấy mời tổ chức, công dân", "invitations"),
        ("Tham mưu văn bản trả lời từng ý kiến, kiến nghị thuộc lĩnh vực", "result_notice"),
    ),
    Office.Kind.ONE_STOP: (
        ("Cung cấp danh sách người đã làm thủ tục thuộc lĩnh vực đối thoại theo đề nghị của đơn vị chủ trì", ""),
    ),
    Office.Kind.WARD: (
        ("Bảo đảm phòng họp, thiết bị, đường truyền và chủ trì tại điểm cầu; đón tiếp tổ chức, công dân", ""),
    ),
    Office.Kind.SECRETARIAT: (
        ("Thông báo công khai thời gian, địa điểm, nội dung, cách thức tham dự", "announcement"),
        (
            "Cử thư ký ghi biên bản; tổng hợp, tham mưu ban hành thông báo kết quả giải quyết ý kiến, kiến nghị",
            "result_notice",
        ),
    ),
    Office.Kind.FRONT: (("Phối hợp tổ chức và giám sát việc đối thoại, việc giải quyết ý kiến, kiến nghị", ""),),
}


def propose(agency: Agency, profile: Profile, choices: Choices, year: int) -> Said:
    """A first filling of every step; dates stay blank, for nobody but the agency knows them."""
    office = next(row for row in choices.offices if row.kind == Office.Kind.SECRETARIAT)
    wards = [row for row in choices.offices if row.kind == Office.Kind.WARD]
    return {
        "chung": {
            "subject": f"Đối thoại thủ tục hành chính năm {year} trên địa bàn {agency.territory}",
            "territory": agency.territory,
            **{f"question-{row.slug}": "co" if row.default else "khong" for row in profile.questions},
        },
        "can-cu": {
            "bases": _bases(profile, year),
            **_parent(profile, agency),
        },
        "muc-dich": {"purposes": "\n".join(PURPOSES), "requirements": "\n".join(REQUIREMENTS)},
        "hinh-thuc": {
            "mode": "online" if wards else "in_person",
            "how_to_attend": HOW.format(office=office.name),
            "change": CHANGE.format(agency=agency.name),
        },
        "diem-cau": {
            "central": "0",
            **{f"venue-{at}": row.name for at, row in enumerate([office, *wards])},
        },
        "buoi": _sittings(choices),
        "thanh-phan": {
            "chair": choices.leaders[0].code if choices.leaders else "",
            "co_chair": _co_chair(profile, agency),
            "central": "\n".join(_who(profile, "central")),
            "local": "\n".join(_who(profile, "local")),
        },
        "nhiem-vu": _tasks(agency, profile, choices),
        "noi-nhan": {"recipients": "\n".join(_recipients(agency, choices, office))},
    }


PARENT = re.compile(r"(?:Kế hoạch|Quyết định|Chương trình) số (\S+) ngày (\d{1,2}/\d{1,2}/\d{4}) của (.+?) về (.+)")


def _parent(profile: Profile, agency: Agency) -> dict[str, str | list[str]]:
    """The paper that the plan carries out, where the profile rests on one."""
    found = next((match for law in profile.basis if (match := PARENT.fullmatch(law))), None)
    if found is None:
        return {"parent_issuer": agency.name}
    number, day, issuer, subject = found.groups()
    return {"parent_number": number, "parent_date": day, "parent_issuer": issuer, "parent_subject": subject}


def _bases(profile: Profile, year: int) -> list[str]:
    """The laws on which the dialogue itself rests; the paper carried out is named in the opening sentence."""
    laws = {cited(law) for law in profile.basis if not PARENT.fullmatch(law)}
    laws |= {
        cited(row.law)
        for row in profile.terms
        if is_binding(profile, row) and row.anchor in ("dialogue", "conference_end")
    }
    return [row.law for row in bases_offered(profile, {}, year) if row.law in laws]


def _sittings(choices: Choices) -> dict[str, str | list[str]]:
    """A sitting for each of the first two sectors, morning and afternoon."""
    made: dict[str, str | list[str]] = {}
    divisions = [row for row in choices.offices if row.kind == Office.Kind.DIVISION]
    for at, (sector, (start, end)) in enumerate(zip(choices.sectors, HALVES, strict=False)):
        lead = divisions[at] if at < len(divisions) else None
        values = {"sector": sector.name, "start": start, "end": end, "expected": TURNS, "invite": TURNS}
        made |= {f"sitting-{at}-{name}": value for name, value in values.items()}
        made[f"sitting-{at}-lead"] = lead.name if lead else ""
    return made


def _co_chair(profile: Profile, agency: Agency) -> str:
    """The Standing Body of the People's Council, where the law has it chair too (Law 72/2025 art. 43)."""
    has_one = any(row.role == "co_chair" for row in profile.invitees)
    return f"Thường trực Hội đồng nhân dân {agency.territory}" if has_one else ""


def _who(profile: Profile, where: str) -> Iterator[str]:
    for row in profile.invitees:
        if (row.role not in ("chair", "co_chair") and row.venue in (where, "all")) or (
            row.role == "chair" and row.venue == where == "local"
        ):
            yield row.words


def _tasks(agency: Agency, profile: Profile, choices: Choices) -> dict[str, str | list[str]]:
    known = {term.duty: profile.term(term.duty).slug for term in profile.terms}
    leads = [row for row in choices.offices if row.kind == Office.Kind.DIVISION][: len(choices.sectors[:2])]
    others = [row for row in choices.offices if row.kind in TASKS and row.kind != Office.Kind.DIVISION]
    made: dict[str, str | list[str]] = {}
    at = 0
    for office in [*leads, *others]:
        for what, duty in TASKS[Office.Kind(office.kind)]:
            made |= {f"task-{at}-office": office.name, f"task-{at}-what": what.format(agency=agency.name)}
            made[f"task-{at}-term"] = known.get(duty, "")
            at += 1
    return made


def _recipients(agency: Agency, choices: Choices, office: Office) -> Iterator[str]:
    """Higher bodies, the heads, the Front, the units, the portal, the file copy (Decree 30/2020, app. I).

    Where the agency keeps usual lines of its own, those.
    """
    if agency.recipients:
        yield from agency.recipients.splitlines()
        return
    yield f"Thường trực Đảng ủy, Thường trực Hội đồng nhân dân {agency.territory}"
    yield f"{agency.head_title}, các {agency.deputy_title} {agency.short_name}"
    order = (Office.Kind.FRONT, Office.Kind.DIVISION, Office.Kind.ONE_STOP, Office.Kind.WARD)
    for kind in order:
        yield from (row.name for row in choices.offices if row.kind == kind)
    yield f"Cổng thông tin điện tử {agency.territory}"
    yield f"Lưu: VT, {office.symbol or 'VP'}"


def ward_of(name: str, places: list[Place]) -> str | None:
    """The ward whose people sit at a venue of this name."""
    found = [place for place in places if fold(place.name) in fold(name)]
    return str(max(found, key=lambda place: len(place.name))) if found else None
