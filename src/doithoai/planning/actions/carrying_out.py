"""Carrying the plan out: duties, venues' readiness, obstacles, delivery of the plan."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.directory.queries import profile_of
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, require_reason
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.people.models import Staff
from doithoai.planning import permissions
from doithoai.planning.models import (
    Check,
    Dialogue,
    Duty,
    Evidence,
    Obstacle,
    Progress,
    Recipient,
    Sitting,
    Venue,
    VenueTold,
)
from doithoai.planning.queries import co_chair_problem
from doithoai.planning.states import DUTY, OBSTACLE
from doithoai.rules import cochair


@verb("duty.assign", may=permissions.may_assign)
def assign(duty: Duty, office: Office, accountable: Staff, *, actor: Actor, now: datetime) -> Duty:
    """Give a duty to an office, with the head who answers for it; the office is told."""
    if duty.state == "returned":
        move(duty, DUTY, "assigned")
    write(duty, office_id=office.pk, accountable_id=accountable.pk)
    duty.office, duty.accountable = office, accountable
    key = f"{duty.code}:assigned:{office.code}:{now.isoformat()}"  # given out anew, the next office is told too
    tell(duty.dialogue.agency, duty.chain, key=key, body=duty.what, office=office, now=now)
    record(duty.chain, duty=duty.code, office=office.code, accountable=accountable.code)
    return duty


@verb("duty.accept", may=permissions.may_carry_out)
def accept(duty: Duty, *, actor: Actor, now: datetime) -> Duty:
    """The accountable head takes the duty on."""
    move(duty, DUTY, "accepted")
    record(duty.chain, duty=duty.code)
    return duty


@verb("duty.return", may=permissions.may_carry_out)
def hand_back(duty: Duty, *, reason: str, actor: Actor, now: datetime) -> Duty:
    """The head hands a duty back, with the reason."""
    require_reason(reason)
    move(duty, DUTY, "returned", report=reason)
    record(duty.chain, duty=duty.code)
    return duty


@verb("duty.report", may=permissions.may_carry_out)
def report(duty: Duty, *, words: str, actor: Actor, now: datetime) -> Duty:
    """The head reports a duty done, in words."""
    move(duty, DUTY, "reported", report=words)
    record(duty.chain, duty=duty.code)
    return duty


@verb("duty.progress", may=permissions.may_carry_out)
def note_progress(duty: Duty, *, words: str, actor: Actor, now: datetime) -> Progress:
    """The accountable office notes how far a duty is, before it is done."""
    if duty.state != "accepted":
        raise NotNow(
            _("Chưa ghi tiến độ được: nhiệm vụ đang ở trạng thái “%(state)s”.") % {"state": duty.get_state_display()}
        )
    _require_words(words)
    row = Progress.objects.create(duty=duty, words=words.strip(), by_id=actor.staff_id, at=now)
    record(duty.chain, duty=duty.code)
    return row


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file already in the store: its name, kind by content, SHA-256 and size in bytes."""

    name: str
    kind: str
    sha256: str
    size: int


@verb("duty.attach", may=permissions.may_carry_out)
def attach(duty: Duty, file: Attachment, *, note: str = "", actor: Actor, now: datetime) -> Evidence:
    """Attach a file that shows what was done, while the duty is being carried out; the same file only once."""
    if duty.state not in ("accepted", "reported"):
        raise NotNow(
            _("Chưa đính kèm được: nhiệm vụ đang ở trạng thái “%(state)s”.") % {"state": duty.get_state_display()}
        )
    if duty.evidence.filter(sha256=file.sha256).exists():
        raise NotNow(_("Tệp này đã đính kèm rồi."))
    row = Evidence.objects.create(
        duty=duty,
        ordinal=duty.evidence.count() + 1,
        name=file.name[:120],
        kind=file.kind,
        sha256=file.sha256,
        size=file.size,
        note=note.strip()[:300],
        by_id=actor.staff_id,
        at=now,
    )
    record(duty.chain, duty=duty.code, evidence=row.ordinal, file=file.sha256)
    return row


@verb("duty.confirm", may=permissions.may_assign)
def confirm(duty: Duty, *, actor: Actor, now: datetime) -> Duty:
    """The Office confirms that a reported duty is done."""
    move(duty, DUTY, "confirmed")
    record(duty.chain, duty=duty.code)
    return duty


@verb("venue.name_chair", may=permissions.may_name_chair)
def name_chair(venue: Venue, chair: Staff, *, actor: Actor, now: datetime) -> Venue:
    """Say who in person chairs at a venue; the lists made from now on name them."""
    if chair.agency_id != venue.dialogue.agency_id or not chair.is_active:
        raise NotNow(_("Chưa ghi được: chỉ chọn cán bộ đang làm việc của cơ quan."))
    write(venue, chair_id=chair.pk)
    venue.chair = chair
    record(venue.chain, venue=venue.code, chair=chair.code)
    return venue


@verb("sitting.co_chair", may=permissions.may_name_co_chair)
def name_co_chair(sitting: Sitting, words: str, *, actor: Actor, now: datetime) -> Sitting:
    """Say who leads a sitting beside its chair (Law 72/2025 art. 43), several parted by “;”; blank words take it back.

    The papers made from now on name them; those already issued stay as they are.
    """
    if sitting.state in ("ended", "cancelled"):
        raise NotNow(_("Chưa ghi được: buổi đã kết thúc hoặc bị hủy."))
    kept = "; ".join(str(one) for one in cochair.co_chairs(words))
    chair = sitting.dialogue.chair
    problem = co_chair_problem(kept, chair.name if chair else "", chair.title if chair else "")
    if problem:
        raise NotNow(_("Chưa ghi được: %(what)s") % {"what": problem})
    write(sitting, co_chair=kept)
    record(sitting.chain, sitting=sitting.code, named=len(cochair.co_chairs(kept)))
    return sitting


@verb("readiness.switch", may=permissions.may_prepare)
def switch_readiness(
    dialogue: Dialogue, item: str, *, is_on: bool, reason: str, actor: Actor, now: datetime
) -> Dialogue:
    """Ask this dialogue's venues for a line of readiness that its profile leaves out, or spare them one; with the reason."""
    profile = profile_of(dialogue.agency, dialogue.profile_key)
    if item not in {rule.slug for rule in profile.readiness}:
        raise NotNow(_("Chưa ghi được: bộ quy định không có mục kiểm tra này."))
    require_reason(reason, _("Chưa ghi được"))
    write(dialogue, readiness={**dialogue.readiness, item: {"on": is_on, "why": reason.strip()[:300]}})
    record(dialogue.chain, kind=item, on=int(is_on))
    return dialogue


@verb("venue.acknowledge", may=permissions.may_acknowledge)
def acknowledge(told: VenueTold, *, actor: Actor, now: datetime) -> VenueTold:
    """A venue says that it knows of a change of a sitting, and of every earlier one of it."""
    if told.known_at is not None:
        raise NotNow(_("Điểm cầu này đã xác nhận rồi."))
    earlier = VenueTold.objects.filter(sitting=told.sitting_id, venue=told.venue_id, known_at=None, pk__lt=told.pk)
    earlier.update(known_at=now, by=actor.staff_id)
    write(told, known_at=now, by_id=actor.staff_id)
    record(told.chain, venue=told.venue.code, sitting=told.sitting.code)
    return told


@verb("venue.check", may=permissions.may_check)
def check(venue: Venue, kind: str, *, is_ready: bool, note: str = "", actor: Actor, now: datetime) -> Check:
    """Note one line of a venue's readiness as it was found. Checking again adds a row; the newest counts."""
    row = Check.objects.create(venue=venue, kind=kind, is_ready=is_ready, note=note, by_id=actor.staff_id, at=now)
    record(venue.chain, venue=venue.code, kind=kind, ready=int(is_ready))
    return row


@verb("plan.deliver", may=permissions.may_deliver)
def deliver(dialogue: Dialogue, recipient: Recipient, *, actor: Actor, now: datetime) -> Recipient:
    """Note that a line of Nơi nhận has received the plan."""
    if recipient.dialogue_id != dialogue.pk or recipient.delivered_at:
        raise NotNow(_("Dòng nơi nhận này đã ghi là đã nhận."))
    write(recipient, delivered_at=now)
    record(dialogue.chain, recipient=recipient.ordinal)
    return recipient


@verb("obstacle.raise", may=permissions.may_raise)
def raise_obstacle(dialogue: Dialogue, office: Office, *, text: str, actor: Actor, now: datetime) -> Obstacle:
    """A unit reports a difficulty in carrying the plan out; the Office is told."""
    _require_words(text)
    row = Obstacle.objects.create(dialogue=dialogue, office=office, text=text)
    ordinal = Obstacle.objects.filter(dialogue=dialogue).count()
    tell(dialogue.agency, dialogue.chain, key=f"obstacle:{ordinal}", body=text, office=dialogue.secretariat, now=now)
    record(dialogue.chain, office=office.code, obstacle=ordinal)
    return row


@verb("obstacle.direct", may=permissions.may_answer_obstacle)
def direct(obstacle: Obstacle, *, direction: str, actor: Actor, now: datetime) -> Obstacle:
    """The Office says what is to be done; the unit that raised the difficulty is told."""
    _require_words(direction)
    move(obstacle, OBSTACLE, "directed", direction=direction)
    ordinal = Obstacle.objects.filter(dialogue=obstacle.dialogue, pk__lte=obstacle.pk).count()
    body = f"Chỉ đạo về khó khăn “{obstacle.text}”: {direction}"
    key, agency = f"obstacle:{ordinal}:directed", obstacle.dialogue.agency
    tell(agency, obstacle.chain, key=key, body=body, office=obstacle.office, now=now)
    record(obstacle.chain, office=obstacle.office.code)
    return obstacle


@verb("obstacle.close", may=permissions.may_answer_obstacle)
def close(obstacle: Obstacle, *, actor: Actor, now: datetime) -> Obstacle:
    """The difficulty is over."""
    move(obstacle, OBSTACLE, "closed")
    record(obstacle.chain, office=obstacle.office.code)
    return obstacle


def _require_words(text: str) -> None:
    if not text.strip():
        raise NotNow(_("Chưa ghi được: cần ít nhất một câu."))
