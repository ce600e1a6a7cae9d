"""Where a plan contradicts itself, or leaves open what the day will need."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from .draft import (
    AttendeeDraft,
    Doubt,
    DutyDraft,
    ParentPlan,
    Place,
    Quota,
    SittingDraft,
    VenueDraft,
)
from .duties import ward_places
from .heading import Heading
from .names import among, is_collective, same, split_names
from .sittings import Expected


def in_sittings(sittings: Sequence[SittingDraft], sectors: Sequence[str], expected: Expected) -> Iterator[Doubt]:
    """Hours that cannot be kept, figures that do not add up, sectors without a sitting."""
    for number, sitting in enumerate(sittings, start=1):
        yield from _alone(_titled(number, sitting), sitting)
    for (i, one), (j, other) in combinations(enumerate(sittings, start=1), 2):
        if _overlap(one, other):
            why = f"{_titled(i, one)} và {_titled(j, other)} trùng giờ."
            yield Doubt(other.clause, why[0].upper() + why[1:])
    for together in _summed(sittings, expected.daily):
        yield from _sum(together, expected.total)
    yield from _sectors(sittings, sectors)


def _summed(sittings: Sequence[SittingDraft], daily: bool) -> list[list[SittingDraft]]:
    """The sittings that a printed total is about: all, or those of each day."""
    if not daily:
        return [list(sittings)]
    dates = dict.fromkeys(sitting.date for sitting in sittings)
    return [[sitting for sitting in sittings if sitting.date == date] for date in dates]


def _sum(sittings: Sequence[SittingDraft], total: int | None) -> Iterator[Doubt]:
    figures = [sitting.expected for sitting in sittings if sitting.expected is not None]
    if total is None or not sittings or len(figures) < len(sittings) or sum(figures) == total:
        return
    parts = " + ".join(str(figure) for figure in figures)
    why = f"Tổng dự kiến {total} lượt không bằng các buổi cộng lại: {parts} = {sum(figures)}."
    yield Doubt(sittings[0].clause, why)


def _titled(number: int, sitting: SittingDraft) -> str:
    return f"buổi {number} ({sitting.sector})" if sitting.sector else f"buổi {number}"


def _alone(title: str, sitting: SittingDraft) -> Iterator[Doubt]:
    start, end = sitting.start, sitting.end
    if start and end and end <= start:
        yield Doubt(sitting.clause, f"Giờ kết thúc {end:%H:%M} của {title} không sau giờ bắt đầu {start:%H:%M}.")
    if start and sitting.half_day and (start.hour < 12) != (sitting.half_day == "morning"):
        named = {"morning": "sáng", "afternoon": "chiều", "evening": "tối"}[sitting.half_day]
        yield Doubt(sitting.clause, f"Ghi buổi {named} nhưng {title} bắt đầu lúc {start:%H:%M}.")
    if sitting.expected is None:
        yield Doubt(sitting.clause, f"Không rõ số lượt dự kiến của {title}.")
    elif sitting.invite is not None and sitting.invite != sitting.expected:
        why = f"Mời {sitting.invite} công dân nhưng dự kiến {sitting.expected} lượt ở {title}."
        yield Doubt(sitting.clause, why)
    if sitting.lead_office is None:
        yield Doubt(sitting.clause, f"Không rõ cơ quan chủ trì {title}.")


def _overlap(one: SittingDraft, other: SittingDraft) -> bool:
    if not (one.date and one.date == other.date and one.start and one.end and other.start and other.end):
        return False
    return one.start < other.end and other.start < one.end


def _sectors(sittings: Sequence[SittingDraft], sectors: Sequence[str]) -> Iterator[Doubt]:
    held = [sitting.sector for sitting in sittings if sitting.sector]
    clause = sittings[0].clause if sittings else ""
    for sector in sectors:
        if held and not any(same(sector, name) or sector in name for name in held):
            yield Doubt(clause, f"Lĩnh vực {sector} không có buổi đối thoại nào.")


def in_quotas(quotas: Sequence[Quota], venues: Sequence[VenueDraft]) -> Iterator[Doubt]:
    """Seats over several wards without a split, and wards whose people have no venue."""
    places = [venue.place for venue in venues if venue.place]
    for quota in quotas:
        if len(quota.wards) > 1:
            where = ", ".join(quota.wards)
            yield Doubt(quota.clause, f"{quota.count} công dân ở {where}: kế hoạch không chia số cho từng nơi.")
        for ward in ward_places(quota) if len(venues) > 1 else ():
            if not among(ward, places):
                yield Doubt(quota.clause, f"Công dân {ward} được mời nhưng {ward} không có điểm cầu.")


def in_dates(heading: Heading, sittings: Sequence[SittingDraft]) -> Iterator[Doubt]:
    """A plan issued after its own dialogue, a dialogue in another year, a basis from the future."""
    for sitting in sittings:
        if sitting.date is None:
            continue
        if heading.date and heading.date > sitting.date:
            why = f"Kế hoạch đề ngày {heading.date:%d/%m/%Y}, sau ngày đối thoại {sitting.date:%d/%m/%Y}."
            yield Doubt(Place.HEADING, why)
        if heading.year and heading.year != sitting.date.year:
            why = f"Trích yếu ghi năm {heading.year} nhưng đối thoại ngày {sitting.date:%d/%m/%Y}."
            yield Doubt(sitting.clause, why)
    yield from _basis(heading.parent, heading)


def _basis(parent: ParentPlan | None, heading: Heading) -> Iterator[Doubt]:
    if parent and parent.date and heading.date and parent.date > heading.date:
        why = f"Văn bản căn cứ {parent.number} đề ngày {parent.date:%d/%m/%Y}, sau ngày của kế hoạch."
        yield Doubt(Place.PREAMBLE, why)


_EQUIPS = re.compile(
    r"điểm cầu|đường truyền|hội trường|phòng họp|cơ sở vật chất|kỹ thuật|âm thanh|địa điểm|kết nối", re.IGNORECASE
)


def in_duties(
    heading: Heading, venues: Sequence[VenueDraft], sittings: Sequence[SittingDraft], duties: Sequence[DutyDraft]
) -> Iterator[Doubt]:
    """Venues that nobody is told to equip, and terms that were over before the plan was issued."""
    equipping = [duty for duty in duties if _EQUIPS.search(duty.what)]
    for venue in venues if duties else ():
        if not any(_equips(duty, venue, venues) for duty in equipping):
            yield Doubt(venue.clause, f"{venue.name}: không việc nào giao cơ quan nào chuẩn bị điểm này.")
    first = min((sitting.date for sitting in sittings if sitting.date), default=None)
    for duty in duties:
        due = duty.due_on or _counted(duty, first)
        if due and heading.date and due < heading.date:
            why = (
                f"“{duty.what[:60].rstrip()}…” có hạn {due:%d/%m/%Y}, trước ngày của kế hoạch {heading.date:%d/%m/%Y}."
            )
            yield Doubt(duty.clause, why)


def _equips(duty: DutyDraft, venue: VenueDraft, venues: Sequence[VenueDraft]) -> bool:
    """Whether a duty is about this venue: by name, for all, or for the central one where it names none."""
    if _says(duty, venue) or is_collective(duty.office) or is_collective(venue.name):
        return True
    if any(_says(duty, other) for other in venues):
        return False
    return venue.central or not any(other.central for other in venues)


def _says(duty: DutyDraft, venue: VenueDraft) -> bool:
    said = f"{duty.office} {duty.what}".casefold()
    return any(name.casefold() in said for name in (venue.name, venue.place) if name)


def _counted(duty: DutyDraft, first: dt.date | None) -> dt.date | None:
    """The plain calendar day of a term before the dialogue; working days lie earlier still."""
    if first is None or duty.due is None or duty.due.before_or_after != "before" or duty.due.anchor != "dialogue":
        return None
    return first - dt.timedelta(days=duty.due.count)


def unaddressed(
    recipients: Sequence[str], duties: Sequence[DutyDraft], attendance: Sequence[AttendeeDraft]
) -> Iterator[Doubt]:
    """Holders of a duty and invited bodies that are not among the recipients.

    Nothing is said of a list with a line for many ("Như mục III", "Các phòng, ban").
    """
    if not recipients or any(_COLLECTIVE.match(line) for line in recipients):
        return
    for office in dict.fromkeys(duty.office for duty in duties):
        if not any(_reaches(line, office) for line in recipients):
            yield Doubt(Place.RECIPIENTS, f"{office} được giao việc nhưng không có trong Nơi nhận.")
    for who in dict.fromkeys(row.who for row in attendance if row.role == "delegate"):
        bodies = [_RANKS.sub("", name) for name in split_names(who)]
        if not all(any(_reaches(line, body) for line in recipients) for body in bodies):
            yield Doubt(Place.RECIPIENTS, f"{who} được mời dự nhưng không có trong Nơi nhận.")


_COLLECTIVE = re.compile(r"(?:Như|Các|Thành viên|Thủ trưởng)\b")
_RANKS = re.compile(r"^(?:(?:Đại diện|Lãnh đạo|Ban Thường trực|Thường trực|Chủ tịch|Phó Chủ tịch|Trưởng)\s+)+")
_OFFICE_STAFF = re.compile(r"Chánh\b|\bC?VP\b|PCVP")


def _reaches(recipient: str, office: str) -> bool:
    """Whether a line of recipients, often abbreviated, means the office."""
    if office.startswith("Văn phòng") and _OFFICE_STAFF.search(recipient):
        return True
    if not office[:1].isupper() or re.match(r"(?:Các|Công chức|Công dân)\b", office, re.IGNORECASE):
        return True
    lines = [recipient, *recipient.split(", ")]
    return any(_abbreviates(_words(line), _words(office)) for line in lines)


def _words(name: str) -> list[str]:
    spelled = re.sub(r"U[ỷỶ] ban|Ủ[yY] ban", "Ủy ban", name)
    spelled = re.sub(r"Ủy ban nhân dân", "UBND", spelled, flags=re.IGNORECASE)
    words = re.sub(r"[&–—,.-]| và ", " ", spelled).split()
    return [word for i, word in enumerate(words) if i == 0 or word.lower() != words[i - 1].lower()]


def _abbreviates(short: Sequence[str], full: Sequence[str]) -> bool:
    """Word by word; capitals such as "KH" or "QLĐT" may stand for the initials of several words."""
    if not short or not full:
        return not full
    if short[0].casefold() == full[0].casefold():
        return _abbreviates(short[1:], full[1:])
    size = len(short[0])
    initials = "".join(word[0] for word in full[:size]).upper().replace("Ủ", "U")
    return short[0].isupper() and size > 1 and initials == short[0] and _abbreviates(short[1:], full[size:])
