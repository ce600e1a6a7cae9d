"""The report of the satisfaction survey."""

from datetime import date
from fractions import Fraction

from doithoai.documents.papers import official
from doithoai.people.models import Staff
from doithoai.rules.paper import Block, Column, Heading, Paper, Row, Table, ended, para
from doithoai.rules.vietnamese import count, decimal
from doithoai.survey.models import Survey
from doithoai.survey.queries import Share, report


def report_paper(survey: Survey, *, signer: Staff, on: date) -> Paper:
    """Figures of the survey with their denominators; groups of fewer than five are not shown."""
    found = report(survey)
    dialogue = survey.dialogue
    columns = (Column("Nội dung", 70), Column("Hài lòng", 20, "centre"), Column("Khoảng tin cậy 95%", 34, "centre"))
    sectors = [Row((f"Lĩnh vực {sector.name}", *_cells(share))) for sector, share in found.by_sector]
    rows = [Row((share.question, *_cells(share))) for share in found.overall]
    blocks: list[Block] = [
        para(
            f"Thực hiện Kế hoạch đối thoại thủ tục hành chính năm {dialogue.year}, {dialogue.secretariat.name} đã phát "
            f"{count(found.tickets, 'phiếu')} khảo sát, nhận lại {count(found.answered, 'phiếu')}. Phiếu không ghi tên; "
            "mỗi người trả lời một lần."
        ),
        Heading("clause", "1", "Kết quả chung"),
        Table(columns, tuple(rows)),
        Heading("clause", "2", "Kết quả theo lĩnh vực"),
        Table(columns, tuple(sectors)),
        para("Hài lòng là tổng số phiếu chọn mức 4 hoặc 5 trên thang 5 mức. Số phiếu ít nên chỉ dùng để tham khảo."),
        para(f"Trên đây là kết quả khảo sát sự hài lòng, {dialogue.secretariat.name} báo cáo để theo dõi, chỉ đạo"),
    ]
    return official(
        dialogue.agency,
        "survey_report",
        subject="Kết quả khảo sát sự hài lòng của người dân về giải quyết thủ tục hành chính",
        blocks=ended(blocks),
        recipients=(
            "Thường trực Ủy ban nhân dân",
            "Ủy ban Mặt trận Tổ quốc Việt Nam",
            f"Lưu: VT, {dialogue.secretariat.symbol}",
        ),
        signer=signer,
        on=on,
    )


def _cells(share: Share) -> tuple[str, str]:
    if not share.is_shown:
        return "dưới 5 phiếu", "–"
    low, high = (decimal(_tenths(value)) for value in (share.low, share.high))
    return f"{share.satisfied}/{share.answered}", f"{low}% – {high}%"


def _tenths(value: int) -> Fraction:
    return Fraction(value, 10)
