"""The letter that answers one opinion and those merged into it: one text, each person's own address and opening."""

from collections.abc import Iterator, Sequence
from datetime import date

from doithoai.answers.models import Answer
from doithoai.documents.papers import official
from doithoai.intake.models import Opinion
from doithoai.intake.papers import form_of, kind_words, with_address
from doithoai.intake.queries import merged_into, received_on
from doithoai.people.models import Staff
from doithoai.rules.paper import Block, Paper, Quote, ended, fact, para
from doithoai.rules.vietnamese import fold, short_date

CAME = {
    Opinion.Door.LINK: "gửi qua đường dẫn riêng",
    Opinion.Door.PHONE: "qua điện thoại",
    Opinion.Door.PAPER: "gửi bằng phiếu",
    Opinion.Door.FLOOR: "phát biểu",
    Opinion.Door.DESK: "trình bày trực tiếp",
    Opinion.Door.WEB: "gửi qua trang công khai",
}
NO_BREAK = "\u00a0"
TAKEN_UP = {
    Answer.Uptake.FULL: "được tiếp thu",
    Answer.Uptake.PART: "được tiếp thu một phần",
    Answer.Uptake.NONE: "chưa được tiếp thu",
}


def people_of(answer: Answer) -> list[Opinion]:
    """The opinions that this answer goes to: its own first, then those merged into it, one for each person."""
    rows = [answer.opinion, *merged_into(answer.opinion)]
    seen: dict[object, Opinion] = {}
    for row in rows:
        seen.setdefault(row.person_id or row.guest, row)
    return list(seen.values())


def answer_letter(answer: Answer, *, signer: Staff, on: date) -> Paper:
    """The file copy: addressed to everybody whom the answer goes to."""
    rows = people_of(answer)
    return _letter(answer, answer.opinion, addressees=rows, signer=signer, on=on)


def letter_copies(answer: Answer, *, signer: Staff, on: date) -> list[tuple[str, Paper]]:
    """One copy for each person where there are several, so that nobody reads another's name; none for one alone."""
    rows = people_of(answer)
    if len(rows) == 1:
        return []
    return [
        (row.person.code if row.person else row.code, _letter(answer, row, addressees=[row], signer=signer, on=on))
        for row in rows
    ]


def _letter(answer: Answer, opinion: Opinion, *, addressees: Sequence[Opinion], signer: Staff, on: date) -> Paper:
    agency = answer.agency
    form = form_of(opinion) if len(addressees) == 1 else "ông (bà)"
    return official(
        agency,
        "answer",
        subject=f"trả lời {kind_words(opinion)} {_about(opinion)}",
        blocks=ended(list(_body(answer, opinion, form))),
        addressees=[capital(with_address(row)) for row in addressees],
        recipients=[answer.lead.name, f"Lưu: VT, {answer.lead.symbol}"],
        signer=signer,
        on=on,
        unit=answer.lead.symbol,
    )


def _about(opinion: Opinion) -> str:
    """What it is about, for “V/v”: its procedure, or that it is off the subject."""
    if opinion.procedure is not None:
        return f"về thủ tục {_lower(opinion.procedure.name)}"
    if opinion.topic == Opinion.Topic.OFF:
        return "ngoài nội dung đối thoại"
    return f"về lĩnh vực {_lower(opinion.sitting.sector.name)}" if opinion.sitting else "tại cuộc đối thoại"


def _body(answer: Answer, opinion: Opinion, form: str) -> Iterator[Block]:
    agency = answer.agency
    yield from _matter(opinion, form)
    yield para(f"Qua xem xét, {agency.name} trả lời như sau:")
    text = addressed(str(answer.text), form)
    for line in filter(None, (part.strip() for part in text.split("\n"))):
        yield para(line)
    if answer.basis and fold(answer.basis) not in fold(text):
        yield fact("Căn cứ", f"{answer.basis.rstrip('.')}.")
    yield from _uptake(answer, opinion, form)
    if answer.next_step:
        yield para(f"Đề nghị {form}: {_lower(addressed(answer.next_step, form).rstrip('.'))}.")
    phone = f", điện thoại {answer.lead.phone.replace(' ', NO_BREAK)}" if answer.lead.phone else ""
    yield para(
        f"{agency.name} trả lời để {form} biết, thực hiện; nội dung chưa rõ, đề nghị {form} liên hệ "
        f"{answer.lead.name}{phone}"
    )


def _matter(opinion: Opinion, form: str) -> Iterator[Block]:
    """What was raised: the summary in the middle of the sentence, or the own words in quotation marks."""
    if opinion.summary is not None:
        summary = str(opinion.summary).rstrip(".")
        yield para(f"{opening(opinion, form)}: {_lower(summary)}.")
        return
    yield para(f"{opening(opinion, form)}:")
    yield Quote(str(opinion.words))


def opening(opinion: Opinion, form: str) -> str:
    """Row 24 of the wording: in the sitting by its day, otherwise by the day on which it came."""
    if opinion.is_spoken and opinion.sitting is not None:
        return (
            f"Tại buổi đối thoại ngày {short_date(opinion.sitting.day)}, {form} có {kind_words(opinion)} với nội dung"
        )
    day, how = short_date(received_on(opinion)), CAME[Opinion.Door(opinion.door)]
    return f"Ngày {day}, {form} có {kind_words(opinion)} {how}, nội dung"


def addressed(text: str, form: str) -> str:
    """An answer drafted to “ông (bà)” speaks to the one person whom its copy is for."""
    return text.replace("Ông (bà)", capital(form)).replace("ông (bà)", form)


def _uptake(answer: Answer, opinion: Opinion, form: str) -> Iterator[Block]:
    """Taken up or not is said of a wish, never of a mere question."""
    wishes = (Opinion.Kind.PETITION, Opinion.Kind.PROPOSAL)
    if not answer.uptake or (opinion.kind not in wishes and answer.uptake == Answer.Uptake.FULL):
        return
    reason = f" Lý do: {_lower(answer.uptake_reason.rstrip('.'))}." if answer.uptake_reason else ""
    verb = TAKEN_UP[Answer.Uptake(answer.uptake)]
    yield para(f"{capital(kind_words(opinion))} của {form} {verb}.{reason}")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
