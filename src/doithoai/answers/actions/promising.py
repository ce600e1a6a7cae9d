"""What is promised in the sitting: which office, until which day, whom to ask (Decree 154/2026 art. 25(3))."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from doithoai.answers import permissions
from doithoai.answers.models import Commitment
from doithoai.directory.models import Office
from doithoai.intake.models import Opinion
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, NotYours, stranger
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.people.actions import keep_text
from doithoai.planning.models import Dialogue


@verb("commitment.make", may=permissions.may_commit)
def commit(
    dialogue: Dialogue,
    *,
    office: Office,
    what: str,
    due_on: date,
    contact: str,
    contact_phone: str = "",
    opinion: Opinion | None = None,
    actor: Actor,
    now: datetime,
) -> Commitment:
    """Keep a promise as it was made aloud. NotNow without a day still to come and somebody to ask."""
    if not what.strip() or not contact.strip():
        raise NotNow(_("Chưa ghi được lời hứa: cần nội dung và người liên hệ."))
    if due_on < clock.day_of(now, dialogue.agency.zone):
        raise NotNow(_("Chưa ghi được lời hứa: ngày hẹn phải từ hôm nay trở đi."))
    if office.agency_id != dialogue.agency_id or (opinion is not None and opinion.dialogue_id != dialogue.pk):
        raise NotYours(stranger().reason)
    text = keep_text(dialogue.agency, what)
    row = Commitment.objects.create(
        dialogue=dialogue,
        opinion=opinion,
        office=office,
        what=text,
        due_on=due_on,
        contact=contact,
        contact_phone=contact_phone,
        made_at=now,
    )
    ordinal = Commitment.objects.filter(dialogue=dialogue).count()
    tell(dialogue.agency, dialogue.chain, key=f"commitment:{ordinal}", body=what, office=office, now=now)
    about = {"opinion": opinion.code} if opinion else {}
    record(dialogue.chain, commitment=ordinal, office=office.code, due=due_on.isoformat(), text=text.digest, **about)
    return row


@verb("commitment.keep", may=permissions.may_keep)
def keep_promise(commitment: Commitment, *, actor: Actor, now: datetime) -> Commitment:
    """The office has done what was promised; the first day counts."""
    if commitment.done_on is not None:
        raise NotNow(_("Lời hứa này đã ghi là đã xong."))
    today = clock.day_of(now, commitment.dialogue.agency.zone)
    write(commitment, done_on=today)
    record(commitment.chain, office=commitment.office.code, on=today.isoformat(), text=commitment.what.digest)
    return commitment
