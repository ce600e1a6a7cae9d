"""The papers of a sitting that was held: its minutes, and a supplement to them."""

from collections.abc import Iterable, Iterator

from doithoai.documents.papers import letterhead
from doithoai.kernel import clock
from doithoai.live.models import MinuteEntry, Minutes, Turn
from doithoai.live.queries import turns_of
from doithoai.planning.models import Sitting
from doithoai.planning.papers import time_words
from doithoai.roster.models import Invitation
from doithoai.rules.paper import (
    Block,
    Heading,
    Paper,
    Paragraph,
    Quote,
    Signature,
    dash,
    ended,
    fact,
    para,
    runs,
)
from doithoai.rules.vietnamese import count, paper_date, paper_time


def speaker_of(turn: Turn) -> str:
    """Who spoke, as papers name them: form of address, name, where from, and for whom a substitute came."""
    if turn.invitation is None or turn.invitation.person is None:
        return turn.guest or "Người dự"
    invitation, person = turn.invitation, turn.invitation.person
    assert person is not None
    named = f"{person.honorific.capitalize()} {person.name}"
    if invitation.substitute:
        relation = f", {invitation.substitute_relation}" if invitation.substitute_relation else ""
        named = f"Ông (bà) {invitation.substitute} (đi thay {person.honorific} {person.name}{relation})"
    return f"{named}, {person.address}" if person.address else named


def minutes_paper(minutes: Minutes) -> Paper:
    """The minutes in Decree 30's form 1.9: who came and who was absent, what was said in its order, how it ended."""
    sitting = minutes.sitting
    return Paper(
        kind="minutes",
        layout="minutes",
        letterhead=letterhead(sitting.agency, "minutes"),
        title="BIÊN BẢN",
        subject=f"Đối thoại thủ tục hành chính lĩnh vực {sitting.sector.name}",
        blocks=ended([*_opening(minutes), *_attendance(sitting), *_course(minutes), *_end(minutes)]),
        recipients=("Lãnh đạo " + sitting.agency.short_name, "Các điểm cầu", "Lưu: VT, Hồ sơ"),
        signatures=(
            Signature(("THƯ KÝ",), minutes.secretary.name),
            Signature(("CHỦ TỌA",), minutes.chair.name, post=minutes.chair.title),
        ),
    )


def _opening(minutes: Minutes) -> Iterator[Block]:
    sitting = minutes.sitting
    began = clock.local(sitting.began_at or sitting.starts_at, sitting.agency.zone)
    venues = list(sitting.dialogue.venues.all())
    central = next(venue.name for venue in venues if venue.is_central)
    others = [venue.name for venue in venues if not venue.is_central]
    where = f"điểm cầu trung tâm tại {central}" + (f" và các điểm cầu: {', '.join(others)}" if others else "")
    yield fact("Thời gian bắt đầu", f"{paper_time(began.time())}, {paper_date(began.date())}.")
    yield fact("Địa điểm", f"{where}.")
    yield fact("Chủ trì (chủ tọa)", f"{_named(minutes.chair.address_form, minutes.chair.name)}, {minutes.chair.title}.")
    if sitting.co_chair:
        yield fact("Đồng chủ trì", f"{sitting.co_chair}.")
    yield fact(
        "Thư ký", f"{_named(minutes.secretary.address_form, minutes.secretary.name)}, {minutes.secretary.title}."
    )


def _named(form: str, name: str) -> str:
    return f"{'Ông' if form in ('ông', 'anh') else 'Bà'} {name}"


def _attendance(sitting: Sitting) -> Iterator[Block]:
    rows = list(
        Invitation.objects.filter(sitting=sitting)
        .exclude(state__in=("drawn", "struck"))
        .select_related("person__ward", "venue")
    )
    citizens = [row for row in rows if row.is_citizen]
    delegates = [row for row in rows if not row.is_citizen and row.state == "attended"]
    yield Heading("section", "I", "Thành phần tham dự")
    for venue in sitting.dialogue.venues.all():
        present = [row.guest for row in delegates if row.venue_id == venue.pk]
        chair = f" (chủ trì tại điểm cầu: {venue.chair.name})" if venue.chair else ""
        if present:
            yield dash(f"Tại điểm cầu {venue.name}{chair}: {'; '.join(present)}.")
    yield para(f"{_counts(citizens)}.")
    yield from _absentees(citizens)


def _counts(citizens: list[Invitation]) -> str:
    """Row of figures: invited, present (substitutes among them), absent with and without reason."""
    due = [row for row in citizens if row.state in ("attended", "absent", "accepted", "lapsed", "invited")]
    present = [row for row in due if row.state == "attended"]
    substitutes = [row for row in present if row.substitute]
    absent = [row for row in due if row.state != "attended"]
    excused = [row for row in absent if row.reason]
    among = f" (trong đó {count(len(substitutes), 'người')} đi thay)" if substitutes else ""
    return (
        f"Công dân được mời: {count(len(due), 'người')}; có mặt: {count(len(present), 'người')}{among}; "
        f"vắng mặt: {count(len(absent), 'người')} (có lý do: {len(excused):02d}, không có lý do: "
        f"{len(absent) - len(excused):02d})"
    )


def _absentees(citizens: list[Invitation]) -> Iterator[Block]:
    for row in citizens:
        if row.state in ("absent", "accepted", "lapsed", "invited") and row.person:
            why = f"vắng có lý do: {row.reason.rstrip('.')}" if row.reason else "vắng không có lý do"
            yield dash(f"{row.person.honorific.capitalize()} {row.person.name}, {row.person.address}: {why}.")


def _course(minutes: Minutes) -> Iterator[Block]:
    yield Heading("section", "II", "Nội dung")
    if minutes.opening_remarks:
        yield para(minutes.opening_remarks)
    shown: set[int] = set()
    entries = list(
        minutes.entries.select_related("turn__venue", "turn__invitation__person__ward", "words", "edited", "office")
    )
    for entry in entries:
        yield from _entry(entry, is_new=entry.turn_id is not None and entry.turn_id not in shown)
        if entry.turn_id:
            shown.add(entry.turn_id)
    yield from _silent(turns_of(minutes.sitting))


def _entry(entry: MinuteEntry, *, is_new: bool) -> Iterator[Block]:
    text = str(entry.words)
    if entry.kind == MinuteEntry.Kind.OPINION and entry.turn:
        if is_new:
            number = entry.turn.called_order or entry.turn.position
            yield Heading(
                "clause", str(number), f"{speaker_of(entry.turn)}, phát biểu tại điểm cầu {entry.turn.venue.name}:"
            )
        yield Quote(text)
        yield from _beside(entry)
    elif entry.kind == MinuteEntry.Kind.ANSWER:
        office = entry.office.name if entry.office else "cơ quan"
        yield para(f"Nội dung này được đại diện {office} trả lời ngay tại buổi đối thoại như sau: {text}")
    elif entry.kind == MinuteEntry.Kind.INCIDENT:
        yield para(text)
    else:
        yield para(f"{entry.speaker}: {text}" if entry.speaker else text)


def _beside(entry: MinuteEntry) -> Iterator[Block]:
    if entry.edited:
        yield para(f"Tóm tắt: {entry.edited}")
    if entry.read_back == MinuteEntry.ReadBack.UNCONFIRMED:
        yield para(f"Người phát biểu chưa xác nhận nội dung trên: {entry.read_back_note.rstrip('.')}.")


SILENT = {
    "unheard": "hết giờ, chưa phát biểu; ý kiến đã gửi được ghi nhận và trả lời như ý kiến bằng văn bản",
    "skipped": "vắng khi đến lượt",
    "withdrawn": "xin rút lượt phát biểu",
}


def _silent(turns: Iterable[Turn]) -> Iterator[Block]:
    rows = [turn for turn in turns if turn.state in SILENT]
    if rows:
        yield para("Các lượt không phát biểu:")
    for turn in rows:
        yield dash(f"{speaker_of(turn)}: {SILENT[turn.state]}.")
    for turn in turns:
        if turn.not_minuted_reason:
            yield dash(f"{speaker_of(turn)}: {turn.not_minuted_reason.rstrip('.')}.")


def _end(minutes: Minutes) -> Iterator[Block]:
    sitting = minutes.sitting
    yield Heading("section", "III", "Kết luận")
    if minutes.conclusion:
        yield para(minutes.conclusion)
    ended_at = clock.local(sitting.ended_at or sitting.ends_at, sitting.agency.zone)
    yield Paragraph(
        runs(
            f"Buổi đối thoại kết thúc lúc {paper_time(ended_at.time())} cùng ngày. Biên bản đã được đọc cho người dự tại "
            "các điểm cầu cùng nghe và thống nhất; ý kiến khác, nếu có, được ghi tại mục II; lập thành 02 bản"
        )
    )


def supplement_paper(minutes: Minutes, words: str) -> Paper:
    """What is added to signed minutes: a paper of its own, the signed one stays as it is."""
    sitting = minutes.sitting
    number = minutes.document.number_text if minutes.document else ""
    blocks = [
        para(
            f"Biên bản số {number} về buổi đối thoại lĩnh vực {sitting.sector.name}, {time_words(sitting)}, được bổ sung như sau:"
        ),
        para(words),
        para("Các nội dung khác của biên bản giữ nguyên"),
    ]
    return Paper(
        kind="minutes",
        layout="minutes",
        letterhead=letterhead(sitting.agency, "minutes"),
        title="BIÊN BẢN",
        subject=f"Bổ sung biên bản đối thoại lĩnh vực {sitting.sector.name}",
        blocks=ended(blocks),
        recipients=("Như biên bản đã phát hành", "Lưu: VT, Hồ sơ"),
        signatures=(
            Signature(("THƯ KÝ",), minutes.secretary.name),
            Signature(("CHỦ TỌA",), minutes.chair.name, post=minutes.chair.title),
        ),
    )
