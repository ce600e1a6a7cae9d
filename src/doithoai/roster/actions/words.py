"""What is said to invited people, by telephone, at the door or in a message: always in Vietnamese, whoever reads the pages."""

from doithoai.outbox.actions import ByMachine, stop
from doithoai.planning.models import Sitting
from doithoai.planning.papers import time_words
from doithoai.roster.actions.links import opened_by_message
from doithoai.roster.models import Invitation, Registration
from doithoai.roster.queries.telling import CALLED_OFF, Hamlet
from doithoai.rules.spoken import in_groups
from doithoai.rules.vietnamese import paper_date, show_phone

SUBJECTS = {
    "invitation": "Kính mời dự đối thoại",
    "reminder": "Nhắc trả lời giấy mời dự đối thoại",
    "moved": "Đổi giờ đối thoại",
    "called_off": "Buổi đối thoại có thay đổi",
    "withdrawn": "Giấy mời dự đối thoại được thu lại",
}

NO_ANSWER_ASKED = ("withdrawn", "called_off")


def asking(invitation: Invitation) -> str:
    """The invitation in words."""
    return _filled(
        "Kính mời {whom} dự đối thoại về {sector}: {time}, tại {venue}. Xin báo có đến được không.", invitation
    )


def reminding(invitation: Invitation) -> str:
    """The same once more, for who has not answered."""
    return _filled(
        "{agency} xin nhắc: kính mời {whom} dự đối thoại về {sector}, {time}, tại {venue}. "
        "Xin báo có đến được không; đã báo rồi thì xin bỏ qua tin này.",
        invitation,
    )


def asking_again(invitation: Invitation) -> str:
    """The same, after the time has changed."""
    return _filled(
        "Giờ đối thoại về {sector} đã đổi. Kính mời {whom}: {time}, tại {venue}. Xin báo lại có đến được không.",
        invitation,
    )


def withdrawing(invitation: Invitation) -> str:
    """That an invitation no longer stands."""
    return _filled(
        "Giấy mời {whom} dự đối thoại về {sector} ({time}) không còn hiệu lực. Cơ quan xin lỗi {whom}.", invitation
    )


def none_left(vacated: Invitation) -> str:
    """To the inviting office: nobody is left to call to a free place."""
    return f"Đã hết người dự bị cho chỗ trống {vacated.code}."


def letter_owed(reserve: Invitation) -> str:
    """To the inviting office: a reserve was called and has no letter yet."""
    return f"Dự bị {reserve.code} vừa được gọi: cần soạn giấy mời. {reserve.quota_note}".rstrip()


def letter_owed_to_registered(row: Invitation) -> str:
    """To the inviting office: somebody who registered moved up and has no letter yet."""
    return f"Người đăng ký tiếp theo, {row.code}, vừa được mời vào chỗ trống: cần soạn giấy mời."


def not_taken(registration: Registration) -> str:
    """To somebody who registered and is not invited."""
    sitting: Sitting = registration.sitting
    return (
        f"{sitting.agency.short_name} đã xem đăng ký dự đối thoại về {sitting.sector.name} ({time_words(sitting)}) "
        f"của {registration.person.name}: không mời được. Lý do: {registration.reason.rstrip('.')}. "
        "Ý kiến gửi bằng văn bản hoặc trực tuyến vẫn được trả lời."
    )


def joined(reserve: Invitation) -> str:
    """To the inviting office: a reserve who joins the letters leaves a quota unmet."""
    return f"Dự bị {reserve.code} vừa được gọi vào danh sách. {reserve.quota_note}"


def for_head(sitting: Sitting, hamlet: Hamlet, *, moved: bool) -> str:
    """What the head of a hamlet is asked to tell, with the names: read out, or sent by SMS or Zalo."""
    names = ", ".join(whom(one.row) for one in hamlet.waiting)
    news = off_words(sitting) if sitting.state in CALLED_OFF else _at_its_hour(sitting, moved=moved)
    phone = show_phone(sitting.lead.phone or sitting.agency.phone)
    where = f"{hamlet.title} {hamlet.group}".strip()
    return (
        f"Kính nhờ {where} báo giúp {len(hamlet.waiting)} hộ: {names}. {news} "
        f"Báo xong, hoặc có hộ chưa gặp được, xin gọi {phone or sitting.lead.name}."
    )


def _at_its_hour(sitting: Sitting, *, moved: bool) -> str:
    about = f"buổi đối thoại về {sitting.sector.name}"
    if moved:
        return (
            f"{sitting.agency.short_name} xin báo: {about} đổi sang {time_words(sitting)}; nơi dự như trong giấy mời."
        )
    return (
        f"{sitting.agency.short_name} mời dự {about}: {time_words(sitting)}; nơi dự ghi trong giấy mời. "
        "Xin hỏi giúp có đến được không."
    )


def off_words(sitting: Sitting) -> str:
    """What became of a sitting that is not held at its hour."""
    dialogue = sitting.dialogue
    about = f"{sitting.agency.short_name} xin báo: buổi đối thoại về {sitting.sector.name} ({time_words(sitting)})"
    if dialogue.written_until:
        until = paper_date(dialogue.written_until)
        return (
            f"{about} không tổ chức mà chuyển sang đối thoại bằng văn bản. Ông/bà gửi ý kiến đến hết {until}; "
            "ý kiến đã gửi không phải gửi lại, mọi ý kiến đều có văn bản trả lời."
        )
    if sitting.state == "postponed":
        return f"{about} hoãn lại. Giấy mời vẫn dùng được; có giờ mới cơ quan báo ngay."
    return f"{about} không tổ chức nữa. Ý kiến ông/bà đã gửi vẫn được trả lời bằng văn bản."


def by_machine(invitation: Invitation, kind: str) -> ByMachine:
    """What a gateway needs for this message; those that ask for an answer carry the personal link."""
    opens = None if kind in NO_ANSWER_ASKED else opened_by_message(invitation)
    return ByMachine(kind, SUBJECTS[kind], _facts(invitation), opens)


def _filled(pattern: str, invitation: Invitation) -> str:
    return pattern.format(**_facts(invitation))


def _facts(invitation: Invitation) -> dict[str, str]:
    """The facts of an invitation by the names that approved wordings of a gateway fill their blanks from."""
    sitting: Sitting = invitation.sitting
    return {
        "whom": whom(invitation),
        "name": invitation.name,
        "agency": sitting.agency.name,
        "sector": sitting.sector.name,
        "time": time_words(sitting),
        "venue": invitation.venue.name,
        "code": in_groups(invitation.spoken) if invitation.spoken else invitation.code,
    }


def stop_news(invitation: Invitation) -> None:
    """What was told about an invitation so far has been overtaken: a gateway that still holds it back lets it be."""
    stop(invitation.chain, begins=f"{invitation.code}:")


def whom(invitation: Invitation) -> str:
    """How the invited are addressed: “bà Lê Thị Thử”, an organisation or a delegate by name alone."""
    person = invitation.person
    if person is None:
        return invitation.guest
    return person.name if person.kind == person.Kind.ORGANISATION else f"{person.honorific} {person.name}"
