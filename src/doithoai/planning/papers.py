"""The papers of planning: the plan itself, and the notice of a changed time."""

from collections.abc import Iterator
from datetime import date, datetime

from doithoai.documents.papers import official
from doithoai.kernel import clock
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue, Sitting
from doithoai.rules.paper import Block, Heading, Item, Paper, Paragraph, ended, para, runs
from doithoai.rules.vietnamese import page_date, paper_time, paper_weekday_date

MARKS = {"-": "-", "+": "+"}


def plan_paper(dialogue: Dialogue, *, on: date) -> Paper:
    """The plan as an official paper: its own wording, clause by clause, in Decree 30's form."""
    text = dialogue.plan_text
    blocks: list[Block] = [para(line) for line in text["preamble"]]
    blocks += [_block(clause) for clause in text["clauses"]]
    blocks += [para(line) for line in text["closing"]]
    return official(
        dialogue.agency,
        "plan",
        subject=dialogue.subject,
        blocks=ended(blocks),
        recipients=text["recipients"],
        signer=_chair(dialogue),
        on=on,
    )


def _chair(dialogue: Dialogue) -> Staff:
    assert dialogue.chair is not None  # a dialogue is made with its chair
    return dialogue.chair


def _block(clause: dict[str, str]) -> Block:
    marker, text = clause["marker"].rstrip(".)"), clause["text"]
    depth = clause["path"].count(".")
    is_title = not text.rstrip().endswith((".", ";")) and len(text) < 120
    if clause["marker"] in MARKS:
        return Item(runs(text), mark=clause["marker"])
    if depth == 0:
        return Heading("section", marker, text)
    if is_title:
        return Heading("clause" if depth == 1 else "point", marker, text)
    return Item(runs(text), mark=clause["marker"])


def time_words(sitting: Sitting) -> str:
    """“07 giờ 30 phút đến 11 giờ 30 phút, thứ Tư, ngày 22/12/2021” as papers write it."""
    zone = sitting.agency.zone
    start, end = clock.local(sitting.starts_at, zone), clock.local(sitting.ends_at, zone)
    return f"{paper_time(start.time())} đến {paper_time(end.time())}, {paper_weekday_date(start.date())}"


def change_notice(sitting: Sitting, *, was: datetime, reason: str, on: date) -> Paper:
    """The notice that the time of a sitting has changed, with the reason."""
    dialogue, agency = sitting.dialogue, sitting.agency
    before = clock.local(was, agency.zone)
    old = f"{paper_time(before.time())}, {page_date(before.date())}"
    blocks: list[Block] = [
        para(
            f"Vì lý do {reason.rstrip('.')}, {agency.name} điều chỉnh thời gian đối thoại lĩnh vực {sitting.sector.name} "
            f"nêu tại Kế hoạch số {dialogue.plan.number_text if dialogue.plan else ''} như sau:"
        ),
        Item(runs(f"Thời gian đã thông báo: {old};")),
        Item(runs(f"Thời gian mới: {time_words(sitting)}.")),
        Paragraph(
            runs("Các nội dung khác không thay đổi. Mong ông (bà) và các cơ quan, đơn vị thông cảm, sắp xếp tham dự.")
        ),
    ]
    return official(
        agency,
        "change_notice",
        subject="Điều chỉnh thời gian đối thoại thủ tục hành chính",
        blocks=ended(blocks),
        recipients=list(_change_recipients(dialogue)),
        signer=_chair(dialogue),
        on=on,
    )


def _change_recipients(dialogue: Dialogue) -> Iterator[str]:
    lines = [row.text for row in dialogue.recipients.all()]
    yield from lines[:-1]
    yield "Công dân được mời"
    yield lines[-1] if lines else f"Lưu: VT, {dialogue.secretariat.symbol}"
