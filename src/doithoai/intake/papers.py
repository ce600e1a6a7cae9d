"""The papers of intake: the slip that hands an opinion on, and the blank slip to write one on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from doithoai.directory.queries import is_rehearsal
from doithoai.documents.papers import official, working
from doithoai.intake.models import Opinion
from doithoai.intake.queries import received_on
from doithoai.kernel.words import in_vietnamese
from doithoai.people.models import Person, Staff
from doithoai.planning.models import Sitting
from doithoai.planning.papers import time_words
from doithoai.rules import spoken
from doithoai.rules.paper import (
    Block,
    Column,
    Paper,
    PaperDate,
    Qr,
    Quote,
    Row,
    Table,
    bold,
    dash,
    ended,
    fact,
    para,
)
from doithoai.rules.vietnamese import paper_weekday_date, short_date

CAME = {
    Opinion.Door.LINK: "gửi qua đường dẫn riêng ngày {on}",
    Opinion.Door.PHONE: "trình bày qua điện thoại ngày {on}",
    Opinion.Door.PAPER: "gửi bằng phiếu ý kiến ngày {on}",
    Opinion.Door.FLOOR: "phát biểu tại buổi đối thoại ngày {on}",
    Opinion.Door.DESK: "trình bày trực tiếp ngày {on}",
    Opinion.Door.WEB: "gửi qua trang công khai ngày {on}",
}


def form_of(opinion: Opinion) -> str:
    """How papers address whoever raised it: “ông”, “bà”, “tổ chức”, or both where it is not known."""
    if opinion.person is None:
        return "ông (bà)"
    if opinion.person.kind == Person.Kind.ORGANISATION:
        return "đơn vị"
    return {"nam": "ông", "nữ": "bà"}.get(opinion.person.sex, "ông (bà)")


def named(opinion: Opinion) -> str:
    """Whoever raised it, as papers name them: “bà Trần Thị Mẫu”; a guest by the name they gave."""
    return f"{form_of(opinion)} {opinion.person.name if opinion.person else opinion.guest}"


def with_address(opinion: Opinion) -> str:
    """“bà Trần Thị Mẫu, Tổ dân phố Mẫu 3, phường Hòa Vinh”."""
    address = opinion.person.address if opinion.person else ""
    return f"{named(opinion)}, {address}" if address else named(opinion)


def came(opinion: Opinion) -> str:
    """How and when it came: “gửi bằng phiếu ý kiến ngày 15/12/2021”."""
    return CAME[Opinion.Door(opinion.door)].format(on=short_date(received_on(opinion)))


@in_vietnamese()
def kind_words(opinion: Opinion) -> str:
    """What it is, in the middle of a sentence: “kiến nghị”."""
    return {Opinion.Kind.DIFFICULTY: "ý kiến"}.get(Opinion.Kind(opinion.kind)) or str(
        opinion.get_kind_display()
    ).lower()


@in_vietnamese()
def guidance_wording(opinion: Opinion) -> str:
    """Where and how a complaint or denunciation is lodged: the standing words, with our own reception's address."""
    agency, form, law = opinion.agency, form_of(opinion), str(opinion.get_kind_display()).lower()
    where = ", ".join(filter(None, (agency.address, f"điện thoại {agency.phone}" if agency.phone else "")))
    desk = f"bộ phận tiếp công dân của {agency.name}" + (f" ({where})" if where else "")
    return (
        f"Nội dung {form} trình bày thuộc trường hợp giải quyết theo pháp luật về {law}; đề nghị {form} gửi đơn đến "
        f"{desk} để được xem xét theo quy định."
    )


def transfer_slip(opinion: Opinion, *, body: str, signer: Staff, on: date) -> Paper:
    """The slip that hands an opinion to the competent body: its own words, what is asked, who is to be told."""
    agency, who = opinion.agency, named(opinion)
    blocks: list[Block] = [
        para(f"{agency.name} nhận được {kind_words(opinion)} của {with_address(opinion)}, {came(opinion)}, nội dung:"),
        Quote(str(opinion.words)),
    ]
    if opinion.procedure or opinion.file_code:
        parts = [opinion.procedure.name if opinion.procedure else "", _file(opinion)]
        blocks.append(fact("Thủ tục hành chính liên quan", "; ".join(filter(None, parts)) + "."))
    blocks.append(
        para(
            "Nội dung trên thuộc thẩm quyền giải quyết của Quý cơ quan. "
            f"{agency.name} chuyển đến Quý cơ quan xem xét, giải quyết, trả lời {who} và thông báo kết quả cho "
            f"{agency.name} để theo dõi"
        )
    )
    return official(
        agency,
        "transfer_slip",
        subject=f"Chuyển {kind_words(opinion)} của công dân, tổ chức tại cuộc đối thoại thủ tục hành chính",
        blocks=ended(blocks),
        addressees=[body],
        recipients=[
            f"{who[:1].upper()}{who[1:]} (để biết)",
            (opinion.sector_lead or opinion.dialogue.secretariat).name,
            f"Lưu: VT, {(opinion.sector_lead or opinion.dialogue.secretariat).symbol}",
        ],
        signer=signer,
        on=on,
    )


def _file(opinion: Opinion) -> str:
    return f"mã hồ sơ {opinion.file_code}" if opinion.file_code else ""


def receipt(opinion: Opinion, *, link: str, desk: str, due: date, on: date) -> Paper:
    """The slip that whoever raised something takes home: its code, what was written down, by when they hear of it, and the
    three ways to look: the code to scan, the page at the address `desk` with the nine digits, the telephone. The words of a
    denunciation are not on it."""
    agency = opinion.agency
    who = opinion.received_by.name if opinion.received_by else ""
    blocks: list[Block] = [
        fact("Người gửi", f"{named(opinion)}."),
        *_where(opinion),
        fact("Cách nhận", f"{came(opinion)}{f', {who} ghi' if who else ''}."),
        *_content(opinion),
        fact("Hạn báo kết quả xử lý", f"chậm nhất {paper_weekday_date(due)}."),
        para("Xem kết quả bằng một trong ba cách:"),
        dash("Quét mã in trên phiếu này."),
        dash(
            f"Mở trang {desk}, ghi mã ý kiến ", bold(opinion.code), " và chín chữ số ",
            bold(spoken.in_groups(opinion.spoken)), ".",
        ),
        dash(f"Gọi {agency.name}{f', số {agency.phone}' if agency.phone else ''}, đọc mã ý kiến và chín chữ số."),
        para("Ai có phiếu này xem được ý kiến và trả lời: xin giữ phiếu, không đưa cho người khác."),
        para("Chín chữ số đọc từng nhóm ba chữ số. Mất phiếu thì xin in lại: mã quét và chữ số cũ hết dùng được."),
    ]  # fmt: skip
    paper = working(agency, "list", title="PHIẾU TIẾP NHẬN Ý KIẾN", subject=f"Mã ý kiến {opinion.code}", blocks=blocks)
    return replace(
        paper, place=agency.place, dated=PaperDate.of(on), qr=Qr(link, "Quét mã để xem kết quả"),
        rehearsal=is_rehearsal(),
    )  # fmt: skip


def _where(opinion: Opinion) -> Iterator[Block]:
    person = opinion.person
    if person is not None and person.address:
        yield fact("Nơi cư trú", f"{person.address}.")
    if person is not None and person.phone:
        yield fact("Điện thoại", f"{person.phone}.")


def _content(opinion: Opinion) -> Iterator[Block]:
    if opinion.is_hidden:
        yield fact("Nội dung", "được giữ kín theo pháp luật về tố cáo.")
        return
    yield para("Nội dung:")
    yield Quote(str(opinion.words))
    if opinion.procedure or opinion.file_code:
        parts = [opinion.procedure.name if opinion.procedure else "", _file(opinion)]
        yield fact("Thủ tục", "; ".join(filter(None, parts)) + ".")


def opinion_slip(sitting: Sitting) -> Paper:
    """The blank slip for whoever rather writes than speaks: one page, with what not to write on it."""
    lines = tuple(Row(("",)) for _line in range(8))
    sign = Table(
        (Column("Người nhận phiếu (ký, ghi rõ họ tên)", 1, "centre"), Column("Người gửi ý kiến (ký)", 1, "centre")),
        (Row(("", "")),),
        row_height=24,
    )
    blocks: list[Block] = [
        para(f"Buổi đối thoại lĩnh vực {sitting.sector.name}, {time_words(sitting)}."),
        Table(
            (Column("Mục", 30), Column("Ông (bà) ghi", 70)),
            tuple(
                Row((label, "")) for label in ("Họ và tên", "Nơi cư trú", "Điện thoại", "Thủ tục, mã hồ sơ (nếu có)")
            ),
            row_height=10,
        ),
        Table((Column("Nội dung vướng mắc, phản ánh, kiến nghị", 1),), lines, row_height=11),
        para(
            "Không ghi thông tin thuộc bí mật nhà nước. Khiếu nại, tố cáo không ghi vào phiếu này: đề nghị ông (bà) "
            "gặp người tiếp công dân của cơ quan."
        ),
        sign,
    ]
    return working(
        sitting.agency, "list", title="PHIẾU Ý KIẾN", subject=f"Lĩnh vực {sitting.sector.name}", blocks=blocks
    )
