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
from doithoai.intake.queries import opinions_of, rows_of, supports_of
from doithoai.kernel.words import in_vietnamese
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue, Sitting
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


WHOLE = "toan-cuoc"
"""In place of a sitting's code: the whole of a dialogue that is held in writing."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a synthesis is of: one sitting, or the whole of a dialogue that is held in writing."""

    subject: Sitting | Dialogue

    @property
    def sitting(self) -> Sitting | None:
        """The sitting, where it is of one."""
        return self.subject if isinstance(self.subject, Sitting) else None

    @property
    def dialogue(self) -> Dialogue:
        """The dialogue it belongs to."""
        return self.subject.dialogue if isinstance(self.subject, Sitting) else self.subject

    @property
    def lead(self) -> Office:
        """Whose work it is: the lead office of the sitting; the Office for the whole."""
        return self.subject.lead if isinstance(self.subject, Sitting) else self.subject.secretariat

    @property
    def issuer(self) -> Office | None:
        """The lead office where it has a seal of its own; otherwise the agency itself issues its papers."""
        return self.lead if self.lead.has_seal else None

    @property
    def slug(self) -> str:
        """How an address names it."""
        return self.subject.code if isinstance(self.subject, Sitting) else WHOLE

    @property
    def about(self) -> str:
        """How papers name it: “lĩnh vực Xây dựng”."""
        return f"lĩnh vực {self.subject.sector.name}" if isinstance(self.subject, Sitting) else "toàn cuộc đối thoại"

    def opinions(self) -> list[Opinion]:
        """Every opinion that belongs to it, denunciations included."""
        return opinions_of(self.subject) if isinstance(self.subject, Sitting) else list(rows_of(self.subject))


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of the synthesis: an opinion, those merged into it, the answer prepared for it, and how many said on the
    public page that they met the same, who are no voices."""

    opinion: Opinion
    others: tuple[Opinion, ...]
    answer: Answer | None
    supports: int = 0

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


def matters_of(dialogue: Dialogue, rows: Sequence[Opinion]) -> list[Matter]:
    """The matters that these opinions raise, group by group, the most often raised first. Complaints and denunciations are none."""
    answers = {answer.opinion_id: answer for answer in answers_of(dialogue)}
    shown = [row for row in rows if row.state in ("accepted", "closed", "transferred") and row.kind not in COMPLAINTS]
    merged = [row for row in rows if row.state == "merged"]
    supports = supports_of(shown)
    matters = [
        Matter(
            row,
            tuple(other for other in merged if other.merged_into_id == row.pk),
            answers.get(row.pk),
            supports[row.pk],
        )
        for row in shown
    ]
    size = Counter(matter.group for matter in matters)
    last = {NO_PROCEDURE: 1, OFF_TOPIC: 2}
    return sorted(
        matters,
        key=lambda one: (
            last.get(one.group, 0), -size[one.group], one.group, -one.voices, -one.supports, one.opinion.ordinal
        ),
    )  # fmt: skip


def synthesis_paper(scope: Scope, *, signer: Staff, on: date) -> Paper:
    """The submission of the lead office to the head of the agency, with every matter in the appendix."""
    rows, agency = scope.opinions(), scope.dialogue.agency
    matters = matters_of(scope.dialogue, rows)
    issuer = scope.issuer
    content = "nội dung, chương trình đối thoại và " if scope.sitting else ""
    paper = official(
        agency,
        "synthesis",
        subject=f"Về {content}tổng hợp vướng mắc {scope.about}",
        blocks=ended(list(_text(scope, rows, matters, on))),
        addressees=[agency.name],
        recipients=[scope.dialogue.secretariat.name, f"Lưu: VT, {scope.lead.symbol}"],
        signer=signer,
        on=on,
        issuer=issuer,
    )
    if not matters:
        return paper
    body = issuer.name if issuer else agency.name
    note = attachment_note("Tờ trình", None, paper.letterhead.symbol, paper.dated, body)
    title = f"Tổng hợp vướng mắc, kiến nghị và dự kiến trả lời {scope.about}"
    return replace(paper, appendices=(Appendix(title, (_table(matters),), note, landscape=True),))


def _text(scope: Scope, rows: Sequence[Opinion], matters: Sequence[Matter], on: date) -> Iterator[Block]:
    agency = scope.dialogue.agency
    of = f"thuộc {scope.about}" if scope.sitting else "gửi đến cuộc đối thoại, tổ chức bằng văn bản"
    asked = "nội dung và chương trình đối thoại (dự thảo kèm theo)" if scope.sitting else "nội dung trả lời"
    yield para(
        f"Thực hiện nhiệm vụ được giao tại {_plan(scope.dialogue)}, {scope.lead.name} đã tổng hợp "
        f"{count(len(rows), 'ý kiến')} của tổ chức, công dân {of}; kính trình {agency.name} xem xét {asked}."
    )
    yield Heading("clause", "1", "Kết quả tổng hợp")
    yield from _figures(rows, on)
    if matters:
        yield Heading("clause", "2", "Các nhóm vướng mắc, kiến nghị")
        yield from _groups(matters)
        yield para(
            "Nội dung từng vướng mắc, kiến nghị, dự kiến trả lời và quy định làm căn cứ nêu tại Phụ lục kèm theo."
        )
    yield Heading("clause", "3" if matters else "2", "Chuẩn bị buổi đối thoại" if scope.sitting else "Chuẩn bị trả lời")
    if scope.sitting:
        yield from _held(scope.sitting)
    yield from _ready(scope, matters)
    yield para(f"Kính đề nghị {agency.name} xem xét, cho ý kiến chỉ đạo")


def _plan(dialogue: Dialogue) -> str:
    plan = dialogue.plan_in_force
    name = f"{dialogue.subject[:1].lower()}{dialogue.subject[1:]}"
    if plan is None or plan.issued_on is None:
        return f"Kế hoạch {name}"
    issued = short_date(plan.issued_on)
    return f"Kế hoạch số {plan.number_text} ngày {issued} của {dialogue.agency.name} về {name}"


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
    if late := sum(row.is_late for row in rows):
        yield dash(f"Đến sau hạn nhận ý kiến, vẫn tiếp nhận: {count(late, 'ý kiến')}.")
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


def _held(sitting: Sitting) -> Iterator[Block]:
    yield dash(f"Thời gian: {time_words(sitting)}.")
    yield dash(f"Số lượt người dự kiến tiếp: {count(sitting.expected, 'lượt')}.")
    yield dash(f"Chương trình: {_programme(sitting)}.")


def _ready(scope: Scope, matters: Sequence[Matter]) -> Iterator[Block]:
    until = scope.sitting.day if scope.sitting else scope.dialogue.written_until
    if scope.sitting is None and until is not None:
        yield dash(f"Thời hạn nhận ý kiến: đến hết ngày {short_date(until)}.")
    owed = [matter for matter in matters if matter.opinion.state != "transferred"]
    ready = [matter for matter in owed if matter.answer and matter.answer.text]
    if owed:
        is_before = scope.sitting is not None and until is not None and len(ready) < len(owed)
        left = f"; các nội dung còn lại hoàn thành trước ngày {short_date(until)}" if is_before and until else ""
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
    met = f"; {count(matter.supports, 'người')} cùng gặp" if matter.supports else ""
    content = f"{opinion.summary or f'“{opinion.words}”'}\n(Mã: {codes}{met})"
    if opinion.state == "transferred":
        told = "Không thuộc thẩm quyền; đã chuyển cơ quan có thẩm quyền giải quyết, trả lời."
        return Row((str(number), content, f"{matter.voices:02d}", told, "", opinion.transfer.body))
    text = str(answer.text) if answer and answer.text else "Đang chuẩn bị"
    basis = answer.basis if answer else ""
    office = answer.lead.name if answer else "Chưa giao"
    return Row((str(number), content, f"{matter.voices:02d}", text, basis, office))
