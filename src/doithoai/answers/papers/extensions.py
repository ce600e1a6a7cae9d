"""The letter that tells a person that the answer takes longer: until when, why, and whom to ask."""

from collections.abc import Iterator
from datetime import date

from doithoai.answers.models import Extension
from doithoai.answers.papers.letters import capital, opening, people_of
from doithoai.documents.papers import official
from doithoai.intake.papers import form_of, kind_words, with_address
from doithoai.rules.paper import Block, Paper, ended, para
from doithoai.rules.vietnamese import short_date


def extension_letter(row: Extension, *, on: date) -> Paper:
    """One letter to everybody whom the answer goes to, signed by the leader who granted the longer term."""
    answer = row.answer
    rows = people_of(answer)
    form = form_of(rows[0]) if len(rows) == 1 else "ông (bà)"
    return official(
        answer.agency,
        "answer",
        subject=f"gia hạn thời gian trả lời {kind_words(answer.opinion)}",
        blocks=ended(list(_body(row, form))),
        addressees=[capital(with_address(one)) for one in rows],
        recipients=[answer.lead.name, f"Lưu: VT, {answer.lead.symbol}"],
        signer=row.signed_by,
        on=on,
        unit=answer.lead.symbol,
    )


def _body(row: Extension, form: str) -> Iterator[Block]:
    answer, agency = row.answer, row.answer.agency
    opinion = answer.opinion
    yield para(
        f"{opening(opinion, form)} mã {opinion.code}; hạn trả lời là ngày {short_date(row.from_on)}. Nội dung này được "
        f"giao {answer.lead.name} chủ trì xem xét, trả lời."
    )
    reason = row.reason.strip().rstrip(".")
    yield para(f"Việc trả lời cần thêm thời gian. Lý do: {reason[:1].lower()}{reason[1:]}.")
    yield para(
        f"{agency.name} gia hạn thời gian trả lời đến hết ngày {short_date(row.to_on)}. Trong thời gian này {form} không "
        "phải nộp thêm giấy tờ nào, trừ khi được đề nghị bằng văn bản."
    )
    phone = f", điện thoại {answer.lead.phone}" if answer.lead.phone else ""
    yield para(
        f"{agency.name} thông báo để {form} biết; nội dung chưa rõ, đề nghị {form} liên hệ {answer.lead.name}{phone}"
    )
