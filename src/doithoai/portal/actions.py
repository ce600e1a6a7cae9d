"""Making public: papers, masked lines, and the head of the journal."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.directory.queries import is_rehearsal
from doithoai.documents.models import Document
from doithoai.journal.actions import record, witness
from doithoai.journal.queries import story
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, System
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.planning.models import Dialogue
from doithoai.portal import permissions
from doithoai.portal.models import Publication, PublicLine
from doithoai.portal.queries import ANNOUNCED, searchable
from doithoai.results.models import NoticeLine
from doithoai.results.queries import is_issued

PUBLIC_KINDS = ("plan", "announcement", "result_notice", "change_notice", "survey_report")
"""Papers written for everybody; the others are for their addressee, or hold what people said by name."""

EVENING = 17
"""The hour, in the agency's zone, from which the head of a day is told."""


@verb("paper.publish", may=permissions.may_publish)
def publish_paper(dialogue: Dialogue, document: Document, *, title: str, actor: Actor, now: datetime) -> Publication:
    """Put a paper on the public page. Only what bears a number and holds nobody's private matter goes there."""
    if document.chain != dialogue.chain or document.kind not in PUBLIC_KINDS:
        raise NotNow(_("Chưa công khai được: loại văn bản này gửi đích danh, không đăng trên trang công khai."))
    if document.number is None or document.sealed_at is None:
        raise NotNow(_("Chưa công khai được: văn bản chưa có số hoặc đang tạo bản in."))
    today = clock.day_of(now, dialogue.agency.zone)
    row, made = Publication.objects.get_or_create(
        document=document, defaults={"dialogue": dialogue, "title": title, "on": today}
    )
    if not made:
        raise NotNow(_("Văn bản này đã công khai rồi."))
    write(document, published_at=now)
    record(dialogue.chain, document=document.code, number=document.number_text)
    return row


@verb("lines.publish", may=permissions.may_publish)
def publish_lines(dialogue: Dialogue, *, actor: Actor, now: datetime) -> list[PublicLine]:
    """Put every line of the issued notice on the public page in the masked words that the notice prints.

    The actor answers for having read them. A line whose opinion has become a denunciation since stays out. NotNow
    before the notice is issued, and when nothing is left to publish.
    """
    today = clock.day_of(now, dialogue.agency.zone)
    if not is_issued(dialogue):
        raise NotNow(_("Chưa công khai được: Thông báo kết quả chưa ban hành."))
    lines = NoticeLine.objects.filter(notice__dialogue=dialogue).select_related("opinion").order_by("number")
    rows = [_public(line, actor, today) for line in lines.filter(public=None) if not line.opinion.is_hidden]
    if not rows and lines:
        raise NotNow(_("Mọi dòng của Thông báo đã công khai rồi."))
    PublicLine.objects.bulk_create(rows)
    record(dialogue.chain, lines=len(rows), on=today.isoformat())
    return rows


def _public(line: NoticeLine, actor: Actor, today: date) -> PublicLine:
    folded = searchable(line.words, line.wording, line.opinion.code)
    return PublicLine(line=line, words=line.words, answer=line.wording, folded=folded, reviewed_by=actor.ref, on=today)


@verb("head.announce", may=permissions.may_announce)
def announce_head(dialogue: Dialogue, *, actor: Actor, now: datetime) -> str:
    """Put the present head of the journal on the public page and send it to the Front's observer."""
    agency = dialogue.agency
    day = clock.day_of(now, agency.zone).isoformat()
    head = witness(dialogue.chain, f"{ANNOUNCED} {day}")
    front = Office.objects.filter(agency=agency, kind=Office.Kind.FRONT).order_by("code").first()
    if front is not None:
        tell(agency, dialogue.chain, key=f"head:{day}", body=f"Mã nhật ký ngày {day}: {head}", office=front, now=now)
    record(dialogue.chain, head=head, on=day)
    return head


def announce_evening_heads() -> int:
    """Once each evening announce the head of every running dialogue that has moved since; returns how many.

    Runs by itself with the worker. A rehearsal tells nobody anything, so it does nothing there.
    """
    if is_rehearsal():
        return 0
    now = clock.now()
    running = Dialogue.objects.exclude(state__in=("draft", "closed", "cancelled")).select_related("agency")
    due = [dialogue for dialogue in running if _is_evening_and_moved(dialogue, now)]
    for dialogue in due:
        announce_head(dialogue, actor=System("evening"), now=now)
    return len(due)


def _is_evening_and_moved(dialogue: Dialogue, now: datetime) -> bool:
    last = story(dialogue.chain, last=1)
    is_evening = clock.local(now, dialogue.agency.zone).hour >= EVENING
    return is_evening and bool(last) and last[0].verb != "head.announce"
