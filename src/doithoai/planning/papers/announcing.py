"""What is made known to everybody: the public announcement, and the text that the loudspeaker reads out."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from doithoai.documents.papers import official, working
from doithoai.kernel import clock
from doithoai.planning.models import Dialogue, Sitting
from doithoai.planning.papers.changing import time_words
from doithoai.rules.paper import Block, Heading, Paper, dash, ended, para
from doithoai.rules.vietnamese import paper_date, weekday

MOST_SPOKEN: Final = 150
"""Syllables that a minute of the loudspeaker holds when it is read slowly, twice."""

SHORT: Final = (
    ("HĐND&UBND", "Hội đồng nhân dân và Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("UBND", "Ủy ban nhân dân"),
    ("UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
    ("MTTQ", "Mặt trận Tổ quốc"),
    ("TTHC", "thủ tục hành chính"),
    ("TP.", "thành phố "),
    ("&", " và "),
    ("–", ", "),
)
"""Abbreviations and signs that an announcer would stumble over, as they are said."""

MODES: Final = {
    "online": "trực tuyến giữa các điểm cầu",
    "in_person": "trực tiếp",
    "hybrid": "trực tiếp kết hợp trực tuyến",
}


def spoken(text: str) -> str:
    """A text as it is read aloud: abbreviations in full, no signs."""
    for short, said in SHORT:
        text = text.replace(short, said)
    return re.sub(r"\s+([,.])", r"\1", re.sub(r"\s+", " ", text)).strip()


def announcement(dialogue: Dialogue, sittings: Sequence[Sitting], *, on: date) -> Paper:
    """The notice to everybody: time, place, content, how to attend and how to send difficulties (Law 72/2025 art. 43)."""
    assert dialogue.chair is not None  # a dialogue is made with its chair
    agency, office = dialogue.agency, dialogue.secretariat
    blocks: list[Block] = [
        para(
            f"Thực hiện {_plan(dialogue)}, {agency.name} thông báo để tổ chức, công dân trên địa bàn biết và tham dự đối "
            "thoại về giải quyết thủ tục hành chính:"
        ),
        Heading("clause", "1", "Thời gian, lĩnh vực"),
        *(
            dash(f"{_first(time_words(row))}: lĩnh vực {row.sector.name}{_mark(at, len(sittings))}")
            for at, row in enumerate(sittings, start=1)
        ),
        Heading("clause", "2", "Hình thức, địa điểm"),
        *_places(dialogue),
        Heading("clause", "3", "Nội dung"),
        para(f"Khó khăn, vướng mắc, kiến nghị khi làm thủ tục hành chính trong lĩnh vực {_sectors(sittings)}."),
        Heading("clause", "4", "Cách thức tham dự và gửi khó khăn, vướng mắc"),
        dash(
            "Người có giấy mời đến điểm cầu ghi trong giấy mời, mang theo giấy tờ liên quan đến thủ tục đã làm (nếu có);"
        ),
        dash(
            "Mọi tổ chức, công dân gửi khó khăn, vướng mắc bằng lời, bằng phiếu hoặc bằng văn bản "
            f"{_where(dialogue)}; trưởng thôn, tổ trưởng tổ dân phố nhận và chuyển giúp;"
        ),
        dash(
            "Ý kiến gửi bằng văn bản được trả lời như ý kiến phát biểu. Nội dung khiếu nại, tố cáo được hướng dẫn giải quyết "
            "theo quy định của pháp luật về khiếu nại, tố cáo."
        ),
        para(
            f"Kết quả giải quyết được thông báo công khai sau đối thoại. Cần biết thêm, liên hệ {office.name}"
            f"{_phone(dialogue)}."
        ),
    ]
    return official(
        agency,
        "announcement",
        subject="Đối thoại với tổ chức, công dân về giải quyết thủ tục hành chính",
        blocks=ended(blocks),
        recipients=_recipients(dialogue),
        signer=dialogue.chair,
        on=on,
    )


def _plan(dialogue: Dialogue) -> str:
    plan = dialogue.plan_in_force
    if plan and plan.issued_on:
        return f"Kế hoạch số {plan.number_text} {paper_date(plan.issued_on)}"
    return "Kế hoạch " + dialogue.subject[:1].lower() + dialogue.subject[1:]


def _first(words: str) -> str:
    return "Từ " + words[:1].lower() + words[1:]


def _mark(at: int, of: int) -> str:
    return "." if at == of else ";"


def _places(dialogue: Dialogue) -> Iterator[Block]:
    venues = list(dialogue.venues.all())
    mode = MODES.get(dialogue.mode, "bằng văn bản")
    platform = f", qua {dialogue.platform}" if dialogue.platform and dialogue.mode != "in_person" else ""
    yield dash(f"Hình thức: đối thoại {mode}{platform};")
    for at, venue in enumerate(venues, start=1):
        what = "Điểm cầu trung tâm" if venue.is_central else "Điểm cầu"
        address = f", {venue.address}" if venue.address else ""
        yield dash(f"{what}: {venue.name}{address}{_mark(at, len(venues))}")


def _sectors(sittings: Sequence[Sitting]) -> str:
    return "; ".join(dict.fromkeys(row.sector.name for row in sittings))


def _where(dialogue: Dialogue) -> str:
    venues = ", ".join(venue.name for venue in dialogue.venues.all() if not venue.is_central)
    return f"đến {dialogue.secretariat.name}" + (f", {venues}" if venues else "")


def _phone(dialogue: Dialogue) -> str:
    phone = dialogue.secretariat.phone or dialogue.agency.phone
    return f", điện thoại {phone}" if phone else ""


def _recipients(dialogue: Dialogue) -> list[str]:
    venues = [venue.office.name for venue in dialogue.venues.select_related("office") if not venue.is_central]
    return [
        "Cổng thông tin điện tử (đăng tải)",
        *dict.fromkeys(venues),
        "Trưởng thôn, tổ trưởng tổ dân phố (niêm yết, phát thanh)",
        f"Lưu: VT, {dialogue.secretariat.symbol}",
    ]


# ---- the loudspeaker


def broadcast(dialogue: Dialogue, sittings: Sequence[Sitting]) -> Paper:
    """The text for the loudspeaker: at most `MOST_SPOKEN` words, nothing abbreviated, read twice."""
    lines = spoken_words(dialogue, sittings)
    note = "Phát thanh viên đọc chậm, hai lần. Ngắt hơi ở mỗi dòng."
    return working(
        dialogue.agency,
        "broadcast",
        title="BÀI PHÁT THANH",
        subject="Mời bà con tham gia đối thoại về thủ tục hành chính",
        blocks=[*(para(line) for line in lines), para(note)],
    )


def spoken_words(dialogue: Dialogue, sittings: Sequence[Sitting]) -> list[str]:
    """The lines that are read out, together at most `MOST_SPOKEN` words.

    Where the whole is too long, what a listener can do without goes first: the other venues, then the sectors
    of each sitting.
    """
    for full in (3, 2, 1, 0):
        lines = [spoken(line) for line in _told(dialogue, sittings, full)]
        if sum(len(line.split()) for line in lines) <= MOST_SPOKEN:
            break
    return lines


def _told(dialogue: Dialogue, sittings: Sequence[Sitting], full: int) -> Iterator[str]:
    agency = dialogue.agency
    yield "Kính thưa bà con."
    yield f"{agency.name} tổ chức đối thoại với bà con về thủ tục hành chính."
    yield from _times(sittings, full)
    venues = [venue.name for venue in dialogue.venues.all()]
    if venues and full >= 3:
        yield f"Địa điểm: {'; '.join(venues)}."
    elif venues and full >= 1:
        yield "Địa điểm ghi trong giấy mời và niêm yết tại trụ sở."
    yield "Bà con có giấy mời, xin đến đúng giờ, mang theo giấy tờ đã làm."
    yield (
        "Ai không có giấy mời mà gặp khó khăn khi làm thủ tục, xin nói với trưởng thôn, tổ trưởng dân phố để được ghi lại và "
        "trả lời bằng văn bản."
    )
    phone = _digits(dialogue)
    if phone:
        yield f"Cần hỏi, xin gọi số {phone}."
    yield "Xin cảm ơn bà con."


def _times(sittings: Sequence[Sitting], full: int) -> Iterator[str]:
    if full >= 2:
        for row in sittings:
            yield f"{_when(row)}: lĩnh vực {row.sector.name}."
    elif sittings:
        yield f"Bắt đầu từ {_when(sittings[0])[:1].lower()}{_when(sittings[0])[1:]}."


def _when(row: Sitting) -> str:
    """“Bảy giờ ba mươi phút sáng” would be read wrong from figures as often as right: figures with their words."""
    zone = row.agency.zone
    start = clock.local(row.starts_at, zone)
    minutes = f" {start.minute} phút" if start.minute else ""
    day = start.date()
    return f"{start.hour} giờ{minutes}, {weekday(day)}, ngày {day.day} tháng {day.month}"


def _digits(dialogue: Dialogue) -> str:
    """A telephone number in groups, as it is said."""
    return ", ".join((dialogue.secretariat.phone or dialogue.agency.phone).split())
