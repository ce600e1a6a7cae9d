"""The synthesis of a sitting's difficulties: the submission (tờ trình) with its figures, and the appendix table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from doithoai.answers.models import Answer
from doithoai.answers.queries import answers_of
from doithoai.directory.models import Office
from doithoai.documents.models import Document
from doithoai.documents.papers import official
from doithoai.intake.models import Opinion
from doithoai.intake.queries import opinions_of
from doithoai.kernel.words import in_vietnamese
from doithoai.people.models import Staff
from doithoai.planning.models import Sitting
from doithoai.planning.papers import time_words
from doithoai.rules.paper import (
    Appendix,
    Block,
    Column,
    Heading,
    Paper,
    Row,
    Table,
    attachment_note,
    dash,
    ended,
    para,
)
from doithoai.rules.vietnamese import count, short_date

COMPLAINTS = (Opinion.Kind.COMPLAINT, Opinion.Kind.DENUNCIATION)
WAYS = {
    Opinion.Door.LINK: "qua đường dẫn riêng",
    Opinion.Door.PHONE: "qua điện thoại",
    Opinion.Door.PAPER: "bằng phiếu",
    Opinion.Door.FLOOR: "phát biểu trực tiếp",
    Opinion.Door.DESK: "nói trực tiếp với cán bộ",
    Opinion.Door.WEB: "qua trang công khai",
}
NO_PROCEDURE = "Nội dung khác trong lĩnh vực"
OFF_TOPIC = "Ngoài nội dung đối thoại, trả lời bằng văn bản"


def issuer_of(sitting: Sitting) -> Office | None:
    """The lead office where it has a seal of its own; otherwise the agency itself issues its papers."""
    return sitting.lead if sitting.lead.has_seal else None


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of the synthesis: an opinion, those merged into it, and the answer prepared for it."""

    opinion: Opinion
    others: tuple[Opinion, ...]
    answer: Answer | None

    @property
    def group(self) -> str:
        """The procedure under which it stands."""
        if self.opinion.topic == Opinion.Topic.OFF:
            return OFF_TOPIC
        return self.opinion.procedure.name if self.opinion.procedure else NO_PROCEDURE

    @property
    def voices(self) -> int:
        """How many opinions raise it."""
        return 1 + len(self.others)


def matters_of(sitting: Sitting, rows: Sequence[Opinion]) -> list[Matter]:
    """The matters of a sitting, group by group, the most often raised first. Complaints and denunciations are none."""
    answers = {answer.opinion_id: answer for answer in answers_of(sitting.dialogue)}
    shown = [row for row in rows if row.state in ("accepted", "closed", "transferred") and row.kind not in COMPLAINTS]
    merged = [row for row in rows if row.state == "merged"]
    matters = [
        Matter(row, tuple(other for other in merged if other.merged_into_id == row.pk), answers.get(row.pk))
        for row in shown
    ]
    size = Counter(matter.group for matter in matters)
    last = {NO_PROCEDURE: 1, OFF_TOPIC: 2}
    return sorted(
        matters, key=lambda one: (last.get(one.group, 0), -size[one.group], one.group, -one.voices, one.opinion.ordinal)
    )


def synthesis_paper(sitting: Sitting, *, signer: Staff, on: date) -> Paper:
    """The submission of the lead office to the head of the agency, with every matter in the appendix."""
    rows = opinions_of(sitting)
    matters = matters_of(sitting, rows)
    issuer = issuer_of(sitting)
    paper = official(
        sitting.agency,
        "synthesis",
        subject=f"Về nội dung, chương trình đối thoại và tổng hợp vướng mắc lĩnh vực {sitting.sector.name}",
        blocks=ended(list(_text(sitting, rows, matters, on))),
        addressees=[sitting.agency.name],
        recipients=[sitting.dialogue.secretariat.name, f"Lưu: VT, {sitting.lead.symbol}"],
        signer=signer,
        on=on,
        issuer=issuer,
    )
    if not matters:
        return paper
    body = issuer.name if issuer else sitting.agency.name
    note = attachment_note("Tờ trình", None, paper.letterhead.symbol, paper.dated, body)
    title = f"Tổng hợp vướng mắc, kiến nghị và dự kiến trả lời lĩnh vực {sitting.sector.name}"
    return replace(paper, appendices=(Appendix(title, (_table(matters),), note, landscape=True),))


def _text(sitting: Sitting, rows: Sequence[Opinion], matters: Sequence[Matter], on: date) -> Iterator[Block]:
    agency, lead = sitting.agency, sitting.lead
    yield para(
        f"Thực hiện nhiệm vụ được giao tại {_plan(sitting)}, {lead.name} đã tổng hợp {count(len(rows), 'ý kiến')} của tổ "
        f"chức, công dân thuộc lĩnh vực {sitting.sector.name}; kính trình {agency.name} xem xét nội dung và chương trình "
        "đối thoại (dự thảo kèm theo)."
    )
    yield Heading("clause", "1", "Kết quả tổng hợp")
    yield from _figures(rows, on)
    if matters:
        yield Heading("clause", "2", "Các nhóm vướng mắc, kiến nghị")
        yield from _groups(matters)
        yield para(
            "Nội dung từng vướng mắc, kiến nghị, dự kiến trả lời và quy định làm căn cứ nêu tại Phụ lục kèm theo."
        )
    yield Heading("clause", "3" if matters else "2", "Chuẩn bị buổi đối thoại")
    yield from _readiness(sitting, matters)
    yield para(f"Kính đề nghị {agency.name} xem xét, cho ý kiến chỉ đạo")


def _plan(sitting: Sitting) -> str:
    plan = sitting.dialogue.plan
    name = f"{sitting.dialogue.subject[:1].lower()}{sitting.dialogue.subject[1:]}"
    if plan is None or plan.issued_on is None:
        return f"Kế hoạch {name}"
    issued = short_date(plan.issued_on)
    return f"Kế hoạch số {plan.number_text} ngày {issued} của {sitting.agency.name} về {name}"


def _figures(rows: Sequence[Opinion], on: date) -> Iterator[Block]:
    doors = Counter(row.door for row in rows)
    ways = "; ".join(f"{WAYS[door]}: {doors[door]:02d}" for door in Opinion.Door if doors[door])
    yield dash(f"Đã nhận đến ngày {short_date(on)}: {count(len(rows), 'ý kiến')}" + (f" ({ways})." if ways else "."))
    open_rows = [row for row in rows if row.state in ("accepted", "closed", "merged")]
    kinds = Counter(row.kind for row in open_rows)
    if kinds:
        with in_vietnamese():
            named = "; ".join(f"{kind.label.lower()}: {kinds[kind]:02d}" for kind in Opinion.Kind if kinds[kind])
        yield dash(f"Tiếp nhận để trả lời: {count(len(open_rows), 'ý kiến')} ({named}).")
    states = Counter(row.state for row in rows)
    for state, words in (
        ("merged", "Trùng nội dung, gộp để trả lời chung"),
        ("not_taken", "Không tiếp nhận, đã nêu lý do cho người gửi"),
        ("withdrawn", "Người gửi đã rút"),
    ):
        if states[state]:
            yield dash(f"{words}: {count(states[state], 'ý kiến')}.")
    yield from _elsewhere(rows)


def _elsewhere(rows: Sequence[Opinion]) -> Iterator[Block]:
    bodies = [row.transfer.body for row in rows if row.state == "transferred"]
    if bodies:
        where = ", ".join(dict.fromkeys(bodies))
        yield dash(f"Không thuộc thẩm quyền, đã chuyển: {count(len(bodies), 'ý kiến')} ({where}).")
    guided = sum(row.kind in COMPLAINTS and row.state != "withdrawn" for row in rows)
    if guided:
        law = "Hướng dẫn thực hiện theo pháp luật về khiếu nại, tố cáo"
        yield dash(f"{law}: {count(guided, 'nội dung')}, không nêu trong Phụ lục.")


def _groups(matters: Sequence[Matter]) -> Iterator[Block]:
    groups = list(dict.fromkeys(matter.group for matter in matters))
    for group in groups:
        own = [matter for matter in matters if matter.group == group]
        voices = sum(matter.voices for matter in own)
        several = f" ({count(voices, 'ý kiến')})" if voices != len(own) else ""
        yield dash(f"{group}: {count(len(own), 'nội dung')}{several}{'.' if group == groups[-1] else ';'}")


def _readiness(sitting: Sitting, matters: Sequence[Matter]) -> Iterator[Block]:
    yield dash(f"Thời gian: {time_words(sitting)}.")
    yield dash(f"Số lượt người dự kiến tiếp: {count(sitting.expected, 'lượt')}.")
    yield dash(f"Chương trình: {_programme(sitting)}.")
    owed = [matter for matter in matters if matter.opinion.state != "transferred"]
    ready = [matter for matter in owed if matter.answer and matter.answer.text]
    if owed:
        left = (
            f"; các nội dung còn lại hoàn thành trước ngày {short_date(sitting.day)}" if len(ready) < len(owed) else ""
        )
        yield dash(f"Dự thảo trả lời: đã chuẩn bị {len(ready):02d}/{len(owed):02d} nội dung{left}.")


def _programme(sitting: Sitting) -> str:
    drafts = Document.objects.filter(chain=sitting.chain, kind="programme", about=sitting.code).order_by("-pk")
    programme = drafts.first()
    if programme is None or programme.issued_on is None:
        return "dự thảo kèm theo"
    return f"dự thảo tại Chương trình số {programme.number_text} ngày {short_date(programme.issued_on)}, kèm theo"


def _table(matters: Sequence[Matter]) -> Table:
    columns = (
        Column("TT", 9, "centre"),
        Column("Nội dung vướng mắc, kiến nghị", 62),
        Column("Số ý kiến", 12, "centre"),
        Column("Dự kiến trả lời", 92),
        Column("Căn cứ", 34),
        Column("Đơn vị trả lời", 30),
    )
    rows: list[Row] = []
    group = ""
    for number, matter in enumerate(matters, start=1):
        if matter.group != group:
            group = matter.group
            rows.append(Row((group,), bold=True))
        rows.append(_row(number, matter))
    return Table(columns, tuple(rows))


def _row(number: int, matter: Matter) -> Row:
    opinion, answer = matter.opinion, matter.answer
    codes = ", ".join(row.code.rsplit("-", 1)[-1] for row in (opinion, *matter.others))
    content = f"{opinion.summary or f'“{opinion.words}”'}\n(Mã: {codes})"
    if opinion.state == "transferred":
        told = "Không thuộc thẩm quyền; đã chuyển cơ quan có thẩm quyền giải quyết, trả lời."
        return Row((str(number), content, f"{matter.voices:02d}", told, "", opinion.transfer.body))
    text = str(answer.text) if answer and answer.text else "Đang chuẩn bị"
    basis = answer.basis if answer else ""
    office = answer.lead.name if answer else "Chưa giao"
    return Row((str(number), content, f"{matter.voices:02d}", text, basis, office))
