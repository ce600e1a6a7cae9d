"""Before the day: the programme and the synthesis of difficulties, submitted to the head of the agency and approved."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.answers import permissions
from doithoai.answers.models import Dossier, SentBack, SentBackItem
from doithoai.answers.papers import Scope, programme_paper, synthesis_paper
from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.intake.queries import unplaced
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, NotYours, require_reason, stranger
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.people.actions import keep_text
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue, Sitting
from doithoai.planning.queries import brief
from doithoai.rules.paper import Paper


@verb("programme.draft", may=permissions.may_prepare)
def draft_programme(sitting: Sitting, *, signer: Staff, actor: Actor, now: datetime) -> Document:
    """Draft the programme of a sitting, hour by hour; drafting again rewrites a draft or a returned one."""
    paper = programme_paper(sitting, signer=signer, on=clock.day_of(now, sitting.agency.zone))
    waiting = ("draft", "returned")
    before = Document.objects.filter(chain=sitting.chain, kind="programme", about=sitting.code, state__in=waiting)
    document = _enter(Scope(sitting), paper, before.first(), actor=actor, now=now)
    record(sitting.chain, sitting=sitting.code, document=document.code)
    return document


@verb("dossier.draft", may=permissions.may_prepare)
def draft_dossier(sitting: Sitting, *, signer: Staff, actor: Actor, now: datetime) -> Document:
    """Draft the synthesis: what came in, grouped and counted, with the draft answers and the rules they rest on.

    `sitting.dossier` keeps it. NotNow while an opinion of the sitting is not sorted yet, with how many of how many; and
    while nobody has said of some opinions to which sitting they belong. In writing there is one for the whole dialogue.
    """
    if sitting.dialogue.is_written:
        raise NotNow(_("Chưa soạn được: cuộc đối thoại tổ chức bằng văn bản; Văn phòng tổng hợp chung cả cuộc."))
    if left := unplaced(sitting.dialogue).count():
        raise NotNow(
            _("Chưa trình được: còn %(left)s ý kiến chưa rõ thuộc buổi nào; Văn phòng phân loại, chọn buổi trước.")
            % {"left": left}
        )
    return _draft(Scope(sitting), signer, actor=actor, now=now)


@verb("dossier.draft_whole", may=permissions.may_prepare_whole)
def draft_whole(dialogue: Dialogue, *, signer: Staff, actor: Actor, now: datetime) -> Document:
    """Draft the one synthesis of a dialogue that is held in writing; `dialogue.dossier` keeps it. NotNow in any other, and
    while an opinion is not sorted yet."""
    if not dialogue.is_written:
        raise NotNow(_("Chưa soạn được: cuộc đối thoại có các buổi; mỗi buổi một tờ trình."))
    return _draft(Scope(dialogue), signer, actor=actor, now=now)


def _draft(scope: Scope, signer: Staff, *, actor: Actor, now: datetime) -> Document:
    rows = scope.opinions()
    unsorted = [row for row in rows if row.state == "received"]
    if unsorted:
        raise NotNow(
            _("Chưa trình được: còn %(left)s/%(total)s ý kiến chưa phân loại.")
            % {"left": len(unsorted), "total": len(rows)}
        )
    paper = synthesis_paper(scope, signer=signer, on=clock.day_of(now, scope.dialogue.agency.zone))
    dossier = dossier_of(scope)
    anew = dossier is None or _was_sent_back(dossier)
    document = _enter(scope, paper, None if anew or dossier is None else dossier.document, actor=actor, now=now)
    if dossier is None:
        whole = None if scope.sitting else scope.dialogue
        Dossier.objects.create(sitting=scope.sitting, dialogue=whole, document=document)
    elif anew:
        write(dossier, document_id=document.pk, submitted_at=None)
    record(scope.dialogue.chain, sitting=scope.subject.code, document=document.code, opinions=len(rows))
    return document


def dossier_of(scope: Scope) -> Dossier | None:
    """The synthesis that stands, with its paper."""
    mine = Q(sitting=scope.sitting) if scope.sitting else Q(dialogue=scope.dialogue)
    return Dossier.objects.filter(mine).select_related("document", "sitting__dialogue", "dialogue").first()


def _was_sent_back(dossier: Dossier) -> bool:
    """Whether the head wants the submission that stands anew: it keeps its number, a new paper takes its place."""
    return dossier.sent_back.filter(document=dossier.document).exists()


def _enter(scope: Scope, paper: Paper, before: Document | None, *, actor: Actor, now: datetime) -> Document:
    if before is not None:
        return documents.rewrite(before, paper, actor=actor, now=now)
    whom = brief(scope.sitting) if scope.sitting else ""
    made = documents.Draft(paper, scope.lead, paper.subject, issuer=scope.issuer, about=scope.subject.code, whom=whom)
    return documents.draft(scope.subject, made, actor=actor, now=now)


def dossier_issued(document: Document, *, actor: Actor, now: datetime) -> None:
    """Once the synthesis has its number it is submitted."""
    if document.kind == "synthesis":
        for dossier in Dossier.objects.filter(document=document, submitted_at=None):
            submit_dossier(dossier, actor=actor, now=now)


@verb("dossier.submit", may=permissions.may_submit_dossier)
def submit_dossier(dossier: Dossier, *, actor: Actor, now: datetime) -> Dossier:
    """Note the instant at which the synthesis went to the head, the proof that it was in time."""
    if dossier.document.number is None:
        raise NotNow(_("Chưa trình được: tờ trình chưa có số."))
    write(dossier, submitted_at=now)
    record(dossier.chain, sitting=dossier.subject.code, number=dossier.document.number_text)
    return dossier


@verb("dossier.approve", may=permissions.may_accept_dossier)
def approve_dossier(dossier: Dossier, *, actor: Actor, now: datetime) -> Dossier:
    """The head approves content and programme: invitations may go out."""
    if dossier.submitted_at is None:
        raise NotNow(_("Chưa duyệt được: tờ trình chưa được trình."))
    if dossier.approved_at is not None:
        raise NotNow(_("Nội dung, chương trình này đã duyệt rồi."))
    if _was_sent_back(dossier):
        raise NotNow(_("Chưa duyệt được: tờ trình này đã trả lại; chờ đơn vị trình lại."))
    write(dossier, approved_at=now)
    record(dossier.chain, sitting=dossier.subject.code, number=dossier.document.number_text)
    return dossier


@verb("dossier.send_back", may=permissions.may_accept_dossier)
def send_back(dossier: Dossier, *, reason: str, items: Mapping[Opinion, str], actor: Actor, now: datetime) -> SentBack:
    """The head sends the submission back: one reason for all, and what is wanted of single matters.

    The lead office is told. NotNow before it is submitted, once it is approved, and without any reason.
    """
    if dossier.submitted_at is None:
        raise NotNow(_("Chưa trả lại được: tờ trình chưa được trình."))
    if dossier.approved_at is not None:
        raise NotNow(_("Chưa trả lại được: nội dung, chương trình này đã duyệt rồi."))
    if _was_sent_back(dossier):
        raise NotNow(_("Tờ trình này đã trả lại, đang chờ đơn vị trình lại."))
    wanted = {opinion: words.strip() for opinion, words in items.items() if words.strip()}
    require_reason(reason or "".join(wanted.values()), _("Chưa trả lại được"))
    scope = Scope(dossier.subject)
    if not set(wanted) <= set(scope.opinions()):
        raise NotYours(stranger().reason)
    agency, chain, code = dossier.agency, dossier.chain, dossier.subject.code
    kept = keep_text(agency, reason.strip() or _("Xem yêu cầu ở từng nội dung."))
    row = SentBack.objects.create(dossier=dossier, document=dossier.document, by_id=actor.staff_id, at=now, reason=kept)
    texts = {f"text_{opinion.ordinal}": keep_text(agency, words) for opinion, words in wanted.items()}
    SentBackItem.objects.bulk_create(
        SentBackItem(sent_back=row, opinion=opinion, reason=texts[f"text_{opinion.ordinal}"]) for opinion in wanted
    )
    body = _("Lãnh đạo trả lại tổng hợp vướng mắc %(about)s; xem yêu cầu ở từng nội dung.") % {"about": scope.about}
    key = f"{code}:dossier:back:{dossier.sent_back.count()}"
    tell(agency, chain, key=key, body=body, office=scope.lead, now=now)
    digests = {name: text.digest for name, text in texts.items()}
    record(chain, sitting=code, items=len(wanted), text=kept.digest, **digests)
    return row


@verb("dossier.settle_item", may=permissions.may_settle_item)
def settle_item(item: SentBackItem, *, actor: Actor, now: datetime) -> SentBackItem:
    """The lead office has seen to one matter that the head sent back."""
    if item.settled_at is not None:
        raise NotNow(_("Nội dung này đã ghi là đã sửa."))
    write(item, settled_at=now)
    record(item.chain, sitting=item.sent_back.dossier.subject.code, opinion=item.opinion.code)
    return item
