"""The result notice: figures in the text, every opinion in the appendix."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from doithoai.answers.models import Answer
from doithoai.documents.papers import official
from doithoai.intake.models import Opinion
from doithoai.intake.queries import masked_words
from doithoai.planning.models import Dialogue, Sitting
from doithoai.planning.queries import sittings_of
from doithoai.results.models import NoticeLine
from doithoai.results.queries import answer_of
from doithoai.rules.paper import (
    Appendix,
    Block,
    Column,
    Paper,
    Row,
    Table,
    attachment_note,
    dash,
    ended,
    para,
)
from doithoai.rules.vietnamese import count, paper_date, short_date

Outcome = NoticeLine.Outcome
SENTENCES = (
    (Outcome.ANSWERED, "Đã giải quyết, trả lời"),
    (Outcome.IN_HAND, "Đang giải quyết, có cơ quan chủ trì và thời hạn"),
    (Outcome.TRANSFERRED, "Không thuộc thẩm quyền, đã chuyển cơ quan có thẩm quyền"),
    (Outcome.NOT_TAKEN, "Không tiếp nhận, đã nêu lý do"),
)


def content_of(opinion: Opinion) -> str:
    """What the notice says of an opinion's content: masked, and nothing of a complaint's."""
    if opinion.kind in (Opinion.Kind.COMPLAINT, Opinion.Kind.DENUNCIATION):
        return "Nội dung thuộc trường hợp giải quyết theo pháp luật về khiếu nại, tố cáo"
    return str(opinion.public_words) if opinion.public_words else masked_words(opinion)


def result_of(opinion: Opinion, outcome: str, numbers: dict[int, int]) -> str:
    """What the notice says became of it."""
    if opinion.state == "merged" and opinion.merged_into_id in numbers:
        return f"Như ý kiến số {numbers[opinion.merged_into_id]}."
    answer = answer_of(opinion)
    if outcome == Outcome.ANSWERED and answer is not None:
        return _answered(answer)
    if outcome == Outcome.IN_HAND and answer is not None and answer.due_on is not None:
        return _in_hand(answer, answer.due_on)
    if outcome == Outcome.TRANSFERRED:
        return _transferred(opinion)
    if outcome == Outcome.NOT_TAKEN:
        return f"Không tiếp nhận. Lý do: {opinion.reason.rstrip('.')}."
    return "Đã hướng dẫn công dân gửi đơn đến nơi có thẩm quyền theo pháp luật về khiếu nại, tố cáo."


def _answered(answer: Answer) -> str:
    if answer.form == Answer.Form.LETTER and answer.document and answer.document.number:
        issued = short_date(answer.document.issued_on) if answer.document.issued_on else ""
        return f"Đã trả lời tại Văn bản số {answer.document.number_text} ngày {issued}, gửi riêng cho công dân."
    parts = [str(answer.text) if answer.text else ""]
    if answer.basis:
        parts.append(f"Căn cứ: {answer.basis.rstrip('.')}.")
    if answer.uptake:
        reason = f": {answer.uptake_reason.rstrip('.')}" if answer.uptake_reason else ""
        parts.append(f"{answer.get_uptake_display()}{reason}.")
    if answer.next_step:
        parts.append(f"Việc cần làm: {answer.next_step.rstrip('.')}.")
    return "\n".join(part for part in parts if part)


def _in_hand(answer: Answer, due_on: date) -> str:
    extension = next(iter(answer.extensions.order_by("-pk")), None)
    why = f" Đã gia hạn, lý do: {extension.reason.rstrip('.')}." if extension else ""
    return f"{answer.lead.name} đang giải quyết, hạn trả lời {short_date(due_on)}.{why}"


def _transferred(opinion: Opinion) -> str:
    transfer = opinion.transfer
    slip = (
        f" (Phiếu chuyển số {transfer.document.number_text})" if transfer.document and transfer.document.number else ""
    )
    return f"Đã chuyển {transfer.body}{slip} để giải quyết, trả lời công dân theo thẩm quyền."


def holder_of(opinion: Opinion) -> str:
    """The body that answers."""
    answer = answer_of(opinion)
    if answer is not None:
        return answer.lead.name
    return opinion.transfer.body if opinion.state == "transferred" else ""


def notice_paper(dialogue: Dialogue, lines: Sequence[NoticeLine], *, spoke: int, hidden: int, on: date) -> Paper:
    """The notice of one dialogue from its lines; `spoke` people were received, `hidden` denunciations only counted."""
    assert dialogue.chair is not None  # a dialogue is made with its chair
    paper = official(
        dialogue.agency,
        "result_notice",
        subject=f"Kết quả giải quyết ý kiến, kiến nghị tại hội nghị {dialogue.subject[:1].lower()}{dialogue.subject[1:]}",
        blocks=ended(_text(dialogue, lines, spoke, hidden)),
        recipients=_recipients(dialogue),
        signer=dialogue.chair,
        on=on,
    )
    symbol = paper.letterhead.symbol
    note = attachment_note("Thông báo", None, symbol, paper.dated, dialogue.agency.name)
    appendix = Appendix(
        "TỔNG HỢP KẾT QUẢ GIẢI QUYẾT Ý KIẾN, KIẾN NGHỊ", (_table(dialogue, lines),), note, landscape=True
    )
    return replace(paper, appendices=(appendix,))


def _text(dialogue: Dialogue, lines: Sequence[NoticeLine], spoke: int, hidden: int) -> list[Block]:
    agency = dialogue.agency
    tally = Counter(line.outcome for line in lines)
    written = sum(not line.opinion.is_spoken for line in lines)
    days = " và ".join(dict.fromkeys(paper_date(sitting.day) for sitting in sittings_of(dialogue)))
    total = len(lines) + hidden
    blocks: list[Block] = [
        para(
            f"{days[:1].upper()}{days[1:]}, {agency.name} đã đối thoại với tổ chức, công dân về giải quyết thủ tục hành "
            f"chính; có {count(spoke, 'lượt người')} phát biểu, {count(total, 'ý kiến, kiến nghị')} (trong đó "
            f"{count(written + hidden, 'ý kiến')} bằng văn bản). {agency.name} thông báo kết quả giải quyết như sau:"
        )
    ]
    blocks += [dash(f"{words}: {count(tally[outcome], 'ý kiến')};") for outcome, words in SENTENCES if tally[outcome]]
    guided = tally[Outcome.GUIDED] + hidden
    blocks.append(dash(f"Đã hướng dẫn thực hiện theo pháp luật về khiếu nại, tố cáo: {count(guided, 'nội dung')}."))
    blocks += [
        para("Nội dung từng ý kiến, kiến nghị và kết quả giải quyết được nêu tại Phụ lục kèm theo Thông báo này."),
        para(
            f"{agency.name} thông báo để tổ chức, công dân biết, thực hiện; yêu cầu cơ quan, đơn vị được giao hoàn thành "
            "các nội dung còn lại đúng thời hạn và báo cáo kết quả"
        ),
    ]
    return blocks


def _table(dialogue: Dialogue, lines: Sequence[NoticeLine]) -> Table:
    columns = (
        Column("TT", 7, "centre"),
        Column("Mã số", 17),
        Column("Nội dung ý kiến, kiến nghị", 66),
        Column("Cơ quan trả lời", 32),
        Column("Kết quả giải quyết, trả lời", 90),
    )
    rows: list[Row] = []
    sitting: Sitting | None = None
    for line in lines:
        if line.opinion.sitting and line.opinion.sitting != sitting:
            sitting = line.opinion.sitting
            rows.append(Row((f"Lĩnh vực {sitting.sector.name}",), bold=True))
        rows.append(_row(line))
    return Table(columns, tuple(rows))


def _row(line: NoticeLine) -> Row:
    opinion = line.opinion
    short = opinion.code.rsplit("-", 1)[-1]
    return Row((str(line.number), short, content_of(opinion), holder_of(opinion), line.wording))


def _recipients(dialogue: Dialogue) -> list[str]:
    lines = [row.text for row in dialogue.recipients.all()]
    archive = f"Lưu: VT, {dialogue.secretariat.symbol}"
    return [*lines[:-1], "Tổ chức, công dân có ý kiến, kiến nghị", archive]
