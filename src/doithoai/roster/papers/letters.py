"""Letters of invitation: one numbered text, a copy for each recipient, and the file copy with the list.

The wording follows form 1.7 of Decree 30/2020/NĐ-CP, appendix III; papers' text is never translated.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import groupby

from doithoai.directory.models import Office
from doithoai.documents.papers import official
from doithoai.kernel import plugs
from doithoai.people.models import Person, Staff
from doithoai.planning.models import Attendance, Sitting, Venue
from doithoai.planning.papers import time_words
from doithoai.roster.models import Invitation
from doithoai.rules.paper import (
    Appendix,
    Block,
    Column,
    Paper,
    Qr,
    Row,
    Table,
    attachment_note,
    bold,
    dash,
    ended,
    fact,
    para,
)
from doithoai.rules.spoken import in_groups
from doithoai.rules.vietnamese import count, paper_date, paper_time, paper_weekday_date

MODES = {"online": "trực tuyến", "in_person": "trực tiếp", "hybrid": "trực tiếp kết hợp trực tuyến"}
SEXES = {"nam": "ông", "nữ": "bà"}
REPLY_UNTIL = time(17)
EARLY_MINUTES = 15
DRAWS = "/cong-khai/{code}/boc-tham/"


@dataclass(frozen=True, slots=True)
class Inviting:
    """What all letters of one sitting share: who signs, whom to call, and until which day to answer."""

    sitting: Sitting
    signer: Staff
    contact: Staff | None
    drafted_on: date
    reply_on: date

    @property
    def issuer(self) -> Office | None:
        """The lead office where it has a seal of its own; otherwise the agency issues."""
        return self.sitting.lead if self.sitting.lead.has_seal else None

    @property
    def inviter(self) -> str:
        """The name of who invites, as the letter begins."""
        return self.issuer.name if self.issuer else self.sitting.agency.name


def citizen_letter(inviting: Inviting, invitation: Invitation, *, link: str = "") -> Paper:
    """The letter to one citizen or organisation; `link` is the personal address behind its code to scan."""
    person = invitation.person
    assert person is not None  # only delegates are invited without being a person
    you = _you(person)
    blocks = [
        para(f"{_kindly(inviting)} ", bold(_addressed(person)), f"{_living(person)}."),
        *_event(inviting.sitting, _at(invitation.venue)),
        *_why(invitation),
        *_notes(inviting, you),
        *_spoken(invitation),
        para(f"Rất mong {you} thu xếp thời gian tham dự."),
    ]
    return _answered_at(_paper(inviting, blocks), invitation, link)


def _answered_at(paper: Paper, invitation: Invitation, link: str) -> Paper:
    return replace(paper, qr=Qr(link, "Quét mã để trả lời", _codes(invitation))) if link else paper


def _codes(invitation: Invitation) -> tuple[str, ...]:
    """Small beside the code to scan: what the letter is called, and where whoever was drawn finds their own lot."""
    own = f"Giấy mời {invitation.code}"
    if invitation.member is None:
        return (own,)
    where = plugs.link(DRAWS.format(code=invitation.chain))
    return (own, f"Mã bốc thăm {invitation.member.code}: ai cũng kiểm tra được tại {where}")


def _spoken(invitation: Invitation) -> Iterator[Block]:
    """Who answers by telephone reads six digits out; nobody has to spell a name."""
    if invitation.spoken:
        yield dash("Khi gọi điện trả lời, xin đọc mã ", bold(in_groups(invitation.spoken)), ".")


def citizens_file_copy(inviting: Inviting, invitations: Sequence[Invitation]) -> Paper:
    """The file copy of the letters to citizens, with the list of all of them as its appendix."""
    invited = count(len(invitations), "tổ chức, công dân" if _any_body(invitations) else "công dân")
    blocks = [
        para(f"{_kindly(inviting)} {invited} có tên trong danh sách kèm theo."),
        *_event(inviting.sitting, "Điểm cầu ghi tại danh sách kèm theo"),
        *_notes(inviting, "ông (bà)"),
        para("Rất mong ông (bà) thu xếp thời gian tham dự."),
    ]
    paper = _paper(inviting, blocks)
    return replace(paper, appendices=(_list_of(inviting, paper, invitations),))


def _any_body(invitations: Sequence[Invitation]) -> bool:
    return any(row.person and row.person.kind == Person.Kind.ORGANISATION for row in invitations)


def delegate_letter(inviting: Inviting, invitation: Invitation, *, link: str = "") -> Paper:
    """The letter to one delegate, invited by office; `link` as for a citizen."""
    invited = [para(f"{_kindly(inviting)} ", bold(invitation.guest), ".")]
    letter = _delegates(inviting, invited, invitation.venue, _spoken(invitation))
    return _answered_at(letter, invitation, link)


def delegates_file_copy(inviting: Inviting, invitations: Sequence[Invitation]) -> Paper:
    """The file copy of the letters to delegates, naming all of them, venue by venue."""
    lines = [
        dash(f"Tại {_venue_words(venue)}: {'; '.join(row.guest for row in rows)}.")
        for venue, rows in groupby(invitations, key=lambda row: row.venue)
    ]
    return _delegates(inviting, [para(_kindly(inviting)), *lines], None)


def delegates_words(planned: Attendance) -> str:
    """Who is invited, with the ward's name where the plan says only “phường”: “Chủ tịch UBND phường Hòa Vinh”."""
    ward, who = planned.venue.ward, planned.who
    if ward is None or not ward.kind:
        return who

    def named(found: re.Match[str]) -> str:
        return found[0] if who[found.end() :].lstrip()[:1].isupper() else str(ward)

    return re.sub(rf"\b{re.escape(ward.kind)}\b", named, who)


def _delegates(
    inviting: Inviting, invited: Sequence[Block], venue: Venue | None, spoken: Iterable[Block] = ()
) -> Paper:
    blocks = [
        *invited,
        *_event(inviting.sitting, _at(venue) if venue else "Các điểm cầu nêu trên"),
        dash(f"Đề nghị đại biểu chuẩn bị nội dung, tài liệu liên quan đến cơ quan, đơn vị mình; {_early()}."),
        dash(f"Trường hợp cử người dự thay, đề nghị báo lại {_until(inviting)}."),
        *spoken,
        para("Rất mong đại biểu thu xếp thời gian tham dự."),
    ]
    return _paper(inviting, blocks)


def _paper(inviting: Inviting, blocks: Sequence[Block]) -> Paper:
    sitting = inviting.sitting
    return official(
        sitting.agency,
        "invitation",
        subject=f"Dự {_meeting(sitting)}",
        blocks=ended(blocks),
        recipients=_recipients(inviting),
        signer=inviting.signer,
        on=inviting.drafted_on,
        issuer=inviting.issuer,
    )


def _meeting(sitting: Sitting) -> str:
    mode = MODES.get(sitting.dialogue.mode, "")
    return f"đối thoại {mode} về giải quyết thủ tục hành chính lĩnh vực {sitting.sector.name}".replace("  ", " ")


def _kindly(inviting: Inviting) -> str:
    """How a letter begins: the plan it carries out, and who invites."""
    plan = inviting.sitting.dialogue.plan_in_force
    words = f"{inviting.inviter} trân trọng kính mời:"
    if plan is None or plan.issued_on is None:
        return words
    agency = inviting.sitting.agency.name
    return f"Thực hiện Kế hoạch số {plan.number_text} {paper_date(plan.issued_on)} của {agency}, {words}"


def _event(sitting: Sitting, where: str) -> Iterator[Block]:
    agency = sitting.agency.name
    mode = MODES.get(sitting.dialogue.mode, "")
    held = f"Buổi đối thoại {mode} giữa lãnh đạo {agency} với tổ chức, công dân".replace("  ", " ")
    yield fact("Tới dự", f"{held} về giải quyết thủ tục hành chính lĩnh vực {sitting.sector.name}.")
    yield fact("Chủ trì", f"Lãnh đạo {agency}.")
    if sitting.co_chair:
        yield fact("Đồng chủ trì", f"{sitting.co_chair}.")
    yield fact("Thời gian", f"{time_words(sitting)}.")
    yield fact("Địa điểm", f"{where}.")


def _at(venue: Venue) -> str:
    where = _venue_words(venue)
    return where[:1].upper() + where[1:]


def _venue_words(venue: Venue) -> str:
    name = venue.name.replace("UBND", "Ủy ban nhân dân") if venue.name.startswith("UBND ") else venue.name
    return f"điểm cầu {name}{f', địa chỉ {venue.address}' if venue.address else ''}"


def _why(invitation: Invitation) -> Iterator[Block]:
    """Who was drawn reads why; a choice by hand has its reason on the office's own list."""
    if invitation.member:
        yield fact("Căn cứ mời", f"Bốc thăm công khai; hồ sơ {invitation.member.file_code}.")


def _notes(inviting: Inviting, you: str) -> Iterator[Block]:
    yield dash(f"Đề nghị {you} mang theo Giấy mời và giấy tờ liên quan đến thủ tục đã thực hiện (nếu có); {_early()}.")
    minutes = inviting.sitting.turn_minutes
    spoken = f"Mỗi lượt khoảng {count(minutes, 'phút')}; ý" if minutes else "Ý"
    yield dash(f"{spoken} kiến gửi bằng văn bản cũng được trả lời.")
    yield dash(
        f"Trường hợp không tham dự được, đề nghị {you} báo lại {_until(inviting)}; có thể nhờ người thân đi thay, mang "
        "theo Giấy mời này."
    )


def _early() -> str:
    return f"có mặt trước giờ bắt đầu {EARLY_MINUTES} phút"


def _until(inviting: Inviting) -> str:
    contact = inviting.contact
    phone = contact.phone if contact and contact.phone else inviting.sitting.lead.phone
    who = f" ({_formal(contact.address_form)} {contact.name})" if contact else ""
    until = f"trước {paper_time(REPLY_UNTIL)}, {paper_weekday_date(inviting.reply_on)}"
    return f"{until}, qua số điện thoại {phone}{who}"


def _formal(address_form: str) -> str:
    return {"anh": "ông", "chị": "bà"}.get(address_form, address_form)


def _recipients(inviting: Inviting) -> list[str]:
    agency, sitting = inviting.sitting.agency, inviting.sitting
    wards = [venue.name for venue in sitting.dialogue.venues.all() if not venue.is_central]
    filed = inviting.issuer or sitting.lead
    return [
        "Như kính mời",
        f"Lãnh đạo {agency.short_name} (b/c)",
        *([f"{', '.join(wards)} (p/h)"] if wards else []),
        f"Lưu: VT, {filed.symbol}",
    ]


def _list_of(inviting: Inviting, paper: Paper, invitations: Sequence[Invitation]) -> Appendix:
    columns = (
        Column("TT", 8, "centre"), Column("Họ và tên", 44), Column("Nơi cư trú", 62), Column("Điểm cầu", 44),
        Column("Căn cứ mời", 44),
    )  # fmt: skip
    rows = [
        Row((str(ordinal), row.name, row.person.address if row.person else "", row.venue.name, _short_reason(row)))
        for ordinal, row in enumerate(invitations, start=1)
    ]
    note = attachment_note("Giấy mời", None, paper.letterhead.symbol, paper.dated, inviting.inviter)
    return Appendix("Danh sách công dân được mời", (Table(columns, tuple(rows)),), note=note)


def _short_reason(row: Invitation) -> str:
    return f"Bốc thăm; hồ sơ {row.member.file_code}" if row.member else row.selection_reason


def _you(person: Person) -> str:
    if person.kind == Person.Kind.ORGANISATION:
        return "quý đơn vị"
    return SEXES.get(person.sex, "ông (bà)")


def _addressed(person: Person) -> str:
    if person.kind == Person.Kind.ORGANISATION:
        return f"Đại diện {person.name}"
    you = _you(person)
    return f"{you[:1].upper()}{you[1:]} {person.name}"


def _living(person: Person) -> str:
    return f", trú tại {person.address}" if person.address and person.kind == Person.Kind.CITIZEN else ""
