"""Making public: papers, masked lines, and the head of the journal."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.directory.queries import is_rehearsal
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.intake.queries import of_author
from doithoai.journal.actions import record, witness
from doithoai.journal.queries import story
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, Overtaken, System, require_reason
from doithoai.kernel.moves import revise, write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.people.actions import keep_text
from doithoai.planning.models import Dialogue
from doithoai.portal import permissions
from doithoai.portal.models import Publication, PublicLine, Shortening
from doithoai.portal.queries import ANNOUNCED, Shortened, can_be_public, lines_can_be_public, searchable, shortened
from doithoai.results.models import NoticeLine
from doithoai.results.queries import publishable
from doithoai.rules.masking import Kind, suggest
from doithoai.rules.vietnamese import fold

EVENING = 17
"""The hour, in the agency's zone, from which the head of a day is told."""


@verb("paper.publish", may=permissions.may_publish)
def publish_paper(dialogue: Dialogue, document: Document, *, title: str, actor: Actor, now: datetime) -> Publication:
    """Put a paper on the public page. Only what bears a number and holds nobody's private matter goes there."""
    document.refresh_from_db()
    possible = can_be_public(dialogue, document)
    if not possible:
        raise NotNow(possible.reason)
    if not title.strip():
        raise NotNow(_("Chưa công khai được: cần tên văn bản, như người dân sẽ thấy."))
    today = clock.day_of(now, dialogue.agency.zone)
    row = Publication.objects.create(document=document, dialogue=dialogue, title=title.strip()[:300], on=today)
    write(document, published_at=now)
    record(dialogue.chain, document=document.code, number=document.number_text)
    return row


@verb("lines.publish", may=permissions.may_publish)
def publish_lines(dialogue: Dialogue, *, actor: Actor, now: datetime) -> list[PublicLine]:
    """Put every line of the issued notice on the public page in the masked words that the notice prints.

    A line whose opinion has become a denunciation since stays out. NotNow before the notice is issued, while nobody has
    looked at the words of a line, and when nothing is left to publish.
    """
    today = clock.day_of(now, dialogue.agency.zone)
    possible = lines_can_be_public(dialogue)
    if not possible:
        raise NotNow(possible.reason)
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


@verb("line.shorten", may=permissions.may_shorten)
def shorten(
    line: PublicLine,
    hide: Sequence[str],
    *,
    kind: Kind = "name",
    revision: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Shortening:
    """Hide more of a public line, never less: these words, wherever they stand in the opinion or its answer. The page says
    when and why; papers that are public already stay as they are.

    Overtaken when it was shortened since `revision`. NotNow without words or reason, for words that stand nowhere, and for
    a reason that tells what is to be hidden.
    """
    act = _("Chưa che thêm được")
    if line.revision != revision:
        raise Overtaken(_("%(act)s: có người vừa che thêm dòng này; xin xem lại.") % {"act": act})
    later = shortened(line, hide, kind)
    _require_shorter(line, later, act=act)
    require_reason(reason, act=act)
    _require_public(line.line.opinion, reason, hide, act=act)
    earlier, kept = (keep_text(line.agency, f"{row.words}\n\n{row.answer}") for row in (line, later))
    folded = searchable(later.words, later.answer, line.line.opinion.code)
    revise(line, words=later.words, answer=later.answer, folded=folded)
    row = Shortening.objects.create(
        line=line, earlier=earlier, later=kept, reason=reason.strip()[:300], by_id=actor.staff_id, at=now,
        on=clock.day_of(now, line.agency.zone),
    )  # fmt: skip
    record(line.chain, opinion=line.line.opinion.code, line=line.line.number, text=kept.digest, text_was=earlier.digest)
    return row


def _require_shorter(line: PublicLine, later: Shortened, *, act: str) -> None:
    if later.unknown:
        words = {"act": act, "words": later.unknown[0][:80]}
        raise NotNow(_("%(act)s: không thấy “%(words)s” trong dòng này; xin chép đúng từng chữ.") % words)
    if (later.words, later.answer) == (line.words, line.answer):
        raise NotNow(_("%(act)s: chưa ghi chữ nào cần che.") % {"act": act})


def _require_public(opinion: Opinion, reason: str, hide: Sequence[str], *, act: str) -> None:
    """The reason stands on the public page: NotNow where it repeats what is hidden, or names anybody."""
    told = fold(reason)
    repeats = any(fold(one) in told for one in hide if one.strip())
    if repeats or suggest(reason, of_author(publishable(opinion.dialogue), opinion)):
        raise NotNow(_("%(act)s: lý do ai cũng đọc được; không ghi tên, số hay chữ vừa che.") % {"act": act})


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
