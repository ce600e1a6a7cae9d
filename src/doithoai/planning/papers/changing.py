"""Notices of what changed: another time, a postponement, a calling off, and a dialogue held in writing instead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from doithoai.documents.models import Document
from doithoai.documents.papers import official
from doithoai.kernel import clock
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue, Sitting
from doithoai.rules.paper import Block, Item, Paper, dash, ended, para, runs
from doithoai.rules.vietnamese import page_date, paper_date, paper_time, paper_weekday_date

REGRET = "Mong ông (bà) và các cơ quan, đơn vị thông cảm"


@dataclass(frozen=True, slots=True)
class Moved:
    """A decision on a sitting or a dialogue: why, and the day on which the notice is drafted."""

    reason: str
    on: date

    @property
    def because(self) -> str:
        """“Vì lý do …”, without the full stop."""
        return f"Vì lý do {self.reason.strip().rstrip('.')}"


def time_words(sitting: Sitting) -> str:
    """“07 giờ 30 phút đến 11 giờ 30 phút, thứ Tư, ngày 22/12/2021” as papers write it."""
    zone = sitting.agency.zone
    start, end = clock.local(sitting.starts_at, zone), clock.local(sitting.ends_at, zone)
    return f"{paper_time(start.time())} đến {paper_time(end.time())}, {paper_weekday_date(start.date())}"


def change_notice(sitting: Sitting, *, was: datetime, reason: str, on: date) -> Paper:
    """The notice that the time of a sitting has changed, with the reason."""
    agency = sitting.agency
    before = clock.local(was, agency.zone)
    old = f"{paper_time(before.time())}, {page_date(before.date())}"
    blocks: list[Block] = [
        para(
            f"{Moved(reason, on).because}, {agency.name} điều chỉnh thời gian đối thoại lĩnh vực {sitting.sector.name} "
            f"{_named_in(sitting.dialogue, [sitting])} như sau:"
        ),
        Item(runs(f"Thời gian đã thông báo: {old};")),
        Item(runs(f"Thời gian mới: {time_words(sitting)}.")),
        para(f"Các nội dung khác không thay đổi. {REGRET}, sắp xếp tham dự."),
    ]
    return _notice(sitting.dialogue, "Điều chỉnh thời gian đối thoại thủ tục hành chính", blocks, on)


def postpone_notice(dialogue: Dialogue, sittings: Sequence[Sitting], moved: Moved) -> Paper:
    """The notice that sittings are put off until another notice names their new time."""
    blocks: list[Block] = [
        para(
            f"{moved.because}, {dialogue.agency.name} hoãn các buổi đối thoại sau đây {_named_in(dialogue, sittings)}:"
        ),
        *_each(sittings),
        para(
            f"Thời gian tổ chức lại được {dialogue.agency.name} thông báo bằng văn bản. Giấy mời đã phát hành vẫn có giá "
            "trị cho thời gian mới; ý kiến, kiến nghị đã gửi vẫn được tiếp nhận, giải quyết."
        ),
        para(f"{REGRET}."),
    ]
    return _notice(dialogue, "Hoãn đối thoại thủ tục hành chính", blocks, moved.on)


def cancel_notice(dialogue: Dialogue, sittings: Sequence[Sitting], moved: Moved) -> Paper:
    """The notice that sittings are not held; what was already raised is answered all the same."""
    blocks: list[Block] = [
        para(
            f"{moved.because}, {dialogue.agency.name} không tổ chức các buổi đối thoại sau đây "
            f"{_named_in(dialogue, sittings)}:"
        ),
        *_each(sittings),
        para(
            "Giấy mời đã phát hành cho các buổi nêu trên hết hiệu lực. Ý kiến, kiến nghị đã gửi được trả lời bằng văn bản; "
            f"ông (bà) còn khó khăn, vướng mắc đề nghị gửi {_address(dialogue)}."
        ),
        para(f"{REGRET}."),
    ]
    return _notice(dialogue, "Không tổ chức đối thoại thủ tục hành chính", blocks, moved.on)


def written_notice(
    dialogue: Dialogue, sittings: Sequence[Sitting], moved: Moved, *, until: date, result: date
) -> Paper:
    """The notice that the dialogue is held in writing: until when to send, by when it is answered."""
    blocks: list[Block] = [
        para(
            f"{moved.because}, {dialogue.agency.name} chuyển cuộc đối thoại về giải quyết thủ tục hành chính "
            f"{_named_in(dialogue, sittings)} sang hình thức đối thoại bằng văn bản. Các buổi sau đây không tổ chức:"
        ),
        *_each(sittings),
        para(
            f"Đề nghị ông (bà) và các tổ chức gửi khó khăn, vướng mắc, kiến nghị {_address(dialogue)}, đến hết "
            f"{paper_date(until)}. Ý kiến đã gửi trước đây không phải gửi lại."
        ),
        para(
            f"Mọi ý kiến, kiến nghị được trả lời bằng văn bản; kết quả được {dialogue.agency.name} thông báo chậm nhất "
            f"{paper_date(result)}."
        ),
        para(f"{REGRET}."),
    ]
    return _notice(dialogue, "Chuyển sang đối thoại thủ tục hành chính bằng văn bản", blocks, moved.on)


def _each(sittings: Sequence[Sitting]) -> Iterator[Block]:
    for at, row in enumerate(sittings, start=1):
        yield dash(f"Lĩnh vực {row.sector.name}: {time_words(row)}{'.' if at == len(sittings) else ';'}")


def _named_in(dialogue: Dialogue, sittings: Sequence[Sitting]) -> str:
    """The papers that named the time: the plan, and the invitations already issued for these sittings."""
    plan = dialogue.plan_in_force
    cited = f"Kế hoạch số {plan.number_text} {paper_date(plan.issued_on)}" if plan and plan.issued_on else "Kế hoạch"
    letters = Document.objects.filter(
        chain=dialogue.chain, kind="invitation", number__isnull=False, about__in=[row.code for row in sittings]
    ).defer("paper")
    numbers = dict.fromkeys(
        f"Giấy mời số {row.number_text} {paper_date(row.issued_on)}" for row in letters if row.issued_on
    )
    return f"nêu tại {', '.join([cited, *numbers])}"


def _address(dialogue: Dialogue) -> str:
    office, agency = dialogue.secretariat, dialogue.agency
    phone = office.phone or agency.phone
    where = f"đến {office.name}" + (f", {agency.address}" if agency.address else "")
    return f"{where}, điện thoại {phone}" if phone else where


def _notice(dialogue: Dialogue, subject: str, blocks: Sequence[Block], on: date) -> Paper:
    return official(
        dialogue.agency,
        "change_notice",
        subject=subject,
        blocks=ended(blocks),
        recipients=list(_told(dialogue)),
        signer=_chair(dialogue),
        on=on,
    )


def _chair(dialogue: Dialogue) -> Staff:
    assert dialogue.chair is not None  # a dialogue is made with its chair
    return dialogue.chair


def _told(dialogue: Dialogue) -> Iterator[str]:
    """Nơi nhận: whoever had the plan, and the invited."""
    lines = [row.text for row in dialogue.recipients.all()]
    filed = lines[-1] if lines and lines[-1].startswith("Lưu:") else f"Lưu: VT, {dialogue.secretariat.symbol}"
    yield from (line for line in lines if line != filed)
    yield "Công dân, tổ chức được mời"
    yield filed
