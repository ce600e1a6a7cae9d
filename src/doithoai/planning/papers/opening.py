"""What is read at the opening: the short report on the state of things, and the script by which the chair leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from doithoai.directory.models import Procedure
from doithoai.documents.papers import official, working
from doithoai.kernel import clock
from doithoai.people.models import Staff
from doithoai.planning.models import Attendance, Dialogue, Sitting
from doithoai.planning.papers.changing import time_words
from doithoai.rules.opening import Figures, Speaker
from doithoai.rules.paper import (
    Block,
    Column,
    Heading,
    Item,
    Paper,
    Quote,
    Row,
    Table,
    dash,
    ended,
    fact,
    para,
    runs,
)
from doithoai.rules.vietnamese import count, paper_date

UNKNOWN: Final = "chưa có số liệu"
MOST_NAMED: Final = 3
PARTS = 6
"""Sixths of the minutes kept free of turns: one to settle, one to open, two for the report, two to conclude."""


def opening_report(sitting: Sitting, figures: Figures, *, signer: Staff, on: date) -> Paper:
    """The lead office's report read at the opening, with the figures there are; what no data tells is said to be unknown."""
    dialogue, sector = sitting.dialogue, sitting.sector
    procedures = list(Procedure.objects.filter(sector=sector).order_by("code").values_list("name", flat=True))
    blocks: list[Block] = [
        para(
            f"Thực hiện {_plan(dialogue)}, {sitting.lead.name} báo cáo tóm tắt tình hình giải quyết thủ tục hành chính lĩnh "
            f"vực {sector.name} như sau:"
        ),
        Heading("section", "I", "Tình hình giải quyết thủ tục hành chính"),
        Item(
            runs(
                f"Lĩnh vực {sector.name} có {count(len(procedures), 'thủ tục hành chính')} đang thực hiện{_names(procedures)}."
            ),
            "1.",
        ),
        Item(runs(_files(figures)), "2."),
        Item(runs(f"Hồ sơ trước hạn, đúng hạn, quá hạn; nguyên nhân và biện pháp: {UNKNOWN}."), "3."),
        Heading("section", "II", "Chuẩn bị đối thoại"),
        Item(
            runs(
                f"Buổi đối thoại từ {time_words(sitting)}, dự kiến {count(sitting.expected, 'lượt người')} phát biểu tại "
                f"{count(dialogue.venues.count(), 'điểm cầu')}."
            ),
            "1.",
        ),
        Item(runs(_invitees(figures)), "2."),
        Item(runs(_difficulties(figures, sitting)), "3."),
        Heading("section", "III", "Đề nghị"),
        para(
            "Đề nghị tổ chức, công dân nêu rõ thủ tục, mã hồ sơ, việc còn vướng; các đơn vị liên quan trả lời ngay nội dung "
            "đã rõ, nội dung chưa trả lời được nêu rõ thời hạn và người liên hệ."
        ),
        para(f"Trên đây là báo cáo tóm tắt của {sitting.lead.name}, kính trình {sitting.agency.name} và hội nghị"),
    ]
    return official(
        sitting.agency,
        "opening_report",
        subject=f"Tóm tắt tình hình giải quyết thủ tục hành chính lĩnh vực {sector.name} phục vụ đối thoại",
        blocks=ended(blocks),
        recipients=[
            f"Lãnh đạo {sitting.agency.short_name}",
            dialogue.secretariat.name,
            "Các điểm cầu",
            f"Lưu: VT, {sitting.lead.symbol}",
        ],
        signer=signer,
        on=on,
        issuer=sitting.lead if sitting.lead.has_seal else None,
    )


def _files(figures: Figures) -> str:
    if figures.files is None:
        return f"Số hồ sơ đã giải quyết xong: {UNKNOWN}."
    done = (
        f"Bộ phận Một cửa đã giải quyết xong {count(figures.files, 'hồ sơ')} của {count(figures.applicants, 'người')}"
    )
    return f"{done}{_most(figures.procedures, 'hồ sơ')}."


def _invitees(figures: Figures) -> str:
    if not figures.invited:
        return f"Công dân được mời: {UNKNOWN}."
    return (
        f"Đã mời {count(figures.invited, 'công dân')}: {count(figures.accepted, 'người')} báo dự, "
        f"{count(figures.declined, 'người')} báo không dự được, {count(figures.silent, 'người')} chưa trả lời."
    )


def _difficulties(figures: Figures, sitting: Sitting) -> str:
    if not figures.difficulties:
        return f"Khó khăn, vướng mắc gửi trước về lĩnh vực {sitting.sector.name}: chưa nhận được ý kiến nào."
    became = (
        ("đã có dự thảo trả lời", figures.drafted),
        ("đã trả lời", figures.answered),
        ("đã chuyển cơ quan có thẩm quyền", figures.transferred),
    )
    parts = [f"{words} {count(number, 'ý kiến')}" for words, number in became if number]
    return (
        f"Đã nhận {count(figures.difficulties, 'khó khăn, vướng mắc')} về lĩnh vực {sitting.sector.name}"
        f"{_most(figures.matters, 'ý kiến')}; {'trong đó ' if parts else ''}{'; '.join(parts) or 'đang tổng hợp trả lời'}."
    )


def _most(rows: Sequence[tuple[str, int]], noun: str) -> str:
    """The three most frequent by name; the others only as a rest."""
    if not rows:
        return ""
    told = "; ".join(f"{name}: {count(number, noun)}" for name, number in rows[:MOST_NAMED])
    return f", nhiều nhất là {told}" if len(rows) > MOST_NAMED else f", gồm {told}"


def _plan(dialogue: Dialogue) -> str:
    plan = dialogue.plan_in_force
    if plan and plan.issued_on:
        return f"Kế hoạch số {plan.number_text} {paper_date(plan.issued_on)}"
    return "Kế hoạch đối thoại thủ tục hành chính"


def _names(procedures: Sequence[str]) -> str:
    return f", gồm: {'; '.join(procedures)}" if 0 < len(procedures) <= 8 else ""


# ---- the chair's script


@dataclass(frozen=True, slots=True)
class _Hour:
    """From when to when, as the margin of a script says it."""

    start: datetime
    end: datetime
    zone: str

    def __str__(self) -> str:
        start, end = clock.local(self.start, self.zone), clock.local(self.end, self.zone)
        return f"{start:%H:%M} – {end:%H:%M}"


def script(sitting: Sitting, speakers: Sequence[Speaker]) -> Paper:
    """What the chair says and does from minute to minute, whom they call in which order; a working paper."""
    dialogue = sitting.dialogue
    blocks: list[Block] = [
        fact("Thời gian", f"{time_words(sitting)}."),
        fact("Chủ trì", f"{_who(dialogue.chair)}."),
        *([fact("Đồng chủ trì", f"{sitting.co_chair}.")] if sitting.co_chair else []),
        *_steps(sitting, speakers),
    ]
    return working(
        sitting.agency,
        "script",
        title="KỊCH BẢN ĐIỀU HÀNH",
        subject=f"Đối thoại thủ tục hành chính lĩnh vực {sitting.sector.name}",
        blocks=blocks,
    )


def _who(staff: Staff | None) -> str:
    return f"{staff.address_form} {staff.name}, {staff.title}" if staff else "……"


def _hours(sitting: Sitting) -> list[_Hour]:
    share = timedelta(minutes=sitting.overhead_minutes // PARTS)
    zone, start = sitting.agency.zone, sitting.starts_at
    marks = [start, start + share, start + 2 * share, start + 4 * share, sitting.ends_at - 2 * share, sitting.ends_at]
    return [_Hour(begin, end, zone) for begin, end in pairwise(marks)]


def _steps(sitting: Sitting, speakers: Sequence[Speaker]) -> Iterator[Block]:
    settle, opening, report, talk, close = _hours(sitting)
    yield _part(1, settle, "Ổn định, kiểm tra các điểm cầu, giới thiệu")
    yield from _settle(sitting)
    yield _part(2, opening, "Khai mạc")
    yield from _open(sitting)
    yield _part(3, report, "Báo cáo tóm tắt")
    yield Quote(
        f"Mời đại diện {sitting.lead.name} báo cáo tóm tắt tình hình giải quyết thủ tục hành chính trong lĩnh vực."
    )
    yield _part(4, talk, "Đối thoại")
    yield from _talk(sitting, speakers)
    yield _part(5, close, "Kết luận, thông qua biên bản")
    yield from _close(sitting)


def _part(number: int, hour: _Hour, what: str) -> Block:
    return Heading("clause", str(number), f"{hour}. {what}")


def _settle(sitting: Sitting) -> Iterator[Block]:
    venues = [venue for venue in sitting.dialogue.venues.select_related("chair", "office") if not venue.is_central]
    yield Quote("Đề nghị các điểm cầu lần lượt báo nghe rõ, thấy rõ.")
    for venue in venues:
        yield dash(f"{venue.name}: {_who(venue.chair) if venue.chair else 'người chủ trì điểm cầu'} trả lời.")
    yield Quote("Thay mặt ban tổ chức, xin giới thiệu các vị đại biểu dự buổi đối thoại.")
    central = Attendance.objects.filter(venue__dialogue=sitting.dialogue, venue__is_central=True)
    rows = list(central.filter(is_citizens=False, is_chair=False))
    for at, row in enumerate(rows, start=1):
        yield dash(f"{row.who.rstrip('.;')}{'.' if at == len(rows) else ';'}")


def _open(sitting: Sitting) -> Iterator[Block]:
    dialogue = sitting.dialogue
    yield Quote(
        f"Kính thưa các vị đại biểu, thưa ông bà. Hôm nay {sitting.agency.name} đối thoại với tổ chức, công dân về việc giải "
        f"quyết thủ tục hành chính lĩnh vực {sitting.sector.name}, theo {_plan(dialogue)}. Ông bà cứ nói thẳng, nói rõ việc còn "
        "vướng; mọi ý kiến được ghi chép đầy đủ và có văn bản trả lời."
    )
    length = (
        f"mỗi lượt khoảng {sitting.turn_minutes} phút, kể cả phần trả lời" if sitting.turn_minutes else "nói ngắn gọn"
    )
    yield Quote(
        f"Xin nêu thể lệ: {length}; được mời mới bật micro; ai chưa kịp nói thì "
        "gửi ý kiến bằng văn bản, được trả lời như ý kiến phát biểu. Việc khiếu nại, tố cáo được hướng dẫn riêng, không "
        "nêu trước hội nghị."
    )


SPEAKERS: Final = (
    Column("Lượt", 10, "centre"), Column("Mời", 40), Column("Điểm cầu", 34), Column("Nội dung đã gửi", 76),
)  # fmt: skip


def _turns(speakers: Sequence[Speaker]) -> Table:
    rows = [
        Row(
            (
                str(at),
                f"{one.name[:1].upper()}{one.name[1:]}{f', {one.home}' if one.home else ''} ({one.standing})",
                one.venue,
                "; ".join(one.topics) or "chưa gửi trước",
            )
        )
        for at, one in enumerate(speakers, start=1)
    ]
    return Table(SPEAKERS, tuple(rows))


def _talk(sitting: Sitting, speakers: Sequence[Speaker]) -> Iterator[Block]:
    if speakers:
        yield dash(
            f"Mời {count(len(speakers), 'người')} lần lượt theo bảng sau, xen giữa các điểm cầu; ai vắng khi gọi thì mời người "
            "kế tiếp. Bàn điều hành tính lại thứ tự theo người có mặt."
        )
        yield _turns(speakers)
    else:
        yield dash("Chưa có ai được mời phát biểu: mời theo thứ tự trên bàn điều hành, lần lượt giữa các điểm cầu.")
    yield Quote("Xin mời ông (bà) …… tại điểm cầu …… phát biểu.")
    yield Quote(
        f"Mời {sitting.lead.name} trả lời. Nội dung nào chưa trả lời được ngay, đề nghị nêu thời hạn và người liên hệ."
    )
    yield Quote("Ông (bà) nghe trả lời như vậy đã rõ chưa, còn hỏi thêm gì không?")
    yield dash("Sau mỗi lượt, chốt một câu: đã trả lời; hoặc giao đơn vị nào, trước ngày nào, ai liên hệ.")
    yield dash("Mất đường truyền: mời điểm cầu khác nói trước, Thư ký ghi giờ gián đoạn vào biên bản.")


def _close(sitting: Sitting) -> Iterator[Block]:
    yield dash("Kết luận ba ý: bao nhiêu ý kiến, đã trả lời bao nhiêu; việc còn lại giao ai, đến ngày nào; lời cảm ơn.")
    yield Quote(
        "Các ý kiến chưa kịp trả lời được ghi vào biên bản và trả lời bằng văn bản. Kết quả được thông báo công khai. Mời Thư ký "
        "đọc biên bản để ông bà cùng nghe; chỗ nào ghi chưa đúng, đề nghị nói ngay."
    )
    yield Quote("Đề nghị ông bà ở lại ít phút điền phiếu khảo sát. Xin cảm ơn và tuyên bố kết thúc buổi đối thoại.")
