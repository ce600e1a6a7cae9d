"""The programme of a sitting: what happens from which minute to which, and who does it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from doithoai.answers.papers.dossier import Scope
from doithoai.documents.papers import official
from doithoai.kernel import clock
from doithoai.people.models import Staff
from doithoai.planning.models import Sitting
from doithoai.planning.papers import time_words
from doithoai.rules.paper import Block, Column, Paper, Row, Table, ended, fact, para
from doithoai.rules.vietnamese import count

# How the minutes kept free of turns are shared, in sixths; the two that are left are the conclusion's.
SHARES = (
    ("Ổn định tổ chức, kiểm tra kết nối các điểm cầu, giới thiệu đại biểu", "{secretariat}", 1),
    ("Khai mạc, nêu mục đích, thể lệ phát biểu", "Chủ trì", 1),
    ("Báo cáo tình hình giải quyết thủ tục hành chính trong lĩnh vực", "Đại diện {lead}", 2),
)
PARTS = 6


def programme_paper(sitting: Sitting, *, signer: Staff, on: date) -> Paper:
    """The programme in Decree 30's form, issued by the lead office for the head's approval."""
    dialogue = sitting.dialogue
    central = next(venue.name for venue in dialogue.venues.all() if venue.is_central)
    others = ", ".join(venue.name for venue in dialogue.venues.all() if not venue.is_central)
    columns = (
        Column("TT", 8, "centre"),
        Column("Thời gian", 32, "centre"),
        Column("Nội dung", 72),
        Column("Người thực hiện", 46),
    )
    blocks: list[Block] = [
        fact("Thời gian", f"{time_words(sitting)}."),
        fact("Địa điểm", f"điểm cầu trung tâm tại {central}" + (f"; các điểm cầu: {others}." if others else ".")),
        fact("Hình thức", _mode(sitting)),
        fact("Chủ trì", f"Lãnh đạo {sitting.agency.name}."),
        *([fact("Đồng chủ trì", f"{sitting.co_chair}.")] if sitting.co_chair else []),
        fact("Dự kiến", f"{count(sitting.expected, 'lượt người')}{_each(sitting)}."),
        Table(columns, tuple(_rows(sitting))),
        para(
            "Thời gian từng mục có thể thay đổi theo điều hành của chủ trì; người chưa kịp phát biểu gửi ý kiến bằng văn bản "
            "và được trả lời như ý kiến phát biểu"
        ),
    ]
    return official(
        sitting.agency,
        "programme",
        subject=f"Đối thoại thủ tục hành chính lĩnh vực {sitting.sector.name}",
        blocks=ended(blocks),
        recipients=[
            f"Lãnh đạo {sitting.agency.short_name}",
            dialogue.secretariat.name,
            "Các điểm cầu",
            f"Lưu: VT, {sitting.lead.symbol}",
        ],
        signer=signer,
        on=on,
        issuer=Scope(sitting).issuer,
    )


def _mode(sitting: Sitting) -> str:
    platform = f", qua {sitting.dialogue.platform}" if sitting.dialogue.platform else ""
    modes = {"online": "trực tuyến", "hybrid": "trực tiếp kết hợp trực tuyến", "in_person": "trực tiếp"}
    return f"{modes.get(sitting.dialogue.mode, sitting.dialogue.mode)}{platform}."


def _each(sitting: Sitting) -> str:
    return f", mỗi lượt khoảng {count(sitting.turn_minutes, 'phút')}, kể cả trả lời" if sitting.turn_minutes else ""


def _rows(sitting: Sitting) -> Iterator[Row]:
    """Opening, report, the turns, the conclusion: each from the minute at which the one before ends."""
    share = sitting.overhead_minutes // PARTS
    names = {"secretariat": sitting.dialogue.secretariat.name, "lead": sitting.lead.name}
    start = sitting.starts_at
    for number, (what, who, parts) in enumerate(SHARES, start=1):
        end = start + timedelta(minutes=share * parts)
        yield _row(sitting, number, (start, end), what, who.format(**names))
        start = end
    talk_end = sitting.ends_at - timedelta(minutes=share * 2)
    speakers = f"Tổ chức, công dân; {names['lead']}; các đơn vị liên quan"
    yield _row(sitting, len(SHARES) + 1, (start, talk_end), _talk(sitting), speakers)
    closing = "Kết luận; đọc và thông qua biên bản; phát phiếu khảo sát sự hài lòng"
    yield _row(sitting, len(SHARES) + 2, (talk_end, sitting.ends_at), closing, "Chủ trì; Thư ký")


def _talk(sitting: Sitting) -> str:
    turns = count(sitting.expected, "lượt")
    return (
        f"Tổ chức, công dân phát biểu lần lượt giữa các điểm cầu ({turns}); cơ quan chuyên môn trả lời, chủ trì kết luận "
        "từng nội dung"
    )


def _row(sitting: Sitting, number: int, span: tuple[datetime, datetime], what: str, who: str) -> Row:
    zone = sitting.agency.zone
    start, end = (clock.local(at, zone) for at in span)
    hours = f"Từ {start:%H} giờ {start:%M}\nđến {end:%H} giờ {end:%M}"
    return Row((str(number), hours, what, who))
