"""Keeping the minutes: every word of a speaker, read back, never lost; signed once every turn is covered."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, Overtaken, System
from doithoai.kernel.moves import move, revise, write
from doithoai.kernel.verbs import verb
from doithoai.live import permissions
from doithoai.live.models import EntryRevision, Incident, MinuteEntry, Minutes, Turn
from doithoai.live.papers import minutes_paper, supplement_paper
from doithoai.live.queries import unminuted, unread
from doithoai.live.states import MINUTES
from doithoai.people.actions import keep_text
from doithoai.people.models import Text
from doithoai.planning.models import Sitting, Venue
from doithoai.rules.vietnamese import paper_time


@verb("minutes.enter", may=permissions.may_write)
def enter(
    minutes: Minutes,
    *,
    kind: str,
    words: str,
    edited: str = "",
    turn: Turn | None = None,
    opinion: Opinion | None = None,
    speaker: str = "",
    office: Office | None = None,
    actor: Actor,
    now: datetime,
) -> MinuteEntry:
    """Write one entry: the speaker's own words, and beside them, if wanted, an edited text."""
    _require_open(minutes)
    agency = minutes.sitting.agency
    if not words.strip():
        raise NotNow(_("Chưa ghi được: chưa có chữ nào."))
    own = keep_text(agency, words)
    shorter = keep_text(agency, edited) if edited else None
    waits = kind == MinuteEntry.Kind.OPINION
    entry = MinuteEntry.objects.create(
        minutes=minutes,
        ordinal=minutes.entries.count() + 1,
        kind=kind,
        turn=turn,
        opinion=opinion,
        speaker=speaker,
        office=office,
        at=now,
        words=own,
        edited=shorter,
        read_back=MinuteEntry.ReadBack.WAITING if waits else MinuteEntry.ReadBack.NOT_NEEDED,
    )
    if opinion is not None and waits and not opinion.is_spoken:
        write(opinion, is_spoken=True)
    record(minutes.chain, entry=entry.ordinal, sitting=minutes.sitting.code, kind=kind, **_texts(own, shorter))
    return entry


@verb("minutes.revise", may=permissions.may_edit)
def revise_entry(
    entry: MinuteEntry, *, words: str, edited: str = "", revision: int, actor: Actor, now: datetime
) -> MinuteEntry:
    """Change an entry before signature, freely. `revision` is the one the change was written from.

    Overtaken when somebody changed it meanwhile. What stood before is kept as a revision.
    """
    _require_open(entry.minutes)
    if entry.revision != revision:
        raise Overtaken(_("Hai người cùng sửa đoạn này. Chọn bản giữ lại; bản kia vẫn còn trong các lần sửa."))
    EntryRevision.objects.create(
        entry=entry, revision=entry.revision, words=entry.words, edited=entry.edited, by=actor.ref, at=now
    )
    agency = entry.minutes.sitting.agency
    own = keep_text(agency, words)
    shorter = keep_text(agency, edited) if edited else None
    revise(entry, words_id=own.pk, edited_id=shorter.pk if shorter else None)
    record(entry.chain, entry=entry.ordinal, revision=entry.revision, **_texts(own, shorter))
    return entry


@verb("minutes.read_back", may=permissions.may_edit)
def read_back(entry: MinuteEntry, *, outcome: str, note: str = "", actor: Actor, now: datetime) -> MinuteEntry:
    """Note what the speaker said to the words read back: confirmed, to be corrected, or not confirmed and why."""
    _require_open(entry.minutes)
    if outcome not in (MinuteEntry.ReadBack.CONFIRMED, MinuteEntry.ReadBack.WAITING) and not note.strip():
        raise NotNow(_("Chưa ghi được: cần một câu nêu chỗ cần sửa hoặc lý do không xác nhận."))
    write(entry, read_back=outcome, read_back_note=note)
    record(entry.chain, entry=entry.ordinal, sitting=entry.minutes.sitting.code, outcome=outcome)
    return entry


@verb("incident.log", may=permissions.may_note_incident)
def log_incident(
    sitting: Sitting,
    *,
    venue: Venue,
    began_at: datetime,
    ended_at: datetime,
    effect: str,
    remedy: str,
    actor: Actor,
    now: datetime,
) -> Incident:
    """Log a technical incident; it goes into the minutes in the order in which it happened."""
    if ended_at < began_at:
        raise NotNow(_("Chưa ghi được: giờ hết sự cố phải sau giờ bắt đầu."))
    row = Incident.objects.create(
        sitting=sitting, venue=venue, began_at=began_at, ended_at=ended_at, effect=effect, remedy=remedy
    )
    minutes = Minutes.objects.get(sitting=sitting)
    words = _incident_words(row)
    enter(minutes, kind=MinuteEntry.Kind.INCIDENT, words=words, actor=System("incident.log"), now=now)
    record(sitting.chain, sitting=sitting.code, venue=venue.code, began=began_at.isoformat())
    return row


def _incident_words(incident: Incident) -> str:
    zone = incident.sitting.agency.zone
    start = clock.local(incident.began_at, zone)
    assert incident.ended_at is not None  # an incident is logged once it is over
    end = clock.local(incident.ended_at, zone)
    after = f"; {incident.remedy}" if incident.remedy else ""
    span = f"Từ {paper_time(start.time())} đến {paper_time(end.time())}"
    return f"{span}, {incident.effect} tại điểm cầu {incident.venue.name}{after}."


@verb("minutes.note", may=permissions.may_write)
def note(minutes: Minutes, *, opening: str = "", conclusion: str = "", actor: Actor, now: datetime) -> Minutes:
    """Write the opening remarks and the chair's conclusion."""
    _require_open(minutes)
    write(
        minutes,
        opening_remarks=opening or minutes.opening_remarks,
        conclusion=conclusion or minutes.conclusion,
    )
    record(minutes.chain, sitting=minutes.sitting.code)
    return minutes


@verb("minutes.read_out", may=permissions.may_write)
def read_out(minutes: Minutes, *, actor: Actor, now: datetime) -> Minutes:
    """Close the minutes for reading out. NotNow names the first turn that is neither written down nor excused."""
    if minutes.sitting.state != "ended":
        raise NotNow(_("Chưa đọc lại được: buổi chưa kết thúc."))
    missing = unminuted(minutes.sitting)
    if missing:
        raise NotNow(
            _("Chưa đọc lại được: lượt số %(number)s chưa có mục nào trong biên bản, cũng chưa nêu lý do.")
            % {"number": missing[0].position}
        )
    pending = unread(minutes)
    if pending:
        raise NotNow(
            _("Chưa đọc lại được: mục %(number)s chưa được người nói xác nhận, cũng chưa nêu lý do.")
            % {"number": pending[0].ordinal}
        )
    move(minutes, MINUTES, "read_out", read_out_at=now)
    record(minutes.chain, sitting=minutes.sitting.code, entries=minutes.entries.count())
    return minutes


@verb("minutes.reopen", may=permissions.may_write)
def reopen(minutes: Minutes, *, actor: Actor, now: datetime) -> Minutes:
    """Open the minutes again before signature: somebody asked for a correction while they were read."""
    move(minutes, MINUTES, "open", read_out_at=None)
    record(minutes.chain, sitting=minutes.sitting.code)
    return minutes


@verb("minutes.draft", may=permissions.may_write)
def draft_minutes(minutes: Minutes, *, actor: Actor, now: datetime) -> Document:
    """Write the paper of the minutes from their entries (Decree 30/2020, form 1.9)."""
    if minutes.state != "read_out":
        raise NotNow(_("Chưa lập được biên bản: chưa đọc lại cho người dự nghe."))
    sitting = minutes.sitting
    made = documents.Draft(
        minutes_paper(minutes),
        sitting.dialogue.secretariat,
        f"Biên bản đối thoại lĩnh vực {sitting.sector.name}",
        about=sitting.code,
    )
    document = documents.draft(sitting, made, actor=actor, now=now)
    write(minutes, document_id=document.pk)
    record(minutes.chain, sitting=sitting.code, document=document.code)
    return document


@verb("minutes.sign", may=permissions.may_sign)
def sign_minutes(minutes: Minutes, *, actor: Actor, now: datetime) -> Minutes:
    """Secretary and chair have signed. From now on only a supplement can correct anything."""
    if minutes.document is None:
        raise NotNow(_("Chưa ký được: biên bản chưa lập thành văn bản."))
    documents.sign(minutes.document, actor=actor, now=now)
    move(minutes, MINUTES, "signed", signed_at=now)
    record(minutes.chain, sitting=minutes.sitting.code, document=minutes.document.code)
    return minutes


def minutes_issued(document: Document, *, actor: Actor, now: datetime) -> None:
    """Minutes that have their number are filed."""
    minutes = Minutes.objects.filter(document=document, state="signed").first()
    if minutes:
        file_minutes(minutes, actor=actor, now=now)


@verb("minutes.file", may=permissions.may_write)
def file_minutes(minutes: Minutes, *, actor: Actor, now: datetime) -> Minutes:
    """Put signed minutes into the case file."""
    move(minutes, MINUTES, "filed")
    record(minutes.chain, sitting=minutes.sitting.code)
    return minutes


@verb("minutes.supplement", may=permissions.may_write)
def supplement(minutes: Minutes, *, words: str, actor: Actor, now: datetime) -> Document:
    """Correct signed minutes by addition: a paper of its own that names what it corrects."""
    if minutes.state not in ("signed", "filed"):
        raise NotNow(_("Chưa cần bản bổ sung: biên bản chưa ký, sửa thẳng trong biên bản được."))
    sitting = minutes.sitting
    made = documents.Draft(
        supplement_paper(minutes, words),
        sitting.dialogue.secretariat,
        f"Bổ sung biên bản đối thoại lĩnh vực {sitting.sector.name}",
    )
    document = documents.draft(sitting, made, actor=actor, now=now)
    record(minutes.chain, sitting=sitting.code, document=document.code)
    return document


def _require_open(minutes: Minutes) -> None:
    if minutes.state != "open":
        raise NotNow(_("Chưa ghi được: biên bản đã đọc lại hoặc đã ký; sau khi ký chỉ bổ sung bằng văn bản mới."))


def _texts(own: Text, edited: Text | None) -> dict[str, str]:
    return {"text": own.digest, **({"text_edited": edited.digest} if edited else {})}
