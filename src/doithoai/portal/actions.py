"""Making public: papers, masked lines, and the head of the journal."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.documents.models import Document
from doithoai.intake.queries import known_of
from doithoai.journal.actions import record, witness
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.planning.models import Dialogue
from doithoai.portal import permissions
from doithoai.portal.models import Publication, PublicLine
from doithoai.results.models import NoticeLine
from doithoai.results.papers import content_of
from doithoai.rules.masking import mask


@verb("paper.publish", may=permissions.may_publish)
def publish_paper(dialogue: Dialogue, document: Document, *, title: str, actor: Actor, now: datetime) -> Publication:
    """Put a paper on the public page. Only what bears a number and holds nobody's private matter goes there."""
    if document.chain != dialogue.chain or document.kind not in (
        "plan",
        "result_notice",
        "change_notice",
        "survey_report",
    ):
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
    """Put every line of the issued notice on the public page, masked; the actor answers for having read them."""
    known = known_of(dialogue)
    today = clock.day_of(now, dialogue.agency.zone)
    lines = NoticeLine.objects.filter(notice__dialogue=dialogue, notice__issued_at__isnull=False, public=None)
    rows = [
        PublicLine(
            line=line,
            words=mask(content_of(line.opinion), known),
            answer=mask(line.wording, known),
            reviewed_by=actor.ref,
            on=today,
        )
        for line in lines.select_related(
            "opinion__words", "opinion__summary", "opinion__public_words", "opinion__dialogue"
        )
    ]
    PublicLine.objects.bulk_create(rows)
    record(dialogue.chain, lines=len(rows), on=today.isoformat())
    return rows


@verb("head.announce", may=permissions.may_announce)
def announce_head(dialogue: Dialogue, *, actor: Actor, now: datetime) -> str:
    """Put the present head of the journal on the public page and send it to the Front's observer."""
    day = clock.day_of(now, dialogue.agency.zone).isoformat()
    head = witness(dialogue.chain, f"trang công khai {day}")
    record(dialogue.chain, head=head, on=day)
    return head
