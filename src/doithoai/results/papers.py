"""The result notice: figures in the text, every opinion in the appendix."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from doithoai.answers.models import Answer
from doithoai.directory.models import Office
from doithoai.documents.papers import official
from doithoai.intake.models import Opinion
from doithoai.intake.queries import of_author
from doithoai.kernel.words import in_vietnamese
from doithoai.planning.models import Dialogue
from doithoai.planning.queries import sittings_of
from doithoai.results.models import NoticeLine
from doithoai.results.queries import answer_of, transfer_of
from doithoai.rules.masking import Known, mask
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
    roman,
)
from doithoai.rules.vietnamese import count, fold, paper_date, short_date

Outcome = NoticeLine.Outcome
MASKED = "[đã che"
GUIDED = "Đã hướng dẫn công dân gửi đơn đến nơi có thẩm quyền theo pháp luật về khiếu nại, tố cáo."


def result_of(opinion: Opinion, outcome: str, numbers: Mapping[int, int], known: Known) -> str:
    """What the notice says became of it, masked; `numbers` are the numbers of the lines by opinion."""
    return mask(_result(opinion, outcome, numbers), of_author(known, opinion))


def _result(opinion: Opinion, outcome: str, numbers: Mapping[int, int]) -> str:
    if opinion.state == "merged" and (number := numbers.get(opinion.merged_into_id or 0)):
        return f"Như ý kiến số {number}."
    answer = answer_of(opinion)
    if outcome == Outcome.ANSWERED and answer is not None:
        return _answered(answer)
    if outcome == Outcome.IN_HAND and answer is not None and answer.due_on is not None:
        return _in_hand(answer, answer.due_on)
    if outcome == Outcome.TRANSFERRED:
        return _transferred(opinion)
    if outcome == Outcome.NOT_TAKEN:
        return f"Không tiếp nhận. Lý do: {_bare(opinion.reason)}."
    return GUIDED


def _bare(sentence: str) -> str:
    return sentence.strip().rstrip(".;")


def _answered(answer: Answer) -> str:
    if answer.form == Answer.Form.LETTER and answer.document and answer.document.number:
        issued = paper_date(answer.document.issued_on) if answer.document.issued_on else ""
        return f"Đã trả lời tại Văn bản số {answer.document.number_text} {issued}, gửi riêng cho công dân."
    steps = f"Việc cần làm: {_bare(answer.next_step)}." if answer.next_step else ""
    return "\n".join(filter(None, (str(answer.text or ""), steps, _grounds(answer))))


@in_vietnamese()
def _grounds(answer: Answer) -> str:
    """Whether the proposal is taken up, why not wholly, and the rule the answer rests on: one line."""
    reason = f": {_bare(answer.uptake_reason)}" if answer.uptake_reason else ""
    uptake = f"{answer.get_uptake_display()}{reason}." if answer.uptake else ""
    return " ".join(filter(None, (uptake, f"Căn cứ: {_bare(answer.basis)}." if answer.basis else "")))


def _in_hand(answer: Answer, due_on: date) -> str:
    extension = max(answer.extensions.all(), key=lambda row: row.pk, default=None)
    why = f" Đã gia hạn, lý do: {_bare(extension.reason)}." if extension else ""
    return f"{answer.lead.name} đang giải quyết, hạn trả lời {short_date(due_on)}.{why}"


def _transferred(opinion: Opinion) -> str:
    where = f"Đã chuyển {_receiver(opinion)} để giải quyết, trả lời công dân theo thẩm quyền."
    return f"{where} Cơ quan nhận đã thông báo kết quả." if opinion.state == "closed" else where


def _receiver(opinion: Opinion) -> str:
    """The body an opinion was handed to, and by which slip."""
    transfer = transfer_of(_root(opinion))
    assert transfer is not None  # a transferred opinion has its transfer
    slip = transfer.document.number_text if transfer.document else ""
    return f"{transfer.body} (Phiếu chuyển số {slip})" if slip else transfer.body


def _root(opinion: Opinion) -> Opinion:
    return opinion.merged_into if opinion.state == "merged" and opinion.merged_into else opinion


def holder_of(opinion: Opinion, outcome: str) -> str:
    """The body that answers; empty where an opinion is neither answered nor handed on."""
    transfer, answer = transfer_of(_root(opinion)), answer_of(opinion)
    if outcome == Outcome.TRANSFERRED:
        return transfer.body if transfer else ""
    return answer.lead.name if answer is not None and outcome in (Outcome.ANSWERED, Outcome.IN_HAND) else ""


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
    table = _table(lines)
    appendix = Appendix("TỔNG HỢP KẾT QUẢ GIẢI QUYẾT Ý KIẾN, KIẾN NGHỊ", (table,), note, landscape=True)
    return replace(paper, appendices=(appendix,))


def _text(dialogue: Dialogue, lines: Sequence[NoticeLine], spoke: int, hidden: int) -> list[Block]:
    blocks: list[Block] = [_opening(dialogue, lines, spoke, hidden), *_classes(lines, hidden)]
    blocks.append(
        para("Nội dung từng ý kiến, kiến nghị và kết quả giải quyết được nêu tại Phụ lục kèm theo Thông báo này.")
    )
    if any(MASKED in line.words + line.wording for line in lines):
        blocks.append(para("Thông tin cá nhân nêu trong ý kiến, kiến nghị được che trước khi thông báo, công khai."))
    return [*blocks, _closing(dialogue, lines)]


def _opening(dialogue: Dialogue, lines: Sequence[NoticeLine], spoke: int, hidden: int) -> Block:
    agency, plan = dialogue.agency, dialogue.plan_in_force
    days = " và ".join(dict.fromkeys(paper_date(row.day) for row in sittings_of(dialogue) if row.state != "cancelled"))
    if plan and plan.issued_on:
        days = f"Thực hiện Kế hoạch số {plan.number_text} {paper_date(plan.issued_on)}, {days}"
    if dialogue.written_until:
        return _opening_in_writing(dialogue, days, len(lines) + hidden)
    written = hidden + sum(not line.opinion.is_spoken for line in lines)
    return para(
        f"{days[:1].upper()}{days[1:]}, {agency.name} đã đối thoại với tổ chức, công dân về giải quyết thủ tục hành "
        f"chính; có {count(spoke, 'lượt người')} phát biểu, {count(len(lines) + hidden, 'ý kiến, kiến nghị')} (trong đó "
        f"{count(written, 'ý kiến')} bằng văn bản). {agency.name} thông báo kết quả giải quyết như sau:"
    )


def _opening_in_writing(dialogue: Dialogue, ground: str, received: int) -> Block:
    """Nobody spoke: opinions were taken until a day and are answered in writing. `ground` names the plan, if it has a number."""
    agency = dialogue.agency
    assert dialogue.written_until is not None  # it is held in writing
    who = f"{ground.rstrip(', ')}, {agency.name}" if ground else agency.name
    return para(
        f"{who} đã đối thoại bằng văn bản với tổ chức, công dân về giải quyết thủ tục hành chính; tiếp nhận đến hết "
        f"{paper_date(dialogue.written_until)}, có {count(received, 'ý kiến, kiến nghị')}. {agency.name} thông báo kết quả giải quyết "
        "như sau:"
    )


def _classes(lines: Sequence[NoticeLine], hidden: int) -> list[Block]:
    """One entry for each outcome that occurs: who is still at work and until when, and who received what."""
    tally = Counter(line.outcome for line in lines)
    tally[Outcome.GUIDED] += hidden
    hands = _distinct(_hands(line) for line in lines if line.outcome == Outcome.IN_HAND)
    receivers = _distinct(_receiver(line.opinion) for line in lines if line.outcome == Outcome.TRANSFERRED)
    entries = (
        (Outcome.ANSWERED, "Đã giải quyết, trả lời", "ý kiến", ""),
        (Outcome.IN_HAND, "Đang giải quyết", "ý kiến", f"cơ quan chủ trì, thời hạn: {hands}"),
        (Outcome.TRANSFERRED, "Không thuộc thẩm quyền, đã chuyển", "ý kiến", f"cơ quan nhận: {receivers}"),
        (Outcome.NOT_TAKEN, "Không tiếp nhận, đã nêu lý do", "ý kiến", ""),
        (Outcome.GUIDED, "Đã hướng dẫn thực hiện theo pháp luật về khiếu nại, tố cáo", "nội dung", ""),
    )
    told = [
        f"{words}: {count(tally[outcome], noun)}" + (f"; {detail}" if detail else "")
        for outcome, words, noun, detail in entries
        if tally[outcome]
    ]
    return [dash(f"{entry}{'.' if at == len(told) else ';'}") for at, entry in enumerate(told, start=1)]


def _distinct(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _hands(line: NoticeLine) -> str:
    answer = answer_of(line.opinion)
    assert answer is not None  # an opinion is in hand through its answer
    assert answer.due_on is not None  # and because it has a day
    return f"{answer.lead.name} ({short_date(answer.due_on)})"


def _closing(dialogue: Dialogue, lines: Sequence[NoticeLine]) -> Block:
    told = f"{dialogue.agency.name} thông báo để tổ chức, công dân biết, thực hiện"
    if any(line.outcome == Outcome.IN_HAND for line in lines):
        told += "; yêu cầu cơ quan, đơn vị được giao hoàn thành các nội dung còn lại đúng thời hạn và báo cáo kết quả"
    return para(told)


def _table(lines: Sequence[NoticeLine]) -> Table:
    columns = (
        Column("TT", 8, "centre"),
        Column("Mã số", 13, "centre"),
        Column("Nội dung ý kiến, kiến nghị", 66),
        Column("Cơ quan giải quyết, trả lời", 34),
        Column("Kết quả giải quyết, trả lời", 131),
    )
    groups: dict[str, list[NoticeLine]] = {}
    for line in lines:
        groups.setdefault(_group(line.opinion), []).append(line)
    rows: list[Row] = []
    for at, (name, members) in enumerate(groups.items(), start=1):
        heading = f"{roman(at)}. {name} ({count(len(members), 'ý kiến')})"
        rows += [Row((heading,), bold=True), *map(_row, members)]
    return Table(columns, tuple(rows))


def _group(opinion: Opinion) -> str:
    return f"Lĩnh vực {opinion.sitting.sector.name}" if opinion.sitting else "Nội dung khác"


def _row(line: NoticeLine) -> Row:
    short = line.opinion.code.rsplit("-", 1)[-1]
    return Row((str(line.number), short, line.words, holder_of(line.opinion, line.outcome), line.wording))


def _recipients(dialogue: Dialogue) -> list[str]:
    """Those of the plan, the Front if the plan forgot it (it watches over what was promised), those who spoke up."""
    rows = list(dialogue.recipients.select_related("office"))
    lines = [row.text for row in rows][:-1]
    front = Office.objects.filter(agency=dialogue.agency, kind=Office.Kind.FRONT).first()
    if front and not any("mat tran" in fold(line) or "mttq" in fold(line) for line in lines):
        units = (at for at, row in enumerate(rows[:-1]) if row.office_id is not None)
        lines.insert(next(units, len(lines)), front.name)
    return [*lines, "Tổ chức, công dân có ý kiến, kiến nghị", f"Lưu: VT, {dialogue.secretariat.symbol}"]
