"""The letter to the body that can amend a rule: what people meet, which rule, how it should read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from doithoai.directory.models import Office
from doithoai.documents.papers import official
from doithoai.intake.models import Opinion
from doithoai.people.models import Staff
from doithoai.rules.paper import Block, Heading, Paper, ended, para
from doithoai.rules.vietnamese import short_date


@dataclass(frozen=True, slots=True)
class Wish:
    """What is proposed: to which body, about which rule, what stands in the way, how it should read; who drafts it."""

    office: Office
    body: str
    rule: str
    trouble: str
    wish: str


def proposal_paper(opinion: Opinion, wish: Wish, *, signer: Staff, on: date) -> Paper:
    """The proposal as a letter of the agency. It names no citizen: the matter stands for itself."""
    return official(
        opinion.agency,
        "answer",
        subject=f"kiến nghị sửa đổi, bổ sung {_plain(wish.rule)}",
        blocks=ended(list(_body(opinion, wish))),
        addressees=[wish.body.strip()],
        recipients=[opinion.dialogue.secretariat.name, wish.office.name, f"Lưu: VT, {wish.office.symbol}"],
        signer=signer,
        on=on,
        unit=wish.office.symbol,
    )


def _body(opinion: Opinion, wish: Wish) -> Iterator[Block]:
    agency, dialogue = opinion.agency, opinion.dialogue
    when = f"ngày {short_date(opinion.sitting.day)}" if opinion.sitting else f"năm {dialogue.year}"
    yield para(
        f"Qua đối thoại với tổ chức, công dân về giải quyết thủ tục hành chính {when}, {agency.name} nhận được ý kiến về "
        f"vướng mắc khi thực hiện {_plain(wish.rule)}. {agency.name} báo cáo, kiến nghị như sau:"
    )
    yield Heading("clause", "1", "Quy định hiện hành")
    yield para(f"{wish.rule.strip().rstrip('.')}.")
    if opinion.procedure is not None:
        yield para(f"Thủ tục hành chính liên quan: {opinion.procedure.name}.")
    yield Heading("clause", "2", "Vướng mắc trong thực tế")
    yield from _paragraphs(wish.trouble)
    yield Heading("clause", "3", "Kiến nghị")
    yield from _paragraphs(wish.wish)
    yield para(
        f"{agency.name} kính đề nghị {wish.body.strip()} xem xét, sửa đổi, bổ sung theo thẩm quyền và thông báo kết quả để "
        f"{agency.name} trả lời tổ chức, công dân"
    )


def _paragraphs(text: str) -> Iterator[Block]:
    yield from (para(line.strip()) for line in text.split("\n") if line.strip())


def _plain(rule: str) -> str:
    return rule.strip().rstrip(".")
